// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/persistence.h"
#include "server/http/visitor.h"
#include "tests/support/visitorfixture.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using BookLimits = AddressBook::Limits;

/// A connection that speaks HTTP: that its requests are read, judged and answered, and how it ends.
class TestVisitor final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void answersOneRequestAfterTheOther();
    void closesWhenAskedTo_data();
    void closesWhenAskedTo();
    void closesBehindWhatItRefuses_data();
    void closesBehindWhatItRefuses();
    void answersPipelinedRequestsInOrder();
    void readsNoMoreThanItMayKeep();
    void readsABodyInPieces();
    void upgradesAsASecondRequest();
    void takesLimitsThatNoIntHolds();

    void endsAfterAnIdleTime();
    void saysNothingOfAnIdleEnd();
    void givesALaterHeadNoMoreTime();
    void keepsNoMoreThanSoMany();
    void servesNoMoreThanSoManyRequests();
    void countsAnIdleOneForItself();
    void countsEachRequest();
    void givesItsPlaceToANewerHead();
    void countsWhatNeverBecomesARequest_data();
    void countsWhatNeverBecomesARequest();

    void finishesItsAnswerForWhoSaysNoMore();
    void answersAllRequestsOfWhoSaysNoMore();
    void abandonsALaterRequestOfWhoSaysNoMore();
    void giveUpOnADeadStream();
    void upgradesNobodyWhoSaysNoMore_data();
    void upgradesNobodyWhoSaysNoMore();
    void givesUpWhereNobodyHearsTheAnswer_data();
    void givesUpWhereNobodyHearsTheAnswer();
    void saysWhatBecameOfAnAnswer_data();
    void saysWhatBecameOfAnAnswer();
    void saysWhyNoAnswerWasMade_data();
    void saysWhyNoAnswerWasMade();

    void waitsForItsAdmission();
    void readsWhatComesBeforeItsAdmission();
    void refusesWhereNobodyShakesHands();
    void refusesWhereNobodySaysWhetherItMayComeIn();
    void forgetsTheAdmissionOfWhoIsGone_data();
    void forgetsTheAdmissionOfWhoIsGone();

private:
    std::unique_ptr<VisitorFixture> m_door;
    std::unique_ptr<Visitor> m_visitor;
    FakeTransport *m_transport = nullptr;

    void come()
    {
        m_visitor = m_door->come(m_transport);
        m_visitor->begin();
    }
    [[nodiscard]] QList<int> statuses() const { return statusesOf(m_transport->sent); }
    [[nodiscard]] EndingCause lastCause() const
    {
        return m_door->ended.isEmpty() ? EndingCause::Unknown : m_door->ended.constLast().ending.cause;
    }
};

void TestVisitor::init()
{
    m_door = std::make_unique<VisitorFixture>();
    m_door->addresses.setLimits(BookLimits().with(Held::Rest, {2, 3}), 0);
    come();
}

void TestVisitor::cleanup()
{
    m_visitor.reset();
    for (const Held what : {Held::Visit, Held::Head, Held::Rest, Held::File})
        QCOMPARE(m_door->addresses.count(what), 0);
    QCOMPARE(m_door->addresses.count(Held::Socket), int(m_door->upgraded.size()));
    m_door.reset();
}

void TestVisitor::answersOneRequestAfterTheOther()
{
    QVERIFY(m_transport->reading);
    m_transport->peerSays(get("/health"));
    QCOMPARE(statuses(), QList{200});
    QVERIFY(m_transport->sent.contains("Connection: keep-alive\r\n"));
    QVERIFY(m_visitor->isIdle() && !m_transport->ending);
    const QByteArray second = get("/nothing");
    for (const char c : second)
        m_transport->peerSays(QByteArray(1, c));
    m_transport->peerSays(post("{}"));
    m_transport->peerSays("HEAD /home.js HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(m_visitor->isIdle());
    QCOMPARE(m_transport->sent.count("HTTP/1.1 200 OK"), 2);
    QCOMPARE(m_transport->sent.count("HTTP/1.1 404 "), 1);
    QCOMPARE(m_transport->sent.count("HTTP/1.1 201 "), 1);
    QCOMPARE(m_door->gone, 0);
}

void TestVisitor::closesWhenAskedTo_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("close") << QByteArray("Connection: close\r\n");
    QTest::newRow("in capitals") << QByteArray("CONNECTION: CLOSE\r\n");
    QTest::newRow("among others") << QByteArray("Connection: keep-alive, close\r\n");
    QTest::newRow("on two lines") << QByteArray("Connection: keep-alive\r\nConnection: close\r\n");
    QTest::newRow("a body that nobody reads") << QByteArray("Content-Length: 5\r\n");
}

