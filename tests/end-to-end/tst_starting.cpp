// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QDirIterator>
#include <QTcpServer>
#include <QTest>
#include <sys/stat.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr int wrongUsage = 2;

int modeOf(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 0777) : -1;
}

} // namespace

/// A start that can not be: it says why, at once, and leaves nothing behind.
class TestStarting : public QObject
{
    Q_OBJECT

private slots:
    void namesAFolderThatCanNotBeWritten_data();
    void namesAFolderThatCanNotBeWritten();
    void namesATemporaryFolderThatCanNotBeMade();
    void leavesNothingBehind();
    void leavesWhatWasThere();
    void namesWhoHasTheFolder();
    void letsTheNextOneHaveTheFolder();
    void saysThatDescriptorsAreTooFew();
    void keepsWhatItWritesFromOthers();
};

void TestStarting::namesAFolderThatCanNotBeWritten_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("says");
    QTest::newRow("below a device") << u"/dev/null/data"_s
                                    << u"the folder /dev/null/data can not be written: Not a directory"_s;
    QTest::newRow("of the system") << u"/proc/data"_s << u"/proc/data can not be written: "_s;
}

void TestStarting::namesAFolderThatCanNotBeWritten()
{
    QFETCH(QString, folder);
    QFETCH(QString, says);
    ServerProcess server({u"--data"_s, folder});
    QVERIFY(!server.start());
    QVERIFY2(server.output().contains(says.toUtf8()), server.output().constData());
    QCOMPARE(server.stop(), wrongUsage);
}

void TestStarting::namesATemporaryFolderThatCanNotBeMade()
{
    QProcess demo;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TMPDIR"_s, u"/proc"_s);
    demo.setProcessEnvironment(environment);
    demo.setProcessChannelMode(QProcess::MergedChannels);
    demo.start(qEnvironmentVariable("GLASSHOUSE"), {u"serve"_s, u"--demo"_s, u"--port"_s, u"0"_s});
    QVERIFY(demo.waitForFinished());
    QCOMPARE(demo.exitCode(), wrongUsage);
    const QByteArray output = demo.readAll();
    QVERIFY2(output.contains("/proc: No such file or directory"), output.constData());
}

void TestStarting::leavesNothingBehind()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    ServerProcess server({u"--port"_s, QString::number(taken.serverPort())});
    QVERIFY(!server.start());
    QVERIFY2(server.output().contains("is taken by"), server.output().constData());
    QCOMPARE(server.stop(), 1);
    QVERIFY(!QFileInfo::exists(server.dataFolder()));
}

void TestStarting::leavesWhatWasThere()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    ServerProcess server({u"--port"_s, QString::number(taken.serverPort())});
    QVERIFY(QDir().mkpath(server.dataFolder() + u"/photos"_s));
    QVERIFY(!server.start());
    QCOMPARE(QDir(server.dataFolder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"photos"_s});
}

void TestStarting::namesWhoHasTheFolder()
{
    ServerProcess first;
    QVERIFY2(first.start(), first.output().constData());
    ServerProcess second({u"--data"_s, first.dataFolder()});
    QVERIFY(!second.start());
    const QByteArray who = "is in use by glasshouse (PID " + QByteArray::number(first.pid()) + ')';
    QVERIFY2(second.output().contains(who), second.output().constData());
    QVERIFY2(second.output().contains(first.dataFolder().toUtf8()), second.output().constData());
    QCOMPARE(second.stop(), 1);
    RawClient player(first.port()); // the first one does not mind
    QVERIFY(player.upgrade("/ws/blue"));
    QCOMPARE(first.stop(), 0);
}

void TestStarting::letsTheNextOneHaveTheFolder()
{
    QTemporaryDir folder;
    const QStringList there{u"--data"_s, folder.path()};
    {
        ServerProcess killed(there);
        QVERIFY(killed.start());
    }
    ServerProcess next(there);
    QVERIFY2(next.start(), next.output().constData());
    QCOMPARE(next.stop(), 0);
}

void TestStarting::saysThatDescriptorsAreTooFew()
{
    ServerProcess server({}, 40);
    QVERIFY(!server.start());
    QVERIFY2(server.output().contains("open 40 files and sockets; it needs at least "), server.output().constData());
    QCOMPARE(server.stop(), 1);
    const QByteArray behind = server.output().mid(server.output().indexOf("at least ") + 9);
    const int least = behind.left(behind.indexOf(' ')).toInt();
    ServerProcess enough({}, least);
    QVERIFY2(enough.start(), enough.output().constData());
    RawClient player(enough.port());
    QVERIFY(player.upgrade("/ws/blue"));
    QCOMPARE(enough.stop(), 0);
}

void TestStarting::keepsWhatItWritesFromOthers()
{
    const mode_t before = ::umask(0);
    ServerProcess server({u"--log-max-bytes"_s, u"2k"_s});
    const bool runs = server.start();
    ::umask(before);
    QVERIFY(runs);
    // What comes in one batch stays in one file: one after the other, until it is put aside.
    QTRY_VERIFY(RawClient(server.port()).upgrade("/ws/blue") && QFile::exists(server.folder() + u"/log.1"_s));
    QCOMPARE(modeOf(server.dataFolder()), 0700);
    int files = 0;
    QDirIterator all(server.dataFolder(), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QFileInfo entry(all.next());
        QCOMPARE(modeOf(entry.filePath()), entry.isDir() ? 0700 : 0600);
        files += entry.isFile() ? 1 : 0;
    }
    QVERIFY(files >= 4); // two locks, session.json, a segment
    QCOMPARE(modeOf(server.folder() + u"/log"_s), 0640);
    QCOMPARE(modeOf(server.folder() + u"/log.1"_s), 0640);
    QCOMPARE(server.stop(), 0);
}

QTEST_GUILESS_MAIN(TestStarting)
#include "tst_starting.moc"
