// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/persistence.h"
#include "server/http/visitor.h"
#include "tests/support/visitorfixture.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using BookLimits = AddressBook::Limits;

/// What visitors make the server hold and read: files, and memory.
class TestVisitorFiles final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void sendsFilesInPieces();
    void sendsFilesNoFasterThanTheyAreRead();
    void endsWhoTakesAFileTooSlowly();
    void restsNoLongerBehindAFile();
    void resetsWhereAFileBecomesShorter();
    void holdsNoMoreThanItsBudget();
    void forgetsWhatIsPipelinedWhereMemoryIsShort();
    void takesNoLargeBodyWhereMemoryIsShort_data();
    void takesNoLargeBodyWhereMemoryIsShort();
    void sendsFilesNoFasterThanAnAddressMayHaveThem();
    void letsSmallFilesBePaidByTheNext();
    void waitsForAPlaceAmongTheFilesOfItsAddress();
    void refusesAFileThatFindsNoPlace();
    void asksNoDiskForWhoHasNoPlace();
    void comesBetweenThePiecesOfLargeFiles();
    void refusesAFileThatWouldComeTooLate();

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

void TestVisitorFiles::init()
{
    m_door = std::make_unique<VisitorFixture>();
    m_door->addresses.setLimits(BookLimits().with(Held::Rest, {2, 3}), 0);
    come();
}

void TestVisitorFiles::cleanup()
{
    m_visitor.reset();
    for (const Held what : {Held::Visit, Held::Head, Held::Rest, Held::File})
        QCOMPARE(m_door->addresses.count(what), 0);
    m_door.reset();
}

void TestVisitorFiles::sendsFilesInPieces()
{
    const QTemporaryDir folder;
    constexpr qint64 size = 1'000'000;
    QFile file(m_door->writeFile(folder, size));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_transport->peerSays(get("/large.bin") + get("/health"));
    QVERIFY(m_transport->sent.isEmpty()); // nothing waits for the disk on this thread
    QTRY_COMPARE(m_door->ended.size(), 2);
    const QList<int> both{200, 200};
    QCOMPARE(statuses(), both);
    QVERIFY(m_transport->sent.contains(file.readAll()));
    m_transport->sent.clear();
    m_transport->peerSays(get("/large.bin", "Range: bytes=500000-\r\n"));
    QTRY_COMPARE(m_door->ended.size(), 3);
    QVERIFY(m_transport->sent.startsWith("HTTP/1.1 206 "));
    file.seek(500'000);
    QVERIFY(m_transport->sent.endsWith(file.readAll()));
    m_transport->sent.clear();
    m_transport->peerSays("HEAD /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE(m_door->ended.size(), 4);
    QCOMPARE(statusesOf(m_transport->sent, true), QList{200});
    QVERIFY(m_transport->sent.contains("Content-Length: 1000000\r\n"));
}

void TestVisitorFiles::sendsFilesNoFasterThanTheyAreRead()
{
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 5'000'000).isEmpty());
    m_transport->holds = true;
    m_transport->peerSays(get("/large.bin"));
    QTRY_VERIFY(m_transport->queuedBytes() > AnswerSender::pieceBytes);
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    QVERIFY(m_transport->queuedBytes() < 3 * AnswerSender::pieceBytes);
    m_door->turn(60'000);
    QVERIFY(m_transport->aborted);
    QCOMPARE(m_door->gone, 1);
}

// Two pieces in each 50 s: less than 4 bytes a ms.
void TestVisitorFiles::endsWhoTakesAFileTooSlowly()
{
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 5'000'000).isEmpty());
    m_transport->holds = true;
    m_transport->peerSays(get("/large.bin"));
    int pieces = 0;
    for (; !m_transport->aborted && pieces < 10; ++pieces) {
        QTRY_VERIFY(m_transport->queuedBytes() > AnswerSender::pieceBytes);
        m_transport->takesAgain();
        m_transport->holds = true;
        m_door->turn(50'000);
    }
    QVERIFY(m_transport->aborted);
    QVERIFY2(pieces > 1, "the system may hold much of it");
    QCOMPARE(m_door->gone, 1);
}

