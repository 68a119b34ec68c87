// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/tlsjudge.h"
#include "net/tls/tlswire.h"
#include "tests/support/tlsfixture.h"

#include <QScopeGuard>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTcpServer>
#include <openssl/ssl.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// Hands its first client over.
class Listener final : public QTcpServer
{
public:
    qintptr descriptor = -1;

protected:
    void incomingConnection(qintptr accepted) override { descriptor = accepted; }
};

} // namespace

/// TLS from the client's side, against our own server and against Qt's. Both pumps through the same tests.
class TestTlsClient final : public QObject, private TlsFixture
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { choosePump(); }
    void cleanup();

    void tellsWhatWasAgreed_data() { addPumps(); }
    void tellsWhatWasAgreed();
    void carriesMuchBothWays_data() { addPumps(); }
    void carriesMuchBothWays();
    void judgesTheCertificate_data();
    void judgesTheCertificate();
    void endsInOrder_data() { addPumps(); }
    void endsInOrder();
    void saysWhatIsNoTls_data() { addPumps(); }
    void saysWhatIsNoTls();
    void saysThatNobodyListens_data() { addPumps(); }
    void saysThatNobodyListens();
    void tellsWhoLeavesInTheHandshake_data() { addPumps(); }
    void tellsWhoLeavesInTheHandshake();
    void showsItsOwnCertificate_data() { addPumps(); }
    void showsItsOwnCertificate();
    void believesTheMachineAndNobodyElse_data();
    void believesTheMachineAndNobodyElse();
    void asksQtWhereTheFolderHoldsNothing_data();
    void asksQtWhereTheFolderHoldsNothing();
    void refusesFilesThatHoldNothing();

private:
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<TlsTransport> m_client;
    TlsRecorder m_heard; ///< by the client
    std::optional<TlsContext> m_believing;
    std::optional<TlsContext> m_expired;
    std::optional<TlsContext> m_believingTheExpired;

    [[nodiscard]] TlsContext load(const TlsTrust &trust) const;
    void connectTo(quint16 port, const TlsContext &context, const TlsTarget &target);
    void openBoth(const TlsContext &server, const TlsContext &client, const TlsTarget &target);
};

void TestTlsClient::initTestCase()
{
    makeCertificate();
    const SelfSignedRequest old{.names = {u"localhost"_s},
                                .certFile = m_folder.filePath(u"old.pem"_s),
                                .keyFile = m_folder.filePath(u"old-key.pem"_s),
                                .now = QDateTime::currentDateTimeUtc().addYears(-5)};
    QVERIFY(makeSelfSigned(old).ok());
    m_expired = TlsContext::load(old.certFile, old.keyFile).value();
    m_believing = load({.system = false, .authorities = QString::fromUtf8(m_certFile)});
    m_believingTheExpired = load({.system = false, .authorities = old.certFile});
}

void TestTlsClient::cleanup()
{
    m_client.reset();
    m_listener.reset();
    m_heard = {};
    closeAll();
}

TlsContext TestTlsClient::load(const TlsTrust &trust) const
{
    const auto context = TlsContext::client(trust);
    if (!context)
        qFatal("%s", context.error().text.constData());
    return context.value();
}

void TestTlsClient::connectTo(quint16 port, const TlsContext &context, const TlsTarget &target)
{
    auto inner = m_pump->connectTo(QHostAddress(QHostAddress::LocalHost), port);
    QVERIFY(inner);
    m_client = std::make_unique<TlsTransport>(std::move(inner.value()), context, target);
    m_client->setSink(&m_heard);
    m_client->setTlsSink(&m_heard);
    m_client->setReading(true);
}

void TestTlsClient::openBoth(const TlsContext &server, const TlsContext &client, const TlsTarget &target)
{
    m_listener = std::make_unique<Listener>();
    QVERIFY(m_listener->listen(QHostAddress::LocalHost));
    connectTo(m_listener->serverPort(), client, target);
    QTRY_VERIFY(m_listener->descriptor >= 0);
    m_transport = std::make_unique<TlsTransport>(m_pump->adopt(m_listener->descriptor), server);
    m_transport->setSink(&m_sink);
    m_transport->setTlsSink(&m_sink);
    m_transport->setReading(true);
}

