// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/scripted.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;

/// The client's side of the opening handshake (RFC 6455 section 4.1, RFC 7692 sections 5 and 7.1), against a scripted server: what
/// each answer must come to, however it is cut.
class TestOpeningConformance final : public QObject
{
    Q_OBJECT
private slots:
    void judgesAnswers_data();
    void judgesAnswers();
    void offersCompression_data();
    void offersCompression();
    void judgesCompression_data();
    void judgesCompression();
    void readsFramesBehindTheHead();
};

namespace {

constexpr auto opens = Fault::Vanished; // it does, and then the stream ends

/// An answer whose lines may be left out or replaced: "@" stands for the right Sec-WebSocket-Accept.
QByteArray answer(const QByteArray &more = {}, const QByteArray &upgrade = "Upgrade: websocket\r\n",
                  const QByteArray &connection = "Connection: Upgrade\r\n",
                  const QByteArray &accept = "Sec-WebSocket-Accept: @\r\n",
                  const QByteArray &status = "HTTP/1.1 101 Switching Protocols\r\n")
{
    return status + upgrade + connection + accept + more + "\r\n";
}

TestClientOptions withSubprotocols()
{
    TestClientOptions options = Scripted::options();
    options.subprotocols = {"chat", "v2.chat"};
    return options;
}

/// Answers, and ends the stream.
TestClientEnding endingOf(const TestClientOptions &options, QByteArray bytes, qsizetype pieces,
                          std::optional<DeflateParameters> *agreed = nullptr)
{
    Scripted server;
    server.pieces = pieces;
    QObject::connect(&server.client, &TestClient::opened, &server.client, [&] {
        if (agreed != nullptr)
            *agreed = server.client.compression();
    });
    server.begin(options);
    server.says(bytes.replace('@', server.accept()));
    if (server.endings.isEmpty())
        server.stream().peerEnds(StreamEnd::EndOfStream);
    return server.ending();
}

} // namespace

