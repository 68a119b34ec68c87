// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/filelock.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestFileLock final : public QObject
{
    Q_OBJECT

private slots:
    void namesWhoHoldsIt();
    void goesWithItsHolder();
    void takesWhatAKilledProgramLeft();
    void saysWhyThereCanBeNone();
    void isItsUsersAlone();

private:
    QTemporaryDir m_folder;

    [[nodiscard]] QString path() const { return m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction())); }
};

void TestFileLock::namesWhoHoldsIt()
{
    const auto first = FileLock::take(path());
    QVERIFY(first.ok());
    const auto second = FileLock::take(path());
    QVERIFY(!second);
    QCOMPARE(second.error().code, FileLockError::Taken);
    const QByteArray who = QCoreApplication::applicationName().toUtf8() + " (PID "
        + QByteArray::number(QCoreApplication::applicationPid()) + ')';
    QCOMPARE(second.error().text, who);
    QVERIFY(QFile::exists(path())); // it is not the second one's
}

void TestFileLock::goesWithItsHolder()
{
    QVERIFY(FileLock::take(path()).ok());
    QVERIFY(!QFile::exists(path()));
    QVERIFY(FileLock::take(path()).ok());
}

void TestFileLock::takesWhatAKilledProgramLeft()
{
    QFile left(path());
    QVERIFY(left.open(QIODevice::WriteOnly) && left.write("1\nsomebody\nhere\n") > 0);
    left.close();
    const auto lock = FileLock::take(path());
    QVERIFY(lock.ok());
    QVERIFY(left.open(QIODevice::ReadOnly));
    QVERIFY(left.readAll().startsWith(QByteArray::number(QCoreApplication::applicationPid()) + '\n'));
}

void TestFileLock::saysWhyThereCanBeNone()
{
    const auto lock = FileLock::take(m_folder.filePath(u"nowhere/lock"_s));
    QVERIFY(!lock);
    QCOMPARE(lock.error().code, FileLockError::Failed);
    QCOMPARE(lock.error().text, "No such file or directory");
}

void TestFileLock::isItsUsersAlone()
{
    QFile left(path());
    QVERIFY(left.open(QIODevice::WriteOnly)); // as an earlier version made it
    const auto lock = FileLock::take(path());
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
    QCOMPARE(left.permissions() & others, QFileDevice::Permissions());
}

QTEST_GUILESS_MAIN(TestFileLock)
#include "tst_filelock.moc"
