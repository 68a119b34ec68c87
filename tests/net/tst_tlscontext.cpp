// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/selfsigned.h"
#include "net/tls/tlscontext.h"
#include "tests/support/tokenforge.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>
#include <openssl/err.h>
#include <openssl/x509.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now = QDateTime::currentDateTimeUtc();

/// For keys that our own maker does not make.
QByteArray certificateFor(const forge::Key &key)
{
    const std::shared_ptr<X509> certificate(X509_new(), X509_free);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86'400 * 100);
    X509_set_pubkey(certificate.get(), key.get());
    X509_sign(certificate.get(), key.get(), EVP_PKEY_is_a(key.get(), "ED25519") == 1 ? nullptr : EVP_sha256());
    const std::shared_ptr<BIO> bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(bio.get(), certificate.get());
    return forge::contents(bio);
}

} // namespace

class TestTlsContext final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void saysWhatTheCertificateSays();
    void takesOneFileForBoth();
    void takesChains();
    void takesKeysOfAllKinds_data();
    void takesKeysOfAllKinds();
    void refusesFiles_data();
    void refusesFiles();
    void warnsOfTimes_data();
    void warnsOfTimes();
    void takesAnExpiredCertificate();
    void leavesTheQueueOfErrorsAlone();

private:
    QTemporaryDir m_folder;
    SelfSignedRequest m_pair;
    SelfSignedRequest m_other;

    [[nodiscard]] SelfSignedRequest make(const QString &name, const QDateTime &when = now) const;
    [[nodiscard]] QString write(const QString &name, const QByteArray &contents) const;
    [[nodiscard]] static QByteArray read(const QString &path);
};

SelfSignedRequest TestTlsContext::make(const QString &name, const QDateTime &when) const
{
    const SelfSignedRequest request{.names = {u"game.lan"_s, u"10.1.2.3"_s, u"fe80::1"_s},
                                    .certFile = m_folder.filePath(name + u".pem"_s),
                                    .keyFile = m_folder.filePath(name + u"-key.pem"_s),
                                    .overwrite = true,
                                    .now = when};
    const auto made = makeSelfSigned(request);
    if (!made)
        qFatal("%s", made.error().text.constData());
    return request;
}

QString TestTlsContext::write(const QString &name, const QByteArray &contents) const
{
    const QString path = m_folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
        qFatal("can not write %s", qPrintable(path));
    return path;
}

QByteArray TestTlsContext::read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestTlsContext::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_pair = make(u"pair"_s);
    m_other = make(u"other"_s);
}

void TestTlsContext::saysWhatTheCertificateSays()
{
    const auto context = TlsContext::load(m_pair.certFile, m_pair.keyFile);
    QVERIFY2(context.ok(), context ? "" : context.error().text.constData());
    const QSslCertificate seenByQt = QSslCertificate::fromPath(m_pair.certFile).first();
    const QByteArray digest = seenByQt.digest(QCryptographicHash::Sha256);
    QCOMPARE(context.value().fingerprint(), digest.toHex(':').toUpper());
    QCOMPARE(context.value().subjectNames(), (QStringList{u"game.lan"_s, u"10.1.2.3"_s, u"fe80::1"_s}));
    QCOMPARE(context.value().notAfter(), seenByQt.expiryDate().toUTC());
    QCOMPARE(context.value().certificate().notBefore, seenByQt.effectiveDate().toUTC());
    QCOMPARE(context.value().certificate().subject, u"CN=game.lan,O=Glasshouse"_s);
    QVERIFY(context.value().certificate().selfSigned);
    QCOMPARE(context.value().warning(), QString());
}

void TestTlsContext::takesOneFileForBoth()
{
    const QByteArray both = read(m_pair.keyFile) + read(m_pair.certFile);
    const QString file = write(u"both.pem"_s, both);
    QVERIFY(TlsContext::load(file, file).ok());
}

void TestTlsContext::takesChains()
{
    const QString chain = write(u"chain.pem"_s, read(m_pair.certFile) + "some words\n" + read(m_other.certFile));
    const auto context = TlsContext::load(chain, m_pair.keyFile);
    QVERIFY(context.ok());
    QCOMPARE(context.value().fingerprint(), TlsContext::load(m_pair.certFile, m_pair.keyFile).value().fingerprint());
}

void TestTlsContext::takesKeysOfAllKinds_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("certificate");
    const auto row = [](const char *name, const forge::Key &key) {
        QTest::newRow(name) << forge::privatePem(key) << certificateFor(key);
    };
    row("RSA", forge::rsaKey());
    row("P-256", forge::curveKey());
    row("P-384", forge::curveKey("P-384"));
    row("Ed25519", forge::otherKey("ED25519"));
}

void TestTlsContext::takesKeysOfAllKinds()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, certificate);
    const auto context = TlsContext::load(write(u"kind.pem"_s, certificate), write(u"kind-key.pem"_s, key));
    QVERIFY2(context.ok(), context ? "" : context.error().text.constData());
    QCOMPARE(context.value().subjectNames(), QStringList());
}

