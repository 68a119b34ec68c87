// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/end-to-end/faultrows.h"
#include "tests/support/certificatefiles.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// As tst_faults, over TLS: what goes through the proxy is ciphertext.
class TestFaultsTls : public QObject
{
    Q_OBJECT

    FaultBench m_bench;
    CertificateFiles m_certificate;

private slots:
    void initTestCase() { QVERIFY(m_certificate.make(u"server"_s)); }
    void cleanup() { m_bench.end(); }

    void inTheHandshake_data();
    void inTheHandshake();
    void behindTheUpgrade_data();
    void behindTheUpgrade();
};

void TestFaultsTls::inTheHandshake_data()
{
    QTest::addColumn<Plan>("plan");
    QTest::addColumn<Truth>("truth");
    QTest::addColumn<QStringList>("options");

    // A record: type, version (2), length (2); in it: type of the message, length (3), version (2), random (32), …
    early("end in the hello", [](auto &p) { p.cutAt(toServer, 100, Cut::EndOfStream); },
          {"head_abandoned", "client", 0, 0, 0, "in the TLS handshake"});
    early("reset in the hello", [](auto &p) { p.cutAt(toServer, 100, Cut::Reset); },
          {"head_abandoned", "client", 0, 0, 0, "in the TLS handshake"});
    early("end behind one byte", [](auto &p) { p.cutAt(toServer, 1, Cut::EndOfStream); },
          {"head_abandoned", "client", 0, 0, 0, "in the TLS handshake"});
    early(
        "black hole in the hello", [](auto &p) { p.dropAt(toServer, 100); }, {"tls_timeout", "server"}, hasty);
    early(
        "black hole for the server's hello", [](auto &p) { p.dropAt(toClient, 0); }, {"tls_timeout", "server"}, hasty);
    early(
        "black hole in the server's hello", [](auto &p) { p.dropAt(toClient, 100); }, {"tls_timeout", "server"}, hasty);
    early(
        "hello in drips, too slow", [](auto &p) { p.drip(toServer, 50); }, {"tls_timeout", "server"}, hasty);
    early("hello in drips, in time",
          [](auto &p) {
              p.drip(toServer, 1, 16);
              p.drip(toClient, 1, 64);
          },
          {"client_closed", "client", 1000, 1000}, {u"--head-seconds"_s, u"60"_s});
    early("first byte is that of a request", [](auto &p) { p.flipAt(toServer, 0, 0x16 ^ 'G'); },
          {"bad_head", "server", 0, 0, 400});
    early("type of the hello is changed", [](auto &p) { p.flipAt(toServer, 5, 0x40); }, {"tls_broken", "server"});
    early("byte too many in the hello", [](auto &p) { p.insertAt(toServer, 60, "x"); }, {"tls_broken", "server"});
    early(
        "record is announced longer", [](auto &p) { p.flipAt(toServer, 3, 0x10); }, {"tls_timeout", "server"}, hasty);
    early("record is announced too long", [](auto &p) { p.flipAt(toServer, 3, 0x80); }, {"tls_broken", "server"});
    early("version of the record is changed", [](auto &p) { p.flipAt(toServer, 1, 0x50); }, {"tls_broken", "server"});
    early("byte of the random is changed", [](auto &p) { p.flipAt(toServer, 20, 0x01); }, {"tls_broken", "server"});
    early("hello of the server is changed", [](auto &p) { p.flipAt(toClient, 20, 0x01); }, {"tls_broken", "server"});
    early("garbage in front of the hello", [](auto &p) { p.insertAt(toServer, 0, "\x16garbage of some length"); },
          {"tls_broken", "server"});
    early("end when the server has said hello", [](auto &p) { p.cutAt(toClient, 50, Cut::EndOfStream); },
          {"head_abandoned", "client", 0, 0, 0, "in the TLS handshake"});
}

void TestFaultsTls::inTheHandshake()
{
    QFETCH(Plan, plan);
    QFETCH(Truth, truth);
    QFETCH(QStringList, options);
    m_bench.serve(options + m_certificate.options(u"server"_s));
    plan(*m_bench.proxy);
    RawClient client(m_bench.proxy->port(), {.tls = RawClient::trusting()});
    if (client.connected() && client.upgrade())
        sayBye(client);
    verifyEnding(*m_bench.server, truth);
}

