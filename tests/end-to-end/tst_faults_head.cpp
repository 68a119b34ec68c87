// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/end-to-end/faultrows.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

// The head is changed as a proxy on the way would do it.
template <int which>
QByteArray changed(QByteArray bytes)
{
    if constexpr (which == 0)
        return bytes.replace("Upgrade: websocket\r\n", "");
    else if constexpr (which == 1)
        return bytes.replace("Connection: Upgrade\r\n", "Connection: close\r\n");
    else if constexpr (which == 2)
        return bytes.replace("\r\n\r\n", "\r\nHost: other\r\n\r\n");
    else if constexpr (which == 3)
        return bytes.replace("/echo", "/inner/echo");
    else if constexpr (which == 4)
        return bytes.replace("HTTP/1.1", "HTTP/1.0").replace("Upgrade: websocket\r\n", "");
    else if constexpr (which == 5)
        return bytes.replace("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\nhello");
    else if constexpr (which == 6)
        return bytes.replace("\r\n\r\n", "\r\nOrigin: http://changed.example\r\n\r\n");
    else if constexpr (which == 7)
        return bytes.replace("GET ", "POST ");
    else if constexpr (which == 8)
        return bytes.replace("\r\n", "\n");
    else if constexpr (which == 9)
        return bytes.replace("HTTP/1.1", "HTTP/2.0");
    else if constexpr (which == 10)
        return bytes.replace("Version: 13", "Version: 8");
    else
        return bytes.replace("\r\n\r\n", "\r\nX-Filler: " + QByteArray(20'000, 'x') + "\r\n\r\n");
}

template <int which>
void rewrite(FaultProxy &proxy)
{
    proxy.rewriteHead(changed<which>);
}

} // namespace

/// As tst_faults, in the head of a correct request.
class TestFaultsHead : public QObject
{
    Q_OBJECT

    FaultBench m_bench;

private slots:
    void cleanup() { m_bench.end(); }

    void beforeTheUpgrade_data();
    void beforeTheUpgrade();
};

void TestFaultsHead::beforeTheUpgrade_data()
{
    QTest::addColumn<Plan>("plan");
    QTest::addColumn<Truth>("truth");
    QTest::addColumn<QStringList>("options");

    early("end before the first byte", [](auto &p) { p.cutAt(toServer, 0, Cut::EndOfStream); }, {"no_data", "client"});
    early("end in the head", [](auto &p) { p.cutAt(toServer, 20, Cut::EndOfStream); }, {"head_abandoned", "client"});
    early("reset in the head", [](auto &p) { p.cutAt(toServer, 20, Cut::Reset); }, {"head_abandoned", "client"});
    early("end before the last byte of the head", [](auto &p) { p.cutAt(toServer, head.size() - 1, Cut::EndOfStream); },
          {"head_abandoned", "client"});
    early("end that only the server sees", [](auto &p) { p.cutAt(toServer, 20, Cut::EndOfStream, Side::Server); },
          {"head_abandoned", "client"});
    early("end right behind the head", [](auto &p) { p.cutAt(toServer, head.size(), Cut::EndOfStream, Side::Server); },
          {"client_vanished", "client"});
    early(
        "black hole from the start", [](auto &p) { p.dropAt(toServer, 0); }, {"head_timeout", "server", 0, 0, 408},
        hasty);
    early(
        "black hole in the head", [](auto &p) { p.dropAt(toServer, 20); }, {"head_timeout", "server", 0, 0, 408},
        hasty);
    early(
        "black hole for the answer", [](auto &p) { p.dropAt(toClient, 0); }, {"no_pong", "server", 0, 4007}, beats);
    early("head in drips, in time",
          [](auto &p) {
              p.drip(toServer);
              p.cutAt(toServer, head.size(), Cut::EndOfStream, Side::Client);
          },
          {"client_vanished", "client"});
    early(
        "head in drips, too slow", [](auto &p) { p.drip(toServer, 50); }, {"head_timeout", "server", 0, 0, 408}, hasty);

    early("first bytes become those of TLS",
          [](auto &p) {
              p.flipAt(toServer, 0, 'G' ^ 0x16);
              p.flipAt(toServer, 1, 'E' ^ 0x03);
          },
          {"tls_to_plain_port", "server", 0, 0, 400});
    early("first byte is no letter", [](auto &p) { p.flipAt(toServer, 0, 0x80); }, {"bad_head", "server", 0, 0, 400});
    early("byte of the key is changed", [](auto &p) { p.flipAt(toServer, head.indexOf("dGhl"), 'd' ^ '!'); },
          {"bad_upgrade", "server", 0, 0, 400});
    early("byte of the path is changed", [](auto &p) { p.flipAt(toServer, 5, 'e' ^ 'x'); },
          {"unknown_path", "server", 0, 0, 404});
    early("carriage return is lost", [](auto &p) { p.dropAt(toServer, head.indexOf('\r'), 1); },
          {"bad_head", "server", 0, 0, 400});
    early("NUL slips in", [](auto &p) { p.insertAt(toServer, head.indexOf("localhost"), QByteArray(1, '\0')); },
          {"bad_head", "server", 0, 0, 400});
    early("key comes twice",
          [](auto &p) {
              const qint64 at = head.indexOf("Sec-WebSocket-Key");
              p.repeatAt(toServer, at, head.indexOf("\r\n", at) + 2 - at);
          },
          {"bad_head", "server", 0, 0, 400});
    early("PROXY header from a stranger",
          [](auto &p) { p.insertAt(toServer, 0, "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n"); },
          {"bad_head", "server", 0, 0, 400});
    early("Upgrade is dropped", rewrite<0>, {"upgrade_expected", "server", 0, 0, 426});
    early("Connection is changed", rewrite<1>, {"bad_upgrade", "server", 0, 0, 400});
    early("second Host", rewrite<2>, {"bad_head", "server", 0, 0, 400});
    early("path is changed", rewrite<3>, {"unknown_path", "server", 0, 0, 404});
    early("HTTP/1.0 without Upgrade", rewrite<4>, {"upgrade_over_http10", "server", 0, 0, 426});
    early("body on the upgrade", rewrite<5>, {"bad_upgrade", "server", 0, 0, 400});
    early("Origin is added", rewrite<6>, {"origin_refused", "server", 4003, 4003});
    early("GET becomes POST", rewrite<7>, {"bad_upgrade", "server", 0, 0, 405});
    early("lines end with LF", rewrite<8>, {"bad_head", "server", 0, 0, 400});
    early("HTTP/2.0", rewrite<9>, {"bad_head", "server", 0, 0, 505});
    early("an old version of WebSocket", rewrite<10>, {"bad_upgrade", "server", 0, 0, 426});
    early("a header of 20 kB", rewrite<11>, {"bad_head", "server", 0, 0, 431});
}

void TestFaultsHead::beforeTheUpgrade()
{
    QFETCH(Plan, plan);
    QFETCH(Truth, truth);
    QFETCH(QStringList, options);
    m_bench.serve(options);
    plan(*m_bench.proxy);
    RawClient client(m_bench.proxy->port());
    client.send(head);
    verifyEnding(*m_bench.server, truth);
}

QTEST_GUILESS_MAIN(TestFaultsHead)
#include "tst_faults_head.moc"
