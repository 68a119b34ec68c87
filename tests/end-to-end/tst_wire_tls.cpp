// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificatefiles.h"
#include "tests/support/patience.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <memory>
#include <openssl/ssl.h>
#include <vector>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mebibyte = 1024 * 1024;

QByteArray describe(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

QByteArray get(QByteArrayView path) { return "GET " + path.toByteArray() + " HTTP/1.1\r\nHost: localhost\r\n\r\n"; }

QByteArray bigEndian(qsizetype number, int bytes)
{
    QByteArray text;
    for (int i = bytes - 1; i >= 0; --i)
        text += char(quint8(number >> (8 * i)));
    return text;
}

/// A hello with this version and one cipher, without extensions (RFC 5246 section 7.4.1.2).
QByteArray hello(const char *version)
{
    const QByteArray body = QByteArray::fromHex(version) + QByteArray(32, 'r') + QByteArray::fromHex("000002c0130100");
    const QByteArray message = '\x01' + bigEndian(body.size(), 3) + body;
    return QByteArray::fromHex("160301") + bigEndian(message.size(), 2) + message;
}

QByteArray fingerprint(const RawClient &client)
{
    return client.certificate().digest(QCryptographicHash::Sha256).toHex(':').toUpper();
}

} // namespace

/// TLS on the port that serves everything.
class TestWireTls : public QObject
{
    Q_OBJECT

    CertificateFiles m_certificates;
    std::unique_ptr<ServerProcess> m_server;

    void serve(const QStringList &options = {});
    [[nodiscard]] std::unique_ptr<RawClient> connectTls(int receiveBuffer = 0) const;
    [[nodiscard]] bool freshClientIsServed() const;
    [[nodiscard]] bool hasLogged(const QString &level, const QString &text) const;
    void verify(const QJsonObject &wanted, qsizetype count = 1);

private slots:
    void init() { QVERIFY(m_certificates.make(u"server"_s)); }
    void cleanup() { QVERIFY2(m_server->stop() == 0, m_server->output().constData()); }

    void echoes();
    void playsInARoom();
    void closesWithTheSameCodes_data();
    void closesWithTheSameCodes();
    void servesHttp_data();
    void servesHttp();
    void streamsFiles();
    void plainOnTheSamePort_data();
    void plainOnTheSamePort();
    void listeningLineNamesSecureAddresses();
    void showsTheCertificateThatWasMade();
    void handshakeFails_data();
    void handshakeFails();
    void clientRefusesTheCertificate();
    void reloadsTheCertificate();
    void keepsTheCertificateWhenTheNewOneIsBad_data();
    void keepsTheCertificateWhenTheNewOneIsBad();
    void slowReaderIsDropped();
    void floodOfKeyUpdates();
    void silentConnections();
    void flappingConnections();
};

void TestWireTls::serve(const QStringList &options)
{
    m_server = std::make_unique<ServerProcess>(m_certificates.options(u"server"_s) + options);
    QVERIFY2(m_server->start(), m_server->output().constData());
}

std::unique_ptr<RawClient> TestWireTls::connectTls(int receiveBuffer) const
{
    return std::make_unique<RawClient>(
        m_server->port(), RawClient::Options{.receiveBuffer = receiveBuffer, .tls = RawClient::trusting()});
}

bool TestWireTls::freshClientIsServed() const
{
    QElapsedTimer timer;
    timer.start();
    const auto client = connectTls();
    const bool upgraded = client->upgrade();
    client->sendText("hello");
    const bool served = upgraded && client->waitForMessages(1) && timer.elapsed() < patience * 1000;
    client->sendClose(1000);
    return client->waitForEnd() && served;
}

bool TestWireTls::hasLogged(const QString &level, const QString &text) const
{
    const QList<QJsonObject> lines = m_server->log(u"message"_s);
    return std::any_of(lines.begin(), lines.end(), [&](const QJsonObject &line) {
        return line.value("level"_L1) == level && line.value("text"_L1).toString().contains(text);
    });
}

