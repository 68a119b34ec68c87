// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "tests/support/patience.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <csignal>
#include <memory>
#include <vector>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Clients = std::vector<std::unique_ptr<RawClient>>;

namespace {

constexpr qint64 mebibyte = 1024 * 1024;
// Freed blocks stay poisoned for a while under AddressSanitizer, and each one is larger.
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 memoryBound = 160 * mebibyte;
#else
constexpr qint64 memoryBound = 64 * mebibyte;
#endif

const QByteArray request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

} // namespace

/// What clients can do to a server on purpose. During it and after it a fresh client is served within a second, memory
/// stays bounded, and every descriptor comes back.
class TestAbuse : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;
    int m_descriptors = 0;
    qint64 m_memory = 0;
    qint64 m_mostMemory = 0;

    void serve(const QStringList &arguments, int maxDescriptors = 0);
    [[nodiscard]] bool freshClientIsServed();
    [[nodiscard]] Clients connectMany(int count, QByteArrayView target = {}, int receiveBuffer = 0);
    /// As connectMany(), and each sends the beginning of a head: its first one, or one behind a request that was answered.
    [[nodiscard]] Clients beginMany(int count, bool behindARequest, int receiveBuffer = 0);
    [[nodiscard]] bool descriptorsAreBack(int milliseconds = 8000);
    static void addFirstAndBehind();
    void watchMemory() { m_mostMemory = qMax(m_mostMemory, m_server->residentBytes()); }

private slots:
    void cleanup();

    void silentHeads();
    void slowHeads_data() { addFirstAndBehind(); }
    void slowHeads();
    void drippedHeads_data() { addFirstAndBehind(); }
    void drippedHeads();
    void headsOfOneAddress_data() { addFirstAndBehind(); }
    void headsOfOneAddress();
    void silenceBehindARequest();
    void pipelinesAndNeverReads();
    void filesAreNeverRead_data() { addFirstAndBehind(); }
    void filesAreNeverRead();
    void pongsAreNeverRead();
    void echoIsNeverRead_data();
    void echoIsNeverRead();
    void broadcastIsNeverRead();
    void closeThenSilence();
    void halfSentMessages();
    void manyFragments();
    void announcedMessage();
    void emptyFragments();
    void descriptorLimit();
    void saysAtEveryLevelThatItTakesNobody();
    void flappingConnections_data() { addFirstAndBehind(); }
    void flappingConnections();
    void resets();
    void stopsWithAThousandClients();
};

void TestAbuse::serve(const QStringList &arguments, int maxDescriptors)
{
    m_server = std::make_unique<ServerProcess>(manyConnections() + arguments, maxDescriptors);
    QVERIFY2(m_server->start(), m_server->output().constData());
    QVERIFY(freshClientIsServed());
    QVERIFY(m_server->ending(1).contains("cause"_L1));
    m_descriptors = m_server->descriptors();
    m_memory = m_server->residentBytes();
    m_mostMemory = m_memory;
}

bool TestAbuse::freshClientIsServed()
{
    QElapsedTimer timer;
    timer.start();
    RawClient client(m_server->port());
    const bool upgraded = client.upgrade();
    client.sendText("hello");
    const bool served = upgraded && client.waitForMessages(1) && timer.elapsed() < patience * 1000;
    client.sendClose(1000);
    return client.waitForEnd() && served;
}

Clients TestAbuse::connectMany(int count, QByteArrayView target, int receiveBuffer)
{
    Clients clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_server->port(), receiveBuffer));
        if (!target.isEmpty() && !clients.back()->upgrade(target))
            return {};
    }
    return clients;
}

// What is about requests holds for a later one of a connection as well.
void TestAbuse::addFirstAndBehind()
{
    QTest::addColumn<bool>("behindARequest");
    QTest::newRow("first") << false;
    QTest::newRow("behind a request") << true;
}

