// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sessionclient.h"

#include "protocol/framewriter.h"

#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace glasshouse {

bool SessionClient::open(const QByteArray &target)
{
    m_taken = 0;
    m_client = std::make_unique<RawClient>(m_port);
    m_client->setAnswersPings(true);
    return m_client->upgrade(target) && m_client->waitForMessages(1);
}

bool SessionClient::join()
{
    if (!open(m_target))
        return false;
    take();
    return !m_token.isEmpty();
}

QByteArray SessionClient::resumeTarget() const
{
    return m_target + "?resume=" + m_token + "&seq=" + QByteArray::number(m_seen);
}

// The server takes a frame wholly or not at all, and so a number and the question whether it came stand in one: in a batch.
// Binary messages fit into no batch; two small frames in one write arrive together as well.
QByteArray SessionClient::frames(const Saying &saying) const
{
    const QByteArray number = QByteArray::number(saying.number);
    const QByteArray ping = R"({"type":"ping","data":{"n":)" + number + "}}";
    if (!saying.asBinary) {
        const QByteArray message =
            R"({"type":"n","data":{"who":)" + QByteArray::number(m_who) + R"(,"n":)" + number + "}}";
        return makeMaskedFrame(Opcode::Text, R"({"type":"batch","data":[)" + message + ',' + ping + "]}", 0x1234567);
    }
    QByteArray payload(5, char(m_who));
    qToBigEndian(quint32(saying.number), payload.data() + 1);
    return makeMaskedFrame(Opcode::Binary, payload, 0x89ABCDE) + makeMaskedFrame(Opcode::Text, ping, 0xF012345);
}

void SessionClient::say(bool asBinary)
{
    m_open += Saying{++m_said, asBinary};
    if (isConnected())
        m_client->send(frames(m_open.last()));
}

void SessionClient::cut(Cut how)
{
    take(); // what comes from here on is lost with the connection
    if (how == Cut::StaysBehind) {
        m_behind = std::move(m_client);
        return;
    }
    if (how == Cut::MidFrame) {
        m_open += Saying{++m_said, true};
        m_client->send(frames(m_open.last()).first(7));
    }
    if (how == Cut::Close)
        m_client->sendClose(4321, "back soon");
    if (how == Cut::EndOfStream || how == Cut::Close)
        m_client->endStream();
    else
        m_client->resetStream();
    m_client.reset();
}

void SessionClient::comeBackInVain(Vain how, bool reset) const
{
    RawClient client(m_port);
    client.send(RawClient::upgradeHead(resumeTarget()));
    if (how != Vain::BehindRequest && !client.waitForResponse())
        return;
    if (how == Vain::InConnected)
        (void)client.waitForMessages(1); // of which it knows nothing
    if (reset)
        client.resetStream();
    else
        client.endStream();
}

bool SessionClient::comeBack()
{
    const QByteArray used = m_token;
    if (!open(resumeTarget()))
        return false;
    take();
    if (m_behind && (!m_behind->waitForClose() || m_behind->closeCode() != 4008))
        fault("the connection before was not replaced, but closed with " + QByteArray::number(m_behind->closeCode()));
    m_behind.reset();
    // Behind `connected` and what was missed stands a ping.
    if (!QTest::qWaitFor([this] { return !m_client->pings().isEmpty(); }) || !sync())
        return false;
    m_spent += used;
    for (const Saying &saying : std::as_const(m_open))
        m_client->send(frames(saying));
    return true;
}

/// Everything that the server has to say about what it took before comes before the answer.
bool SessionClient::sync()
{
    m_client->sendText(R"({"type":"ping","data":{"sync":)" + QByteArray::number(++m_syncs) + "}}");
    return QTest::qWaitFor([this] {
               take();
               return m_synced == m_syncs || m_client->ended();
           })
        && m_synced == m_syncs;
}

void SessionClient::take()
{
    while (m_taken < m_client->messages().size())
        takeMessage(m_client->messages().at(m_taken++));
}

void SessionClient::takeMessage(const RawClient::Message &message)
{
    ++m_seen;
    if (message.kind == MessageKind::Binary)
        return heard(quint8(message.payload.at(0)), int(qFromBigEndian<quint32>(message.payload.constData() + 1)));
    const QJsonObject object = toObject(message);
    const QString type = object["type"_L1].toString();
    const QJsonObject data = object["data"_L1].toObject();
    if (object["seq"_L1].toInt() != m_seen)
        fault("message " + QByteArray::number(m_seen) + " has another number: " + message.payload);
    if ((m_taken == 1) != (type == "connected"_L1))
        fault("connected is the first message, and only that: " + message.payload);
    if (type == "connected"_L1)
        return takeConnected(data);
    if (type == "pong"_L1)
        return takePong(data);
    if (type != "n"_L1)
        return;
    const int who = data["who"_L1].toInt();
    const QString from = object["from"_L1].toString();
    if (m_voices.value(who, from) != from)
        fault("another seat speaks for a player: " + message.payload);
    m_voices[who] = from;
    heard(who, data["n"_L1].toInt());
}

void SessionClient::takeConnected(const QJsonObject &data)
{
    const QByteArray id = data["playerId"_L1].toString().toLatin1();
    if (data["resumed"_L1].toBool() == m_token.isEmpty() || (!m_playerId.isEmpty() && m_playerId != id))
        fault("the session does not go on: " + data["reason"_L1].toString().toUtf8());
    m_playerId = id;
    m_token = data["resume"_L1].toString().toLatin1();
}

void SessionClient::takePong(const QJsonObject &data)
{
    if (data.contains("sync"_L1)) {
        m_synced = data["sync"_L1].toInt();
        return;
    }
    const int number = data["n"_L1].toInt();
    if (m_open.isEmpty() || m_open.first().number != number)
        return fault("the server took " + QByteArray::number(number) + " twice or out of order");
    m_open.removeFirst();
}

void SessionClient::heard(int who, int number)
{
    const int expected = m_heard.value(who) + 1;
    if (number != expected)
        fault("from " + QByteArray::number(who) + " came " + QByteArray::number(number) + " in place of "
              + QByteArray::number(expected));
    m_heard[who] = number;
}

bool SessionClient::isSettled(const QMap<int, int> &said)
{
    take();
    bool settled = m_open.isEmpty();
    for (auto [who, count] : said.asKeyValueRange())
        settled = settled && (who == m_who || m_heard.value(who) == count);
    return settled;
}

void SessionClient::fault(const QByteArray &text) { m_faults += "player " + QByteArray::number(m_who) + ": " + text; }

} // namespace glasshouse
