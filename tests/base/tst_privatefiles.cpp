// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/privatefiles.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
    | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;

bool isPrivate(const QString &path) { return (QFileInfo(path).permissions() & others) == 0; }

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestPrivateFiles final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void makesFilesThatNobodyElseReads();
    void takesOldFilesFromOthers();
    void makesFoldersThatNobodyElseEnters();
    void saysWhyAFolderCanNotBeMade();
    void saysWhyAFolderCanNotBeWritten_data();
    void saysWhyAFolderCanNotBeWritten();
    void putsAWholeFileInPlace();
    void leavesTheOldFileWhereItFails();

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
};

void TestPrivateFiles::makesFilesThatNobodyElseReads()
{
    QFile file(path(u"new"_s));
    QVERIFY(openPrivately(file, QIODevice::WriteOnly));
    QVERIFY(isPrivate(file.fileName()));
}

void TestPrivateFiles::takesOldFilesFromOthers()
{
    QFile file(path(u"old"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions(privateFile | QFileDevice::ReadOther));
    file.close();
    QVERIFY(openPrivately(file, QIODevice::ReadWrite));
    QVERIFY(isPrivate(file.fileName()));
}

void TestPrivateFiles::makesFoldersThatNobodyElseEnters()
{
    QStringList made;
    QCOMPARE(makePrivateFolder(path(u"a/b"_s), &made), QString());
    QCOMPARE(made, (QStringList{path(u"a"_s), path(u"a/b"_s)}));
    QVERIFY(isPrivate(path(u"a"_s)) && isPrivate(path(u"a/b"_s)));
    made.clear();
    QCOMPARE(makePrivateFolder(path(u"a/b"_s), &made), QString());
    QVERIFY(made.isEmpty());
}

void TestPrivateFiles::saysWhyAFolderCanNotBeMade()
{
    QFile file(path(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(makePrivateFolder(path(u"file"_s)), u"Not a directory"_s);
    QCOMPARE(makePrivateFolder(path(u"file/below"_s)), u"Not a directory"_s);
}

void TestPrivateFiles::saysWhyAFolderCanNotBeWritten_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("why");
    QTest::newRow("there") << u"."_s << QString();
    QTest::newRow("can be made") << u"a/b/c"_s << QString();
    QTest::newRow("below a file") << u"file/below"_s << u"Not a directory"_s;
    QTest::newRow("a file") << u"file"_s << u"Not a directory"_s;
}

void TestPrivateFiles::saysWhyAFolderCanNotBeWritten()
{
    QFETCH(QString, folder);
    QFile file(path(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTEST(whyNotWritable(path(folder)), "why");
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries), QStringList{u"file"_s});
}

void TestPrivateFiles::putsAWholeFileInPlace()
{
    for (const QByteArray &contents : {QByteArray("one"), QByteArray("two")}) {
        FileInWaiting file(path(u"key"_s));
        QVERIFY(file.write(contents));
        QVERIFY(file.commit());
        QCOMPARE(contentsOf(path(u"key"_s)), contents);
    }
    QVERIFY(isPrivate(path(u"key"_s)));
    FileInWaiting open(path(u"certificate"_s));
    QVERIFY(open.write("three") && open.commit(privateFile | QFileDevice::ReadOther));
    QVERIFY((QFileInfo(path(u"certificate"_s)).permissions() & QFileDevice::ReadOther) != 0);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), (QStringList{u"certificate"_s, u"key"_s}));
}

void TestPrivateFiles::leavesTheOldFileWhereItFails()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"taken/full"_s));
    {
        FileInWaiting file(path(u"taken"_s));
        QVERIFY(file.write("contents"));
        QVERIFY(!file.commit());
        QCOMPARE(file.errorString(), u"Is a directory"_s);
    }
    {
        FileInWaiting given(path(u"up"_s));
        QVERIFY(given.write("contents"));
    }
    QVERIFY(!FileInWaiting(path(u"nowhere/file"_s)).write("contents"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries), QStringList{u"taken"_s});
}

QTEST_GUILESS_MAIN(TestPrivateFiles)
#include "tst_privatefiles.moc"