void TestWireTls::verify(const QJsonObject &wanted, qsizetype count)
{
    const QJsonObject ending = m_server->ending(count);
    for (auto it = wanted.begin(); it != wanted.end(); ++it)
        QVERIFY2(ending.value(it.key()) == it.value(), describe(ending).constData());
    QCOMPARE(m_server->endings().size(), count);
}

void TestWireTls::echoes()
{
    serve();
    const auto client = connectTls();
    QVERIFY(client->upgrade());
    for (const int size : {0, 1, 125, 126, 16'384, 60'000}) {
        const QByteArray payload(size, 'x');
        client->sendFrame(Opcode::Binary, payload);
        client->sendText(payload);
        QVERIFY(client->waitForMessages(2));
        QVERIFY(client->waitForType(u"none"_s, 0).isEmpty()); // forgets them
    }
    for (int i = 0; i < 50; ++i)
        client->sendText(QByteArray::number(i));
    QVERIFY(client->waitForMessages(50));
    for (int i = 0; i < 50; ++i)
        QCOMPARE(client->messages().at(i).payload, QByteArray::number(i));
    client->sendClose(1000);
    QVERIFY(client->waitForEnd());
    QVERIFY(!client->serverBrokeTheRules());
    verify({{u"cause"_s, u"client_closed"_s}, {u"cleanly"_s, true}});
}

void TestWireTls::playsInARoom()
{
    serve();
    const auto ada = connectTls();
    QVERIFY(ada->upgrade("/ws/secure?name=ada"));
    QVERIFY(!ada->waitForType(u"connected"_s).isEmpty());
    RawClient bob(m_server->port()); // plain, into the same room
    QVERIFY(bob.upgrade("/ws/secure?name=bob"));
    QVERIFY(!bob.waitForType(u"connected"_s).isEmpty());
    QVERIFY(!ada->waitForType(u"player_joined"_s).isEmpty());
    ada->sendText(R"({"type":"move","data":{"x":1}})");
    QCOMPARE(bob.waitForType(u"move"_s).value("data"_L1).toObject().value("x"_L1).toInt(), 1);
    bob.sendText(R"({"type":"move","data":{"x":2}})");
    QCOMPARE(ada->waitForType(u"move"_s).value("data"_L1).toObject().value("x"_L1).toInt(), 2);
    ada->sendText(R"({"type":"leave"})");
    QVERIFY(ada->waitForEnd());
    QCOMPARE(int(ada->closeCode()), 1000);
    verify({{u"cause"_s, u"left_room"_s}});
}

void TestWireTls::closesWithTheSameCodes_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<int>("code");
    QTest::newRow("bad UTF-8") << QByteArray("/echo") << QByteArray("\xff") << u"invalid_utf8"_s << 1007;
    QTest::newRow("too big") << QByteArray("/echo") << QByteArray(70'000, 'x') << u"message_too_big"_s << 1009;
    QTest::newRow("leaves") << QByteArray("/ws/a") << QByteArray(R"({"type":"leave"})") << u"left_room"_s << 1000;
    QTest::newRow("no such room") << QByteArray("/ws/none") << QByteArray() << u"no_such_room"_s << 4004;
}

void TestWireTls::closesWithTheSameCodes()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, text);
    QFETCH(QString, cause);
    QFETCH(int, code);
    serve(code == 4004 ? QStringList{u"--no-auto-create"_s} : QStringList());
    const auto client = connectTls();
    QVERIFY(client->upgrade(target));
    if (!text.isEmpty())
        client->sendText(text);
    QVERIFY(client->waitForClose());
    QCOMPARE(int(client->closeCode()), code);
    QVERIFY(client->waitForEnd());
    verify({{u"cause"_s, cause}, {u"codeSent"_s, code}});
}

void TestWireTls::servesHttp_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("health") << QByteArray("/health") << 200 << QByteArray(R"("status":"ok")");
    QTest::newRow("page") << QByteArray("/") << 200 << QByteArray("<html");
    QTest::newRow("configuration") << QByteArray("/api/v1/config") << 200 << QByteArray(R"("webSocketUrl":"wss://)");
    QTest::newRow("nothing") << QByteArray("/nothing") << 404 << QByteArray();
}