void TestVisitor::closesWhenAskedTo()
{
    QFETCH(QByteArray, headers);
    m_transport->peerSays(get("/health", headers) + get("/nothing"));
    QCOMPARE(statuses(), QList{200}); // what is behind it is not looked at
    QVERIFY(m_transport->sent.contains("Connection: close\r\n"));
    QVERIFY(m_transport->ending && !m_transport->aborted);
    m_transport->peerEnds(StreamEnd::EndOfStream);
    QVERIFY(m_transport->aborted);
    QCOMPARE(m_door->gone, 1);
    QCOMPARE(m_door->ended.size(), 1);
}

void TestVisitor::closesBehindWhatItRefuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<EndingCause>("cause");
    const auto row = [](const char *name, const QByteArray &bytes, int status, EndingCause cause) {
        QTest::newRow(name) << bytes << status << cause;
    };
    row("no HTTP", "nonsense\r\n\r\n", 400, EndingCause::BadHead);
    row("TLS", QByteArray("\x16\x03\x01", 3), 400, EndingCause::TlsToPlainPort);
    row("HTTP/2", "GET / HTTP/2.0\r\n\r\n", 505, EndingCause::BadHead);
    row("an upgrade over HTTP/1.0", upgrade("/ws/blue").replace("HTTP/1.1", "HTTP/1.0"), 426,
        EndingCause::UpgradeOverHttp10);
    row("Socket.IO", get("/socket.io/?EIO=4&transport=polling"), 404, EndingCause::ForeignProtocol);
    row("Socket.IO, upgrading", upgrade("/socket.io/?EIO=4&transport=websocket"), 404, EndingCause::ForeignProtocol);
    row("chunked read", get("/", "Transfer-Encoding: chunked\r\n"), 400, EndingCause::BadHead);
    row("large body", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n", 413,
        EndingCause::HttpServed);
    row("a player's route", get("/ws/blue"), 426, EndingCause::UpgradeExpected);
    row("no player's route", upgrade("/health"), 404, EndingCause::UnknownPath);
    row("no room", upgrade("/ws/a.b"), 404, EndingCause::UnknownPath);
    row("a bad handshake", upgrade("/echo", "Content-Length: 1\r\n"), 400, EndingCause::BadUpgrade);
}

// As the first request, and as one behind another.
void TestVisitor::closesBehindWhatItRefuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(EndingCause, cause);
    m_transport->peerSays(bytes + get("/health"));
    QCOMPARE(statuses(), QList{status});
    QCOMPARE(lastCause(), cause);
    QVERIFY(m_transport->ending);
    m_transport->peerEnds(StreamEnd::EndOfStream);
    come();
    m_transport->peerSays(get("/health"));
    if (status != 400 || !bytes.startsWith('\x16')) // TLS is told apart by the first bytes only
        m_transport->peerSays(bytes + get("/health"));
    else
        return;
    const QList<int> both{200, status};
    QCOMPARE(statuses(), both);
    QCOMPARE(lastCause(), cause);
    QVERIFY(m_transport->ending);
}

void TestVisitor::answersPipelinedRequestsInOrder()
{
    m_transport->peerSays(get("/health") + get("/nothing") + post(R"({"room":"blue"})") + get("/api/v1/rooms?x")
                          + get("/health").first(20));
    const QList<int> first{200, 404, 201, 200};
    QCOMPARE(statuses(), first);
    QVERIFY(m_transport->sent.contains(R"("rooms":[{)")); // the room was there by then
    m_transport->peerSays(get("/health").sliced(20) + get("/health", "Connection: close\r\n") + get("/nothing"));
    const QList<int> all{200, 404, 201, 200, 200, 200};
    QCOMPARE(statuses(), all);
    QVERIFY(m_transport->ending);
    QCOMPARE(m_door->ended.size(), 6);
}