Clients TestAbuse::beginMany(int count, bool behindARequest, int receiveBuffer)
{
    Clients clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_server->port(), receiveBuffer));
        RawClient &client = *clients.back();
        if (behindARequest && (!client.request(request) || client.ended()))
            return {};
        client.forgetAnswer();
        client.send("GET "); // before it counts as idle for long
    }
    return clients;
}

bool TestAbuse::descriptorsAreBack(int milliseconds)
{
    constexpr int results = 2; // the file of the results and its journal are opened when their thread gets to it
    return QTest::qWaitFor([this] { return m_server->descriptors() <= m_descriptors + results; }, milliseconds);
}

void TestAbuse::cleanup()
{
    if (!QTest::currentTestFailed()) {
        QVERIFY(freshClientIsServed());
        watchMemory();
        QVERIFY2(m_mostMemory - m_memory < memoryBound,
                 qPrintable(u"%1 MiB more"_s.arg((m_mostMemory - m_memory) / mebibyte)));
        QVERIFY(descriptorsAreBack());
    }
    QVERIFY2(m_server->stop() == 0, m_server->output().constData());
}

void TestAbuse::silentHeads()
{
    serve({});
    const Clients clients = connectMany(200);
    QVERIFY(freshClientIsServed());
    for (const auto &client : clients)
        QVERIFY(client->waitForEnd(8000));
    QVERIFY(descriptorsAreBack());
}

// A byte now and then does not win any time.
void TestAbuse::slowHeads()
{
    QFETCH(bool, behindARequest);
    serve({});
    const Clients clients = beginMany(behindARequest ? 200 : 500, behindARequest);
    QVERIFY(!clients.empty());
    QElapsedTimer timer;
    timer.start();
    const auto gone = [](const auto &client) { return client->ended(); };
    for (int round = 0; timer.elapsed() < 8000 && !std::all_of(clients.begin(), clients.end(), gone); ++round) {
        for (const auto &client : clients)
            client->send(round == 0 ? "/ HTTP/1.1\r\nX: " : "x");
        if (round == 3)
            QVERIFY(freshClientIsServed());
        (void)QTest::qWaitFor([&] { return std::all_of(clients.begin(), clients.end(), gone); }, 200);
    }
    QVERIFY(std::all_of(clients.begin(), clients.end(), gone));
}

void TestAbuse::drippedHeads()
{
    QFETCH(bool, behindARequest);
    serve({});
    const Clients clients = beginMany(20, behindARequest);
    QCOMPARE(clients.size(), 20U);
    QElapsedTimer timer;
    timer.start();
    for (const auto &client : clients)
        client->send("/ HTTP/1.1\r\nX: ");
    // 16 KiB is what a head may have; it is sent in single bytes, as fast as segments go for four seconds.
    QList<double> seconds;
    for (int sent = 0; sent < 16'000 && timer.elapsed() < 4000; sent += 8) {
        if (sent % 160 == 0)
            seconds += m_server->cpuSeconds();
        for (const auto &client : clients) {
            for (int i = 0; i < 8; ++i)
                client->send("x");
        }
        (void)QTest::qWaitFor([] { return false; }, 1);
    }
    // Whatever a byte costs here, it costs no more at a head's end than at its beginning, as reading anew would.
    const qsizetype quarter = seconds.size() / 4;
    QVERIFY(quarter > 1);
    const double first = seconds[quarter] - seconds.front();
    const double last = seconds.back() - seconds[seconds.size() - 1 - quarter];
    QVERIFY2(last < 3 * first + 0.1, qPrintable(u"%1 s, then %2 s"_s.arg(first).arg(last)));
    QVERIFY(freshClientIsServed());
}

