// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/racerbot.h"

#include <QDateTime>
#include <QJsonArray>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int keysMs = 400; // between two reports of a position

} // namespace

RacerBot::RacerBot(BotSeat seat, int wordsPerMinute, bool starts, QObject *parent)
    : Bot(std::move(seat), parent),
      m_wordsPerMinute(wordsPerMinute),
      m_starts(starts)
{
    m_keys.callOnTimeout(this, [this] { type(); });
}

void RacerBot::entered(const QJsonObject &room)
{
    if (room["state"_L1].toString() != "playing"_L1)
        startSoon();
}

void RacerBot::startSoon()
{
    if (m_starts)
        after(5'000, 9'000, [this] { say(u"start"_s); });
}

void RacerBot::heard(const QString &type, const QJsonObject &data)
{
    if (type == "game_started"_L1) {
        race(data);
    } else if (type == "game_finished"_L1) {
        m_keys.stop();
        m_snippet.clear();
        chatSometimes({u"Good race!"_s, u"Again?"_s, u"My hands are cold, that must be it."_s, u"gg"_s});
        startSoon();
    } else if (type == "game_paused"_L1) {
        m_keys.stop();
    } else if (type == "game_resumed"_L1 && !m_snippet.isEmpty()) {
        m_keys.start(keysMs);
    }
}

void RacerBot::race(const QJsonObject &game)
{
    const QJsonArray racers = game["racers"_L1].toArray();
    m_snippet = racers.isEmpty() || racers.contains(playerId()) ? game["snippet"_L1].toString() : QString();
    m_length = m_snippet.toUcs4().size();
    m_position = 0;
    m_errors = 0;
    const qint64 startsAt = game["startsAt"_L1].toInteger();
    const int wait = int(qBound(qint64{0}, startsAt - QDateTime::currentMSecsSinceEpoch(), qint64{60'000}));
    if (!m_snippet.isEmpty())
        after(wait + 300, wait + 900, [this] {
            if (!m_snippet.isEmpty())
                m_keys.start(keysMs);
        });
}

void RacerBot::type()
{
    if (happens(0.08)) // it thinks
        return;
    m_errors += happens(0.06) ? between(1, 2) : 0;
    m_position += m_wordsPerMinute * 5.0 / 60'000 * keysMs * (0.6 + 0.8 * chance().unit());
    const auto position = qMin<qsizetype>(qsizetype(m_position), m_length);
    say(u"progress"_s, {{u"position"_s, position}, {u"errors"_s, m_errors}});
    if (position < m_length)
        return;
    m_keys.stop();
    const QString code = std::exchange(m_snippet, {});
    after(200, 700, [this, code] { say(u"submit_code"_s, {{u"code"_s, code}}); });
}

} // namespace glasshouse
