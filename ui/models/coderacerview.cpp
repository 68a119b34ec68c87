// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/formats.h"
#include "ui/games/gamenames.h"
#include "ui/models/gameview.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString words(const char *text) { return QCoreApplication::translate("CodeRacer", text); }

enum class Phase : quint8 { Waiting, Countdown, Racing, Finished };

Phase phaseOf(const QString &name)
{
    if (name == "countdown"_L1)
        return Phase::Countdown;
    if (name == "racing"_L1)
        return Phase::Racing;
    return name == "finished"_L1 ? Phase::Finished : Phase::Waiting;
}

/// Positions count code points.
qint64 lengthOf(const QString &snippet) { return snippet.toUcs4().size(); }

void setDoing(PlayerStanding &player, Phase phase, bool done)
{
    if (player.place > 0) {
        player.doing = words("done");
        player.tint = Tint::Good;
    } else if (done) {
        player.doing = words("gave up");
        player.tint = Tint::Warning;
    } else if (phase == Phase::Countdown || phase == Phase::Racing) {
        player.doing = phase == Phase::Racing ? words("typing") : words("on the line");
        player.tint = Tint::Incoming;
    } else if (phase == Phase::Finished) {
        player.doing = words("not done");
    }
}

PlayerStanding racerOf(const QJsonObject &racer, Phase phase, qint64 length)
{
    PlayerStanding player;
    player.place = racer["place"_L1].toInt();
    if (length > 0) {
        player.progress = std::min(1.0, racer["position"_L1].toDouble() / double(length));
        player.speed = racer["wpm"_L1].toDouble();
        player.accuracy = racer["accuracy"_L1].toDouble(-1);
    }
    setDoing(player, phase, racer["done"_L1].toBool());
    return player;
}

QString subjectOf(const QJsonObject &state, qint64 length)
{
    return length == 0 ? QString()
                       : words("%1 · %2 · %3 characters")
                             .arg(oneLine(state["title"_L1].toString(), 80),
                                  languageName(state["language"_L1].toString()), formatNumber(length));
}

QString finishedText(const QJsonArray &results)
{
    const QJsonObject first = results.first().toObject();
    if (first["place"_L1].toInt() != 1)
        return words("The race is over: nobody finished");
    return words("%1 won with %2 words a minute")
        .arg(oneLine(first["name"_L1].toString(), 40), QLocale().toString(first["wpm"_L1].toDouble(), 'f', 1));
}

QString racingText(const QJsonObject &state, qint64 nowMs)
{
    const QJsonArray racers = state["racers"_L1].toArray();
    const auto done = std::count_if(racers.begin(), racers.end(),
                                    [](const QJsonValue &racer) { return racer["place"_L1].toInt() > 0; });
    QString text = words("Racing: %1 of %2 done").arg(done).arg(racers.size());
    if (nowMs < 0)
        return text;
    const qint64 end = state["startsAt"_L1].toInteger() + 1000 * state["secondsLimit"_L1].toInteger();
    return words("%1, %2 left").arg(text, secondsText(end - nowMs));
}

QString headlineOf(const QJsonObject &state, Phase phase, qint64 nowMs)
{
    switch (phase) {
    case Phase::Waiting:
        return words("Waiting for the start");
    case Phase::Countdown:
        return nowMs < 0 ? words("About to start")
                         : words("Starts in %1").arg(secondsText(state["startsAt"_L1].toInteger() - nowMs));
    case Phase::Racing:
        return racingText(state, nowMs);
    case Phase::Finished:
        return finishedText(state["results"_L1].toArray());
    }
    return {};
}

} // namespace

GameView codeRacerView(const QJsonObject &state, qint64 nowMs)
{
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
        view.players[watcher.toString().toUtf8()].doing = words("watching");
    return view;
}

} // namespace glasshouse
