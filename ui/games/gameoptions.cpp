// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/games/gameoptions.h"

#include "server/games/snippets.h"
#include "ui/games/gamenames.h"

#include <QCoreApplication>
#include <QSet>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString words(const char *text) { return QCoreApplication::translate("GameOptions", text); }

QList<GameOption::Choice> languages()
{
    QList<GameOption::Choice> choices;
    QSet<QByteArrayView> seen;
    for (const Snippet *snippet : allSnippets()) {
        if (seen.contains(snippet->language))
            continue;
        seen.insert(snippet->language);
        const QString language = QString::fromLatin1(snippet->language);
        choices.append({language, languageName(language)});
    }
    return choices;
}

GameOption number(const QString &key, const QString &label, int least, int most, const QString &unset,
                  const QString &tip, const QString &unit = words("s"))
{
    return {.key = key,
            .label = label,
            .tip = tip,
            .unset = unset,
            .choices = {},
            .least = least,
            .most = most,
            .unit = unit};
}

QList<GameOption> codeRacerOptions()
{
    return {{.key = u"language"_s,
             .label = words("&Language:"),
             .tip = words("Of the code that is typed"),
             .unset = words("any"),
             .choices = languages(),
             .unit = {}},
            {.key = u"length"_s,
             .label = words("L&ength:"),
             .tip = words("Of the code that is typed"),
             .unset = words("any"),
             .choices = {{u"short"_s, words("short")}, {u"medium"_s, words("medium")}, {u"long"_s, words("long")}},
             .unit = {}},
            number(u"secondsLimit"_s, words("&Time for a race:"), 20, 600, words("by the length"),
                   words("Whoever is not done by then has no place")),
            number(u"countdownSeconds"_s, words("&Countdown:"), 1, 10, words("3 s"),
                   words("From the start to the first key"))};
}

QList<GameOption> horseRaceOptions()
{
    return {
        number(u"betSeconds"_s, words("&Time to bet:"), 5, 120, words("20 s"), words("Before each race")),
        number(u"horses"_s, words("&Horses:"), 4, 10, words("6"), words("In each race"), {}),
        number(u"pauseSeconds"_s, words("&Pause:"), 2, 30, words("6 s"), words("So long the results stay in sight"))};
}

} // namespace

QList<GameOption> gameOptions(const QString &kind)
{
    if (kind == "code-racer"_L1)
        return codeRacerOptions();
    return kind == "horse-race"_L1 ? horseRaceOptions() : QList<GameOption>();
}

} // namespace glasshouse
