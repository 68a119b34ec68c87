// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/end-to-end/faultrows.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// Faults are injected between a correct client and the server. For each the log has to name the cause, who ended it, and the
/// codes that were on the wire.
class TestFaults : public QObject
{
    Q_OBJECT

    FaultBench m_bench;

private slots:
    void cleanup() { m_bench.end(); }

    void behindTheUpgrade_data();
    void behindTheUpgrade();
};

void TestFaults::behindTheUpgrade_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<Truth>("truth");
    QTest::addColumn<QStringList>("options");

    // how streams end
    late("end", [](auto &p, auto &) { p.cutNow(Cut::EndOfStream); }, {"client_vanished", "client"});
    late("reset", [](auto &p, auto &) { p.cutNow(Cut::Reset); }, {"connection_reset", "client"});
    late("end that only the server sees", [](auto &p, auto &) { p.cutNow(Cut::EndOfStream, Side::Server); },
         {"client_vanished", "client"});
    late("reset that only the server sees", [](auto &p, auto &) { p.cutNow(Cut::Reset, Side::Server); },
         {"connection_reset", "client"});
    late("end in the header of a frame",
         [](auto &p, auto &c) {
             cutNext(p, 1, Cut::EndOfStream);
             c.sendText("hello");
         },
         {"client_vanished", "client"});
    late("reset in the mask",
         [](auto &p, auto &c) {
             cutNext(p, 4, Cut::Reset);
             c.sendText("hello");
         },
         {"connection_reset", "client"});
    late("end in the payload",
         [](auto &p, auto &c) {
             cutNext(p, 8, Cut::EndOfStream);
             c.sendText("hello");
         },
         {"client_vanished", "client"});
    late("reset in the payload",
         [](auto &p, auto &c) {
             cutNext(p, 8, Cut::Reset);
             c.sendText("hello");
         },
         {"connection_reset", "client"});
    late("end in the close frame",
         [](auto &p, auto &c) {
             cutNext(p, 7, Cut::EndOfStream);
             sayBye(c);
         },
         {"client_vanished", "client"});
    late("end right behind the close frame",
         [](auto &p, auto &c) {
             cutNext(p, 11, Cut::EndOfStream);
             sayBye(c);
         },
         {"client_closed", "client", 1000, 1000});
    late("reset right behind the close frame",
         [](auto &p, auto &c) {
             cutNext(p, 11, Cut::Reset);
             sayBye(c);
         },
         {"client_closed", "client", 1000, anyCode});

    // nothing comes any more
    late(
        "black hole to the server",
        [](auto &p, auto &c) {
            c.setAnswersPings(true);
            p.dropFromNow(toServer);
        },
        {"no_pong", "server", 0, 4007}, beats);
    late(
        "black hole to the client",
        [](auto &p, auto &c) {
            c.setAnswersPings(true);
            p.dropFromNow(toClient);
        },
        {"no_pong", "server", 0, 4007}, beats);
    late(
        "black hole in the middle of a message",
        [](auto &p, auto &c) {
            p.dropAt(toServer, p.taken(toServer) + 8);
            c.sendText("hello");
        },
        {"message_timeout", "server", 0, 4010}, impatient);
    late(
        "half-open: the client is gone",
        [](auto &p, auto &c) {
            p.hideEnd(toServer);
            c.resetStream();
        },
        {"no_pong", "server", 0, 4007}, beats);
    late(
        "pings are lost, and no more",
        [](auto &p, auto &c) {
            c.setAnswersPings(true);
            p.dropFromNow(toClient, 10);
        },
        {"no_pong", "server", 4007, 4007}, beats);
    late(
        "message in drips, too slow",
        [](auto &p, auto &c) {
            p.drip(toServer, 50);
            c.sendText(QByteArray(200, 'x'));
        },
        {"message_timeout", "server", 0, 4010}, impatient);
    late("everything in drips, in time",
         [](auto &p, auto &c) {
             p.drip(toServer);
             p.drip(toClient);
             c.sendText("hello");
             QVERIFY(c.waitForMessages(1));
             sayBye(c);
         },
         {"client_closed", "client", 1000, 1000});
    late("nobody reads what the server sends", pushUntilStuck, {"read_too_slowly", "server"}, small);

    // bytes are changed
    const auto flips = [](const char *name, Act act, const char *detail) {
        late(name, act, {"protocol_error", "server", 0, 1002, 0, detail}, {});
    };
    flips(
        "opcode is changed",
        [](auto &p, auto &c) {
            flipNext(p, 0, 0x02);
            c.sendText("hello");
        },
        "opcode");
    flips(
        "RSV is set",
        [](auto &p, auto &c) {
            flipNext(p, 0, 0x40);
            c.sendText("hello");
        },
        nullptr);
    flips(
        "mask bit is cleared",
        [](auto &p, auto &c) {
            flipNext(p, 1, 0x80);
            c.sendText("hello");
        },
        "mask");
    flips(
        "length is written too long",
        [](auto &p, auto &c) {
            p.insertNow(toServer, QByteArray::fromHex("81fe0005"));
            c.sendText("hello");
        },
        nullptr);
    flips(
        "text becomes a continuation",
        [](auto &p, auto &c) {
            flipNext(p, 0, 0x01);
            c.sendText("hello");
        },
        nullptr);
    flips(
        "FIN of a ping is cleared",
        [](auto &p, auto &c) {
            flipNext(p, 0, 0x80);
            c.sendFrame(Opcode::Ping, "hello");
        },
        nullptr);
    flips(
        "FIN of a text is cleared, another follows",
        [](auto &p, auto &c) {
            flipNext(p, 0, 0x80);
            c.sendText("hello");
            c.sendText("again");
        },
        nullptr);
    flips(
        "close code is changed",
        [](auto &p, auto &c) {
            flipNext(p, 7, 0xE8 ^ 0xED); // 1005
            sayBye(c);
        },
        nullptr);
    late("close reason is changed",
         [](auto &p, auto &c) {
             flipNext(p, 8, 0x80);
             sayBye(c);
         },
         {"invalid_utf8", "server", 0, 1007});
    flips(
        "stray byte between frames",
        [](auto &p, auto &c) {
            p.insertNow(toServer, "\xff");
            c.sendText("hello");
        },
        nullptr);
    late(
        "FIN of a text is cleared, nothing follows",
        [](auto &p, auto &c) {
            flipNext(p, 0, 0x80);
            c.sendText("hello");
        },
        {"message_timeout", "server", 4010, 4010}, impatient);
    late(
        "length is changed to more",
        [](auto &p, auto &c) {
            flipNext(p, 1, 0x08);
            c.sendText("hello");
        },
        {"message_timeout", "server", 0, 4010}, impatient);
    late(
        "byte of the payload is lost",
        [](auto &p, auto &c) {
            p.dropAt(toServer, p.taken(toServer) + 7, 1);
            c.sendFrame(Opcode::Binary, "hello");
        },
        {"message_timeout", "server", 0, 4010}, impatient);
    late("byte of a text is changed",
         [](auto &p, auto &c) {
             flipNext(p, 7, 0x80);
             c.sendText("hello");
         },
         {"invalid_utf8", "server", 0, 1007});
    late("mask is changed",
         [](auto &p, auto &c) {
             flipNext(p, 2, 0x80);
             c.sendText("hello");
         },
         {"invalid_utf8", "server", 0, 1007});
    late("length is changed to 100 MB",
         [](auto &p, auto &c) {
             p.insertNow(toServer, QByteArray::fromHex("82ff0000000005f5e100"));
             c.sendText("hello");
         },
         {"message_too_big", "server", 0, 1009});

    // bytes too many, bytes too few
    late("message comes twice",
         [](auto &p, auto &c) {
             p.repeatAt(toServer, p.taken(toServer), 11);
             c.sendText("hello");
             QVERIFY(c.waitForMessages(2));
             sayBye(c);
         },
         {"client_closed", "client", 1000, 1000});
    late("message is lost",
         [](auto &p, auto &c) {
             p.dropFromNow(toServer, 11);
             c.sendText("hello");
             sayBye(c);
             QVERIFY(c.waitForEnd());
             QVERIFY(c.messages().isEmpty());
         },
         {"client_closed", "client", 1000, 1000});
    late("message comes five thousand times",
         [](auto &p, auto &c) {
             p.insertNow(toServer, makeMaskedFrame(Opcode::Text, "hello", 1).repeated(5'000));
             QVERIFY(c.waitForEnd());
         },
         {"message_rate_exceeded", "server", 4002, 4002});
    late("ping comes two hundred times",
         [](auto &p, auto &c) {
             p.insertNow(toServer, makeMaskedFrame(Opcode::Ping, "hello", 1).repeated(200));
             QVERIFY(c.waitForEnd());
         },
         {"control_rate_exceeded", "server", 1008, 1008});
    late("fragment comes two thousand times",
         [](auto &p, auto &) {
             p.insertNow(toServer,
                         makeMaskedFrame(Opcode::Text, "a", 1, false)
                             + makeMaskedFrame(Opcode::Continuation, "a", 1, false).repeated(2000));
         },
         {"too_many_fragments", "server", 0, 1008});
    late("more comes behind the close frame",
         [](auto &p, auto &c) {
             p.insertAt(toServer, p.taken(toServer) + 11, makeMaskedFrame(Opcode::Text, "late", 1));
             sayBye(c);
         },
         {"client_closed", "client", 1000, 1000});
    late("garbage comes behind the close frame",
         [](auto &p, auto &c) {
             p.insertAt(toServer, p.taken(toServer) + 11, QByteArray(100, '\xff'));
             sayBye(c);
         },
         {"client_closed", "client", 1000, 1000});
    late("close frame comes twice",
         [](auto &p, auto &c) {
             p.repeatAt(toServer, p.taken(toServer), 11);
             sayBye(c);
         },
         {"client_closed", "client", 1000, 1000});

    // close frames are swallowed
    late("close frame of the client is lost",
         [](auto &p, auto &c) {
             p.dropFromNow(toServer, 11);
             sayBye(c);
             c.endStream();
         },
         {"client_vanished", "client"});
    late("close frame of the server is lost",
         [](auto &p, auto &c) {
             p.dropFromNow(toClient);
             c.sendFrame(Opcode::Text, "\xff");
         },
         {"invalid_utf8", "server", 0, 1007});
    late(
        "answer of the client is lost",
        [](auto &p, auto &c) {
            const qint64 behindPing = p.taken(toServer);
            p.dropAt(toServer, behindPing);
            QVERIFY(c.waitForClose(10'000));
        },
        {"no_pong", "server", 0, 4007}, beats);
    late("answer of the server is lost",
         [](auto &p, auto &c) {
             p.dropFromNow(toClient);
             sayBye(c);
         },
         {"client_closed", "client", 1000, 1000});
}

void TestFaults::behindTheUpgrade()
{
    QFETCH(Act, act);
    QFETCH(Truth, truth);
    QFETCH(QStringList, options);
    m_bench.serve(options);
    RawClient client(m_bench.proxy->port());
    QVERIFY(client.upgrade());
    act(*m_bench.proxy, client);
    verifyEnding(*m_bench.server, truth);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
