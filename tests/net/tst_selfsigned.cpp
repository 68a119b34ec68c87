// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/selfsigned.h"
#include "net/tls/tlscontext.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now(QDate(2026, 5, 1), QTime(12, 0), Qt::UTC);

} // namespace

class TestSelfSigned final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void makesAPairThatTheServerTakes();
    void makesWhatClientsAskFor();
    void makesAnotherOneEachTime();
    void keepsTheKeyToItsOwner();
    void takesNames_data();
    void takesNames();
    void refusesNames_data();
    void refusesNames();
    void overwritesNothing();
    void overwritesWhenTold();
    void leavesNothingBehindWhenItFails();
    void knowsLikelyNames();

private:
    QTemporaryDir m_folder;

    [[nodiscard]] SelfSignedRequest request(const QString &name, const QStringList &names = {u"game.lan"_s}) const
    {
        return {.names = names,
                .certFile = m_folder.filePath(name + u".pem"_s),
                .keyFile = m_folder.filePath(name + u"-key.pem"_s),
                .overwrite = false,
                .now = now};
    }
    [[nodiscard]] static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestSelfSigned::initTestCase() { QVERIFY(m_folder.isValid()); }

void TestSelfSigned::makesAPairThatTheServerTakes()
{
    const SelfSignedRequest wanted = request(u"pair"_s);
    const auto made = makeSelfSigned(wanted);
    QVERIFY2(made.ok(), made ? "" : made.error().text.constData());
    const auto context = TlsContext::load(wanted.certFile, wanted.keyFile);
    QVERIFY2(context.ok(), context ? "" : context.error().text.constData());
    QCOMPARE(context.value().fingerprint(), made.value().fingerprint);
}

void TestSelfSigned::makesWhatClientsAskFor()
{
    const SelfSignedRequest wanted = request(u"strict"_s, {u"localhost"_s, u"10.0.0.7"_s, u"::1"_s});
    QVERIFY(makeSelfSigned(wanted).ok());
    const QSslCertificate certificate = QSslCertificate::fromPath(wanted.certFile).first();
    QCOMPARE(certificate.issuerDisplayName(), certificate.subjectDisplayName());
    QCOMPARE(certificate.version(), "3");
    QCOMPARE(certificate.publicKey().algorithm(), QSsl::Ec);
    QCOMPARE(certificate.publicKey().length(), 256);
    QCOMPARE(certificate.subjectInfo(QSslCertificate::CommonName), QStringList{u"localhost"_s});
    QCOMPARE(certificate.subjectAlternativeNames().values(QSsl::DnsEntry), QStringList{u"localhost"_s});
    QVERIFY(certificate.effectiveDate() < now);
    QVERIFY(certificate.effectiveDate().secsTo(certificate.expiryDate()) < 825LL * 86'400);
    QVERIFY(now.daysTo(certificate.expiryDate()) > 820);
    QStringList critical, names;
    for (const QSslCertificateExtension &extension : certificate.extensions()) {
        names += extension.oid();
        if (extension.isCritical())
            critical += extension.oid();
    }
    QCOMPARE(critical, (QStringList{u"2.5.29.19"_s, u"2.5.29.15"_s})); // basic constraints and key usage
    QVERIFY(names.contains(u"2.5.29.37"_s));                           // extended key usage
    QVERIFY(names.contains(u"2.5.29.17"_s));                           // other names
    QCOMPARE(QSslCertificate::verify({certificate}, {}).value(0).error(), QSslError::SelfSignedCertificate);
}

void TestSelfSigned::makesAnotherOneEachTime()
{
    const SelfSignedRequest first = request(u"first"_s), second = request(u"second"_s);
    QVERIFY(makeSelfSigned(first).ok() && makeSelfSigned(second).ok());
    QVERIFY(read(first.keyFile) != read(second.keyFile));
    QVERIFY(QSslCertificate::fromPath(first.certFile).first().serialNumber()
            != QSslCertificate::fromPath(second.certFile).first().serialNumber());
}

void TestSelfSigned::keepsTheKeyToItsOwner()
{
    const SelfSignedRequest wanted = request(u"secret"_s);
    QVERIFY(makeSelfSigned(wanted).ok());
    const auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(wanted.keyFile) & others));
    QVERIFY(!read(wanted.certFile).contains("PRIVATE"));
    QVERIFY(read(wanted.keyFile).contains("PRIVATE"));
}

void TestSelfSigned::takesNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("written");
    const auto row = [](const QString &name, const QString &written) {
        QTest::newRow(qPrintable(name)) << name << written;
    };
    row(u"localhost"_s, u"localhost"_s);
    row(u"GAME.Example.ORG"_s, u"game.example.org"_s);
    row(u"*.game.lan"_s, u"*.game.lan"_s);
    row(u"b\u00fccher.lan"_s, u"xn--bcher-kva.lan"_s);
    row(u"192.168.1.2"_s, u"192.168.1.2"_s);
    row(u"2001:DB8::0:1"_s, u"2001:db8::1"_s);
    row(u"a"_s.repeated(60) + u".example.org"_s, u"a"_s.repeated(60) + u".example.org"_s); // no common name so long
}

