// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/games/gamenames.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString words(const char *text) { return QCoreApplication::translate("Games", text); }

} // namespace

QString gameName(const QString &kind)
{
    if (kind == "code-racer"_L1)
        return words("Code Racer");
    if (kind == "horse-race"_L1)
        return words("Horse Race");
    return kind == "relay"_L1 ? words("Relay") : kind;
}

QString gameSentence(const QString &kind)
{
    if (kind == "code-racer"_L1)
        return words("Everyone types the same piece of code; the fastest without a mistake wins.");
    if (kind == "horse-race"_L1)
        return words("Bets in play money on one race after the other, for as long as somebody is there.");
    if (kind == "relay"_L1)
        return words("Passes messages on between the players, for a game of your own.");
    return {};
}

QString scoreName(const QString &kind)
{
    if (kind == "code-racer"_L1)
        return words("Words/min");
    return kind == "horse-race"_L1 ? words("Chips won") : words("Score");
}

QString languageName(const QString &language)
{
    static const QHash<QString, QString> names{{u"c"_s, u"C"_s},           {u"cpp"_s, u"C++"_s},
                                               {u"go"_s, u"Go"_s},         {u"java"_s, u"Java"_s},
                                               {u"python"_s, u"Python"_s}, {u"javascript"_s, u"JavaScript"_s},
                                               {u"rust"_s, u"Rust"_s},     {u"sql"_s, u"SQL"_s}};
    return names.value(language, language);
}

} // namespace glasshouse
