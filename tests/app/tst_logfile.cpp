// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logfile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#endif

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QByteArray tenBytes = "123456789\n";

} // namespace

class TestLogFile final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void appends();
    void putsFullOnesAside();
    void keepsNoneWhereNoneIsWanted();
    void growsWithoutABound();
    void goesOnWhereNothingCanBePutAside();
    void goesOnBehindAFileThatWasEmptied();
    void putsNothingAsideThatIsNotItsOwn();
    void leavesALinkAsItIs();
    void takesWhatAnEarlierVersionLetOthersRead();
    void isOpenToItsGroupAtMost_data();
    void isOpenToItsGroupAtMost();
    void countsWhatIsLost();
    void leavesNoHalfLine();
    void saysWhyItCanNotBeOpened();

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path() const { return m_folder->filePath(u"log"_s); }
    [[nodiscard]] QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files); }
};

void TestLogFile::appends()
{
    for (int i = 0; i < 2; ++i) {
        LogFile log(path(), {}, LogFile::Readers::Group);
        QVERIFY(log.open());
        QVERIFY(log.write(tenBytes, 1));
    }
    QCOMPARE(contentsOf(path()), tenBytes + tenBytes);
}

void TestLogFile::putsFullOnesAside()
{
    LogFile log(path(), {25, 2}, LogFile::Readers::Group);
    QVERIFY(log.open());
    for (char i = '0'; i < '9'; ++i)
        QVERIFY(log.write(QByteArray(9, i) + '\n', 1));
    QCOMPARE(files(), (QStringList{u"log"_s, u"log.1"_s, u"log.2"_s}));
    QCOMPARE(contentsOf(path()), "888888888\n");
    QCOMPARE(contentsOf(path() + u".1"_s), "666666666\n777777777\n");
    QCOMPARE(contentsOf(path() + u".2"_s), "444444444\n555555555\n");
}

void TestLogFile::keepsNoneWhereNoneIsWanted()
{
    LogFile log(path(), {25, 0}, LogFile::Readers::Group);
    QVERIFY(log.open());
    for (int i = 0; i < 3; ++i)
        QVERIFY(log.write(tenBytes, 1));
    QCOMPARE(files(), QStringList{u"log"_s});
    QCOMPARE(contentsOf(path()), tenBytes);
}

void TestLogFile::growsWithoutABound()
{
    LogFile log(path(), {0, 2}, LogFile::Readers::Group);
    QVERIFY(log.open());
    for (int i = 0; i < 100; ++i)
        QVERIFY(log.write(tenBytes, 1));
    QCOMPARE(QFileInfo(path()).size(), 1'000);
    QCOMPARE(files(), QStringList{u"log"_s});
}

void TestLogFile::goesOnWhereNothingCanBePutAside()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"log.1/full"_s));
    LogFile log(path(), {25, 1}, LogFile::Readers::Group);
    QVERIFY(log.open());
    for (int i = 0; i < 10; ++i)
        QVERIFY(log.write(tenBytes, 1));
    QCOMPARE(QFileInfo(path()).size(), 100);
}

// As logrotate does with copytruncate.
void TestLogFile::goesOnBehindAFileThatWasEmptied()
{
    LogFile log(path(), {25, 1}, LogFile::Readers::Group);
    QVERIFY(log.open());
    QVERIFY(log.write(tenBytes, 1) && log.write(tenBytes, 1));
    QVERIFY(QFile::resize(path(), 0));
    QVERIFY(log.write(tenBytes, 1));
    QCOMPARE(contentsOf(path()), tenBytes);
    QCOMPARE(files(), QStringList{u"log"_s});
}

// As logrotate does without copytruncate, before it has told the program.
void TestLogFile::putsNothingAsideThatIsNotItsOwn()
{
#ifdef Q_OS_UNIX
    LogFile log(path(), {25, 1}, LogFile::Readers::Group);
    QVERIFY(log.open());
    QVERIFY(log.write(tenBytes, 1) && log.write(tenBytes, 1));
    QVERIFY(QFile::rename(path(), path() + u".1"_s));
    QFile another(path());
    QVERIFY(another.open(QIODevice::WriteOnly) && another.write("another's\n") > 0);
    another.close();
    QVERIFY(log.write(tenBytes, 1));
    QCOMPARE(files(), (QStringList{u"log"_s, u"log.1"_s}));
    QCOMPARE(contentsOf(path()), "another's\n" + tenBytes);
    QCOMPARE(contentsOf(path() + u".1"_s), tenBytes + tenBytes);
#else
    QSKIP("an open file keeps its name here");
#endif
}