void TestWireTls::servesHttp()
{
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    QFETCH(QByteArray, part);
    serve();
    const auto client = connectTls();
    QVERIFY(client->request(get(path)));
    QCOMPARE(client->response().status, status);
    QVERIFY(client->answerIsFramed());
    QVERIFY2(client->body().contains(part), client->body().constData());
    verify({{u"cause"_s, u"http_served"_s}, {u"httpStatus"_s, status}});
}

// Piece by piece, and one after the other over the same connection.
void TestWireTls::streamsFiles()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"large.bin"_s));
    QByteArray bytes(12 * mebibyte, 'x'); // more than the system takes at once
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i % 251);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    serve({u"--web-root"_s, folder.path()});
    const auto client = connectTls();
    for (int i = 0; i < 2; ++i) {
        QVERIFY(client->request(get("/large.bin")));
        QCOMPARE(client->response().status, 200);
        QVERIFY(client->answerIsFramed() && !client->ended());
        QVERIFY(client->body() == bytes);
        client->forgetAnswer();
    }
    QVERIFY(client->upgrade());
    client->sendText("hello");
    QVERIFY(client->waitForMessages(1));
}

void TestWireTls::plainOnTheSamePort_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<bool>("upgrades");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("cause");
    QTest::newRow("served") << u"serve"_s << false << 200 << u"http_served"_s;
    QTest::newRow("served, WebSocket") << u"serve"_s << true << 101 << u"client_closed"_s;
    QTest::newRow("redirected") << u"redirect"_s << false << 308 << u"plain_redirected"_s;
    QTest::newRow("redirected, WebSocket") << u"redirect"_s << true << 400 << u"plain_to_tls_port"_s;
    QTest::newRow("refused") << u"refuse"_s << false << 400 << u"plain_to_tls_port"_s;
    QTest::newRow("refused, WebSocket") << u"refuse"_s << true << 400 << u"plain_to_tls_port"_s;
}

void TestWireTls::plainOnTheSamePort()
{
    QFETCH(QString, mode);
    QFETCH(bool, upgrades);
    QFETCH(int, status);
    QFETCH(QString, cause);
    serve({u"--plain"_s, mode});
    RawClient client(m_server->port());
    const QByteArray last = get("/health?a=b").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    client.send(upgrades ? RawClient::upgradeHead("/echo") : last);
    QVERIFY(client.waitForResponse());
    QCOMPARE(client.response().status, status);
    if (status == 308)
        QCOMPARE(client.response().value("Location"), QByteArrayView("https://localhost/health?a=b"));
    if (status == 101)
        client.sendClose(1000);
    QVERIFY(client.waitForEnd());
    verify({{u"cause"_s, cause}, {u"httpStatus"_s, status == 101 ? 0 : status}});
    QVERIFY(freshClientIsServed());
}

void TestWireTls::listeningLineNamesSecureAddresses()
{
    serve();
    const QJsonObject line = m_server->listening();
    QVERIFY2(line.value("http"_L1).toString().startsWith(u"https://"_s), describe(line).constData());
    QVERIFY2(line.value("webSocket"_L1).toString().startsWith(u"wss://"_s), describe(line).constData());
}

void TestWireTls::showsTheCertificateThatWasMade()
{
    const QByteArray said = m_certificates.said();
    serve();
    const auto client = connectTls();
    QCOMPARE(fingerprint(*client).size(), 95);
    QVERIFY2(said.contains(fingerprint(*client)), said.constData());
    QVERIFY(client->certificate().subjectAlternativeNames().contains(QSsl::DnsEntry, u"localhost"_s));
}

