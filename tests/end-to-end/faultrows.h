// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/framewriter.h"
#include "tests/support/faultproxy.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QJsonDocument>
#include <QTest>
#include <memory>

// What the tests with the fault proxy share: rows of data, and a server behind a proxy.
namespace glasshouse {

using Way = FaultProxy::Way;
using Cut = FaultProxy::Cut;
using Side = FaultProxy::Side;
constexpr Way toServer = Way::ToServer;
constexpr Way toClient = Way::ToClient;

constexpr int anyCode = -2;

/// What the log has to say of the one connection.
struct Truth
{
    const char *cause;
    const char *side;
    int codeReceived = 0;
    int codeSent = 0; ///< anyCode: whether it went out before the stream died is nobody's to say
    int httpStatus = 0;
    const char *detail = nullptr; ///< a part of it; null: whatever it is
};

/// Planned before the client comes; the request is that of a correct upgrade.
using Plan = void (*)(FaultProxy &proxy);
/// Behind the upgrade.
using Act = void (*)(FaultProxy &proxy, RawClient &client);

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::Truth)
Q_DECLARE_METATYPE(glasshouse::Plan)
Q_DECLARE_METATYPE(glasshouse::Act)

namespace glasshouse {

inline const QByteArray head = RawClient::upgradeHead("/echo");

inline void early(const char *name, Plan plan, const Truth &truth, const QStringList &options = {})
{
    QTest::newRow(name) << plan << truth << options;
}

inline void late(const char *name, Act act, const Truth &truth, const QStringList &options = {})
{
    QTest::newRow(name) << act << truth << options;
}

inline const QStringList hasty{QStringLiteral("--head-seconds"), QStringLiteral("1")};
inline const QStringList beats{QStringLiteral("--heartbeat-seconds"), QStringLiteral("1"),
                               QStringLiteral("--pong-seconds"), QStringLiteral("1")};
inline const QStringList impatient{QStringLiteral("--message-seconds"), QStringLiteral("1")};
inline const QStringList small{QStringLiteral("--message-rate"),    QStringLiteral("0"),
                               QStringLiteral("--byte-rate"),       QStringLiteral("0"),
                               QStringLiteral("--max-queue-bytes"), QStringLiteral("256k")};

// The bytes of the client's next frame are at taken() and behind.
inline void flipNext(FaultProxy &proxy, qint64 byte, quint8 bits)
{
    proxy.flipAt(toServer, proxy.taken(toServer) + byte, bits);
}

inline void cutNext(FaultProxy &proxy, qint64 byte, Cut how, Side side = Side::Both)
{
    proxy.cutAt(toServer, proxy.taken(toServer) + byte, how, side);
}

inline void sayBye(RawClient &client) { client.sendClose(1000, "bye"); }

/// What the log says of the only connection.
inline void verifyEnding(const ServerProcess &server, const Truth &truth)
{
    const QJsonObject ending = server.ending(1, 15'000);
    const QByteArray text = QJsonDocument(ending).toJson(QJsonDocument::Compact);
    const auto value = [&](const char *key) { return ending.value(QLatin1StringView(key)); };
    QVERIFY2(value("cause").toString() == QLatin1StringView(truth.cause), text.constData());
    QVERIFY2(value("side").toString() == QLatin1StringView(truth.side), text.constData());
    QVERIFY2(value("codeReceived").toInt(-1) == truth.codeReceived, text.constData());
    QVERIFY2(truth.codeSent == anyCode || value("codeSent").toInt(-1) == truth.codeSent, text.constData());
    QVERIFY2(value("httpStatus").toInt() == truth.httpStatus, text.constData());
    if (truth.detail != nullptr)
        QVERIFY2(value("detail").toString().contains(QLatin1StringView(truth.detail)), text.constData());
    QCOMPARE(server.endings().size(), 1); // one connection, one ending
}

/// A server with a proxy in front of it, for one row.
struct FaultBench
{
    std::unique_ptr<ServerProcess> server;
    std::unique_ptr<FaultProxy> proxy;

    void serve(const QStringList &options)
    {
        server = std::make_unique<ServerProcess>(options);
        QVERIFY2(server->start(), server->output().constData());
        proxy = std::make_unique<FaultProxy>(server->port());
        QVERIFY(proxy->port() != 0);
    }
    void end()
    {
        proxy.reset();
        QVERIFY2(server->stop() == 0, server->output().constData());
    }
};

/// Echoes that nobody reads, until the server does not take more.
inline void pushUntilStuck(FaultProxy &proxy, RawClient &client)
{
    proxy.stopReading(toClient);
    const QByteArray payload(60'000, 'x');
    while (!client.ended() && proxy.taken(toServer) < 32 * 1024 * 1024) {
        client.sendFrame(Opcode::Binary, payload);
        if (!QTest::qWaitFor([&] { return client.unsent() == 0 || client.ended(); }, 2000))
            return;
    }
}

} // namespace glasshouse
