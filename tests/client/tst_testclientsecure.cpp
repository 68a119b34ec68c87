// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/fakeproxy.h"
#include "tests/client/selfsigned.h"
#include "tests/client/subject.h"

#include <QCryptographicHash>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTemporaryDir>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using State = TestClientState;

class TestTestClientSecure final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void refusesACertificateThatNobodySigned();
    void opensIfErrorsAreIgnored();
    void opensForTheFingerprintThatIsTrusted();
    void refusesAnyOtherFingerprint();
    void opensForAnAuthorityOfItsOwn();
    void forgetsWhatItTrustedBefore();
    void failsWithoutTheFilesItIsTold();
    void endOfASecureStreamIs1006();
    void noticesATlsServerBehindPlain();
    void tellsTheSessionAndTheChain();
    void keepsTheChainOfARefusedServer();
    void showsACertificateOfItsOwn_data();
    void showsACertificateOfItsOwn();
    void goesThroughAProxy();

private:
    QSslServer m_server;
    QList<FakePeer *> m_peers;
    QTemporaryDir m_folder;

    QString authorities() const
    {
        const QString path = m_folder.filePath(u"authorities.pem"_s);
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(selfSignedCertificate) > 0 ? path : QString();
    }

    static QByteArray fingerprint()
    {
        return QSslCertificate(selfSignedCertificate).digest(QCryptographicHash::Sha256).toHex(':').toUpper();
    }
    QUrl url(const QString &scheme) const
    {
        return QUrl(u"%1://localhost:%2/ws"_s.arg(scheme).arg(m_server.serverPort()));
    }
};

void TestTestClientSecure::initTestCase()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("no TLS here");
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(selfSignedCertificate));
    configuration.setPrivateKey(QSslKey(selfSignedKey, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_server.setSslConfiguration(configuration);
    QVERIFY(m_server.listen(QHostAddress::LocalHost));
    connect(&m_server, &QTcpServer::pendingConnectionAvailable, this, [this] {
        auto *peer = new FakePeer(m_server.nextPendingConnection(), this);
        peer->answer = [](FakePeer &p) { p.write(p.acceptance()); };
        m_peers.append(peer);
    });
}

void TestTestClientSecure::refusesACertificateThatNobodySigned()
{
    Subject subject;
    subject.client.connectToServer(optionsFor(url(u"wss"_s)));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TlsCertificate);
    QCOMPARE(subject.ending().stage, State::Securing);
    QVERIFY(subject.ending().detail.contains("self-signed"));
    QVERIFY(!subject.ending().wasAsked); // nothing was said to it
}

void TestTestClientSecure::opensIfErrorsAreIgnored()
{
    Subject subject;
    TestClientOptions options = optionsFor(url(u"wss"_s));
    options.ignoreTlsErrors = true;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QVERIFY(subject.states.contains(State::Securing));
    const QByteArray big(300'000, 'b');
    QCOMPARE(subject.client.sendBinary(big), TestClientSend::Sent);
    QTRY_COMPARE(m_peers.last()->frames.size(), 1);
    QCOMPARE(m_peers.last()->frames[0].second, big);
    m_peers.last()->send(Opcode::Binary, big);
    QTRY_COMPARE(subject.messages.size(), 1);
    QCOMPARE(subject.messages[0].second, big);
    subject.client.close(1000, "bye");
    QTRY_COMPARE(subject.endings.size(), 1);
    QVERIFY(subject.ending().cleanly);
}

void TestTestClientSecure::opensForTheFingerprintThatIsTrusted()
{
    Subject subject;
    QList<QByteArray> trusted;
    connect(&subject.client, &TestClient::certificateTrusted, this,
            [&trusted](const QByteArray &fingerprint) { trusted += fingerprint; });
    TestClientOptions options = optionsFor(url(u"wss"_s));
    options.url.setHost(u"127.0.0.1"_s); // and this is not even its name
    options.trustedFingerprint = fingerprint();
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(trusted, QList<QByteArray>{fingerprint()});
    subject.client.abort();
}

void TestTestClientSecure::refusesAnyOtherFingerprint()
{
    Subject subject;
    TestClientOptions options = optionsFor(url(u"wss"_s));
    options.trustedFingerprint = fingerprint();
    options.trustedFingerprint[0] = options.trustedFingerprint[0] == 'A' ? 'B' : 'A';
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TlsCertificate);
    QVERIFY(!subject.ending().wasAsked);
}

void TestTestClientSecure::opensForAnAuthorityOfItsOwn()
{
    Subject subject;
    TestClientOptions options = optionsFor(url(u"wss"_s));
    options.trust = {.system = false, .authorities = authorities()};
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    subject.client.abort();
}

void TestTestClientSecure::forgetsWhatItTrustedBefore()
{
    Subject subject;
    TestClientOptions options = optionsFor(url(u"wss"_s));
    options.trust.authorities = authorities();
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    options.trust = {};
    subject.client.connectToServer(options);
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TlsCertificate);
}

void TestTestClientSecure::failsWithoutTheFilesItIsTold()
{
    Subject subject;
    TestClientOptions options = optionsFor(url(u"wss"_s));
    options.trust.authorities = m_folder.filePath(u"none.pem"_s);
    subject.client.connectToServer(options);
    QCOMPARE(subject.ending().fault, Fault::NoTls);
    QVERIFY(subject.ending().detail.contains("none.pem"));
}

