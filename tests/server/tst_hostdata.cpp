// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventtext.h"
#include "server/inprocesshost.h"

#include <QDir>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace glasshouse;
using namespace Qt::StringLiterals;

// Where it keeps what it keeps: a start that can not have that fails and leaves nothing behind.

class TestHostData final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_host.reset(); }

    void failsWhereNothingCanBeWritten_data();
    void failsWhereNothingCanBeWritten();
    void leavesNothingOfAStartThatFailed();
    void holdsItsFolders();
    void makesNoFileWithoutAGame();
    void playsOnWithoutACapture();
    void tellsWhatItsProgramFinds();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Host> m_host;

    [[nodiscard]] ServerConfig config() const;
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    /// Empty: it runs.
    [[nodiscard]] static QString startFault(Host &host, const ServerConfig &config);
};

void TestHostData::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_host = std::make_unique<InProcessHost>();
}

ServerConfig TestHostData::config() const
{
    ServerConfig config;
    config.port = 0;
    config.bindAddress = u"127.0.0.1"_s;
    config.captureDirectory = m_folder->filePath(u"data/captures"_s);
    config.historyFile = m_folder->filePath(u"data/results.sqlite"_s);
    return config;
}

QString TestHostData::startFault(Host &host, const ServerConfig &config)
{
    host.start(config);
    const bool isDone = QTest::qWaitFor(
        [&host] { return host.state() == ServerState::Running || host.state() == ServerState::Failed; });
    if (!isDone)
        return u"it neither runs nor fails"_s;
    return host.fault() ? faultText(*host.fault()) : QString();
}

void TestHostData::failsWhereNothingCanBeWritten_data()
{
    QTest::addColumn<QString>("captures");
    QTest::addColumn<QString>("results");
    QTest::newRow("captures") << u"file"_s << u"data/results.sqlite"_s;
    QTest::newRow("results") << u"data"_s << u"file/results.sqlite"_s;
}

void TestHostData::failsWhereNothingCanBeWritten()
{
    QFETCH(QString, captures);
    QFETCH(QString, results);
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    ServerConfig wanted = config();
    wanted.captureDirectory = m_folder->filePath(captures);
    wanted.historyFile = m_folder->filePath(results);
    QCOMPARE(startFault(*m_host, wanted),
             u"The data folder %1 can not be written: Not a directory"_s.arg(file.fileName()));
    QCOMPARE(files(), QStringList{u"file"_s});
}

void TestHostData::leavesNothingOfAStartThatFailed()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    ServerConfig wanted = config();
    wanted.port = taken.serverPort();
    QVERIFY(startFault(*m_host, wanted).startsWith(u"Port "_s));
    QCOMPARE(files(), QStringList());
    QVERIFY(!m_host->capture());
    QCOMPARE(startFault(*m_host, config()), QString()); // and is not in its own way
}

void TestHostData::holdsItsFolders()
{
    QCOMPARE(startFault(*m_host, config()), QString());
    InProcessHost second;
    const QString fault = startFault(second, config());
    QVERIFY2(fault.contains(u"is in use by "_s)
                 && fault.contains(u"(PID "_s + QString::number(QCoreApplication::applicationPid())),
             qPrintable(fault));
    ServerConfig nothing = config();
    nothing.capture = false;
    nothing.historyFile.clear();
    QCOMPARE(startFault(second, nothing), QString());
    m_host->stop();
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
    QCOMPARE(startFault(*m_host, config()), QString());
}

void TestHostData::makesNoFileWithoutAGame()
{
    QCOMPARE(startFault(*m_host, config()), QString());
    m_host->stop();
    QTRY_COMPARE(m_host->state(), ServerState::Stopped);
    QVERIFY(!QFile::exists(config().historyFile));
}

// A disk that is full when it starts: the games come first.
void TestHostData::playsOnWithoutACapture()
{
#ifdef Q_OS_UNIX
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit none = before;
    none.rlim_cur = 0;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &none), 0);
    QStringList told;
    m_host->setNewsWanted(true);
    connect(m_host.get(), &Host::news, this, [&told](const News &news) {
        for (const ServerEvent &event : news.events)
            told += eventText(event);
    });
    QSignalSpy failed(m_host.get(), &Host::actionFailed);
    const QString fault = startFault(*m_host, config());
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QCOMPARE(fault, QString());
    QCOMPARE(failed.size(), 1);
    QVERIFY(!m_host->capture());
    const QString why = u"The capture can not be written: cannot write to the directory "_s;
    const auto isTold = [&] {
        return std::any_of(told.begin(), told.end(), [&](const QString &text) {
            return text.startsWith(why) && text.endsWith(u"File too large"_s);
        });
    };
    QTRY_VERIFY2(isTold(), qPrintable(told.join(u'\n')));
#else
    QSKIP("there is no limit of a file's size to set here");
#endif
}

void TestHostData::tellsWhatItsProgramFinds()
{
    QStringList told;
    m_host->setNewsWanted(true);
    connect(m_host.get(), &Host::news, this, [&told](const News &news) {
        for (const ServerEvent &event : news.events)
            told += eventText(event);
    });
    QCOMPARE(startFault(*m_host, config()), QString());
    m_host->setHealth(HealthFault::LogFailed, u"No space left on device"_s, 3);
    QTRY_VERIFY(told.contains(u"The log can not be written: No space left on device"_s));
    m_host->setHealth(HealthFault::LogFailed, {}, 17);
    QTRY_VERIFY(told.contains(u"The log is written again; lines lost since the start: 17"_s));
}

QTEST_GUILESS_MAIN(TestHostData)
#include "tst_hostdata.moc"