void TestVisitorFiles::restsNoLongerBehindAFile()
{
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 200'000).isEmpty());
    m_transport->readyInFlush = true;
    m_transport->peerSays(get("/large.bin"));
    QTRY_VERIFY(m_visitor->isIdle());
    m_door->turn(persistence::idleSeconds * 1'000);
    QVERIFY(m_transport->ending);
}

// What was promised can not be kept: an end in order would make half a file a whole one.
void TestVisitorFiles::resetsWhereAFileBecomesShorter()
{
    const QTemporaryDir folder;
    QFile file(m_door->writeFile(folder, 5'000'000));
    m_transport->holds = true;
    m_transport->peerSays(get("/large.bin"));
    QTRY_VERIFY(m_transport->queuedBytes() > AnswerSender::pieceBytes);
    QVERIFY(file.resize(100'000));
    m_transport->takesAgain();
    QTRY_VERIFY(m_transport->aborted);
    QVERIFY(!m_transport->ending);
    QCOMPARE(m_door->gone, 1);
    QVERIFY(m_door->ended.first().ending.detail.contains("file"));
    QCOMPARE(lastCause(), EndingCause::AnswerCutShort);
}

void TestVisitorFiles::holdsNoMoreThanItsBudget()
{
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 200'000).isEmpty());
    m_door->budget.take(AnswerBudget::mostBytes - 100'000);
    m_transport->peerSays(get("/large.bin"));
    QTRY_COMPARE(m_door->ended.size(), 1);
    QCOMPARE(statuses(), QList{503});
    m_door->budget.take(100'000 - AnswerBudget::mostBytes);
    come();
    m_transport->peerSays(get("/large.bin"));
    QTRY_COMPARE(m_door->ended.size(), 2);
    QCOMPARE(statuses(), QList{200});
    QVERIFY(m_door->budget.has(AnswerBudget::mostBytes)); // all was given back
}

// The answer that is on its way comes to its end, and the connection with it.
void TestVisitorFiles::forgetsWhatIsPipelinedWhereMemoryIsShort()
{
    m_door->budget.take(AnswerBudget::mostBytes);
    m_transport->holds = true;
    m_transport->peerSays(get("/style.css") + get("/health").repeated(1'000));
    QVERIFY(!m_transport->reading);
    m_transport->takesAgain();
    QCOMPARE(statuses(), QList{200});
    QVERIFY(m_transport->ending && m_transport->reading);
    m_transport->peerEnds(StreamEnd::EndOfStream);
    m_visitor.reset();
    m_door->budget.take(-AnswerBudget::mostBytes);
    QVERIFY(m_door->budget.has(AnswerBudget::mostBytes)); // all was given back
    come();
    m_transport->holds = true;
    m_transport->peerSays(get("/health").repeated(3));
    QVERIFY(!m_door->budget.has(AnswerBudget::mostBytes)); // and is booked where there is some
    m_transport->takesAgain();
    QCOMPARE(statuses(), QList<int>(3, 200));
}

void TestVisitorFiles::takesNoLargeBodyWhereMemoryIsShort_data()
{
    QTest::addColumn<QByteArray>("framing");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("with a length") << QByteArray("Content-Length: 60000") << QByteArray();
    QTest::newRow("in chunks") << QByteArray("Transfer-Encoding: chunked") << QByteArray("ea60\r\n");
}

void TestVisitorFiles::takesNoLargeBodyWhereMemoryIsShort()
{
    QFETCH(QByteArray, framing);
    QFETCH(QByteArray, begin);
    m_door->budget.take(AnswerBudget::mostBytes);
    m_transport->peerSays(post(R"({"room":"blue"})")); // small ones always
    QCOMPARE(statuses(), QList{201});
    m_transport->peerSays("POST / HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n" + begin
                          + QByteArray(30'000, 'x'));
    const QList<int> both{201, 503};
    QCOMPARE(statuses(), both);
    QVERIFY(m_transport->ending);
}

// Its own slowness costs a client nothing, and ours neither.
void TestVisitorFiles::sendsFilesNoFasterThanAnAddressMayHaveThem()
{
    constexpr int piece = AnswerSender::pieceBytes;
    m_door->addresses.setLimits(BookLimits().with(Deed::FileByte, {piece / 64.0, piece}), 0);
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 3 * piece).isEmpty());
    m_transport->peerSays(get("/large.bin", "Connection: close\r\n"));
    for (int pieces = 1; pieces <= 3; ++pieces) {
        QTRY_VERIFY(m_transport->sent.size() > pieces * piece);
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        QVERIFY(m_transport->sent.size() < pieces * piece + 1'000);
        if (pieces == 3)
            break;
        m_door->turn(63'000);
        QVERIFY(!m_transport->aborted);
        m_door->turn(1'000);
    }
    QCOMPARE(statuses(), QList{200});
    QCOMPARE(lastCause(), EndingCause::HttpServed);
}

// And the server's own pages by nobody.
void TestVisitorFiles::letsSmallFilesBePaidByTheNext()
{
    m_door->addresses.setLimits(BookLimits().with(Deed::FileByte, {1'000, 1'000}).with(Held::Rest, {2, 2}), 0);
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 5'000).isEmpty());
    m_transport->peerSays(get("/large.bin"));
    QTRY_COMPARE(m_door->ended.size(), 1);
    m_transport->peerSays(get("/style.css"));
    QTRY_COMPARE(m_door->ended.size(), 2);
    m_transport->peerSays(get("/large.bin"));
    for (int i = 0; i < 50; ++i)
        QTest::qWait(1);
    QCOMPARE(m_door->ended.size(), 2);
    m_door->turn(4'000);
    QTRY_COMPARE(m_door->ended.size(), 3);
    QCOMPARE(statuses(), QList<int>(3, 200));
}

void TestVisitorFiles::waitsForAPlaceAmongTheFilesOfItsAddress()
{
    m_door->addresses.setLimits(BookLimits().with(Held::File, {1, 0}).with(Held::Rest, {2, 2}), 0);
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 1'000'000).isEmpty());
    m_transport->holds = true;
    m_transport->peerSays(get("/large.bin"));
    QTRY_COMPARE(m_door->addresses.count(Held::File), 1);
    FakeTransport *transport = nullptr;
    const auto second = m_door->come(transport);
    second->begin();
    transport->peerSays(get("/large.bin"));
    transport->peerEnds(StreamEnd::EndOfStream); // it wants to hear all the same
    FakeTransport *third = nullptr;
    const auto page = m_door->come(third);
    page->begin();
    third->peerSays(get("/style.css")); // no file of the web root
    QTRY_COMPARE(statusesOf(third->sent), QList{200});
    QVERIFY(transport->sent.isEmpty());
    m_transport->takesAgain();
    QTRY_COMPARE(m_door->addresses.count(Held::File), 0);
    QTRY_VERIFY((m_door->turn(100), transport->sent.size() > 1'000'000));
    QCOMPARE(statusesOf(transport->sent), QList{200});
}

void TestVisitorFiles::refusesAFileThatFindsNoPlace()
{
    m_door->addresses.setLimits(BookLimits().with(Held::File, {1, 0}), 0);
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 1'000'000).isEmpty());
    m_door->addresses.began(m_transport->peerAddress(), Held::File);
    m_transport->peerSays(get("/large.bin"));
    QTRY_VERIFY((m_door->turn(3'000), !m_transport->sent.isEmpty()));
    QCOMPARE(statuses(), QList{429});
    QVERIFY(m_transport->sent.contains("Retry-After: "));
    QCOMPARE(lastCause(), EndingCause::TooManyFiles);
    m_door->addresses.ended(m_transport->peerAddress(), Held::File, 0);
}

// Its file is not even looked at: it may be gone, and nobody hears of that.
void TestVisitorFiles::asksNoDiskForWhoHasNoPlace()
{
    m_door->addresses.setLimits(BookLimits().with(Held::File, {1, 0}), 0);
    const QTemporaryDir folder;
    QFile file(m_door->writeFile(folder, 1'000'000));
    m_door->addresses.began(m_transport->peerAddress(), Held::File);
    m_transport->peerSays(get("/large.bin"));
    for (int i = 0; i < 50; ++i)
        QTest::qWait(1); // it has heard that it has to wait
    QVERIFY(file.remove());
    for (int i = 0; i < 10; ++i) {
        m_door->turn(101);
        QTest::qWait(1);
    }
    QVERIFY(m_transport->sent.isEmpty());
    m_door->addresses.ended(m_transport->peerAddress(), Held::File, 0);
    QTRY_VERIFY((m_door->turn(101), !m_transport->sent.isEmpty()));
    QCOMPARE(statuses(), QList{404});
}

void TestVisitorFiles::comesBetweenThePiecesOfLargeFiles()
{
    constexpr int piece = AnswerSender::pieceBytes;
    m_door->addresses.setLimits(BookLimits().with(Deed::FileByte, {piece / 4.0, piece}), 0);
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 100 * piece).isEmpty());
    QFile small(folder.filePath(u"small.bin"_s));
    QVERIFY(small.open(QIODevice::WriteOnly) && small.write("small") == 5);
    small.close();
    m_transport->peerSays(get("/large.bin"));
    FakeTransport *other = nullptr;
    const auto second = m_door->come(other);
    second->begin();
    other->peerSays(get("/large.bin"));
    QTRY_VERIFY((m_door->turn(1'000), m_transport->sent.size() > 2 * piece && other->sent.size() > 2 * piece));
    FakeTransport *third = nullptr;
    const auto page = m_door->come(third);
    page->begin();
    third->peerSays(get("/small.bin"));
    for (int seconds = 0; seconds < 30 && third->sent.isEmpty(); ++seconds) {
        m_door->turn(1'000);
        for (int i = 0; i < 10; ++i)
            QTest::qWait(1);
    }
    QCOMPARE(statusesOf(third->sent), QList{200});
}

// Nothing is taken for it.
void TestVisitorFiles::refusesAFileThatWouldComeTooLate()
{
    const qint64 nowMs = m_door->clock.monotonicMs();
    m_door->addresses.setLimits(BookLimits().with(Deed::FileByte, {100, 1'000}), 0);
    const QTemporaryDir folder;
    QVERIFY(!m_door->writeFile(folder, 5'000).isEmpty());
    std::ignore = m_door->addresses.reserve(m_transport->peerAddress(), Deed::FileByte, nowMs, 100'000, 7'500);
    m_transport->peerSays(get("/large.bin"));
    QTRY_COMPARE(m_door->ended.size(), 1);
    QCOMPARE(statuses(), QList{429});
    QVERIFY(m_door->addresses.reserve(m_transport->peerAddress(), Deed::FileByte, nowMs, 65'000, 0).has_value());
}

QTEST_GUILESS_MAIN(TestVisitorFiles)
#include "tst_visitorfiles.moc"
