// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/games/coderacerface.h"

#include "server/games/snippets.h"
#include "ui/base/formats.h"
#include "ui/games/gameparts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSet>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

enum class Phase : quint8 { Waiting, Countdown, Racing, Finished };

Phase phaseOf(const QString &name)
{
    if (name == "countdown"_L1)
        return Phase::Countdown;
    if (name == "racing"_L1)
        return Phase::Racing;
    return name == "finished"_L1 ? Phase::Finished : Phase::Waiting;
}

QString languageName(const QString &language)
{
    static const QHash<QString, QString> names{{u"c"_s, u"C"_s},           {u"cpp"_s, u"C++"_s},
                                               {u"go"_s, u"Go"_s},         {u"java"_s, u"Java"_s},
                                               {u"python"_s, u"Python"_s}, {u"javascript"_s, u"JavaScript"_s},
                                               {u"rust"_s, u"Rust"_s},     {u"sql"_s, u"SQL"_s}};
    return names.value(language, language);
}

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

/// Positions count code points.
qint64 lengthOf(const QString &snippet) { return snippet.toUcs4().size(); }

void setDoing(PlayerStanding &player, Phase phase, bool placed, bool done)
{
    if (placed) {
        player.doing = CodeRacerFace::tr("done");
        player.tint = Tint::Good;
    } else if (done) {
        player.doing = CodeRacerFace::tr("gave up");
        player.tint = Tint::Warning;
    } else if (phase == Phase::Countdown || phase == Phase::Racing) {
        player.doing = phase == Phase::Racing ? CodeRacerFace::tr("typing") : CodeRacerFace::tr("on the line");
        player.tint = Tint::Incoming;
    } else if (phase == Phase::Finished) {
        player.doing = CodeRacerFace::tr("not done");
    }
}

/// As playerColumns() has them; an empty object is somebody who does not race.
QList<GameCell> cellsOf(const QJsonObject &racer, qint64 length)
{
    const bool races = length > 0 && !racer.isEmpty();
    return {placeCell(racer["place"_L1].toInt()),
            barCell(races ? std::min(1.0, racer["position"_L1].toDouble() / double(length)) : -1),
            decimalCell(races ? racer["wpm"_L1].toDouble() : -1, 1),
            percentCell(races ? racer["accuracy"_L1].toDouble(-1) : -1)};
}

PlayerStanding racerOf(const QJsonObject &racer, Phase phase, qint64 length)
{
    PlayerStanding player;
    player.cells = cellsOf(racer, length);
    setDoing(player, phase, racer["place"_L1].toInt() > 0, racer["done"_L1].toBool());
    return player;
}

QString subjectOf(const QJsonObject &state, qint64 length)
{
    return length == 0 ? QString()
                       : CodeRacerFace::tr("%1 · %2 · %3 characters")
                             .arg(oneLine(state["title"_L1].toString(), 80),
                                  languageName(state["language"_L1].toString()), formatNumber(length));
}

QString finishedText(const QJsonArray &results)
{
    const QJsonObject first = results.first().toObject();
    if (first["place"_L1].toInt() != 1)
        return CodeRacerFace::tr("The race is over: nobody finished");
    return CodeRacerFace::tr("%1 won with %2 words a minute")
        .arg(oneLine(first["name"_L1].toString(), 40), QLocale().toString(first["wpm"_L1].toDouble(), 'f', 1));
}

QString racingText(const QJsonObject &state, qint64 nowMs)
{
    const QJsonArray racers = state["racers"_L1].toArray();
    const auto done = std::count_if(racers.begin(), racers.end(),
                                    [](const QJsonValue &racer) { return racer["place"_L1].toInt() > 0; });
    QString text = CodeRacerFace::tr("Racing: %1 of %2 done").arg(done).arg(racers.size());
    if (nowMs < 0)
        return text;
    const qint64 end = state["startsAt"_L1].toInteger() + 1000 * state["secondsLimit"_L1].toInteger();
    return CodeRacerFace::tr("%1, %2 left").arg(text, formatSecondsLeft(end - nowMs));
}

QString headlineOf(const QJsonObject &state, Phase phase, qint64 nowMs)
{
    switch (phase) {
    case Phase::Waiting:
        return CodeRacerFace::tr("Waiting for the start");
    case Phase::Countdown:
        return nowMs < 0
            ? CodeRacerFace::tr("About to start")
            : CodeRacerFace::tr("Starts in %1").arg(formatSecondsLeft(state["startsAt"_L1].toInteger() - nowMs));
    case Phase::Racing:
        return racingText(state, nowMs);
    case Phase::Finished:
        return finishedText(state["results"_L1].toArray());
    }
    return {};
}

} // namespace

QString CodeRacerFace::sentence() const
{
    return tr("Everyone types the same piece of code; the fastest without a mistake wins.");
}

QList<GameOption> CodeRacerFace::options() const
{
    const QString ofTheCode = tr("Of the code that is typed");
    return {choiceOption(u"language"_s, tr("&Language:"), languages(), ofTheCode),
            choiceOption(u"length"_s, tr("L&ength:"),
                         {{u"short"_s, tr("short")}, {u"medium"_s, tr("medium")}, {u"long"_s, tr("long")}}, ofTheCode),
            numberOption(u"secondsLimit"_s, tr("&Time for a race:"), 20, 600, tr("by the length"),
                         tr("Whoever is not done by then has no place"), tr("s")),
            numberOption(u"countdownSeconds"_s, tr("&Countdown:"), 1, 10, tr("3 s"),
                         tr("From the start to the first key"), tr("s"))};
}

QList<GameColumn> CodeRacerFace::playerColumns() const
{
    return {{tr("Place"), tr("In which place the player finished"), 5},
            {tr("Progress"), tr("How much of the code is typed right"), 14, GameColumn::Kind::Bar},
            {tr("wpm"), tr("Words a minute; a word is five characters"), 5},
            {tr("Accuracy"), tr("Share of the keys that were right"), 8}};
}

GameView CodeRacerFace::view(const QByteArray &json, qint64 nowMs) const
{
    const QJsonObject state = QJsonDocument::fromJson(json).object();
    const Phase phase = phaseOf(state["phase"_L1].toString());
    GameView view;
    view.text = harmless(state["snippet"_L1].toString());
    const qint64 length = lengthOf(view.text);
    view.headline = headlineOf(state, phase, nowMs);
    view.subject = subjectOf(state, length);
    const QJsonArray racers = state["racers"_L1].toArray();
    for (const auto &racer : racers)
        view.players.insert(racer["playerId"_L1].toString().toUtf8(), racerOf(racer.toObject(), phase, length));
    const QJsonArray watchers = state["watchers"_L1].toArray();
    for (const auto &watcher : watchers)
        view.players.insert(watcher.toString().toUtf8(), {.doing = tr("watching"), .cells = cellsOf({}, length)});
    return view;
}

QList<ResultColumn> CodeRacerFace::resultColumns() const
{
    using Format = ResultColumn::Format;
    return {{u"wpm"_s, {}, Format::Hidden}, // is the score
            {u"accuracy"_s, tr("Accuracy"), Format::Share},
            {u"elapsedMs"_s, tr("Time"), Format::Milliseconds},
            {u"position"_s, tr("Characters")}};
}

} // namespace glasshouse
