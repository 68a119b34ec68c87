// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo.h"
#include "app/demo/demofolder.h"
#include "server/inprocesshost.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr quint64 seed = 7;
constexpr int bots = 12;
constexpr int patienceMs = 30'000;
constexpr int drainSeconds = 8;

} // namespace

class TestDemo final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void playsARoomOfEachGame();
    void goesWithTheServerAndComesWithIt();
    void leavesADrainOneBehindTheOther();
    void saysGoodbyeToAServerThatStops();
    void leavesNothingBehind();
    void saysWhereItCanKeepNothing();
    void keepsWhatItWasToldToKeep();

private:
    std::unique_ptr<Host> m_host;
    std::unique_ptr<Demo> m_demo;
    Snapshot m_last;
    QList<ConnectionEnded> m_ended;

    void start();
    [[nodiscard]] RoomInfo room(const QString &id) const;
};

void TestDemo::init()
{
    m_host = std::make_unique<InProcessHost>();
    m_host->setSnapshotsWanted(true);
    connect(m_host.get(), &Host::snapshot, this, [this](const Snapshot &snapshot) {
        m_last = snapshot;
        m_ended += snapshot.ended;
    });
    m_demo = std::make_unique<Demo>(*m_host, seed);
    m_last = {};
    m_ended.clear();
    start();
}

void TestDemo::cleanup()
{
    m_demo.reset();
    m_host.reset();
}

void TestDemo::start()
{
    ServerConfig config;
    config.port = 0;
    config.bindAddress = u"127.0.0.1"_s;
    QSignalSpy started(m_host.get(), &Host::started);
    m_host->start(config);
    QVERIFY(started.wait());
}

RoomInfo TestDemo::room(const QString &id) const
{
    const auto found =
        std::ranges::find_if(m_last.rooms, [&id](const RoomInfo &candidate) { return candidate.id == id; });
    return found == m_last.rooms.end() ? RoomInfo() : *found;
}

void TestDemo::playsARoomOfEachGame()
{
    QTRY_COMPARE_WITH_TIMEOUT(room(u"typing"_s).state, u"playing"_s, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(room(u"derby"_s).state, u"playing"_s, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(m_last.totals.open, bots, patienceMs);
    QCOMPARE(room(u"typing"_s).game, u"code-racer"_s);
    QCOMPARE(room(u"derby"_s).game, u"horse-race"_s);
    QCOMPARE(room(u"lounge"_s).game, u"relay"_s);
    // Racers are far enough when one has typed something that the room believed.
    m_host->watchRoom(u"typing"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_last.watched && m_last.watched->gameState.contains("\"phase\":\"racing\""), patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_last.watched->gameState.contains("\"position\":0,"), patienceMs);
    QCOMPARE(m_last.totals.badMessages, 0U);
    QVERIFY(m_ended.isEmpty());
}

void TestDemo::goesWithTheServerAndComesWithIt()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_last.totals.open, bots, patienceMs);
    QSignalSpy stopped(m_host.get(), &Host::stopped);
    m_host->stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patienceMs);
    m_last = {};
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_last.totals.open, bots, patienceMs);
}

// Nothing is wrong with a demo that ends, and who looks on sees it empty.
void TestDemo::leavesADrainOneBehindTheOther()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_last.totals.open, bots, patienceMs);
    QList<int> open{bots};
    connect(m_host.get(), &Host::snapshot, this, [&open](const Snapshot &snapshot) {
        if (snapshot.totals.open != open.last())
            open += snapshot.totals.open;
    });
    QSignalSpy stopped(m_host.get(), &Host::stopped);
    m_host->drain(drainSeconds);
    QTRY_COMPARE_WITH_TIMEOUT(m_host->state(), ServerState::Draining, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patienceMs);
    QVERIFY(std::ranges::is_sorted(open, std::greater()));
    QVERIFY2(open.size() > bots / 2, qPrintable(QString::number(open.size())));
    QTRY_COMPARE(m_ended.size(), bots);
    for (const ConnectionEnded &ended : std::as_const(m_ended)) {
        QCOMPARE(endingText(ended.ending.cause).name, endingText(EndingCause::ClientClosed).name);
        QCOMPARE(ended.ending.codeReceived, quint16(1000));
        QVERIFY(ended.ending.cleanly);
    }
}

void TestDemo::saysGoodbyeToAServerThatStops()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_last.totals.open, bots, patienceMs);
    QSignalSpy stopped(m_host.get(), &Host::stopped);
    m_host->stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patienceMs);
    QTRY_COMPARE(m_ended.size(), bots);
    for (const ConnectionEnded &ended : std::as_const(m_ended))
        QVERIFY2(ended.ending.cleanly && !isFault(ended.ending.cause), endingText(ended.ending.cause).name);
}

void TestDemo::leavesNothingBehind()
{
    ServerConfig base;
    base.captureDirectory = base.historyFile = u"of people"_s;
    const Settings settings = Settings::read({u"serve"_s, u"--demo"_s}, {}, base);
    QString path;
    {
        DemoFolder folder;
        const ServerConfig config = folder.startConfig(settings);
        path = config.captureDirectory;
        QVERIFY(config.capture && config.historyFile.isEmpty());
        QVERIFY(path != base.captureDirectory && QFileInfo(path).isDir());
        QCOMPARE(folder.startConfig(settings).captureDirectory, path); // a reload must not look like a change
        QVERIFY(QDir(path).mkdir(u"session"_s));
        QCOMPARE(folder.fault(), QString());
    }
    QVERIFY(!QFileInfo::exists(path));
}

void TestDemo::saysWhereItCanKeepNothing()
{
    ServerConfig base;
    base.captureDirectory = base.historyFile = u"of people"_s;
    const QByteArray before = qgetenv("TMPDIR");
    qputenv("TMPDIR", "/proc"); // where nobody makes folders
    DemoFolder folder;
    const ServerConfig config = folder.startConfig(Settings::read({u"serve"_s, u"--demo"_s}, {}, base));
    const QString fault = folder.fault();
    before.isNull() ? qunsetenv("TMPDIR") : qputenv("TMPDIR", before);
    if (fault.isEmpty())
        QSKIP("temporary files lie elsewhere here");
    QVERIFY2(fault.contains("/proc: "_L1), qPrintable(fault));
    QVERIFY(!config.capture);
    // Whoever turns the capture on all the same does not get one among people's sessions.
    QVERIFY(!config.captureDirectory.isEmpty() && config.captureDirectory != base.captureDirectory);
}

void TestDemo::keepsWhatItWasToldToKeep()
{
    ServerConfig base;
    base.captureDirectory = base.historyFile = u"of people"_s;
    DemoFolder folder;
    const ServerConfig named =
        folder.startConfig(Settings::read({u"serve"_s, u"--demo"_s, u"--data"_s, u"here"_s}, {}, base));
    QCOMPARE(named.captureDirectory, u"here"_s);
    QVERIFY(named.historyFile.isEmpty());
    const ServerConfig real = folder.startConfig(Settings::read({u"serve"_s}, {}, base));
    QCOMPARE(real.captureDirectory, base.captureDirectory);
    QCOMPARE(real.historyFile, base.historyFile);
}

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