void TestFaultsTls::behindTheUpgrade_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<Truth>("truth");
    QTest::addColumn<QStringList>("options");

    late("end without close_notify", [](auto &p, auto &) { p.cutNow(Cut::EndOfStream); },
         {"client_vanished", "client"});
    late("reset", [](auto &p, auto &) { p.cutNow(Cut::Reset); }, {"connection_reset", "client"});
    late("end in a record",
         [](auto &p, auto &c) {
             cutNext(p, 10, Cut::EndOfStream);
             c.sendText("hello");
         },
         {"client_vanished", "client"});
    late("reset in a record",
         [](auto &p, auto &c) {
             cutNext(p, 10, Cut::Reset);
             c.sendText("hello");
         },
         {"connection_reset", "client"});
    late("byte of a record is changed",
         [](auto &p, auto &c) {
             flipNext(p, 10, 0x01);
             c.sendText("hello");
         },
         {"tls_broken", "network", 0, 0, 0, "TLS: "});
    late("type of a record is changed",
         [](auto &p, auto &c) {
             flipNext(p, 0, 0x40);
             c.sendText("hello");
         },
         {"tls_broken", "network"});
    late("length of a record is changed",
         [](auto &p, auto &c) {
             flipNext(p, 4, 0x01);
             c.sendText("hello");
             c.sendText("again");
         },
         {"tls_broken", "network"});
    late("record comes twice",
         [](auto &p, auto &c) {
             p.repeatAt(toServer, p.taken(toServer), 33); // 5 + 11 + 1 + 16
             c.sendText("hello");
         },
         {"tls_broken", "network"});
    late("record is lost",
         [](auto &p, auto &c) {
             p.dropFromNow(toServer, 33);
             c.sendText("hello");
             c.sendText("again");
         },
         {"tls_broken", "network"});
    late("plain bytes slip in",
         [](auto &p, auto &) { p.insertNow(toServer, makeMaskedFrame(Opcode::Text, "hello", 1)); },
         {"tls_broken", "network"});
    late(
        "black hole to the server",
        [](auto &p, auto &c) {
            c.setAnswersPings(true);
            p.dropFromNow(toServer);
        },
        {"no_pong", "server", 0, 4007}, beats);
    late(
        "black hole in a record",
        [](auto &p, auto &c) {
            c.setAnswersPings(true);
            p.dropAt(toServer, p.taken(toServer) + 10);
            c.sendText("hello");
        },
        {"no_pong", "server", 0, 4007}, beats);
    late(
        "half-open: the client is gone",
        [](auto &p, auto &c) {
            p.hideEnd(toServer);
            c.resetStream();
        },
        {"no_pong", "server", 0, 4007}, beats);
    late("nobody reads what the server sends", pushUntilStuck, {"read_too_slowly", "server"}, small);
    late("everything in drips, in time",
         [](auto &p, auto &c) {
             p.drip(toServer, 1, 16);
             p.drip(toClient, 1, 16);
             c.sendText("hello");
             QVERIFY(c.waitForMessages(1));
             sayBye(c);
         },
         {"client_closed", "client", 1000, 1000});
    late("close frame of the client is lost",
         [](auto &p, auto &c) {
             const qint64 before = p.taken(toServer);
             p.dropFromNow(toServer);
             sayBye(c);
             QTRY_VERIFY(p.taken(toServer) > before);
             p.cutNow(Cut::EndOfStream);
         },
         {"client_vanished", "client"});
    late("answer of the server is lost",
         [](auto &p, auto &c) {
             p.dropFromNow(toClient);
             sayBye(c);
         },
         {"client_closed", "client", 1000, 1000});
    late("reset right behind the close frame",
         [](auto &p, auto &c) {
             cutNext(p, 33, Cut::Reset); // 5 + 11 + 1 + 16
             sayBye(c);
         },
         {"client_closed", "client", 1000, anyCode});
}

void TestFaultsTls::behindTheUpgrade()
{
    QFETCH(Act, act);
    QFETCH(Truth, truth);
    QFETCH(QStringList, options);
    m_bench.serve(options + m_certificate.options(u"server"_s));
    RawClient client(m_bench.proxy->port(), {.tls = RawClient::trusting()});
    QVERIFY(client.upgrade());
    act(*m_bench.proxy, client);
    verifyEnding(*m_bench.server, truth);
}

QTEST_GUILESS_MAIN(TestFaultsTls)
#include "tst_faults_tls.moc"