// As /dev/stdout is one.
void TestLogFile::leavesALinkAsItIs()
{
#ifdef Q_OS_UNIX
    const QString target = m_folder->filePath(u"target"_s);
    QVERIFY(QFile(target).open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(target, path()));
    LogFile log(path(), {25, 1}, LogFile::Readers::Group);
    QVERIFY(log.open());
    for (int i = 0; i < 5; ++i)
        QVERIFY(log.write(tenBytes, 1));
    QCOMPARE(files(), (QStringList{u"log"_s, u"target"_s}));
    QCOMPARE(QFileInfo(path()).symLinkTarget(), target);
    QCOMPARE(QFileInfo(target).size(), 50);
#else
    QSKIP("a link is a file of another kind here");
#endif
}

void TestLogFile::takesWhatAnEarlierVersionLetOthersRead()
{
#ifdef Q_OS_UNIX
    QFile earlier(path());
    QVERIFY(earlier.open(QIODevice::WriteOnly));
    QCOMPARE(::chmod(QFile::encodeName(path()).constData(), 0644), 0);
    LogFile log(path(), {}, LogFile::Readers::Nobody);
    QVERIFY(log.open());
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path()).constData(), &status), 0);
    QCOMPARE(int(status.st_mode & 0777), 0600);
#else
    QSKIP("rights are lists here");
#endif
}

void TestLogFile::isOpenToItsGroupAtMost_data()
{
    QTest::addColumn<LogFile::Readers>("readers");
    QTest::addColumn<int>("mask");
    QTest::addColumn<int>("mode");
    QTest::newRow("group") << LogFile::Readers::Group << 0022 << 0640;
    QTest::newRow("as the user wants it") << LogFile::Readers::Group << 0077 << 0600;
    QTest::newRow("nobody") << LogFile::Readers::Nobody << 0000 << 0600;
}

void TestLogFile::isOpenToItsGroupAtMost()
{
#ifdef Q_OS_UNIX
    QFETCH(LogFile::Readers, readers);
    QFETCH(int, mask);
    const mode_t before = ::umask(mode_t(mask));
    LogFile log(path(), {15, 1}, readers);
    const bool isOpen = log.open() && log.write(tenBytes, 1) && log.write(tenBytes, 1);
    ::umask(before);
    QVERIFY(isOpen);
    for (const QString &file : {path(), path() + u".1"_s}) {
        struct stat status = {};
        QCOMPARE(::stat(QFile::encodeName(file).constData(), &status), 0);
        QTEST(int(status.st_mode & 0777), "mode");
    }
#else
    QSKIP("rights are lists here");
#endif
}

void TestLogFile::countsWhatIsLost()
{
    if (!QFile::exists(u"/dev/full"_s))
        QSKIP("there is no device here that is always full");
    LogFile log(u"/dev/full"_s, {25, 1}, LogFile::Readers::Group);
    QVERIFY(log.open());
    QVERIFY(!log.write(tenBytes, 1));
    QVERIFY(!log.write(tenBytes, 4));
    QCOMPARE(log.lost(), 5);
    QCOMPARE(log.errorString(), u"No space left on device"_s);
}

void TestLogFile::leavesNoHalfLine()
{
#ifdef Q_OS_UNIX
    LogFile log(path(), {}, LogFile::Readers::Group);
    QVERIFY(log.open());
    QVERIFY(log.write(tenBytes, 1));
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit low = before;
    low.rlim_cur = 15; // half of the next line
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &low), 0);
    const bool isWritten = log.write(tenBytes, 1);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(!isWritten);
    QCOMPARE(log.errorString(), u"File too large"_s);
    QCOMPARE(contentsOf(path()), tenBytes);
    QVERIFY(log.write("next\n", 1)); // there is room again
    QCOMPARE(log.errorString(), QString());
    QCOMPARE(log.lost(), 1);
    QCOMPARE(contentsOf(path()), tenBytes + "next\n");
#else
    QSKIP("there is no limit of a file's size to set here");
#endif
}

void TestLogFile::saysWhyItCanNotBeOpened()
{
    LogFile log(m_folder->filePath(u"nowhere/log"_s), {}, LogFile::Readers::Group);
    QVERIFY(!log.open());
    QCOMPARE(log.errorString(), u"No such file or directory"_s);
    QVERIFY(!log.write(tenBytes, 1));
    QVERIFY(QDir(m_folder->path()).mkdir(u"nowhere"_s));
    QVERIFY(log.write(tenBytes, 1)); // it tries again
}

QTEST_GUILESS_MAIN(TestLogFile)
#include "tst_logfile.moc"
