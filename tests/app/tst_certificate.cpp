// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/certificate.h"
#include "app/settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now(QDate(2026, 5, 1), QTime(12, 0), Qt::UTC);

} // namespace

class TestCertificate final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void makesOneAndShowsIt();
    void takesTheNamesOfThisMachine();
    void takesNamesAsTheyAreWritten();
    void showsWhatATerminalWouldObey();
    void overwritesOnlyWhenTold();
    void warnsOfTimes();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void failsToShowWhatIsNone();
    void isACommandOfTheProgram();
    void helps();

private:
    QTemporaryDir m_folder;

    [[nodiscard]] CommandOutput make(const QString &name, const QStringList &more = {u"--name=game.lan"_s}) const;
    [[nodiscard]] CommandOutput show(const QString &name, const QDateTime &when = now) const
    {
        return runCertificate({u"show"_s, m_folder.filePath(name + u".pem"_s)}, when);
    }
};

CommandOutput TestCertificate::make(const QString &name, const QStringList &more) const
{
    return runCertificate(QStringList{u"make"_s, u"--cert"_s, m_folder.filePath(name + u".pem"_s),
                                      u"--key="_s + m_folder.filePath(name + u"-key.pem"_s)}
                              + more,
                          now);
}

void TestCertificate::initTestCase() { QVERIFY(m_folder.isValid()); }