void TestTestClientSecure::endOfASecureStreamIs1006()
{
    Subject subject;
    TestClientOptions options = optionsFor(url(u"wss"_s));
    options.ignoreTlsErrors = true;
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    m_peers.last()->end();
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::Vanished);
    QCOMPARE(subject.ending().code(), 1006);
}

void TestTestClientSecure::noticesATlsServerBehindPlain()
{
    Subject subject;
    subject.client.connectToServer(optionsFor(url(u"ws"_s)));
    QTRY_COMPARE(subject.endings.size(), 1);
    QVERIFY(subject.ending().fault == Fault::PlainToTlsPort || subject.ending().fault == Fault::NoAnswer);
    QCOMPARE(subject.ending().suggestion.scheme(), u"wss"_s);
}

void TestTestClientSecure::tellsTheSessionAndTheChain()
{
    Subject subject;
    QByteArrayList story;
    TlsSession session;
    QList<CertificateInfo> chain;
    connect(&subject.client, &TestClient::secured, this,
            [&](const TlsSession &agreed, const QList<CertificateInfo> &certificates) {
                story += "secured";
                session = agreed;
                chain = certificates;
            });
    connect(&subject.client, &TestClient::requestSent, this, [&] { story += "asked"; });
    TestClientOptions options = optionsFor(url(u"wss"_s));
    options.trust = {.system = false, .authorities = authorities()};
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen());
    QCOMPARE(story, (QByteArrayList{"secured", "asked"}));
    QVERIFY(session.version.startsWith("TLSv1."));
    QVERIFY(!session.cipher.isEmpty());
    QCOMPARE(session.server, "localhost"_ba);
    QCOMPARE(chain.size(), 1);
    QCOMPARE(chain[0].subject, u"CN=localhost"_s);
    QCOMPARE(chain[0].issuer, u"CN=localhost"_s);
    QCOMPARE(chain[0].names, QStringList{u"localhost"_s});
    QCOMPARE(chain[0].fingerprint, fingerprint());
    QVERIFY(chain[0].selfSigned && chain[0].notBefore < chain[0].notAfter);
    subject.client.abort();
    QCOMPARE(subject.ending().certificates.size(), 1);
}

void TestTestClientSecure::keepsTheChainOfARefusedServer()
{
    Subject subject;
    QSignalSpy secured(&subject.client, &TestClient::secured);
    subject.client.connectToServer(optionsFor(url(u"wss"_s)));
    QTRY_COMPARE(subject.endings.size(), 1);
    QCOMPARE(subject.ending().fault, Fault::TlsCertificate);
    QCOMPARE(subject.ending().certificates.size(), 1);
    QCOMPARE(subject.ending().certificates[0].fingerprint, fingerprint());
    QVERIFY(secured.isEmpty());
}

void TestTestClientSecure::showsACertificateOfItsOwn_data()
{
    QTest::addColumn<bool>("shown");
    QTest::newRow("the one that is asked for") << true;
    QTest::newRow("none") << false;
}

void TestTestClientSecure::showsACertificateOfItsOwn()
{
    QFETCH(bool, shown);
    QSslServer strict;
    QSslConfiguration configuration = m_server.sslConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    configuration.setCaCertificates({QSslCertificate(selfSignedCertificate)});
    strict.setSslConfiguration(configuration);
    QVERIFY(strict.listen(QHostAddress::LocalHost));
    QByteArray seen;
    connect(&strict, &QTcpServer::pendingConnectionAvailable, this, [&] {
        auto *socket = qobject_cast<QSslSocket *>(strict.nextPendingConnection());
        seen = socket->peerCertificate().digest(QCryptographicHash::Sha256).toHex(':').toUpper();
        auto *peer = new FakePeer(socket, &strict);
        peer->answer = [](FakePeer &p) { p.write(p.acceptance()); };
    });
    QFile key(m_folder.filePath(u"client.key"_s));
    QVERIFY(key.open(QIODevice::WriteOnly) && key.write(selfSignedKey) > 0);
    key.close();
    Subject subject;
    TestClientOptions options = optionsFor(QUrl(u"wss://localhost:%1/"_s.arg(strict.serverPort())));
    options.trust = {.system = false, .authorities = authorities()};
    if (shown) {
        options.trust.certFile = authorities();
        options.trust.keyFile = key.fileName();
    }
    subject.client.connectToServer(options);
    QTRY_VERIFY(subject.isOpen() || !subject.endings.isEmpty());
    QCOMPARE(subject.isOpen(), shown);
    QCOMPARE(seen, shown ? fingerprint() : QByteArray());
    subject.client.abort();
}

void TestTestClientSecure::goesThroughAProxy()
{
    for (const bool socks : {false, true}) {
        FakeProxy proxy(socks);
        proxy.target = m_server.serverPort();
        Subject subject;
        TestClientOptions options = optionsFor(url(u"wss"_s));
        options.trust = {.system = false, .authorities = authorities()};
        options.proxy = {.kind = socks ? TestClientProxy::Kind::Socks5 : TestClientProxy::Kind::Http,
                         .host = u"127.0.0.1"_s,
                         .port = proxy.port(),
                         .user = {},
                         .password = {}};
        subject.client.connectToServer(options);
        QTRY_VERIFY(subject.isOpen());
        QCOMPARE(proxy.asked, QByteArrayList{"localhost:" + QByteArray::number(m_server.serverPort())});
        m_peers.last()->send(Opcode::Text, "through it");
        QTRY_COMPARE(subject.messages.size(), 1);
        subject.client.abort();
    }
}

QTEST_GUILESS_MAIN(TestTestClientSecure)
#include "tst_testclientsecure.moc"
