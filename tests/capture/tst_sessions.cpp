// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/sessions.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class tst_Sessions : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsTheNewest_data();
    void keepsTheNewest();
    void keepsASessionInUse();
    void keepsWhatIsNoSession();
    void twoSessionsOfOneSecondDiffer();

private:
    std::unique_ptr<QTemporaryDir> m_directory;

    void write(const QString &session, int bytes) const;
    [[nodiscard]] QStringList left() const
    {
        return QDir(m_directory->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    }
};

void tst_Sessions::init() { m_directory = std::make_unique<QTemporaryDir>(); }

void tst_Sessions::write(const QString &session, int bytes) const
{
    const QDir folder(m_directory->filePath(session));
    QVERIFY(QDir().mkpath(folder.path()));
    for (const auto &[name, size] : {std::pair{u"session.json"_s, 0}, std::pair{u"000001.ghcap"_s, bytes}}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(size, 'x'));
    }
}

void tst_Sessions::keepsTheNewest_data()
{
    QTest::addColumn<qint64>("budget");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("all fit") << qint64(300) << QStringList{u"1"_s, u"2"_s, u"3"_s};
    QTest::newRow("one too many") << qint64(299) << QStringList{u"2"_s, u"3"_s};
    QTest::newRow("only the newest fits") << qint64(100) << QStringList{u"3"_s};
    QTest::newRow("none fits") << qint64(1) << QStringList{};
    QTest::newRow("no limit") << qint64(0) << QStringList{u"1"_s, u"2"_s, u"3"_s};
}

void tst_Sessions::keepsTheNewest()
{
    QFETCH(qint64, budget);
    QFETCH(QStringList, expected);
    for (const QString &name : {u"1"_s, u"2"_s, u"3"_s})
        write(name, 100);
    pruneSessions(m_directory->path(), budget);
    QCOMPARE(left(), expected);
}

void tst_Sessions::keepsASessionInUse()
{
    const SessionFolder inUse = makeSessionFolder(m_directory->path());
    QVERIFY(inUse.lock != nullptr);
    write(QFileInfo(inUse.path).fileName(), 1000);
    pruneSessions(m_directory->path(), 1);
    QVERIFY(QFileInfo::exists(inUse.path));
}

void tst_Sessions::keepsWhatIsNoSession()
{
    QVERIFY(QDir(m_directory->path()).mkdir(u"photos"_s));
    pruneSessions(m_directory->path(), 1);
    QCOMPARE(left(), QStringList{u"photos"_s});
}

void tst_Sessions::twoSessionsOfOneSecondDiffer()
{
    const SessionFolder first = makeSessionFolder(m_directory->path());
    const SessionFolder second = makeSessionFolder(m_directory->path());
    QVERIFY(first.path != second.path);
}

QTEST_GUILESS_MAIN(tst_Sessions)
#include "tst_sessions.moc"