void TestAbuse::headsOfOneAddress()
{
    QFETCH(bool, behindARequest);
    serve({u"--heads-per-address"_s, u"32"_s});
    const Clients clients = beginMany(60, behindARequest);
    QCOMPARE(clients.size(), 60U);
    const auto newerOneComes = [&] {
        RawClient newer(m_server->port());
        newer.send("GET ");
        return std::ranges::count_if(clients, [](const auto &client) { return client->ended(); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(newerOneComes() >= 28, 3000); // as soon as they have had their moment
    QVERIFY(!clients.back()->ended());                     // the oldest did
    for (const auto &client : clients)
        QVERIFY(client->waitForEnd(8000));
}

// Only so many connections are kept between two requests, and none for long.
void TestAbuse::silenceBehindARequest()
{
    serve({u"--heads-per-address"_s, u"2"_s});
    Clients clients;
    for (int i = 0; i < 240; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_server->port()));
        QVERIFY(clients.back()->request(request));
        QCOMPARE(clients.back()->response().status, 200); // no idle one takes the place of another
    }
    const auto kept = [&] {
        return std::count_if(clients.begin(), clients.end(), [](const auto &client) { return !client->ended(); });
    };
    QCOMPARE(kept(), 192);
    QVERIFY(freshClientIsServed());
    QTRY_COMPARE_WITH_TIMEOUT(kept(), 0, 15'000);
    const QList<QJsonObject> endings = m_server->endings();
    QVERIFY(std::all_of(endings.begin(), endings.end(), [](const QJsonObject &ending) {
        const QString cause = ending.value("cause"_L1).toString();
        return cause == "http_served"_L1 || cause == "client_closed"_L1; // nobody did anything wrong
    }));
}

void TestAbuse::pipelinesAndNeverReads()
{
    serve({});
    Clients clients = connectMany(20, {}, 4096);
    const QByteArray many = QByteArray("GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n").repeated(20'000);
    for (const auto &client : clients) {
        client->stopReading();
        client->send(many);
    }
    QTRY_VERIFY_WITH_TIMEOUT((watchMemory(), freshClientIsServed()), 3000);
    clients.clear();
    QVERIFY(descriptorsAreBack());
}

void TestAbuse::filesAreNeverRead()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"large.bin"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(1024 * mebibyte)); // a hole
    QFETCH(bool, behindARequest);
    serve({u"--web-root"_s, folder.path()});
    Clients clients = beginMany(100, behindARequest, 4096);
    QCOMPARE(clients.size(), 100U);
    for (const auto &client : clients) {
        client->stopReading();
        client->send("/large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    for (int i = 0; i < 10; ++i)
        QVERIFY((watchMemory(), freshClientIsServed()));
    QVERIFY(m_mostMemory - m_memory < 32 * mebibyte);
    clients.clear();
    QVERIFY(descriptorsAreBack());
}

void TestAbuse::pongsAreNeverRead()
{
    serve({});
    const Clients clients = connectMany(5, "/echo", 4096);
    const QByteArray ping = makeMaskedFrame(Opcode::Ping, QByteArray(125, 'p'), 1);
    for (const auto &client : clients) {
        client->stopReading();
        for (int i = 0; i < 20'000; ++i)
            client->send(ping);
    }
    QTRY_COMPARE_WITH_TIMEOUT((watchMemory(), m_server->endings().size()), 6, 8000);
    QVERIFY(freshClientIsServed());
    QVERIFY(descriptorsAreBack());
}

void TestAbuse::echoIsNeverRead_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("60 KB") << 60'000;
    QTest::newRow("100 B") << 100;
}

void TestAbuse::echoIsNeverRead()
{
    QFETCH(int, size);
    serve({u"--message-rate"_s, u"0"_s, u"--byte-rate"_s, u"0"_s});
    const Clients clients = connectMany(5, "/echo", 4096);
    for (const auto &client : clients)
        client->stopReading();
    const QByteArray burst = makeMaskedFrame(Opcode::Binary, QByteArray(size, 'x'), 1).repeated(120'000 / size);
    const auto push = [&] {
        for (const auto &client : clients) {
            if (client->unsent() == 0)
                client->send(burst);
        }
        watchMemory();
        return m_server->endings().size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(push(), 6, 30'000);
    const QList<QJsonObject> endings = m_server->endings().sliced(1);
    for (const QJsonObject &ending : endings)
        QCOMPARE(ending.value("cause"_L1).toString(), u"read_too_slowly"_s);
    QVERIFY(descriptorsAreBack());
}

void TestAbuse::broadcastIsNeverRead()
{
    serve({u"--message-rate"_s, u"0"_s, u"--byte-rate"_s, u"0"_s});
    const Clients readers = connectMany(5, "/ws/abuse", 4096);
    for (const auto &client : readers)
        client->stopReading();
    const Clients senders = connectMany(1, "/ws/abuse");
    const QByteArray message = R"({"type":"m","data":")" + QByteArray(60'000, 'x') + "\"}";
    const auto push = [&] {
        if (senders.front()->unsent() == 0)
            senders.front()->sendText(message);
        watchMemory();
        return m_server->endings().size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(push(), 6, 30'000);
    QVERIFY(!senders.front()->ended());
    QVERIFY(freshClientIsServed());
}

void TestAbuse::closeThenSilence()
{
    serve({});
    const Clients clients = connectMany(50, "/echo");
    for (const auto &client : clients) {
        client->stopReading();
        client->sendClose(1000);
    }
    QVERIFY(descriptorsAreBack(8000));
    const Clients broken = connectMany(50, "/echo");
    for (const auto &client : broken) {
        client->setAnswersClose(false);
        client->send(QByteArray::fromHex("8300")); // the server closes first and never gets an answer
    }
    QVERIFY(freshClientIsServed());
    QVERIFY(descriptorsAreBack(8000));
}

void TestAbuse::halfSentMessages()
{
    serve({u"--message-rate"_s, u"0"_s, u"--byte-rate"_s, u"0"_s});
    const Clients clients = connectMany(500, "/echo");
    const QByteArray half = makeMaskedFrame(Opcode::Binary, QByteArray(60'000, 'x'), 1).first(50'000);
    for (const auto &client : clients)
        client->send(half);
    QTRY_VERIFY_WITH_TIMEOUT((watchMemory(), freshClientIsServed()), 3000);
    for (const auto &client : clients)
        QVERIFY(client->waitForEnd(15'000));
    QVERIFY(descriptorsAreBack());
}

void TestAbuse::manyFragments()
{
    serve({u"--message-rate"_s, u"0"_s, u"--byte-rate"_s, u"0"_s});
    const Clients clients = connectMany(50, "/echo");
    for (const auto &client : clients) {
        client->sendFrame(Opcode::Binary, "x", false);
        for (int i = 0; i < 2000; ++i)
            client->sendFrame(Opcode::Continuation, "x", false);
    }
    for (const auto &client : clients)
        QVERIFY(client->waitForEnd(10'000));
    watchMemory();
    QCOMPARE(m_server->ending(2).value("cause"_L1).toString(), u"too_many_fragments"_s);
}

void TestAbuse::announcedMessage()
{
    serve({u"--byte-rate"_s, u"0"_s, u"--max-message-bytes"_s, u"128M"_s});
    const Clients clients = connectMany(100, "/echo");
    for (const auto &client : clients)
        client->send(QByteArray::fromHex("82ff0000000005f5e10000000000") + QByteArray(1000, 'x')); // 100 MB, 1 kB of it
    QVERIFY(freshClientIsServed());
    watchMemory();
    QVERIFY(m_mostMemory - m_memory < 32 * mebibyte);
}

void TestAbuse::emptyFragments()
{
    serve({u"--message-rate"_s, u"0"_s, u"--byte-rate"_s, u"0"_s});
    const Clients clients = connectMany(1, "/echo");
    clients.front()->sendFrame(Opcode::Text, "", false);
    const QByteArray empty = QByteArray::fromHex("008000000000").repeated(10'000);
    for (int i = 0; i < 100 && !clients.front()->ended(); ++i)
        clients.front()->send(empty);
    QVERIFY(clients.front()->waitForEnd(10'000));
    QCOMPARE(m_server->ending(2).value("cause"_L1).toString(), u"too_many_fragments"_s);
}

void TestAbuse::descriptorLimit()
{
    serve({}, 128);
    Clients clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_server->port()));
        clients.back()->send(RawClient::upgradeHead("/echo"));
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_server->descriptors() > 80, 3000);
    const double before = m_server->cpuSeconds();
    QElapsedTimer timer;
    timer.start();
    (void)QTest::qWaitFor([] { return false; }, 2000); // the time over which the load is measured
    const double share = (m_server->cpuSeconds() - before) / (double(timer.elapsed()) / 1000);
    QVERIFY2(share < 0.5, qPrintable(u"%1 % of a core"_s.arg(share * 100)));
    QVERIFY(m_server->descriptors() < 128);
    clients.clear();
    QTRY_VERIFY_WITH_TIMEOUT(freshClientIsServed(), 3000);
}

void TestAbuse::saysAtEveryLevelThatItTakesNobody()
{
    m_server = std::make_unique<ServerProcess>(manyConnections() + QStringList{u"--log-level"_s, u"error"_s}, 128);
    QVERIFY(m_server->start());
    m_descriptors = m_server->descriptors();
    m_memory = m_mostMemory = m_server->residentBytes();
    Clients clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_server->port()));
        clients.back()->send(RawClient::upgradeHead("/echo"));
    }
    QTRY_COMPARE(m_server->log(u"accepting_paused"_s).size(), 1);
    QCOMPARE(m_server->log().size(), 1);
    clients.clear();
    QTRY_VERIFY_WITH_TIMEOUT(freshClientIsServed(), 3000);
}

void TestAbuse::flappingConnections()
{
    QFETCH(bool, behindARequest);
    serve({});
    for (int round = 0; round < 10; ++round) {
        const Clients clients = beginMany(100, behindARequest);
        QCOMPARE(clients.size(), 100U);
        for (const auto &client : clients)
            client->send(RawClient::upgradeHead("/echo").sliced(qstrlen("GET "))); // it has begun
    }
    QTRY_VERIFY_WITH_TIMEOUT(freshClientIsServed(), 10'000); // behind a thousand upgrades
    QVERIFY(descriptorsAreBack());
}

void TestAbuse::resets()
{
    serve({});
    const Clients clients = connectMany(200, "/echo");
    for (const auto &client : clients) {
        client->sendText("x");
        client->resetStream();
    }
    QVERIFY(freshClientIsServed());
    QTRY_COMPARE_WITH_TIMEOUT(m_server->endings().size(), 202, 5000);
}

void TestAbuse::stopsWithAThousandClients()
{
    serve({});
    const Clients clients = connectMany(1000, "/echo");
    QCOMPARE(clients.size(), 1000U);
    for (size_t i = 0; i < clients.size(); ++i)
        clients[i]->setAnswersClose(i % 2 == 0); // the other half never says goodbye
    QElapsedTimer timer;
    timer.start();
    m_server->sendSignal(SIGTERM);
    QTRY_VERIFY_WITH_TIMEOUT(
        std::all_of(clients.begin(), clients.end(), [](const auto &client) { return client->ended(); }), 5000);
    QVERIFY2(timer.elapsed() < 4000, qPrintable(u"%1 ms"_s.arg(timer.elapsed())));
    for (const auto &client : clients)
        QCOMPARE(int(client->closeCode()), 1001);
    QTRY_VERIFY(!m_server->running());
    serve({}); // for cleanup()
}

QTEST_GUILESS_MAIN(TestAbuse)
#include "tst_abuse.moc"
