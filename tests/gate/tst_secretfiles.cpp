// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/filemode.h"
#include "server/config/serverconfig.h"
#include "server/gate/credentials.h"
#include "server/gate/secretfiles.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestSecretFiles final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void knowsWhoElseMay_data();
    void knowsWhoElseMay();
    void looksAtTheFolderAsWell();
    void leavesReadOnlyPlacesAlone();
    void judgesTheFilesOfAConfiguration();
    void noServerTakesWhatOthersWrite();

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString write(const QString &name, uint mode) const;
};

#ifdef Q_OS_UNIX

void TestSecretFiles::init() { m_folder = std::make_unique<QTemporaryDir>(); }

QString TestSecretFiles::write(const QString &name, uint mode) const
{
    const QString path = m_folder->filePath(name);
    QFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.write("kG7qX2vN9bLz4TfHw8RmYc1PdSj5UeAo\n") > 0;
    return written && ::chmod(QFile::encodeName(path).constData(), mode) == 0 ? path : QString();
}

void TestSecretFiles::knowsWhoElseMay_data()
{
    QTest::addColumn<uint>("mode");
    QTest::addColumn<int>("group"); // 0: the owner's own, 1: another one
    QTest::addColumn<bool>("isOurs");
    QTest::addColumn<bool>("read");
    QTest::addColumn<bool>("write");
    const auto row = [](const char *name, uint mode, int group, bool isOurs, bool read, bool write) {
        QTest::newRow(name) << mode << group << isOurs << read << write;
    };
    row("nobody", 0600, 1, true, false, false);
    row("everybody reads", 0644, 0, true, true, false);
    row("everybody writes", 0666, 0, true, true, true);
    row("only writes", 0602, 0, true, false, true);
    row("the owner's group", 0660, 0, true, false, false);
    row("a group reads", 0640, 1, true, true, false);
    row("a group writes", 0620, 1, true, false, true);
    row("root's, for our group", 0640, 1, false, false, false);
    row("root's, for everybody", 0644, 1, false, true, false);
    row("root's, and our group writes", 0660, 1, false, false, true);
}

void TestSecretFiles::knowsWhoElseMay()
{
    QFETCH(uint, mode);
    QFETCH(int, group);
    QFETCH(bool, isOurs);
    const QString path = write(u"secret"_s, mode);
    QVERIFY(!path.isEmpty());
    const auto owner = isOurs ? ::geteuid() : ::geteuid() + 1;
    if (::chown(QFile::encodeName(path).constData(), owner, owner + gid_t(group)) != 0)
        QSKIP("only root gives files away");
    QVERIFY(::chmod(QFile::encodeName(path).constData(), mode) == 0);
    const FileOpenness open = opennessOf(path);
    QTEST(open.othersRead, "read");
    QTEST(open.othersWrite, "write");
    QCOMPARE(open.mode, QString::number(mode, 8));
}

void TestSecretFiles::looksAtTheFolderAsWell()
{
    const QString path = write(u"secret"_s, 0600);
    QVERIFY(opennessOf(path).folder.isEmpty());
    const QByteArray folder = QFile::encodeName(QFileInfo(path).canonicalPath());
    QVERIFY(::chmod(folder.constData(), 0777) == 0);
    QCOMPARE(opennessOf(path).folder, QFile::decodeName(folder));
    ServerConfig config;
    config.token.secretFile = path;
    const QList<OpenFile> written = filesOthersWrite(config);
    QCOMPARE(written.size(), 1);
    QVERIFY(written.first().help.contains(u"chmod go-w "_s + QFile::decodeName(folder)));
    QVERIFY(::chmod(folder.constData(), 01777) == 0); // as /tmp: nobody takes out what is not his
    QVERIFY(opennessOf(path).folder.isEmpty());
    QVERIFY(::chmod(folder.constData(), 0700) == 0);
}

void TestSecretFiles::leavesReadOnlyPlacesAlone()
{
    const FileOpenness open = opennessOf(u"/proc/self/status"_s); // 0444
    QVERIFY(open.othersRead);
    for (const auto &path :
         {u"/sys/kernel/uevent_seqnum"_s, u"/nowhere"_s, QString()}) // often read only; nowhere; none
        QVERIFY(!opennessOf(path).othersWrite);
}

void TestSecretFiles::judgesTheFilesOfAConfiguration()
{
    ServerConfig config;
    QVERIFY(filesOthersRead(config).isEmpty() && filesOthersWrite(config).isEmpty());
    config.token.secretFile = write(u"secret"_s, 0644);
    config.token.publicKeyFile = write(u"public"_s, 0644);
    config.operatorTokenFile = write(u"token"_s, 0666);
    config.tls.keyFile = write(u"key"_s, 0600);
    const QList<OpenFile> read = filesOthersRead(config);
    QCOMPARE(read.size(), 1);
    QCOMPARE(read.first().option, "jwt-secret-file");
    QVERIFY(read.first().text.contains(config.token.secretFile) && read.first().text.contains(u"644"_s));
    QVERIFY(read.first().help.contains(u"chmod 600 "_s + config.token.secretFile));
    const QList<OpenFile> written = filesOthersWrite(config);
    QCOMPARE(written.size(), 1);
    QCOMPARE(written.first().option, "operator-token-file");
}

void TestSecretFiles::noServerTakesWhatOthersWrite()
{
    ServerConfig config;
    config.operatorTokenFile = write(u"token"_s, 0644);
    QVERIFY(loadCredentials(config).ok());
    config.operatorTokenFile = write(u"token"_s, 0646);
    const auto loaded = loadCredentials(config);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, CredentialsError::OpenFile);
    QVERIFY(loaded.error().text.startsWith("operator-token-file: "));
}

#else

void TestSecretFiles::init() { }
void TestSecretFiles::knowsWhoElseMay_data() { }
void TestSecretFiles::knowsWhoElseMay() { QSKIP("modes of Unix"); }
void TestSecretFiles::looksAtTheFolderAsWell() { QSKIP("modes of Unix"); }
void TestSecretFiles::leavesReadOnlyPlacesAlone() { QSKIP("modes of Unix"); }
void TestSecretFiles::judgesTheFilesOfAConfiguration() { QSKIP("modes of Unix"); }
void TestSecretFiles::noServerTakesWhatOthersWrite() { QSKIP("modes of Unix"); }

#endif

QTEST_GUILESS_MAIN(TestSecretFiles)
#include "tst_secretfiles.moc"