void TestVisitor::readsNoMoreThanItMayKeep()
{
    m_transport->holds = true;
    m_transport->peerSays(get("/health"));
    QVERIFY(m_transport->reading);
    const QByteArray many = get("/health").repeated(2 * persistence::pipelinedBytes / get("/health").size());
    m_transport->peerSays(many);
    QVERIFY(!m_transport->reading); // the rest stays in the system
    m_transport->takesAgain();
    QVERIFY(m_transport->ending); // so many requests has nobody
    QVERIFY(m_transport->reading);
    QCOMPARE(statuses().size(), persistence::requests);
}

void TestVisitor::readsABodyInPieces()
{
    m_door->config.limits.bodyBytes = 100;
    m_transport->peerSays("POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                          "Content-Length: 15\r\n\r\n");
    QCOMPARE(m_transport->sent, "HTTP/1.1 100 Continue\r\n\r\n");
    m_transport->sent.clear();
    m_transport->peerSays(R"({"room":)");
    QVERIFY(m_transport->sent.isEmpty());
    m_transport->peerSays(R"("blue"}GET /health HTTP/1.1)");
    QCOMPARE(statuses(), QList{201});
    m_transport->peerSays("\r\nHost: localhost\r\n\r\n");
    const QList<int> both{201, 200};
    QCOMPARE(statuses(), both);
}

void TestVisitor::upgradesAsASecondRequest()
{
    m_transport->peerSays(get("/health"));
    m_door->clock.turn(1'000);
    m_transport->peerSays(get("/health") + upgrade("/ws/blue?name=Ada") + "early");
    const QList<int> both{200, 200};
    QCOMPARE(statuses(), both);
    QCOMPARE(m_door->upgraded.size(), 1);
    QCOMPARE(m_door->upgraded.first().target, "/ws/blue?name=Ada");
    QCOMPARE(m_door->upgraded.first().early, "early");
    QCOMPARE(m_door->upgraded.first().id, ConnectionId{3}); // each request has its own
    QCOMPARE(m_door->gone, 1);
    QCOMPARE(m_door->ended.size(), 2);
}

void TestVisitor::takesLimitsThatNoIntHolds()
{
    m_door->config.limits.headBytes = 4LL * 1024 * 1024 * 1024 + 16;
    come();
    m_transport->peerSays(get("/health"));
    QCOMPARE(statuses(), QList{200});
}

void TestVisitor::endsAfterAnIdleTime()
{
    m_transport->peerSays(get("/health"));
    m_door->turn(persistence::idleSeconds * 1'000 - 1);
    QVERIFY(!m_transport->ending);
    m_door->turn(1);
    QVERIFY(m_transport->ending && !m_transport->aborted);
    m_transport->peerSays(get("/health")); // too late
    QCOMPARE(statuses(), QList{200});
    m_door->turn(2'000);
    QVERIFY(m_transport->aborted);
    QCOMPARE(m_door->ended.size(), 1);
}

void TestVisitor::saysNothingOfAnIdleEnd()
{
    m_transport->peerSays(get("/health"));
    m_transport->peerEnds(StreamEnd::Reset);
    QCOMPARE(m_door->gone, 1);
    QCOMPARE(m_door->ended.size(), 1); // the request
    come();
    m_transport->peerSays(get("/health"));
    m_visitor->end(EndingCause::ServerClosing);
    QCOMPARE(m_door->gone, 2);
    QCOMPARE(m_door->ended.size(), 2);
    come();
    m_transport->peerEnds(StreamEnd::EndOfStream);
    QCOMPARE(lastCause(), EndingCause::NoData);
    come();
    m_transport->peerSays(get("/health") + "G");
    m_transport->peerEnds(StreamEnd::EndOfStream);
    QCOMPARE(lastCause(), EndingCause::HeadAbandoned);
}

// A byte now and then does not win any time: not in the first head, and not in a later one.
void TestVisitor::givesALaterHeadNoMoreTime()
{
    m_transport->peerSays(get("/health"));
    m_door->turn(9'000);
    m_transport->peerSays("GET / HTTP/1.1\r\nX: ");
    for (int i = 0; i < 4; ++i) {
        m_door->turn(1'000);
        m_transport->peerSays("x");
    }
    QCOMPARE(statuses(), QList{200});
    m_door->turn(1'000);
    const QList<int> both{200, 408};
    QCOMPARE(statuses(), both);
    QCOMPARE(lastCause(), EndingCause::HeadTimeout);
    QVERIFY(m_transport->ending);
}

void TestVisitor::keepsNoMoreThanSoMany()
{
    m_transport->peerSays(get("/health"));
    QVERIFY(m_visitor->isIdle());
    FakeTransport *transport = nullptr;
    const auto second = m_door->come(transport);
    second->begin();
    transport->peerSays(get("/health"));
    QVERIFY(second->isIdle());
    const auto third = m_door->come(transport); // two of an address
    third->begin();
    transport->peerSays(get("/health") + get("/health"));
    QCOMPARE(transport->sent.count("Connection: keep-alive"), 1); // another one was there already
    QCOMPARE(transport->sent.count("Connection: close"), 1);
    QVERIFY(transport->ending);
}

void TestVisitor::servesNoMoreThanSoManyRequests()
{
    for (int i = 1; i < persistence::requests; ++i)
        m_transport->peerSays(get("/health"));
    QVERIFY(m_visitor->isIdle() && !m_transport->sent.contains("Connection: close"));
    m_transport->peerSays(get("/health"));
    QVERIFY(m_transport->ending && m_transport->sent.contains("Connection: close"));
}

// An idle one takes no place of a player, and waits for one as everybody does when it goes on.
void TestVisitor::countsAnIdleOneForItself()
{
    m_door->addresses.setLimits(BookLimits().with(Held::Visit, {1, 0}).with(Held::Rest, {1, 1}), 0);
    m_transport->peerSays(get("/health"));
    const QHostAddress address = m_transport->peerAddress();
    QCOMPARE(m_door->addresses.count(address, Held::Visit), 0);
    QCOMPARE(m_door->addresses.count(Held::Rest), 1);
    {
        const AddressHold player(m_door->addresses, m_door->clock, address);
        m_transport->peerSays(get("/health", "Accept: text/html\r\n"));
        QCOMPARE(lastCause(), EndingCause::TooManyUnderWay);
        QVERIFY(m_transport->sent.contains("Content-Type: text/html")); // its words depend on what it asked
        const QList<int> both{200, 429};
        QCOMPARE(statuses(), both);
    }
    QCOMPARE(m_door->addresses.count(Held::Rest), 0);
}

// It waits for its turn, and what it says meanwhile waits with it.
void TestVisitor::countsEachRequest()
{
    m_door->addresses.setLimits(BookLimits().with(Deed::Request, {1, 10}).with(Held::Rest, {1, 1}), 0);
    m_transport->peerSays(get("/health").repeated(11));
    m_transport->peerSays(get("/nothing"));
    QCOMPARE(statuses(), QList<int>(10, 200));
    m_door->turn(999);
    QCOMPARE(statuses().size(), 10);
    m_door->turn(1);
    QCOMPARE(statuses(), QList<int>(11, 200));
    m_transport->peerEnds(StreamEnd::EndOfStream); // it still wants to hear
    m_door->turn(1'000);
    QCOMPARE(statuses(), QList<int>(11, 200) + QList{404});
    come();
    for (int i = 0; i < 2; ++i)
        QVERIFY(
            m_door->addresses.reserve(m_transport->peerAddress(), Deed::Request, m_door->clock.monotonicMs(), 2'000));
    m_transport->peerSays(get("/health")); // others of its address wait already
    QCOMPARE(statuses(), QList{429});
    QCOMPARE(lastCause(), EndingCause::RequestingTooFast);
    QVERIFY(m_transport->sent.contains("Retry-After: "));
    QVERIFY(m_transport->ending);
}

// A head that says nothing keeps nobody out.
void TestVisitor::givesItsPlaceToANewerHead()
{
    m_door->addresses.setLimits(BookLimits().with(Held::Head, {1, 0}).with(Held::Rest, {2, 2}), 0);
    FakeTransport *silent = m_transport;
    const auto first = std::move(m_visitor);
    come(); // the first one had begun before there was a limit
    FakeTransport *transport = nullptr;
    m_door->turn(AddressBook::silentMs);
    const auto third = m_door->come(transport);
    third->begin();
    QVERIFY(silent->aborted || m_transport->aborted);
    QCOMPARE(lastCause(), EndingCause::TooManyHeadsFromAddress);
    QVERIFY(silent->sent.isEmpty() && m_transport->sent.isEmpty());
    transport->peerSays(get("/health"));
    QCOMPARE(statusesOf(transport->sent), QList{200});
    QVERIFY(!transport->aborted);
    transport->peerSays("GET / HT"); // a later head counts as the first one does
    m_door->turn(AddressBook::silentMs);
    FakeTransport *fourth = nullptr;
    const auto last = m_door->come(fourth);
    last->begin();
    QVERIFY(transport->aborted && !fourth->aborted);
}

void TestVisitor::countsWhatNeverBecomesARequest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("ends");
    QTest::newRow("nothing") << QByteArray() << true;
    QTest::newRow("half a head") << QByteArray("GET / HT") << true;
    QTest::newRow("half a head, and nothing more") << QByteArray("GET / HT") << false;
    QTest::newRow("no HTTP") << QByteArray("nonsense\r\n\r\n") << true;
}

void TestVisitor::countsWhatNeverBecomesARequest()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, ends);
    m_door->addresses.setLimits(BookLimits().with(Deed::Broken, {0.001, 1}), 0);
    if (!bytes.isEmpty())
        m_transport->peerSays(bytes);
    if (ends)
        m_transport->peerEnds(StreamEnd::EndOfStream);
    else
        m_door->turn(5'000);
    QCOMPARE(m_door->ended.size(), 1);
    QVERIFY(!m_door->addresses.may(m_transport->peerAddress(), Deed::Broken, m_door->clock.monotonicMs()));
    come();
    m_transport->peerSays("nonsense\r\n\r\n");
    QCOMPARE(statuses(), QList{429});
    QCOMPARE(lastCause(), EndingCause::FailingTooFast);
    come();
    m_transport->peerSays(get("/health")); // who is in order does not pay for it
    QCOMPARE(statuses(), QList{200});
}

void TestVisitor::finishesItsAnswerForWhoSaysNoMore()
{
    m_transport->holds = true;
    m_transport->peerSays(get("/style.css", "Connection: close\r\n"));
    m_transport->peerEnds(StreamEnd::EndOfStream);
    QVERIFY(!m_transport->aborted);
    m_transport->takesAgain();
    QCOMPARE(statuses(), QList{200});
    QVERIFY(m_transport->ending);
    QCOMPARE(lastCause(), EndingCause::HttpServed);
}

void TestVisitor::answersAllRequestsOfWhoSaysNoMore()
{
    m_transport->holds = true;
    m_transport->peerSays(get("/health") + get("/nothing") + get("/style.css"));
    m_transport->peerEnds(StreamEnd::EndOfStream);
    QVERIFY(!m_transport->aborted);
    m_transport->takesAgain();
    const QList<int> all{200, 404, 200};
    QCOMPARE(statuses(), all);
    QVERIFY(m_transport->ending);
    QVERIFY(m_transport->sent.contains("Connection: close")); // the last one: nobody will ask more
}

void TestVisitor::giveUpOnADeadStream()
{
    m_transport->holds = true;
    m_transport->peerSays(get("/style.css"));
    m_transport->peerEnds(StreamEnd::Reset);
    QVERIFY(m_transport->aborted);
    QCOMPARE(m_door->gone, 1);
    QCOMPARE(m_door->ended.size(), 1);
}

void TestVisitor::upgradesNobodyWhoSaysNoMore_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("a room, whose host is asked") << QByteArray("/ws/blue");
    QTest::newRow("the echo, where nobody is asked") << QByteArray("/echo");
}

// The end of the peer's side is told once: whoever takes the stream over would not hear of it any more.
void TestVisitor::upgradesNobodyWhoSaysNoMore()
{
    QFETCH(QByteArray, target);
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 1'000).isEmpty());
    m_transport->peerSays(get("/large.bin") + upgrade(target));
    m_transport->peerEnds(StreamEnd::EndOfStream);
    QTRY_COMPARE(m_door->ended.size() + m_door->upgraded.size(), 2);
    QCOMPARE(m_door->upgraded.size(), 0);
    QCOMPARE(statuses(), QList{200});
    QCOMPARE(lastCause(), EndingCause::ClientVanished);
    QCOMPARE(m_door->ended.constLast().ending.stage, EndingStage::Handshake);
    QVERIFY(m_transport->aborted);
    QCOMPARE(m_door->gone, 1);
}

void TestVisitor::abandonsALaterRequestOfWhoSaysNoMore()
{
    m_transport->holds = true;
    m_transport->peerSays(get("/style.css") + "GET /x");
    m_transport->peerEnds(StreamEnd::EndOfStream);
    m_transport->takesAgain();
    QCOMPARE(statuses(), QList{200});
    QVERIFY(m_transport->aborted);
    QCOMPARE(m_door->ended.size(), 2);
    QCOMPARE(lastCause(), EndingCause::HeadAbandoned);
}

void TestVisitor::givesUpWhereNobodyHearsTheAnswer_data()
{
    QTest::addColumn<QByteArray>("behind");
    QTest::newRow("behind its end") << QByteArray();
    QTest::newRow("while so much is pipelined") << QByteArray(2 * persistence::pipelinedBytes, 'x');
}

void TestVisitor::givesUpWhereNobodyHearsTheAnswer()
{
    QFETCH(QByteArray, behind);
    m_transport->holds = true;
    m_transport->peerSays(get("/style.css") + behind);
    QCOMPARE(m_transport->reading, behind.isEmpty());
    if (behind.isEmpty())
        m_transport->peerEnds(StreamEnd::EndOfStream);
    QVERIFY(!m_transport->aborted);
    m_transport->sendingFails();
    QVERIFY(m_transport->aborted);
    QCOMPARE(m_door->gone, 1);
    QCOMPARE(m_door->ended.size(), 1);
    QCOMPARE(lastCause(), EndingCause::AnswerAbandoned);
    QCOMPARE(m_door->ended.first().ending.httpStatus, 200);
}

// What was refused stays that, whoever hears of it.
void TestVisitor::saysWhatBecameOfAnAnswer_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("how");
    QTest::addColumn<EndingCause>("cause");
    QTest::newRow("the client resets the stream")
        << get("/style.css") << int(StreamEnd::Reset) << EndingCause::AnswerAbandoned;
    QTest::newRow("the client does not read") << get("/style.css") << -1 << EndingCause::AnswerAbandoned;
    QTest::newRow("the server closes") << get("/style.css") << -2 << EndingCause::ServerClosing;
    QTest::newRow("a refusal is not read") << get("/ws/blue") << -1 << EndingCause::UpgradeExpected;
    QTest::newRow("a refusal of who is gone")
        << get("/ws/blue") << int(StreamEnd::Reset) << EndingCause::UpgradeExpected;
}

void TestVisitor::saysWhatBecameOfAnAnswer()
{
    QFETCH(QByteArray, request);
    QFETCH(int, how);
    m_transport->holds = true;
    m_transport->peerSays(request);
    if (how >= 0)
        m_transport->peerEnds(StreamEnd(how));
    else if (how == -1)
        m_door->turn(60'000);
    else
        m_visitor->end(EndingCause::ServerClosing);
    QCOMPARE(m_door->ended.size(), 1);
    QTEST(lastCause(), "cause");
}

void TestVisitor::saysWhyNoAnswerWasMade_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<EndingCause>("cause");
    QTest::newRow("the client resets the stream") << int(StreamEnd::Reset) << EndingCause::ConnectionReset;
    QTest::newRow("the client is gone behind its end") << int(StreamEnd::EndOfStream) << EndingCause::ClientVanished;
    QTest::newRow("the server closes") << -1 << EndingCause::ServerClosing;
}

void TestVisitor::saysWhyNoAnswerWasMade()
{
    QFETCH(int, how);
    QFETCH(EndingCause, cause);
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 10).isEmpty());
    m_transport->peerSays(get("/large.bin")); // the disk is asked
    if (how < 0)
        m_visitor->end(EndingCause::ServerClosing);
    else
        m_transport->peerEnds(StreamEnd(how));
    if (how == int(StreamEnd::EndOfStream)) {
        QCOMPARE(m_door->gone, 0);
        m_transport->sendingFails();
    }
    QCOMPARE(m_door->gone, 1);
    QCOMPARE(lastCause(), cause);
    QCOMPARE(m_door->ended.first().ending.stage, EndingStage::Http);
    QCOMPARE(m_door->ended.first().ending.httpStatus, 0);
}

void TestVisitor::waitsForItsAdmission()
{
    m_door->admitsLater = true;
    m_transport->peerSays(upgrade("/ws/blue"));
    QCOMPARE(m_door->upgraded.size(), 0);
    QCOMPARE(m_door->questions.size(), 1);
    QCOMPARE(m_door->addresses.count(Held::Head), 0);
    m_door->turn(9'000);
    QVERIFY(m_transport->sent.isEmpty());
    m_door->questions.takeFirst()(Admission::refused(EndingCause::RoomFull, "full"));
    QCOMPARE(m_door->upgraded.size(), 1);
    QCOMPARE(m_door->upgraded.first().admission.refusal, EndingCause::RoomFull); // told by a close code
    m_door->config.rejectWithHttp = true;
    come();
    m_transport->peerSays(upgrade("/ws/blue"));
    m_door->questions.takeFirst()(Admission::refused(EndingCause::RoomFull, "full"));
    QCOMPARE(statuses(), QList{429});
    QCOMPARE(lastCause(), EndingCause::RoomFull);
    QVERIFY(m_transport->ending);
}

void TestVisitor::readsWhatComesBeforeItsAdmission()
{
    m_door->admitsLater = true;
    m_transport->peerSays(upgrade("/ws/blue") + "early ");
    m_transport->peerSays("bird");
    QVERIFY(m_transport->reading);
    m_transport->peerSays(QByteArray(persistence::pipelinedBytes, 'x'));
    QVERIFY(!m_transport->reading);
    m_door->questions.takeFirst()({});
    QCOMPARE(m_door->upgraded.first().early.size(), 10 + persistence::pipelinedBytes);
    QVERIFY(m_door->upgraded.first().early.startsWith("early bird"));
}

void TestVisitor::refusesWhereNobodyShakesHands()
{
    m_door->shakesHands = false;
    m_transport->peerSays(upgrade("/ws/blue"));
    QCOMPARE(statuses(), QList{500});
    QCOMPARE(lastCause(), EndingCause::HandshakeFailed);
    QCOMPARE(m_door->upgraded.size(), 0);
    QVERIFY(m_transport->ending);
}

void TestVisitor::refusesWhereNobodySaysWhetherItMayComeIn()
{
    m_door->admitsLater = true;
    m_transport->peerSays(upgrade("/ws/blue"));
    m_door->turn(10'000);
    QCOMPARE(statuses(), QList{503});
    QVERIFY(m_transport->sent.contains("Retry-After: "));
    QCOMPARE(lastCause(), EndingCause::AdmissionTimeout);
    m_door->questions.takeFirst()({}); // too late
    QCOMPARE(m_door->upgraded.size(), 0);
    QCOMPARE(statuses(), QList{503});
}

void TestVisitor::forgetsTheAdmissionOfWhoIsGone_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<EndingCause>("cause");
    QTest::newRow("the client ends the stream") << int(StreamEnd::EndOfStream) << EndingCause::ClientVanished;
    QTest::newRow("the client resets the stream") << int(StreamEnd::Reset) << EndingCause::ConnectionReset;
    QTest::newRow("the server closes") << -1 << EndingCause::ServerClosing;
}

void TestVisitor::forgetsTheAdmissionOfWhoIsGone()
{
    QFETCH(int, how);
    QFETCH(EndingCause, cause);
    m_door->admitsLater = true;
    m_transport->peerSays(upgrade("/ws/blue"));
    if (how < 0)
        m_visitor->end(EndingCause::ServerClosing);
    else
        m_transport->peerEnds(StreamEnd(how));
    QCOMPARE(m_door->gone, 1);
    QCOMPARE(lastCause(), cause);
    QCOMPARE(m_door->ended.first().ending.stage, EndingStage::Handshake);
    m_visitor.reset();
    m_door->questions.takeFirst()({}); // for nobody
    QCOMPARE(m_door->upgraded.size(), 0);
}

QTEST_GUILESS_MAIN(TestVisitor)
#include "tst_visitor.moc"