void TestTlsClient::tellsWhatWasAgreed()
{
    openBoth(*m_context, *m_believing, {.host = u"localhost"_s});
    QVERIFY(m_client->isHandshaking());
    QTRY_COMPARE(m_heard.sessions.size(), 1);
    QCOMPARE(m_heard.sessions[0].version, "TLSv1.3");
    QCOMPARE(m_heard.sessions[0].alpn, "http/1.1");
    QCOMPARE(m_heard.sessions[0].server, "localhost");
    QCOMPARE(m_client->peerPort(), m_listener->serverPort());
    QCOMPARE(m_client->judge()->certificate->fingerprint, m_context->fingerprint());
    QCOMPARE(m_client->judge()->complaint, "");
    QVERIFY(!m_client->judge()->byFingerprint);
    QTRY_COMPARE(m_sink.sessions.size(), 1);
    QCOMPARE(m_sink.sessions[0].server, "localhost");
    QCOMPARE(m_transport->judge(), nullptr);
}

void TestTlsClient::carriesMuchBothWays()
{
    const QByteArray much = numbered(3'000'000);
    openBoth(*m_context, *m_believing, {.host = u"127.0.0.1"_s});
    m_client->send(much); // before anything is agreed
    m_sink.onDone = [&] { m_transport->send(much); };
    QTRY_COMPARE(m_sink.bytes.size(), much.size());
    QTRY_COMPARE(m_heard.bytes.size(), much.size());
    QVERIFY(m_sink.bytes == much && m_heard.bytes == much);
    QCOMPARE(m_sink.sessions[0].server, ""); // no SNI for addresses (RFC 6066 section 3)
    QTRY_COMPARE(m_client->queuedBytes(), 0);
}

void TestTlsClient::judgesTheCertificate_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<bool>("known"); // the certificate is among those that are believed
    QTest::addColumn<bool>("expired");
    QTest::addColumn<TlsTarget>("target");
    QTest::addColumn<QByteArray>("complaint");
    QTest::addColumn<bool>("taken");
    const QByteArray right = m_context->fingerprint();
    const QByteArray wrong = m_expired->fingerprint();
    const QString name = u"localhost"_s;
    for (const bool portable : {false, true}) {
        const auto add = [&](const char *what, bool known, bool expired, const TlsTarget &target,
                             const QByteArray &complaint, bool taken) {
            const QByteArray row = QByteArray(portable ? "portable: " : "best: ") + what;
            QTest::newRow(row.constData()) << portable << known << expired << target << complaint << taken;
        };
        add("known", true, false, {.host = name}, "", true);
        add("a dot behind the name", true, false, {.host = name + u'.'}, "", true);
        add("an address", true, false, {.host = u"127.0.0.1"_s}, "", true);
        add("nobody signed it", false, false, {.host = name}, "self-signed certificate", false);
        add("for another name", true, false, {.host = u"game.lan"_s}, "hostname mismatch", false);
        add("for another address", true, false, {.host = u"127.0.0.2"_s}, "IP address mismatch", false);
        add("for no name", true, false, {.host = {}}, "there is no name to compare it with", false);
        add("for a dot", true, false, {.host = u"."_s}, "there is no name to compare it with", false);
        add("expired", true, true, {.host = name}, "certificate has expired", false);
        add("its fingerprint", false, false, {.host = name, .trustedFingerprint = right}, "self-signed certificate",
            true);
        add("its fingerprint, another name", true, false, {.host = u"game.lan"_s, .trustedFingerprint = right},
            "hostname mismatch", true);
        add("another fingerprint", false, false, {.host = name, .trustedFingerprint = wrong}, "self-signed certificate",
            false);
        add("another fingerprint, but known", true, false, {.host = name, .trustedFingerprint = wrong}, "", true);
        add("errors are ignored", false, true, {.host = u"game.lan"_s, .ignoreErrors = true}, "self-signed certificate",
            true);
    }
}

