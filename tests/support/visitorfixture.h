// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"
#include "server/games/gamecatalog.h"
#include "server/http/httpresponder.h"
#include "server/http/visitor.h"
#include "server/results/history.h"
#include "server/rooms/lobby.h"
#include "tests/support/faketransport.h"
#include "tests/support/turningclock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace glasshouse {

/// Visitors without a network: what they say stands in their transports, what becomes of them in the lists below.
class VisitorFixture : public VisitorOwner
{
public:
    TurningClock clock;
    Deadlines deadlines{clock};
    ServerConfig config;
    Credentials credentials;
    AddressBook addresses;
    Routes routes;
    Lobby lobby{{}, builtInGames(), clock};
    HttpResponder responder{config, routes, lobby,
                            [] { return ServerFacts{.history = std::make_shared<HistoryView>()}; }};
    RequestJudge judge{config, credentials, routes, addresses, clock};
    DiskPool disk;
    AnswerBudget budget;

    bool admitsLater = false;
    bool shakesHands = true;
    bool refusedStay = true;
    int refused = 0;
    QList<AdmissionDone> questions; ///< that were not answered
    QList<RequestEnd> ended;
    struct Upgraded
    {
        ConnectionId id{};
        QByteArray target;
        QByteArray early;
        Admission admission;
    };
    QList<Upgraded> upgraded;
    int gone = 0;
    int doubts = 0;

    /// One that has said nothing. `transport` is its; to be used as long as the fixture is there.
    std::unique_ptr<Visitor> come(FakeTransport *&transport)
    {
        auto made = std::make_unique<FakeTransport>();
        transport = made.get();
        return std::make_unique<Visitor>(
            VisitorContext{clock, deadlines, config, credentials, addresses, judge, responder, disk, budget, *this},
            std::move(made));
    }
    /// Time passes, and whoever waited for it has heard of it.
    void turn(qint64 milliseconds)
    {
        struct Last final : DeadlineTarget
        {
            bool called = false;
            void deadlinePassed(qint64) override { called = true; }
        } last;
        clock.turn(milliseconds);
        deadlines.set(last, 0); // before all others, so that they are looked at now
        QTRY_VERIFY(last.called);
    }

    /// A file of the web root, /large.bin.
    [[nodiscard]] QString writeFile(const QTemporaryDir &folder, qint64 size)
    {
        config.webRoot = folder.path();
        QFile file(folder.filePath(QStringLiteral("large.bin")));
        QByteArray bytes(size, 'x');
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = char('a' + i % 23);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == size ? file.fileName() : QString();
    }

private:
    quint32 m_lastId = 0;
    std::vector<std::unique_ptr<Transport>> m_upgradedTransports;

    ConnectionId nextId() override { return ConnectionId{++m_lastId}; }
    void admit(const HttpRequest &, AdmissionDone done) override
    {
        if (admitsLater)
            questions += std::move(done);
        else
            done({});
    }
    Handshake shakeHands(const HttpHead &) override { return {shakesHands ? "HTTP/1.1 101 " : "", {}}; }
    void upgrade(Upgrading upgrading, const RouteMatch &, const Admission &admission) override
    {
        upgraded += {upgrading.id, upgrading.head.target, upgrading.early, admission};
        upgrading.transport->setSink(nullptr);
        m_upgradedTransports.push_back(std::move(upgrading.transport));
    }
    void requestEnded(const RequestEnd &end) override { ended += end; }
    void addressDoubted(const QHostAddress &, AddressDoubt) override { ++doubts; }
    bool refusedMayStay() override
    {
        ++refused;
        return refusedStay;
    }
    void visitorGone(Visitor &) override { ++gone; }
};

inline QByteArray get(const QByteArray &target, const QByteArray &headers = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

inline QByteArray post(const QByteArray &body)
{
    return "POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

inline QByteArray upgrade(const QByteArray &target, const QByteArray &headers = {})
{
    return get(target,
               "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
               "Sec-WebSocket-Version: 13\r\n"
                   + headers);
}

/// The status of each answer in the bytes, and that nothing else is in there: each is framed by its Content-Length.
inline QList<int> statusesOf(const QByteArray &bytes, bool areHeads = false)
{
    QList<int> statuses;
    for (qsizetype at = 0; at < bytes.size();) {
        HttpHeadParser parser(HttpHeadParser::Kind::Response);
        qsizetype consumed = 0;
        if (parser.feed(QByteArrayView(bytes).sliced(at), consumed) != HttpHeadParser::Status::Done)
            return {-1};
        statuses += parser.head().status;
        at += consumed + (areHeads ? 0 : qMax<qint64>(0, parser.head().contentLength));
        if (at > bytes.size())
            return {-2};
    }
    return statuses;
}

} // namespace glasshouse