void TestCertificate::makesOneAndShowsIt()
{
    const CommandOutput made = make(u"one"_s, {u"--name"_s, u"game.lan"_s, u"--name=10.1.2.3"_s});
    QCOMPARE(made.error, "");
    QCOMPARE(made.exitCode, 0);
    QVERIFY(made.out.contains("\nnames        game.lan, 10.1.2.3\n"));
    QVERIFY(made.out.contains("valid        2026-05-01 11:00 UTC to 2028-08-03 10:59 UTC\n"));
    QVERIFY(made.out.contains("--tls-cert " + m_folder.filePath(u"one.pem"_s).toUtf8()));
    const CommandOutput shown = show(u"one"_s);
    QCOMPARE(shown.exitCode, 0);
    QVERIFY(made.out.contains(shown.out)); // the fingerprint, too
    QVERIFY(shown.out.contains("issuer       itself (self-signed)\n"));
    QVERIFY(shown.out.contains(" (SHA-256)\n"));
    QVERIFY(!shown.out.contains("warning"));
    QVERIFY(!(QFile::permissions(m_folder.filePath(u"one-key.pem"_s)) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestCertificate::takesTheNamesOfThisMachine()
{
    const CommandOutput made = make(u"mine"_s, {});
    QCOMPARE(made.error, "");
    QVERIFY(made.out.contains("\nnames        localhost, "));
    QVERIFY(made.out.contains("127.0.0.1, ::1\n"));
}

void TestCertificate::takesNamesAsTheyAreWritten()
{
    const CommandOutput made = make(u"written"_s, {u"--name"_s, u"Game.LAN."_s, u"--name=[::1]"_s, u"--name=*.lan"_s});
    QCOMPARE(made.error, "");
    QVERIFY2(made.out.contains("\nnames        game.lan, ::1, *.lan\n"), made.out.constData());
}

namespace {

/// Signed by itself, with these names as they are.
QByteArray certificateOf(const QByteArray &subject, const QByteArray &dnsName)
{
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(subject.constData()),
                               int(subject.size()), -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    GENERAL_NAME *general = GENERAL_NAME_new();
    ASN1_IA5STRING *text = ASN1_IA5STRING_new();
    ASN1_STRING_set(text, dnsName.constData(), int(dnsName.size()));
    GENERAL_NAME_set0_value(general, GEN_DNS, text);
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(GENERAL_NAMES_new(), GENERAL_NAMES_free);
    sk_GENERAL_NAME_push(names.get(), general);
    X509_add1_ext_i2d(certificate.get(), NID_subject_alt_name, names.get(), 0, 0);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(out.get(), certificate.get());
    char *data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, size};
}

} // namespace

void TestCertificate::showsWhatATerminalWouldObey()
{
    QFile file(m_folder.filePath(u"evil.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write(certificateOf("exe.\u202Egnp", "a\x1b[2J\nwarning      none")) > 0);
    file.close();
    const CommandOutput shown = show(u"evil"_s, QDateTime::currentDateTimeUtc());
    QCOMPARE(shown.exitCode, 0);
    QVERIFY2(shown.out.contains("a\\u{1B}[2J\\u{A}warning"), shown.out.constData());
    QVERIFY2(shown.out.contains("exe.\\u{202E}gnp"), shown.out.constData());
}

void TestCertificate::overwritesOnlyWhenTold()
{
    QCOMPARE(make(u"twice"_s).exitCode, 0);
    const QByteArray first = show(u"twice"_s).out;
    const CommandOutput again = make(u"twice"_s);
    QCOMPARE(again.exitCode, 1);
    QCOMPARE(again.out, "");
    QVERIFY(again.error.endsWith("twice.pem: there is such a file already; --overwrite replaces it"));
    QCOMPARE(show(u"twice"_s).out, first);
    QCOMPARE(make(u"twice"_s, {u"--overwrite"_s, u"--name=game.lan"_s}).exitCode, 0);
    QVERIFY(show(u"twice"_s).out != first);
}

void TestCertificate::warnsOfTimes()
{
    QCOMPARE(make(u"old"_s).exitCode, 0);
    QVERIFY(show(u"old"_s, now.addYears(3)).out.contains("warning      the certificate expired at 2028-08-03"));
    QCOMPARE(show(u"old"_s, now.addYears(3)).exitCode, 0);
    QVERIFY(show(u"old"_s, now.addYears(-1)).out.contains("warning      the certificate is not valid before"));
}

void TestCertificate::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("nothing") << QStringList{} << QByteArray("certificate needs make or show");
    QTest::newRow("no such action") << QStringList{u"mint"_s} << QByteArray("certificate mint is neither");
    QTest::newRow("unknown option") << QStringList{u"make"_s, u"--nam=x"_s}
                                    << QByteArray("unknown option --nam; did you mean --name?");
    QTest::newRow("no option") << QStringList{u"make"_s, u"game.lan"_s} << QByteArray("unknown option game.lan");
    QTest::newRow("no value") << QStringList{u"make"_s, u"--cert"_s} << QByteArray("--cert needs a value");
    QTest::newRow("empty") << QStringList{u"make"_s, u"--key="_s} << QByteArray("--key is empty");
    QTest::newRow("twice") << QStringList{u"make"_s, u"--key=a"_s, u"--key=b"_s} << QByteArray("--key stands twice");
    QTest::newRow("no name") << QStringList{u"make"_s, u"--name=a b"_s}
                             << QByteArray("\"a b\" is neither a host name nor an IP address");
    QTest::newRow("show nothing") << QStringList{u"show"_s} << QByteArray("certificate show takes one file");
}

void TestCertificate::refusesWrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, error);
    const CommandOutput output = runCertificate(arguments, now);
    QCOMPARE(output.exitCode, 2);
    QCOMPARE(output.out, "");
    QVERIFY2(output.error.startsWith(error), output.error.constData());
}

void TestCertificate::failsToShowWhatIsNone()
{
    QCOMPARE(make(u"pair"_s).exitCode, 0);
    const CommandOutput key = show(u"pair-key"_s);
    QCOMPARE(key.exitCode, 1);
    QVERIFY(key.error.endsWith("pair-key.pem: this is a private key; its certificate is needed here"));
    QCOMPARE(show(u"nothing"_s).exitCode, 1);
}

void TestCertificate::isACommandOfTheProgram()
{
    const Settings settings = Settings::read({u"certificate"_s, u"show"_s, u"--help"_s}, {}, {});
    QVERIFY(settings.errors().isEmpty());
    QCOMPARE(settings.options().command, Options::Command::Certificate);
    QCOMPARE(settings.options().arguments, (QStringList{u"show"_s, u"--help"_s}));
    QVERIFY(helpText().contains(u"glasshouse certificate make|show"_s));
    const Settings wrong = Settings::read({u"certificat"_s}, {}, {});
    QVERIFY(wrong.errors().first().text.endsWith("did you mean certificate?"));
}

void TestCertificate::helps()
{
    QVERIFY(runCertificate({u"--help"_s}, now).out.contains("certificate show FILE"));
    QCOMPARE(runCertificate({u"make"_s, u"-h"_s}, now).exitCode, 0);
}

QTEST_GUILESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
