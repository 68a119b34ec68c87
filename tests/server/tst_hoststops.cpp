// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/inprocesshost.h"

#include <QDir>
#include <QLoggingCategory>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// However often it is told to stop, and in whatever state: it stops once, soon, and says so once.

class TestHostStops final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"glasshouse.*=false"_s); }
    void init() { m_host = std::make_unique<InProcessHost>(); }
    void cleanup() { m_host.reset(); }

    void saysOnceThatItHasStopped();
    void startsAgainWhereItHasJustStopped();
    void failsOnceHoweverOftenItIsStopped_data();
    void failsOnceHoweverOftenItIsStopped();
    void startsAgainAfterAStartThatFailedAndWasStopped();
    void doesNotWaitForItsCapture();
    void keepsTheConfigurationThatItStoppedWith();

private:
    std::unique_ptr<Host> m_host;

    [[nodiscard]] static ServerConfig quiet();
    void start(const ServerConfig &config = quiet());
    void waitUntilDeaf(quint16 port) const;
    [[nodiscard]] bool answers() const;
};

ServerConfig TestHostStops::quiet()
{
    ServerConfig config;
    config.port = 0;
    config.bindAddress = u"127.0.0.1"_s;
    config.capture = false;
    return config;
}

void TestHostStops::start(const ServerConfig &config)
{
    m_host->start(config);
    QTRY_COMPARE(m_host->state(), ServerState::Running);
}

// The main loop does not turn: the network thread is done before anybody here hears of it.
void TestHostStops::waitUntilDeaf(quint16 port) const
{
    for (bool open = true; open;) {
        QTcpSocket probe;
        probe.connectToHost(QHostAddress::LocalHost, port);
        open = probe.waitForConnected();
    }
}

// The main loop turns meanwhile.
bool TestHostStops::answers() const
{
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, m_host->listenInfo().port);
    client.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return QTest::qWaitFor([&client] { return client.bytesAvailable() > 0; });
}

void TestHostStops::saysOnceThatItHasStopped()
{
    start();
    QSignalSpy stopped(m_host.get(), &Host::stopped);
    QSignalSpy states(m_host.get(), &Host::stateChanged);
    const quint16 port = m_host->listenInfo().port;
    m_host->drain(600); // nobody plays: it stops by itself
    waitUntilDeaf(port);
    m_host->stop();
    m_host->stop();
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
    start(); // whatever was still to come has come by now
    QCOMPARE(stopped.size(), 1);
    QList<ServerState> seen;
    for (const auto &arguments : states)
        seen += arguments.first().value<ServerState>();
    QCOMPARE(seen,
             (QList<ServerState>{ServerState::Draining, ServerState::Stopping, ServerState::Stopped,
                                 ServerState::Starting, ServerState::Running}));
}

void TestHostStops::startsAgainWhereItHasJustStopped()
{
    start();
    const quint16 port = m_host->listenInfo().port;
    QMetaObject::Connection again = connect(m_host.get(), &Host::stopped, this, [&] {
        disconnect(again);
        m_host->start(quiet());
    });
    m_host->drain(600);
    waitUntilDeaf(port);
    m_host->stop();
    QTRY_COMPARE(m_host->state(), ServerState::Running);
    QVERIFY(answers()); // what the last one said late is not about this one
    QCOMPARE(m_host->state(), ServerState::Running);
}

void TestHostStops::failsOnceHoweverOftenItIsStopped_data()
{
    QTest::addColumn<int>("stops");
    QTest::newRow("never") << 0;
    QTest::newRow("once") << 1;
    QTest::newRow("twice") << 2;
}

void TestHostStops::failsOnceHoweverOftenItIsStopped()
{
    QFETCH(int, stops);
    ServerConfig config = quiet();
    config.bindAddress = u"192.0.2.1"_s; // for documentation: nobody has it
    QSignalSpy failed(m_host.get(), &Host::startFailed);
    QSignalSpy stopped(m_host.get(), &Host::stopped);
    m_host->start(config);
    for (int i = 0; i < stops; ++i)
        m_host->stop();
    QTRY_COMPARE(m_host->state(), ServerState::Failed);
    m_host->stop(); // there is nothing to stop
    QCOMPARE(m_host->state(), ServerState::Failed);
    start();
    QVERIFY(answers());
    QCOMPARE(failed.size(), 1);
    QCOMPARE(stopped.size(), 0);
}

void TestHostStops::startsAgainAfterAStartThatFailedAndWasStopped()
{
    ServerConfig config = quiet();
    config.bindAddress = u"192.0.2.1"_s;
    QMetaObject::Connection again = connect(m_host.get(), &Host::startFailed, this, [&] {
        disconnect(again);
        m_host->start(quiet());
    });
    m_host->start(config);
    m_host->stop();
    QTRY_COMPARE(m_host->state(), ServerState::Running);
    QVERIFY(answers());
    QCOMPARE(m_host->state(), ServerState::Running);
}

void TestHostStops::doesNotWaitForItsCapture()
{
    const QTemporaryDir folder;
    ServerConfig config = quiet();
    config.capture = true;
    config.captureDirectory = folder.path();
    start(config);
    // A disk that hangs: the writer says that it failed, and is not let go.
    const auto let = std::make_shared<QSemaphore>(); // its writer may live on when this is over
    std::atomic<bool> isLet = false;
    connect(
        m_host->capture().get(), &CaptureStore::writeFailed, this, [let] { let->acquire(); }, Qt::DirectConnection);
    QVERIFY(QDir(m_host->capture()->directory()).removeRecursively());
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, m_host->listenInfo().port);
    QVERIFY(client.waitForConnected());
    client.write("no HTTP\r\n\r\n");
    QVERIFY(client.waitForReadyRead());
    QSemaphore done;
    std::thread release([&] {
        isLet = !done.tryAcquire(1, 20'000); // whoever waits for the disk would wait for ever
        let->release(100);
    });
    m_host->stop();
    const bool isStopped = QTest::qWaitFor([this] { return m_host->state() == ServerState::Stopped; }, 10'000);
    m_host->start(config); // another session, while the last one is not written yet
    const bool runs = QTest::qWaitFor([this] { return m_host->state() == ServerState::Running; });
    done.release();
    release.join();
    QVERIFY(isStopped && runs);
    QVERIFY(!isLet);
}

void TestHostStops::keepsTheConfigurationThatItStoppedWith()
{
    start();
    QSignalSpy reloaded(m_host.get(), &Host::reloaded);
    const ServerConfig before = m_host->config();
    const quint16 port = m_host->listenInfo().port;
    m_host->drain(600);
    waitUntilDeaf(port);
    ServerConfig late = before;
    late.limits.rooms = 7;
    late.basePath = "/late";
    m_host->reload(late); // which nobody takes any more
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
    QCOMPARE(reloaded.size(), 0);
    QVERIFY(m_host->config() == before);
    QCOMPARE(m_host->listenInfo().basePath, QString());
}

QTEST_GUILESS_MAIN(TestHostStops)
#include "tst_hoststops.moc"