void TestOpeningConformance::judgesAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Fault>("fault");
    const QByteArray upgrade = "Upgrade: websocket\r\n";
    const QByteArray connection = "Connection: Upgrade\r\n";
    const QByteArray accept = "Sec-WebSocket-Accept: @\r\n";
    QTest::newRow("as in the RFC") << answer() << opens;
    QTest::newRow("another reason") << answer({}, upgrade, connection, accept, "HTTP/1.1 101 Welcome\r\n") << opens;
    QTest::newRow("no reason") << answer({}, upgrade, connection, accept, "HTTP/1.1 101 \r\n") << opens;
    QTest::newRow("names in small letters")
        << answer({}, "upgrade: websocket\r\n", "connection: upgrade\r\n", "sec-websocket-accept: @\r\n") << opens;
    QTest::newRow("names in capitals") << answer({}, "UPGRADE: websocket\r\n", "CONNECTION: Upgrade\r\n",
                                                 "SEC-WEBSOCKET-ACCEPT: @\r\n")
                                       << opens;
    QTest::newRow("values in capitals") << answer({}, "Upgrade: WebSocket\r\n", "Connection: UPGRADE\r\n") << opens;
    QTest::newRow("no space behind the colon")
        << answer({}, "Upgrade:websocket\r\n", "Connection:Upgrade\r\n", "Sec-WebSocket-Accept:@\r\n") << opens;
    QTest::newRow("much space around values")
        << answer({}, "Upgrade:   websocket  \r\n", "Connection:\tUpgrade\t\r\n") << opens;
    QTest::newRow("a list of connection options")
        << answer({}, upgrade, "Connection: keep-alive, Upgrade\r\n") << opens;
    QTest::newRow("two Connection headers")
        << answer({}, upgrade, "Connection: keep-alive\r\nConnection: Upgrade\r\n") << opens;
    QTest::newRow("another order") << answer({}, accept, upgrade, connection) << opens;
    QTest::newRow("headers that mean nothing") << answer("Server: x\r\nDate: today\r\nX-A: b\r\n") << opens;
    QTest::newRow("an empty header") << answer("X-Empty:\r\n") << opens;
    QTest::newRow("a cookie") << answer("Set-Cookie: a=b\r\nSet-Cookie: c=d\r\n") << opens;
    QTest::newRow("99 headers") << answer(QByteArray("X: y\r\n").repeated(90)) << opens;

    QTest::newRow("HTTP/1.0, as some servers write whatever they speak")
        << answer({}, upgrade, connection, accept, "HTTP/1.0 101 Switching Protocols\r\n") << opens;

    QTest::newRow("no Upgrade") << answer({}, {}) << Fault::MissingUpgrade;
    QTest::newRow("an empty Upgrade") << answer({}, "Upgrade:\r\n") << Fault::MissingUpgrade;
    QTest::newRow("another Upgrade") << answer({}, "Upgrade: h2c\r\n") << Fault::MissingUpgrade;
    QTest::newRow("nearly that Upgrade") << answer({}, "Upgrade: websockets\r\n") << Fault::MissingUpgrade;
    QTest::newRow("no Connection") << answer({}, upgrade, {}) << Fault::MissingUpgrade;
    QTest::newRow("another Connection") << answer({}, upgrade, "Connection: keep-alive\r\n") << Fault::MissingUpgrade;
    QTest::newRow("a Connection that holds the word")
        << answer({}, upgrade, "Connection: NoUpgrade\r\n") << Fault::MissingUpgrade;
    QTest::newRow("neither") << answer({}, {}, {}) << Fault::MissingUpgrade;
    QTest::newRow("no Accept") << answer({}, upgrade, connection, {}) << Fault::WrongAccept;
    QTest::newRow("an empty Accept") << answer({}, upgrade, connection, "Sec-WebSocket-Accept:\r\n")
                                     << Fault::WrongAccept;
    QTest::newRow("the Accept of another")
        << answer({}, upgrade, connection, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
        << Fault::WrongAccept;
    QTest::newRow("half an Accept") << answer({}, upgrade, connection, "Sec-WebSocket-Accept: @x\r\n")
                                    << Fault::WrongAccept;
    QTest::newRow("the Accept in quotes")
        << answer({}, upgrade, connection, "Sec-WebSocket-Accept: \"@\"\r\n") << Fault::WrongAccept;

    QTest::newRow("a subprotocol that was offered") << answer("Sec-WebSocket-Protocol: chat\r\n") << opens;
    QTest::newRow("the other one") << answer("Sec-WebSocket-Protocol: v2.chat\r\n") << opens;
    QTest::newRow("one that was not") << answer("Sec-WebSocket-Protocol: talk\r\n") << Fault::UnofferedSubprotocol;
    QTest::newRow("one in other letters") << answer("Sec-WebSocket-Protocol: Chat\r\n") << Fault::UnofferedSubprotocol;
    QTest::newRow("both") << answer("Sec-WebSocket-Protocol: chat, v2.chat\r\n") << Fault::UnofferedSubprotocol;
    QTest::newRow("one twice") << answer("Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: chat\r\n")
                               << Fault::UnofferedSubprotocol;
    QTest::newRow("an extension") << answer("Sec-WebSocket-Extensions: x-other\r\n") << Fault::UnofferedExtension;
    QTest::newRow("compression that was not offered")
        << answer("Sec-WebSocket-Extensions: permessage-deflate\r\n") << Fault::UnofferedExtension;
    QTest::newRow("compression of browsers long ago")
        << answer("Sec-WebSocket-Extensions: x-webkit-deflate-frame\r\n") << Fault::UnofferedExtension;
    QTest::newRow("an empty list of extensions") << answer("Sec-WebSocket-Extensions:\r\n") << opens;

    const std::pair<const char *, Fault> statuses[] = {
        {"100 Continue", Fault::HttpOther},
        {"200 OK", Fault::Http200},
        {"204 No Content", Fault::Http200},
        {"301 Moved", Fault::HttpOther},
        {"400 Bad Request", Fault::Http400},
        {"401 Unauthorized", Fault::Http401},
        {"403 Forbidden", Fault::Http403},
        {"404 Not Found", Fault::Http404},
        {"405 Method Not Allowed", Fault::HttpOther},
        {"426 Upgrade Required", Fault::Http426},
        {"429 Too Many Requests", Fault::Http429},
        {"500 Internal Server Error", Fault::HttpServerError},
        {"502 Bad Gateway", Fault::HttpUnavailable},
        {"503 Service Unavailable", Fault::HttpUnavailable},
        {"504 Gateway Timeout", Fault::HttpUnavailable},
    };
    for (const auto &[status, fault] : statuses)
        QTest::newRow(status) << "HTTP/1.1 "_ba + status + "\r\nContent-Length: 0\r\n\r\n" << fault;
    QTest::newRow("302 with Location") << "HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"_ba
                                       << Fault::HttpRedirect;

    QTest::newRow("HTTP/2") << answer({}, upgrade, connection, accept, "HTTP/2 101 Switching Protocols\r\n")
                            << Fault::BadResponseHead;
    QTest::newRow("a status of two digits")
        << answer({}, upgrade, connection, accept, "HTTP/1.1 10 OK\r\n") << Fault::BadResponseHead;
    QTest::newRow("a status of four digits")
        << answer({}, upgrade, connection, accept, "HTTP/1.1 1010 OK\r\n") << Fault::BadResponseHead;
    QTest::newRow("no status") << answer({}, upgrade, connection, accept, "HTTP/1.1 OK\r\n") << Fault::BadResponseHead;
    QTest::newRow("a folded header") << answer("X: a\r\n b\r\n") << Fault::BadResponseHead;
    QTest::newRow("a header without a colon") << answer("nothing\r\n") << Fault::BadResponseHead;
    QTest::newRow("a space in front of the colon") << answer("X : a\r\n") << Fault::BadResponseHead;
    QTest::newRow("a NUL in a value") << answer("X: a" + QByteArray(1, '\0') + "\r\n") << Fault::BadResponseHead;
    QTest::newRow("line feeds alone") << answer().replace("\r\n", "\n") << Fault::BadResponseHead;
    QTest::newRow("over 100 headers") << answer(QByteArray("X: y\r\n").repeated(101)) << Fault::BadResponseHead;
    QTest::newRow("over 16 KiB") << answer("X: " + QByteArray(17'000, 'x') + "\r\n") << Fault::BadResponseHead;
    QTest::newRow("it ends in the middle") << answer().chopped(4) << Fault::BadResponseHead;
    QTest::newRow("nothing") << QByteArray() << Fault::NoAnswer;
    QTest::newRow("another protocol") << "SSH-2.0-OpenSSH_9\r\n"_ba << Fault::NotHttp;
    QTest::newRow("a TLS alert") << QByteArray::fromHex("15030100020228") << Fault::PlainToTlsPort;
    QTest::newRow("frames at once") << makeFrame(Opcode::Text, "hello") << Fault::NotHttp;
}

void TestOpeningConformance::judgesAnswers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(TestClientFault, fault);
    for (const qsizetype pieces : {0, 1, 7}) {
        const TestClientEnding ending = endingOf(withSubprotocols(), bytes, pieces);
        QCOMPARE(ending.fault, fault);
        QCOMPARE(ending.stage == TestClientState::Open, fault == opens);
        QVERIFY(ending.wasAsked);
    }
}

void TestOpeningConformance::offersCompression_data()
{
    QTest::addColumn<bool>("serverAnew");
    QTest::addColumn<bool>("clientAnew");
    QTest::addColumn<int>("serverBits");
    QTest::addColumn<int>("clientBits");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("plain") << false << false << 15 << 15 << "permessage-deflate; client_max_window_bits"_ba;
    QTest::newRow("the server without takeover")
        << true << false << 15 << 15 << "permessage-deflate; server_no_context_takeover; client_max_window_bits"_ba;
    QTest::newRow("the client without takeover")
        << false << true << 15 << 15 << "permessage-deflate; client_no_context_takeover; client_max_window_bits"_ba;
    QTest::newRow("a small window of the server")
        << false << false << 9 << 15 << "permessage-deflate; server_max_window_bits=9; client_max_window_bits"_ba;
    QTest::newRow("a small window of the client")
        << false << false << 15 << 10 << "permessage-deflate; client_max_window_bits=10"_ba;
    QTest::newRow("all") << true << true << 12 << 11
                         << "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                            "server_max_window_bits=12; client_max_window_bits=11"_ba;
}

void TestOpeningConformance::offersCompression()
{
    QFETCH(bool, serverAnew);
    QFETCH(bool, clientAnew);
    QFETCH(int, serverBits);
    QFETCH(int, clientBits);
    QFETCH(QByteArray, line);
    TestClientOptions options = Scripted::options();
    Scripted without;
    without.begin(options);
    QVERIFY(without.request().value("Sec-WebSocket-Extensions").isNull());
    options.deflate.offered = true;
    options.deflate.serverNoContextTakeover = serverAnew;
    options.deflate.clientNoContextTakeover = clientAnew;
    options.deflate.serverMaxWindowBits = serverBits;
    options.deflate.clientMaxWindowBits = clientBits;
    Scripted server;
    server.begin(options);
    QCOMPARE(server.request().value("Sec-WebSocket-Extensions").toByteArray(), line);
}

void TestOpeningConformance::judgesCompression_data()
{
    QTest::addColumn<TestClientDeflate>("offer");
    QTest::addColumn<QByteArray>("chosen"); ///< the value of Sec-WebSocket-Extensions; null: no such line
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<std::optional<DeflateParameters>>("agreed");
    const auto offer = [](DeflateParameters parameters = {}) {
        TestClientDeflate offered;
        static_cast<DeflateParameters &>(offered) = parameters;
        offered.offered = true;
        return offered;
    };
    const auto works = [&](const char *name, const TestClientDeflate &offered, const QByteArray &chosen,
                           const DeflateParameters &agreed) {
        QTest::newRow(name) << offered << chosen << opens << std::optional(agreed);
    };
    const auto fails = [&](const char *name, const TestClientDeflate &offered, const QByteArray &chosen,
                           Fault fault = Fault::BadExtension) {
        QTest::newRow(name) << offered << chosen << fault << std::optional<DeflateParameters>();
    };
    const QByteArray name = "permessage-deflate";
    QTest::newRow("not taken") << offer() << QByteArray() << opens << std::optional<DeflateParameters>();
    works("taken", offer(), name, {});
    works("with the client's window", offer(), name + "; client_max_window_bits=10", {.clientMaxWindowBits = 10});
    works("the smallest client's window", offer(), name + "; client_max_window_bits=8", {.clientMaxWindowBits = 8});
    works("in quotes", offer(), name + "; client_max_window_bits=\"10\"", {.clientMaxWindowBits = 10});
    works("with the server's window", offer(), name + "; server_max_window_bits=12", {.serverMaxWindowBits = 12});
    works("the smallest server's window", offer(), name + "; server_max_window_bits=8", {.serverMaxWindowBits = 8});
    works("the greatest server's window", offer(), name + "; server_max_window_bits=15", {});
    works("without spaces", offer(), name + ";server_max_window_bits=12;client_no_context_takeover",
          {.clientNoContextTakeover = true, .serverMaxWindowBits = 12});
    works("with many spaces", offer(), name + " ;  server_max_window_bits = 12 ", {.serverMaxWindowBits = 12});
    works("the server gives its context up by itself", offer(), name + "; server_no_context_takeover",
          {.serverNoContextTakeover = true});
    works("the client is to give its context up", offer(), name + "; client_no_context_takeover",
          {.clientNoContextTakeover = true});
    works("the server does as asked", offer({.serverNoContextTakeover = true}), name + "; server_no_context_takeover",
          {.serverNoContextTakeover = true});
    works("a smaller window than asked for", offer({.serverMaxWindowBits = 12}), name + "; server_max_window_bits=9",
          {.serverMaxWindowBits = 9});
    works("the window that was asked for", offer({.serverMaxWindowBits = 12}), name + "; server_max_window_bits=12",
          {.serverMaxWindowBits = 12});
    works("the client's hint counts where the server says nothing", offer({.clientMaxWindowBits = 10}), name,
          {.clientMaxWindowBits = 10});
    works("less than the client's hint", offer({.clientMaxWindowBits = 10}), name + "; client_max_window_bits=9",
          {.clientMaxWindowBits = 9});
    works("all together", offer({.serverNoContextTakeover = true}),
          name
              + "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=11; "
                "client_max_window_bits=13",
          {true, true, 11, 13});

    fails("twice", offer(), name + ", " + name);
    fails("twice, with different parameters", offer(), name + ", " + name + "; server_max_window_bits=9");
    fails("with another extension", offer(), name + ", x-other", Fault::UnofferedExtension);
    fails("another extension alone", offer(), "x-other", Fault::UnofferedExtension);
    fails("in other letters", offer(), "Permessage-Deflate", Fault::UnofferedExtension);
    fails("a parameter in capitals", offer(), name + "; CLIENT_MAX_WINDOW_BITS=10");
    fails("nearly its name", offer(), "permessage-deflat", Fault::UnofferedExtension);
    fails("an unknown parameter", offer(), name + "; level=9");
    fails("an empty parameter", offer(), name + ";");
    fails("an empty parameter between", offer(), name + ";; client_max_window_bits=10");
    for (const char *value : {"", "=", "=7", "=16", "=0", "=-9", "=08", "=9x", "=9.0", "=\"\"", "=\"9", "=99999999999",
                              "=0x9", "= 1 0", "=9=9"}) {
        fails(("the server's window"_ba + value).constData(), offer(), name + "; server_max_window_bits" + value);
        fails(("the client's window"_ba + value).constData(), offer(), name + "; client_max_window_bits" + value);
    }
    fails("a value for server_no_context_takeover", offer(), name + "; server_no_context_takeover=true");
    fails("a value for client_no_context_takeover", offer(), name + "; client_no_context_takeover=1");
    fails("an empty value for it", offer(), name + "; client_no_context_takeover=");
    fails("server_no_context_takeover twice", offer(),
          name + "; server_no_context_takeover; server_no_context_takeover");
    fails("client_no_context_takeover twice", offer(),
          name + "; client_no_context_takeover; client_no_context_takeover");
    fails("the server's window twice", offer(), name + "; server_max_window_bits=9; server_max_window_bits=9");
    fails("the client's window twice", offer(), name + "; client_max_window_bits=9; client_max_window_bits=10");
    fails("a greater window than asked for", offer({.serverMaxWindowBits = 12}), name + "; server_max_window_bits=13");
    fails("no window, where one was asked for", offer({.serverMaxWindowBits = 12}), name);
    fails("no promise, where it was asked for", offer({.serverNoContextTakeover = true}), name);
    fails("more than the client's hint", offer({.clientMaxWindowBits = 10}), name + "; client_max_window_bits=11");
}

void TestOpeningConformance::judgesCompression()
{
    QFETCH(TestClientDeflate, offer);
    QFETCH(QByteArray, chosen);
    QFETCH(TestClientFault, fault);
    QFETCH(std::optional<DeflateParameters>, agreed);
    TestClientOptions options = Scripted::options();
    options.deflate = offer;
    std::optional<DeflateParameters> got;
    const QByteArray line = chosen.isNull() ? QByteArray() : "Sec-WebSocket-Extensions: " + chosen + "\r\n";
    const TestClientEnding ending = endingOf(options, answer(line), 0, &got);
    QCOMPARE(ending.fault, fault);
    QVERIFY(got == agreed);
    if (fault == Fault::BadExtension)
        QCOMPARE(ending.detail, chosen.trimmed());
}

void TestOpeningConformance::readsFramesBehindTheHead()
{
    Scripted server;
    server.open(Scripted::options());
    QCOMPARE(server.client.state(), TestClientState::Open);
    Scripted together;
    together.begin(Scripted::options());
    together.says(answer().replace('@', together.accept()) + makeFrame(Opcode::Text, "at once"));
    QCOMPARE(together.story, QByteArrayList{"text:at once"});
}

Q_DECLARE_METATYPE(glasshouse::TestClientDeflate)

QTEST_GUILESS_MAIN(TestOpeningConformance)
#include "tst_openingconformance.moc"