void TestTlsClient::judgesTheCertificate()
{
    QFETCH(bool, known);
    QFETCH(bool, expired);
    QFETCH(TlsTarget, target);
    QFETCH(QByteArray, complaint);
    QFETCH(bool, taken);
    const TlsContext doubting = load({.system = false});
    openBoth(expired ? *m_expired : *m_context,
             !known        ? doubting
                 : expired ? *m_believingTheExpired
                           : *m_believing,
             target);
    m_client->send("secret");
    QTRY_COMPARE(m_heard.sessions.size() + m_heard.failures.size(), 1);
    QCOMPARE(m_heard.sessions.size(), taken ? 1 : 0);
    QCOMPARE(m_client->judge()->complaint, complaint);
    QCOMPARE(m_client->judge()->byFingerprint, taken && !complaint.isEmpty() && !target.ignoreErrors);
    if (taken) {
        QTRY_COMPARE(m_sink.bytes, "secret");
        return;
    }
    QCOMPARE(m_heard.failures, QList<TlsFailure>{TlsFailure::Untrusted});
    QCOMPARE(m_heard.words, complaint);
    QCOMPARE(m_heard.ends, QList<StreamEnd>{StreamEnd::Error});
    QCOMPARE(m_heard.endText, "TLS: " + complaint);
    QTRY_COMPARE(m_sink.failures, QList<TlsFailure>{TlsFailure::CertificateRefused}); // it is told why
    QCOMPARE(m_sink.bytes, "");
}

void TestTlsClient::endsInOrder()
{
    openBoth(*m_context, *m_believing, {.host = u"localhost"_s});
    m_client->send("all of it");
    m_client->closeWhenSent();
    QTRY_COMPARE(m_sink.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_sink.bytes, "all of it");
    QCOMPARE(m_sink.endText, ""); // with close_notify
    QCOMPARE(m_heard.allSents, 1);
}

void TestTlsClient::saysWhatIsNoTls()
{
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, this,
            [&plain] { plain.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    connectTo(plain.serverPort(), *m_believing, {.host = u"localhost"_s});
    QTRY_COMPARE(m_heard.failures, QList<TlsFailure>{TlsFailure::Broken});
    QCOMPARE(m_heard.words, "wrong version number");
}

void TestTlsClient::saysThatNobodyListens()
{
    quint16 port = 0;
    {
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        port = gone.serverPort();
    }
    connectTo(port, *m_believing, {.host = u"localhost"_s});
    QTRY_COMPARE(m_heard.ends, QList<StreamEnd>{StreamEnd::Refused});
    QCOMPARE(m_heard.failures.size(), 0);
}

void TestTlsClient::tellsWhoLeavesInTheHandshake()
{
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, this, [&plain] {
        QTcpSocket *client = plain.nextPendingConnection();
        connect(client, &QTcpSocket::readyRead, client, [client] {
            client->readAll();
            client->disconnectFromHost();
        });
    });
    connectTo(plain.serverPort(), *m_believing, {.host = u"localhost"_s});
    QTRY_COMPARE(m_heard.ends, QList<StreamEnd>{StreamEnd::EndOfStream});
    QCOMPARE(m_heard.endText, "in the TLS handshake");
}