void TestWireTls::handshakeFails_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("leaves");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("side");
    QTest::newRow("TLS 1.1") << hello("0302") << false << u"tls_version"_s << u"server"_s;
    QTest::newRow("TLS 1.0") << hello("0301") << false << u"tls_version"_s << u"server"_s;
    QTest::newRow("SSL 3") << hello("0300") << false << u"tls_version"_s << u"server"_s;
    QTest::newRow("no cipher in common") << hello("0303").replace(QByteArray::fromHex("c013"),
                                                                  QByteArray::fromHex("0004"))
                                         << false << u"tls_version"_s << u"server"_s;
    QTest::newRow("garbage behind the first byte")
        << QByteArray("\x16\x03\x01garbage, and more of it") << false << u"tls_broken"_s << u"server"_s;
    QTest::newRow("half a record") << hello("0303").first(20) << false << u"tls_timeout"_s << u"server"_s;
    QTest::newRow("one byte") << QByteArray("\x16") << false << u"tls_timeout"_s << u"server"_s;
    QTest::newRow("half a record, then gone") << hello("0303").first(20) << true << u"head_abandoned"_s << u"client"_s;
}

void TestWireTls::handshakeFails()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, leaves);
    QFETCH(QString, cause);
    QFETCH(QString, side);
    serve({u"--head-seconds"_s, u"1"_s});
    RawClient client(m_server->port());
    client.send(bytes);
    if (leaves)
        client.endStream();
    QVERIFY(client.waitForEnd());
    verify({{u"cause"_s, cause}, {u"side"_s, side}, {u"httpStatus"_s, 0}, {u"codeSent"_s, 0}});
    QVERIFY(freshClientIsServed());
}

void TestWireTls::clientRefusesTheCertificate()
{
    serve();
    QSslConfiguration strict = QSslConfiguration::defaultConfiguration();
    strict.setPeerVerifyMode(QSslSocket::VerifyPeer);
    strict.setHandshakeMustInterruptOnError(true); // only so it tells the server
    RawClient client(m_server->port(), {.tls = strict});
    QVERIFY(!client.connected());
    verify({{u"cause"_s, u"tls_certificate_refused"_s}, {u"side"_s, u"client"_s}});
}

void TestWireTls::reloadsTheCertificate()
{
    serve();
    const auto before = connectTls();
    QVERIFY(before->upgrade());
    const QByteArray old = fingerprint(*before);
    QVERIFY(m_certificates.make(u"server"_s)); // in the same files
    m_server->sendSignal(SIGHUP);
    QTRY_VERIFY(hasLogged(u"info"_s, u"in force"_s));
    const auto after = connectTls();
    QVERIFY(after->upgrade());
    QVERIFY(fingerprint(*after) != old);
    QVERIFY(m_certificates.said().contains(fingerprint(*after)));
    before->sendText("still there");
    QVERIFY(before->waitForMessages(1));
    QVERIFY(m_server->endings().isEmpty());
}

void TestWireTls::keepsTheCertificateWhenTheNewOneIsBad_data()
{
    QTest::addColumn<bool>("spoilsKey");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no certificate") << false << QByteArray("nothing");
    QTest::newRow("empty") << false << QByteArray();
    QTest::newRow("no key") << true << QByteArray("nothing");
    QTest::newRow("key of another certificate") << true << QByteArray("other");
}

