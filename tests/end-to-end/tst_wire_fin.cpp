// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificatefiles.h"
#include "tests/support/serverprocess.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <arpa/inet.h>
#include <memory>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray bytesOf(qsizetype size)
{
    QByteArray bytes(size, 'x');
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 7 % 253);
    return bytes;
}

enum class End : quint8 { None, Fin, FinLater, CloseNotify, CloseNotifyAndFin };

/// A client that blocks, so that it decides which bytes stand in one segment, and how its side of the stream ends.
class BlockingClient
{
public:
    BlockingClient(quint16 port, bool tls, int receiveBuffer) : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const timeval most{20, 0};
        ::setsockopt(m_fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
        if (receiveBuffer > 0)
            ::setsockopt(m_fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_good = ::connect(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
        if (tls && m_good)
            startTls();
    }
    ~BlockingClient()
    {
        SSL_free(m_ssl);
        SSL_CTX_free(m_context);
        ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(BlockingClient)

    [[nodiscard]] bool isGood() const { return m_good; }

    /// The request, and what ends this side, in one piece as far as that can be.
    void ask(const QByteArray &request, End end)
    {
        QByteArray bytes = request;
        if (m_ssl != nullptr) {
            SSL_write(m_ssl, request.constData(), int(request.size()));
            if (end == End::CloseNotify || end == End::CloseNotifyAndFin)
                SSL_shutdown(m_ssl);
            bytes = takeOut();
        }
        const bool isLast = end == End::Fin || end == End::CloseNotifyAndFin;
        push(bytes, isLast ? MSG_MORE : 0); // FIN goes with the last segment
        if (end != End::None && end != End::CloseNotify)
            ::shutdown(m_fd, SHUT_WR);
    }
    /// Up to the end of the stream, or −1 where it does not end in order.
    qsizetype readAll(bool slowly)
    {
        for (;;) {
            QByteArray raw(slowly ? 256 * 1024 : 1024 * 1024, Qt::Uninitialized);
            const ssize_t got = ::recv(m_fd, raw.data(), size_t(raw.size()), 0);
            if (got < 0)
                return -1;
            if (got == 0)
                return received.size();
            take(raw.first(got));
            if (slowly)
                QTest::qWait(1); // it shall be slow: nothing is waited for
        }
    }

    QByteArray received; ///< plain

private:
    int m_fd;
    SSL_CTX *m_context = nullptr;
    SSL *m_ssl = nullptr;
    BIO *m_in = nullptr;
    BIO *m_out = nullptr;
    bool m_good = false;

    void startTls()
    {
        m_context = SSL_CTX_new(TLS_client_method());
        m_ssl = SSL_new(m_context);
        m_in = BIO_new(BIO_s_mem());
        m_out = BIO_new(BIO_s_mem());
        SSL_set_bio(m_ssl, m_in, m_out);
        SSL_set_connect_state(m_ssl);
        while (m_good && SSL_do_handshake(m_ssl) != 1) {
            push(takeOut(), 0);
            QByteArray raw(16 * 1024, Qt::Uninitialized);
            const ssize_t got = ::recv(m_fd, raw.data(), size_t(raw.size()), 0);
            m_good = got > 0;
            if (m_good)
                BIO_write(m_in, raw.constData(), int(got));
        }
        push(takeOut(), 0);
    }
    QByteArray takeOut()
    {
        char *data = nullptr;
        const long size = BIO_get_mem_data(m_out, &data);
        const QByteArray bytes(data, size);
        (void)BIO_reset(m_out);
        return bytes;
    }
    void push(const QByteArray &bytes, int flags)
    {
        for (qsizetype at = 0; m_good && at < bytes.size();) {
            const ssize_t sent = ::send(m_fd, bytes.constData() + at, size_t(bytes.size() - at), flags | MSG_NOSIGNAL);
            m_good = sent > 0;
            at += sent;
        }
    }
    void take(const QByteArray &raw)
    {
        if (m_ssl == nullptr) {
            received += raw;
            return;
        }
        BIO_write(m_in, raw.constData(), int(raw.size()));
        char plain[SSL3_RT_MAX_PLAIN_LENGTH];
        for (int got = 0; (got = SSL_read(m_ssl, plain, sizeof plain)) > 0;)
            received.append(plain, got);
    }
};

} // namespace

/// Whoever says no more still gets what he asked for, all of it, however slowly he reads.
class TestWireFin : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    CertificateFiles m_certificates;
    const QByteArray m_large = bytesOf(6 * 1024 * 1024);
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<ServerProcess> m_portable;

    [[nodiscard]] static QByteArray get(const QByteArray &target, const QByteArray &headers = {})
    {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }

private slots:
    void initTestCase();
    void cleanupTestCase();
    void answersWholly_data();
    void answersWholly();
    void answersWhoReadsSlowly_data();
    void answersWhoReadsSlowly();
};

void TestWireFin::initTestCase()
{
    QVERIFY(m_certificates.make(u"server"_s));
    QFile file(m_folder.filePath(u"large.bin"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_large) == m_large.size());
    file.close();
    const QStringList options = manyConnections()
        + QStringList{u"--web-root"_s, m_folder.path(), u"--web-root-bytes"_s, u"0"_s}
        + m_certificates.options(u"server"_s);
    m_server = std::make_unique<ServerProcess>(options);
    QVERIFY2(m_server->start(), m_server->output().constData());
    qputenv("GLASSHOUSE_PORTABLE_TRANSPORT", "1");
    m_portable = std::make_unique<ServerProcess>(options);
    QVERIFY2(m_portable->start(), m_portable->output().constData());
    qunsetenv("GLASSHOUSE_PORTABLE_TRANSPORT");
}

void TestWireFin::cleanupTestCase()
{
    for (const auto &server : {m_server.get(), m_portable.get()})
        QVERIFY2(server->stop() == 0, server->output().constData());
}

void TestWireFin::answersWholly_data()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<End>("end");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("slowly");
    QTest::addColumn<QByteArray>("status");
    const std::pair<const char *, std::pair<QByteArray, QByteArray>> requests[] = {
        {"a page", {get("/style.css"), "200"}},
        {"a large file", {get("/large.bin"), "200"}},
        {"a large file, and the end", {get("/large.bin", "Connection: close\r\n"), "200"}},
        {"a page behind a large file", {get("/large.bin") + get("/style.css"), "200"}},
        {"a room", {"POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", "201"}},
        {"nothing there", {get("/nowhere"), "404"}},
        {"a broken head", {"nonsense\r\n\r\n", "400"}},
        {"a player's route", {get("/ws/blue"), "426"}},
    };
    const std::pair<const char *, std::pair<bool, End>> ends[] = {
        {"FIN", {false, End::Fin}},
        {"FIN, later", {false, End::FinLater}},
        {"TLS, FIN", {true, End::FinLater}},
        {"TLS, close_notify", {true, End::CloseNotify}},
        {"TLS, close_notify and FIN", {true, End::CloseNotifyAndFin}},
    };
    for (const auto &[what, request] : requests) {
        for (const auto &[how, end] : ends) {
            for (const bool slowly : {false, true})
                QTest::addRow("%s, %s%s", what, how, slowly ? ", slowly" : "")
                    << end.first << end.second << request.first << slowly << request.second;
        }
    }
}

