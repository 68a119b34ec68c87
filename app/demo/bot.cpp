// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/bot.h"

#include <QJsonDocument>
#include <QUrlQuery>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 goingAway = 1001;
constexpr double mostLeavingMs = 12'000; // for all bots: a second between two can be watched
constexpr double share = 0.75;           // of the time that the server gives; the rest is for goodbyes

/// It takes in nobody any more, and Demo brings others when it is back.
bool isClosing(const TestClientEnding &ending)
{
    return ending.fault == TestClientFault::ClosedByServer && ending.codeReceived == goingAway;
}

} // namespace

Bot::Bot(BotSeat seat, QObject *parent) : QObject(parent), m_seat(std::move(seat)), m_chance(m_seat.seed)
{
    connect(&m_client, &TestClient::messageReceived, this, &Bot::messageArrived);
    connect(&m_client, &TestClient::ended, this, &Bot::ended);
    // A page that is closed and opened again: its seat waits. Nothing is wrong with that, so it says goodbye.
    m_tunnel.setSingleShot(true);
    m_tunnel.callOnTimeout(this, [this] { (void)m_client.close(goingAway); });
}

void Bot::ended(const TestClientEnding &ending)
{
    m_tunnel.stop();
    if (m_leaves || isClosing(ending))
        deleteLater();
    else
        after(2'000, 6'000, [this] { join(); });
}

/// One behind the other, so that people see a server that empties.
void Bot::leaveWithin(qint64 seconds)
{
    m_tunnel.stop();
    const double wait = m_seat.order * qBound(0.0, double(seconds) * 1000 * share, mostLeavingMs);
    QTimer::singleShot(qRound(wait), this, &Bot::leave);
}

void Bot::leave()
{
    if (std::exchange(m_leaves, true))
        return;
    m_tunnel.stop();
    if (m_client.close() != TestClientSend::Sent) // for good: its seat need not wait
        deleteLater();                            // it is not there
}

void Bot::join()
{
    QUrlQuery query{{u"game"_s, m_seat.game}, {u"name"_s, m_seat.name}};
    if (!m_resume.isEmpty()) {
        query.addQueryItem(u"resume"_s, m_resume);
        query.addQueryItem(u"seq"_s, QString::number(m_lastSeen));
    }
    TestClientOptions options;
    options.url.setScheme(u"ws"_s);
    options.url.setHost(m_seat.host);
    options.url.setPort(m_seat.port);
    options.url.setPath(u"/ws/"_s + m_seat.room);
    options.url.setQuery(query);
    m_tunnel.start(between(60'000, 240'000));
    m_client.connectToServer(options);
}

void Bot::messageArrived(MessageKind kind, const QByteArray &payload)
{
    const QJsonObject message = QJsonDocument::fromJson(payload).object();
    if (kind != MessageKind::Text || message.isEmpty())
        return;
    m_lastSeen = message["seq"_L1].toInteger();
    const QJsonObject data = message["data"_L1].toObject();
    const QString type = message["type"_L1].toString();
    if (type == "server_closing"_L1)
        return leaveWithin(data["secondsLeft"_L1].toInteger());
    if (type != "connected"_L1)
        return heard(type, data);
    m_playerId = data["playerId"_L1].toString();
    m_resume = data["resume"_L1].toString();
    entered(data["room"_L1].toObject());
}

void Bot::say(const QString &type, const QJsonObject &data)
{
    const QJsonObject message{{u"type"_s, type}, {u"data"_s, data}};
    (void)m_client.sendText(QJsonDocument(message).toJson(QJsonDocument::Compact)); // not open: it says it another time
}

void Bot::chatSometimes(const QStringList &lines)
{
    if (happens(0.25)) {
        const QString &line = lines.at(between(0, int(lines.size()) - 1));
        after(500, 3'000, [this, line] { say(u"chat"_s, {{u"text"_s, line}}); });
    }
}

} // namespace glasshouse