void TestSelfSigned::takesNames()
{
    QFETCH(QString, name);
    QFETCH(QString, written);
    SelfSignedRequest wanted = request(u"names"_s, {name});
    wanted.overwrite = true;
    const auto made = makeSelfSigned(wanted);
    QVERIFY2(made.ok(), made ? "" : made.error().text.constData());
    QCOMPARE(made.value().names, QStringList{written});
    QCOMPARE(readCertificateInfo(wanted.certFile).value().names, QStringList{written});
}

void TestSelfSigned::refusesNames_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<SelfSignedError>("error");
    const auto bad = [](const char *name, const QString &text) {
        QTest::newRow(name) << QStringList{u"good.lan"_s, text} << SelfSignedError::BadName;
    };
    QTest::newRow("none") << QStringList{} << SelfSignedError::NoNames;
    bad("empty", u""_s);
    bad("blank", u"a b"_s);
    bad("comma", u"a,DNS:bank.example"_s);
    bad("line end", u"a\nb"_s);
    bad("NUL", QString(u'a') + QChar(0) + u"b.lan"_s);
    bad("port", u"game.lan:8080"_s);
    bad("URL", u"https://game.lan"_s);
    bad("zone", u"fe80::1%eth0"_s);
    bad("network", u"10.0.0.0/8"_s);
    bad("star inside", u"a.*.lan"_s);
    bad("too long", u"abcdefgh."_s.repeated(40));
}

void TestSelfSigned::refusesNames()
{
    QFETCH(QStringList, names);
    QFETCH(SelfSignedError, error);
    const SelfSignedRequest wanted = request(u"refused"_s, names);
    const auto made = makeSelfSigned(wanted);
    QVERIFY(!made.ok());
    QCOMPARE(made.error().code, error);
    QVERIFY(!QFile::exists(wanted.certFile) && !QFile::exists(wanted.keyFile));
}

void TestSelfSigned::overwritesNothing()
{
    const SelfSignedRequest wanted = request(u"kept"_s);
    for (const QString &there : {wanted.certFile, wanted.keyFile}) {
        QFile file(there);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
        file.close();
        const auto made = makeSelfSigned(wanted);
        QVERIFY(!made.ok());
        QCOMPARE(made.error().code, SelfSignedError::Exists);
        QVERIFY(made.error().text.startsWith(there.toUtf8()));
        QCOMPARE(read(there), "mine");
        QVERIFY(file.remove());
    }
    QVERIFY(!QFile::exists(wanted.certFile) && !QFile::exists(wanted.keyFile));
}

void TestSelfSigned::overwritesWhenTold()
{
    SelfSignedRequest wanted = request(u"renewed"_s);
    QVERIFY(makeSelfSigned(wanted).ok());
    QVERIFY(QFile::setPermissions(wanted.keyFile, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const QByteArray before = read(wanted.keyFile);
    wanted.overwrite = true;
    QVERIFY(makeSelfSigned(wanted).ok());
    QVERIFY(read(wanted.keyFile) != before);
    QVERIFY(!(QFile::permissions(wanted.keyFile) & QFile::ReadOther));
    QVERIFY(TlsContext::load(wanted.certFile, wanted.keyFile).ok());
}

void TestSelfSigned::leavesNothingBehindWhenItFails()
{
    SelfSignedRequest wanted = request(u"half"_s);
    wanted.certFile = m_folder.filePath(u"no/such/folder/cert.pem"_s);
    const auto made = makeSelfSigned(wanted);
    QVERIFY(!made.ok());
    QCOMPARE(made.error().code, SelfSignedError::CanNotWrite);
    QVERIFY(made.error().text.startsWith(wanted.certFile.toUtf8()));
    QVERIFY(!QFile::exists(wanted.keyFile));
    wanted.certFile = wanted.keyFile;
    QCOMPARE(makeSelfSigned(wanted).error().code, SelfSignedError::CanNotWrite);
    QVERIFY(!QFile::exists(wanted.keyFile));
}

void TestSelfSigned::knowsLikelyNames()
{
    const QStringList names = likelyNames();
    QCOMPARE(names.first(), u"localhost"_s);
    QVERIFY(names.contains(u"127.0.0.1"_s) && names.contains(u"::1"_s));
    QVERIFY(makeSelfSigned(request(u"likely"_s, names)).ok()); // whatever this machine is called
}

QTEST_GUILESS_MAIN(TestSelfSigned)
#include "tst_selfsigned.moc"