void TestTlsContext::refusesFiles_data()
{
    QTest::addColumn<QString>("certFile");
    QTest::addColumn<QString>("keyFile");
    QTest::addColumn<TlsError>("error");
    QTest::addColumn<QString>("named"); // the file in the message
    QTest::addColumn<QByteArray>("text");
    int count = 0;
    const auto file = [&](const QByteArray &contents) { return write(u"file%1"_s.arg(++count), contents); };
    const auto cert = [&](const char *name, const QString &path, TlsError error, const QByteArray &text) {
        QTest::newRow(name) << path << m_pair.keyFile << error << path << text;
    };
    const auto key = [&](const char *name, const QString &path, TlsError error, const QByteArray &text) {
        QTest::newRow(name) << m_pair.certFile << path << error << path << text;
    };
    const QByteArray good = read(m_pair.certFile);
    const QByteArray goodKey = read(m_pair.keyFile);
    cert("no certificate file", u"/nowhere/cert.pem"_s, TlsError::Unreadable, "No such file");
    cert("a folder", m_folder.path(), TlsError::Unreadable, "");
    cert("empty", file({}), TlsError::NotPem, "not in PEM");
    cert("DER", file(QByteArray::fromBase64(good.mid(28, 400))), TlsError::NotPem, "openssl x509 -inform der");
    cert("too long", file(QByteArray(2'000'000, '-')), TlsError::TooLong, "1 MiB");
    cert("a key for a certificate", file(goodKey), TlsError::IsKey, "this is a private key");
    cert("a request", file("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"),
         TlsError::Damaged, "no certificate in it");
    cert("something else", file("-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----\n"),
         TlsError::Damaged, "no certificate in it");
    cert("cut off", file(good.first(good.size() / 2)), TlsError::Damaged, "can not be read");
    cert("changed", file(QByteArray(good).replace(good.mid(60, 20), "AAAAAAAAAAAAAAAAAAAA")), TlsError::Damaged,
         "can not be read");
    cert("broken chain", file(good + good.first(good.size() / 2)), TlsError::Damaged, "can not be read");
    key("no key file", u"/nowhere/key.pem"_s, TlsError::Unreadable, "No such file");
    key("no PEM for a key", file("secret"), TlsError::NotPem, "not in PEM");
    key("a certificate for a key", m_pair.certFile, TlsError::IsCertificate, "this is a certificate");
    key("a public key", file(forge::publicPem(forge::curveKey())), TlsError::IsPublicKey, "public key");
    key("locked", file(forge::privatePem(forge::curveKey(), "password")), TlsError::Encrypted, "password");
    key("locked in the old way",
        file("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"
             "-----END RSA PRIVATE KEY-----\n"),
        TlsError::Encrypted, "openssl pkey");
    key("half a key", file(goodKey.first(goodKey.size() / 2)), TlsError::Damaged, "can not be read");
    key("something else for a key", file("-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----\n"),
        TlsError::Damaged, "no private key in it");
    key("a key of another", m_other.keyFile, TlsError::Mismatch, m_pair.certFile.toUtf8());
    key("a key of another kind", file(forge::privatePem(forge::rsaKey())), TlsError::Mismatch, "does not belong");
    key("short RSA", file(forge::privatePem(forge::rsaKey(1024))), TlsError::TooShort, "1024 bits");
    key("short curve", file(forge::privatePem(forge::curveKey("P-224"))), TlsError::TooShort, "224 bits");
    cert("chain in the wrong order", file(read(m_other.certFile) + good), TlsError::WrongOrder, "has to stand first");
}

void TestTlsContext::refusesFiles()
{
    QFETCH(QString, certFile);
    QFETCH(QString, keyFile);
    QFETCH(TlsError, error);
    QFETCH(QString, named);
    QFETCH(QByteArray, text);
    const auto context = TlsContext::load(certFile, keyFile);
    QVERIFY(!context.ok());
    QCOMPARE(context.error().code, error);
    QVERIFY2(context.error().text.startsWith(named.toUtf8() + ": "), context.error().text.constData());
    QVERIFY2(context.error().text.contains(text), context.error().text.constData());
    QVERIFY(!context.error().text.endsWith('.'));
}

void TestTlsContext::warnsOfTimes_data()
{
    QTest::addColumn<QDateTime>("when");
    QTest::addColumn<QString>("warning");
    QTest::newRow("good") << now << QString();
    QTest::newRow("one day early") << now.addDays(-1) << u"not valid before"_s;
    QTest::newRow("three weeks left") << now.addDays(825 - 21) << QString();
    QTest::newRow("one week left") << now.addDays(825 - 7) << u"expires at"_s;
    QTest::newRow("over") << now.addDays(826) << u"expired at"_s;
}

void TestTlsContext::warnsOfTimes()
{
    QFETCH(QDateTime, when);
    QFETCH(QString, warning);
    const auto context = TlsContext::load(m_pair.certFile, m_pair.keyFile);
    const QString text = context.value().warning(when);
    QCOMPARE(text.isEmpty(), warning.isEmpty());
    QVERIFY2(text.contains(warning), qPrintable(text));
}

void TestTlsContext::takesAnExpiredCertificate()
{
    const SelfSignedRequest old = make(u"old"_s, now.addYears(-10));
    const auto context = TlsContext::load(old.certFile, old.keyFile);
    QVERIFY(context.ok());
    QVERIFY(context.value().warning().contains(u"expired"_s));
}

void TestTlsContext::leavesTheQueueOfErrorsAlone()
{
    ERR_clear_error();
    QVERIFY(!TlsContext::load(m_pair.certFile, m_other.keyFile).ok());
    QVERIFY(TlsContext::load(m_pair.certFile, m_pair.keyFile).ok());
    QVERIFY(!readCertificateInfo(m_pair.keyFile).ok());
    QCOMPARE(ERR_peek_error(), 0UL);
}

QTEST_GUILESS_MAIN(TestTlsContext)
#include "tst_tlscontext.moc"