void TestWireTls::keepsTheCertificateWhenTheNewOneIsBad()
{
    QFETCH(bool, spoilsKey);
    QFETCH(QByteArray, bytes);
    serve();
    const auto before = connectTls();
    QVERIFY(before->upgrade());
    if (bytes == "other") {
        QVERIFY(m_certificates.make(u"other"_s));
        QFile other(m_certificates.key(u"other"_s));
        QVERIFY(other.open(QIODevice::ReadOnly));
        bytes = other.readAll();
    }
    QFile file(spoilsKey ? m_certificates.key(u"server"_s) : m_certificates.certificate(u"server"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    m_server->sendSignal(SIGHUP);
    QTRY_VERIFY(hasLogged(u"error"_s, u"The configuration stays as it was"_s));
    QVERIFY(hasLogged(u"error"_s, file.fileName()));
    const auto after = connectTls();
    QVERIFY(after->upgrade());
    QCOMPARE(fingerprint(*after), fingerprint(*before));
    before->sendText("still there");
    QVERIFY(before->waitForMessages(1));
}

// defences.md 8: the queue counts what is encrypted, too.
void TestWireTls::slowReaderIsDropped()
{
    constexpr int readers = 5;
    serve({u"--message-rate"_s, u"0"_s, u"--byte-rate"_s, u"0"_s});
    QVERIFY(freshClientIsServed());
    const qint64 memory = m_server->residentBytes();
    qint64 most = memory;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < readers; ++i) {
        clients.push_back(connectTls(4096));
        QVERIFY(clients.back()->upgrade());
        clients.back()->stopReading();
    }
    const QByteArray payload(60'000, 'x');
    const auto push = [&] {
        for (const auto &client : clients) {
            if (client->unsent() == 0)
                client->sendFrame(Opcode::Binary, payload);
        }
        most = qMax(most, m_server->residentBytes());
        return m_server->endings().size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(push(), readers + 1, 60'000);
    const QList<QJsonObject> endings = m_server->endings().sliced(1);
    for (const QJsonObject &ending : endings) {
        QCOMPARE(ending.value("cause"_L1).toString(), u"read_too_slowly"_s);
        QVERIFY2(ending.value("queuedBytes"_L1).toInteger() < 2 * mebibyte, describe(ending).constData());
    }
    QVERIFY2(most - memory < 64 * mebibyte, qPrintable(u"%1 MiB more"_s.arg((most - memory) / mebibyte)));
    QVERIFY(freshClientIsServed());
}

// defences.md 1: plain Qt is dead after 31 of them.
// Qt's client can not do it.
void TestWireTls::floodOfKeyUpdates()
{
    serve();
    std::signal(SIGPIPE, SIG_IGN);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    BIO *bio = BIO_new_ssl_connect(context);
    BIO_set_conn_hostname(bio, ("127.0.0.1:" + QByteArray::number(m_server->port())).constData());
    const QByteArray head = RawClient::upgradeHead("/echo");
    QCOMPARE(BIO_write(bio, head.constData(), int(head.size())), head.size());
    QByteArray answer(4096, '\0');
    QVERIFY(BIO_read(bio, answer.data(), int(answer.size())) > 0);
    QVERIFY2(answer.startsWith("HTTP/1.1 101"), answer.constData());
    SSL *ssl = nullptr;
    BIO_get_ssl(bio, &ssl);
    int updates = 0;
    while (updates < 1'000'000 && SSL_key_update(ssl, SSL_KEY_UPDATE_NOT_REQUESTED) == 1 && SSL_do_handshake(ssl) == 1)
        ++updates;
    BIO_free_all(bio);
    SSL_CTX_free(context);
    QVERIFY2(updates < 1'000'000, "nobody ended it");
    verify({{u"cause"_s, u"tls_flood"_s},
            {u"side"_s, u"server"_s},
            {u"stage"_s, u"open"_s},
            {u"detail"_s, u"TLS: too many records without data"_s}});
    QVERIFY(freshClientIsServed());
}

void TestWireTls::silentConnections()
{
    serve(manyConnections() + QStringList{u"--head-seconds"_s, u"3"_s});
    QVERIFY(freshClientIsServed());
    const int descriptors = m_server->descriptors();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_server->port()));
        if (i % 2 == 1)
            clients.back()->send(hello("0303").first(30)); // the others are silent from the start
    }
    QVERIFY(freshClientIsServed());
    for (const auto &client : clients)
        QVERIFY(client->waitForEnd(10'000));
    QVERIFY(freshClientIsServed());
    QTRY_VERIFY(m_server->descriptors() <= descriptors + 2); // the file of the results and its journal
    QTRY_COMPARE(m_server->endings().size(), 203);
}

void TestWireTls::flappingConnections()
{
    serve(manyConnections());
    QVERIFY(freshClientIsServed());
    const int descriptors = m_server->descriptors();
    for (int i = 0; i < 250; ++i) {
        RawClient client(m_server->port());
        if (i % 3 == 0)
            client.send(hello("0303"));
        else if (i % 3 == 1)
            client.send(hello("0303").first(30));
        i % 2 == 0 ? client.resetStream() : client.endStream();
        if (i % 50 == 0)
            QVERIFY(freshClientIsServed());
    }
    QVERIFY(freshClientIsServed());
    QTRY_VERIFY(m_server->descriptors() <= descriptors + 2);
}

QTEST_GUILESS_MAIN(TestWireTls)
#include "tst_wire_tls.moc"
