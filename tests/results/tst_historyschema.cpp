// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/historyschema.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const Migration one{u"CREATE TABLE one (a INTEGER)"_s, u"INSERT INTO one VALUES (7)"_s};
const Migration two{u"ALTER TABLE one ADD COLUMN b TEXT NOT NULL DEFAULT 'x'"_s};
const Migration broken{u"CREATE TABLE two (a INTEGER)"_s, u"CREATE NONSENSE"_s};

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestHistorySchema : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void makesANewFile();
    void bringsAnOlderFileUp();
    void leavesACurrentFileAlone();
    void leavesANewerFileAlone();
    void takesAllOrNothing();
    void theFirstVersionIsThis();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
    QSqlDatabase m_database;

    QVariant ask(const QString &question) const;
};

void TestHistorySchema::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->filePath(u"file.sqlite"_s);
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
    m_database.setDatabaseName(m_path);
    QVERIFY(m_database.open());
}

void TestHistorySchema::cleanup()
{
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(u"test"_s);
}

QVariant TestHistorySchema::ask(const QString &question) const
{
    QSqlQuery query(m_database);
    return query.exec(question) && query.next() ? query.value(0) : QVariant();
}

void TestHistorySchema::makesANewFile()
{
    QVERIFY(migrate(m_database, {one, two}));
    QCOMPARE(schemaVersion(m_database, {one, two}).value(), 2);
    QCOMPARE(ask(u"SELECT a FROM one"_s).toInt(), 7);
    QCOMPARE(ask(u"SELECT b FROM one"_s).toString(), u"x");
}

void TestHistorySchema::bringsAnOlderFileUp()
{
    QVERIFY(migrate(m_database, {one}));
    QVERIFY(runSql(m_database, u"UPDATE one SET a = 8"_s));
    QVERIFY(migrate(m_database, {one, two}));
    QCOMPARE(ask(u"PRAGMA user_version"_s).toInt(), 2);
    QCOMPARE(ask(u"SELECT a FROM one"_s).toInt(), 8);
    QCOMPARE(ask(u"SELECT b FROM one"_s).toString(), u"x");
}

void TestHistorySchema::leavesACurrentFileAlone()
{
    QVERIFY(migrate(m_database, {one, two}));
    const QByteArray before = contents(m_path);
    QVERIFY(migrate(m_database, {one, two}));
    QCOMPARE(contents(m_path), before);
}

void TestHistorySchema::leavesANewerFileAlone()
{
    QVERIFY(migrate(m_database, {one, two}));
    const QByteArray before = contents(m_path);
    const HistoryStep step = migrate(m_database, {one});
    QVERIFY(!step);
    QCOMPARE(step.error().code, HistoryError::Newer);
    QCOMPARE(contents(m_path), before);
}

void TestHistorySchema::takesAllOrNothing()
{
    QVERIFY(migrate(m_database, {one}));
    const HistoryStep step = migrate(m_database, {one, two, broken});
    QVERIFY(!step);
    QCOMPARE(step.error().code, HistoryError::Failed);
    QVERIFY(step.error().text.contains("NONSENSE"));
    QCOMPARE(ask(u"PRAGMA user_version"_s).toInt(), 1);
    QCOMPARE(ask(u"SELECT count(*) FROM sqlite_master"_s).toInt(), 1);
    QVERIFY(!ask(u"SELECT b FROM one"_s).isValid());
    QVERIFY(migrate(m_database, {one, two})); // no transaction was left open
}

// Whoever changes a released version breaks the files that people have: add another.
void TestHistorySchema::theFirstVersionIsThis()
{
    QVERIFY(migrate(m_database, historyMigrations().first(1)));
    const auto columns = u"SELECT group_concat(name) FROM pragma_table_info('%1')"_s;
    QCOMPARE(ask(columns.arg("games"_L1)).toString(), u"id,started_ms,ended_ms,room,game,results");
    QCOMPARE(ask(columns.arg("players"_L1)).toString(), u"game_id,line,player_id,name,place,score");
    QCOMPARE(ask(columns.arg("rankings"_L1)).toString(), u"game,name,games,wins,best,total,last_ms");
}

QTEST_GUILESS_MAIN(TestHistorySchema)
#include "tst_historyschema.moc"