void TestTlsClient::showsItsOwnCertificate()
{
    QFile certificate(QString::fromUtf8(m_certFile));
    QFile key(m_folder.filePath(u"key.pem"_s));
    QVERIFY(certificate.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly));
    const QSslCertificate own(certificate.readAll());
    QSslServer server;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(own);
    configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    configuration.setCaCertificates({own});
    configuration.setPeerVerifyMode(QSslSocket::QueryPeer);
    server.setSslConfiguration(configuration);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QString file = QString::fromUtf8(m_certFile);
    const TlsContext showing =
        load({.system = false, .authorities = file, .certFile = file, .keyFile = key.fileName()});
    connectTo(server.serverPort(), showing, {.host = u"localhost"_s});
    QTRY_VERIFY(server.hasPendingConnections());
    const auto *client = qobject_cast<QSslSocket *>(server.nextPendingConnection());
    QCOMPARE(client->peerCertificate(), own);
    QCOMPARE(m_heard.failures.size(), 0);
}

// Where the library's own file and folder are not there, Qt is asked for the machine's authorities.
void TestTlsClient::believesTheMachineAndNobodyElse_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("folder");
    QTest::addColumn<bool>("taken");
    const QByteArray nowhere = "/nowhere";
    QTest::newRow("as it is") << false << QByteArray() << QByteArray() << false;
    QTest::newRow("through Qt") << false << nowhere << nowhere << false;
    QTest::newRow("the machine knows it") << false << m_certFile << nowhere << true;
}

void TestTlsClient::believesTheMachineAndNobodyElse()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, folder);
    QFETCH(bool, taken);
#ifndef Q_OS_LINUX
    if (taken)
        QSKIP("Qt asks the system");
#endif
    const auto restore = qScopeGuard([] {
        qunsetenv("SSL_CERT_FILE");
        qunsetenv("SSL_CERT_DIR");
    });
    if (!file.isEmpty()) {
        qputenv("SSL_CERT_FILE", file);
        qputenv("SSL_CERT_DIR", folder);
    }
    openBoth(*m_context, load({}), {.host = u"localhost"_s});
    QTRY_COMPARE(m_heard.sessions.size() + m_heard.failures.size(), 1);
    QCOMPARE(m_heard.sessions.size(), taken ? 1 : 0);
    QCOMPARE(m_client->judge()->complaint, taken ? "" : "self-signed certificate");
}

void TestTlsClient::asksQtWhereTheFolderHoldsNothing_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<bool>("exists");
    QTest::newRow("no folder") << false << false;
    QTest::newRow("an empty folder") << false << true;
}

void TestTlsClient::asksQtWhereTheFolderHoldsNothing()
{
    QFETCH(bool, exists);
    if (QSslConfiguration::systemCaCertificates().isEmpty())
        QSKIP("this machine believes nobody");
    const auto restore = qScopeGuard([] {
        qunsetenv("SSL_CERT_FILE");
        qunsetenv("SSL_CERT_DIR");
    });
    const QTemporaryDir empty;
    qputenv("SSL_CERT_FILE", "/nowhere");
    qputenv("SSL_CERT_DIR", exists ? QFile::encodeName(empty.path()) : "/nowhere");
    const TlsContext context = load({});
    TlsWire wire;
    TlsJudge judge;
    ssl_st *session = context.newSession(wire, &judge);
    QVERIFY(session != nullptr);
    const auto release = qScopeGuard([session] { SSL_free(session); });
    const X509_STORE *store = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(session));
    QVERIFY(sk_X509_OBJECT_num(X509_STORE_get0_objects(store)) > 0);
}

void TestTlsClient::refusesFilesThatHoldNothing()
{
    QCOMPARE(TlsContext::client({.authorities = u"/nowhere.pem"_s}).error().code, TlsError::Unreadable);
    QCOMPARE(TlsContext::client({.authorities = m_folder.filePath(u"key.pem"_s)}).error().code, TlsError::IsKey);
    const QString file = QString::fromUtf8(m_certFile);
    QCOMPARE(TlsContext::client({.certFile = file, .keyFile = file}).error().code, TlsError::IsCertificate);
    QCOMPARE(TlsContext::client({.certFile = file, .keyFile = m_folder.filePath(u"old-key.pem"_s)}).error().code,
             TlsError::Mismatch);
}

QTEST_GUILESS_MAIN(TestTlsClient)
#include "tst_tlsclient.moc"