void TestWireFin::answersWholly()
{
    QFETCH(bool, tls);
    QFETCH(End, end);
    QFETCH(QByteArray, request);
    QFETCH(bool, slowly);
    QFETCH(QByteArray, status);
    BlockingClient client(m_server->port(), tls, slowly ? 32 * 1024 : 0);
    QVERIFY(client.isGood());
    client.ask(request, end);
    QVERIFY(client.readAll(slowly) >= 0);
    QVERIFY2(client.received.startsWith("HTTP/1.1 " + status), client.received.left(200).constData());
    QCOMPARE(client.received.count("HTTP/1.1 "), request.count("HTTP/1.1\r\n") == 2 ? 2 : 1);
    if (request.contains("large"))
        QVERIFY(client.received.contains(m_large));
    else
        QVERIFY(client.received.size() > client.received.indexOf("\r\n\r\n") + 4);
}

void TestWireFin::answersWhoReadsSlowly_data()
{
    QTest::addColumn<bool>("portable");
    QTest::addColumn<bool>("tls");
    QTest::newRow("plain") << false << false;
    QTest::newRow("TLS") << false << true;
    QTest::newRow("plain, portable") << true << false;
    QTest::newRow("TLS, portable") << true << true;
}

void TestWireFin::answersWhoReadsSlowly()
{
    QFETCH(bool, portable);
    QFETCH(bool, tls);
    BlockingClient client((portable ? m_portable : m_server)->port(), tls, 32 * 1024);
    QVERIFY(client.isGood());
    client.ask(get("/large.bin", "Connection: close\r\n"), End::None);
    QVERIFY(client.readAll(true) >= 0);
    QVERIFY(client.received.endsWith(m_large));
}

QTEST_GUILESS_MAIN(TestWireFin)
#include "tst_wire_fin.moc"
