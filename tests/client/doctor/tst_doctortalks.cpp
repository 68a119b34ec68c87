// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/deflate/messagedeflate.h"
#include "tests/client/doctor/bench.h"

#include <algorithm>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// Servers that agree, and are broken behind it; and good ones, of which nothing bad may be said.

namespace {

void onOpen(DoctorBench &bench, std::function<void(ScriptedPeer &)> what)
{
    bench.script().opened = std::move(what);
    bench.listen();
}

/// The connection that is watched in silence is the first without an Origin behind those that have one: only there a clock may run
/// that the steps before it know nothing of.
bool isWatched(const ScriptedServer &server, const ScriptedPeer &peer)
{
    const auto hasOrigin = [](const ScriptedPeer *one) { return !one->request().value("Origin").isEmpty(); };
    return !hasOrigin(&peer) && std::ranges::any_of(server.peers, hasOrigin);
}

void idleWhenWatched(DoctorBench &bench, int ms)
{
    bench.script().idleMs = ms;
    bench.script().idles = [server = &bench.server](const ScriptedPeer &peer) { return isWatched(*server, peer); };
}

constexpr BrokenCase cases[] = {
    {"a reset behind 101", [](DoctorBench &b) { onOpen(b, [](ScriptedPeer &peer) { peer.reset(); }); },
     "resetAfterUpgrade"},
    {"an end behind 101", [](DoctorBench &b) { onOpen(b, [](ScriptedPeer &peer) { peer.end(); }); },
     "endedAfterUpgrade"},
    {"an error of its own", [](DoctorBench &b) { onOpen(b, [](ScriptedPeer &peer) { peer.sendClose(1011, "boom"); }); },
     "closedWithError"},
    {"masked frames",
     [](DoctorBench &b) {
         onOpen(b, [](ScriptedPeer &peer) { peer.write(makeMaskedFrame(Opcode::Text, "hello", 0x01020304)); });
     },
     "framesMasked"},
    {"compressed frames that nobody agreed to",
     [](DoctorBench &b) { onOpen(b, [](ScriptedPeer &peer) { peer.write(QByteArray("\xC1\x02\x4A\x00", 4)); }); },
     "framesCompressed"},
    {"an unknown opcode",
     [](DoctorBench &b) { onOpen(b, [](ScriptedPeer &peer) { peer.write(QByteArray("\x83\x00", 2)); }); },
     "framesBroken"},
    {"text that is not UTF-8",
     [](DoctorBench &b) { onOpen(b, [](ScriptedPeer &peer) { peer.send(Opcode::Text, "\xFF\xFE"); }); }, "textNotUtf8"},
    {"an expired token, told by a close",
     [](DoctorBench &b) {
         const auto part = [](const char *json) {
             return QByteArray(json).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
         };
         b.order.token = part(R"({"alg":"HS256"})") + '.' + part(R"({"exp":1700000000})") + ".c2ln";
         onOpen(b, [](ScriptedPeer &peer) { peer.sendClose(4001, "stale token"); });
     },
     "tokenExpired"},
    {"a token in the first message that is not taken",
     [](DoctorBench &b) {
         b.order.client.first = {{false, R"({"token":"opaque"})"}};
         b.script().said = [](ScriptedPeer &peer, QByteArrayView) { peer.sendClose(4401, "bad token"); };
         b.listen();
     },
     "tokenRefused"},
    {"pongs without end",
     [](DoctorBench &b) {
         onOpen(b, [](ScriptedPeer &peer) { peer.write(makeFrame(Opcode::Pong, {}).repeated(300'000)); });
     },
     "flood"},
    {"no pong",
     [](DoctorBench &b) {
         b.script().pongs = false;
         b.listen();
     },
     "pongMissing"},
    {"pongs of its own making",
     [](DoctorBench &b) {
         b.script().pongPayload = "pong";
         b.listen();
     },
     "pongWrong"},
    {"1009 at 1 KiB",
     [](DoctorBench &b) {
         b.script().maxMessage = 1'024;
         b.listen();
     },
     "messagesTiny"},
    {"an end at 1 KiB, without a word",
     [](DoctorBench &b) {
         b.script().said = [](ScriptedPeer &peer, QByteArrayView text) {
             if (text.size() > 1'024)
                 peer.end();
         };
         b.listen();
     },
     "messagesTiny"},
    {"a close that is never answered",
     [](DoctorBench &b) {
         b.script().answersClose = false;
         b.script().endsAfterClose = false;
         b.listen();
     },
     "closeNotAnswered"},
    {"a short time-out",
     [](DoctorBench &b) {
         b.order.idleMs = 20'000;
         idleWhenWatched(b, 300);
         b.listen();
     },
     "idleTooShort"},
    {"a short time-out that resets",
     [](DoctorBench &b) {
         b.order.idleMs = 20'000;
         b.script().opened = [server = &b.server](ScriptedPeer &peer) {
             if (isWatched(*server, peer))
                 QTimer::singleShot(300, &peer, [&peer] { peer.reset(); });
         };
         b.listen();
     },
     "idleTooShort"},
    {"half-open",
     [](DoctorBench &b) {
         b.order.idleMs = 1'500;
         idleWhenWatched(b, 100);
         b.script().idleIsDeath = true;
         b.listen();
     },
     "halfOpen"},
};

/// A server of which nothing bad may be said.
struct HealthyCase
{
    const char *name;
    void (*arrange)(DoctorBench &bench);
    DoctorCause noted; ///< that has to be among what is found; None: whatever
};

constexpr HealthyCase healthy[] = {
    {"echoes", [](DoctorBench &b) { b.listen(); }, DoctorCause::OriginAny},
    {"says nothing",
     [](DoctorBench &b) {
         b.script().echoes = false;
         b.listen();
     },
     DoctorCause::None},
    {"says much",
     [](DoctorBench &b) {
         onOpen(b, [](ScriptedPeer &peer) {
             auto *timer = new QTimer(&peer);
             QObject::connect(timer, &QTimer::timeout, &peer, [&peer] { peer.send(Opcode::Text, "tick"); });
             timer->start(5);
         });
     },
     DoctorCause::None},
    {"pings",
     [](DoctorBench &b) {
         onOpen(b, [](ScriptedPeer &peer) {
             auto *timer = new QTimer(&peer);
             QObject::connect(timer, &QTimer::timeout, &peer, [&peer] { peer.send(Opcode::Ping, "there?"); });
             timer->start(20);
         });
     },
     DoctorCause::None},
    {"checks the Origin and allows ours",
     [](DoctorBench &b) {
         b.order.client.origin = "https://game.test";
         b.script().answer = [](ScriptedPeer &peer) {
             peer.request().value("Origin") == "https://game.test" ? peer.accept() : peer.refuse("403 Forbidden");
         };
         b.listen();
     },
     DoctorCause::None},
    {"takes clients without Origin alone",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) {
             peer.request().value("Origin").isEmpty() ? peer.accept() : peer.refuse("403 Forbidden");
         };
         b.listen();
     },
     DoctorCause::OriginNone},
    {"with a token",
     [](DoctorBench &b) {
         b.order.token = "opaque";
         b.script().answer = [](ScriptedPeer &peer) {
             peer.request().value("Authorization") == "Bearer opaque" ? peer.accept() : peer.refuse("401 Unauthorized");
         };
         b.listen();
     },
     DoctorCause::None},
    {"with a subprotocol",
     [](DoctorBench &b) {
         b.order.client.subprotocols = {"chat"};
         b.script().answer = [](ScriptedPeer &peer) { peer.accept("Sec-WebSocket-Protocol: chat\r\n"); };
         b.listen();
     },
     DoctorCause::None},
    {"wants a first message",
     [](DoctorBench &b) {
         b.order.client.first = {{false, "hello"}};
         b.script().opened = [](ScriptedPeer &peer) {
             auto *timer = new QTimer(&peer);
             timer->setObjectName(u"silent"_s);
             QObject::connect(timer, &QTimer::timeout, &peer, [&peer] { peer.sendClose(1008, "say hello"); });
             timer->start(100);
         };
         b.script().said = [](ScriptedPeer &peer, QByteArrayView) { delete peer.findChild<QTimer *>(u"silent"_s); };
         b.listen();
     },
     DoctorCause::None},
    {"1008 on silence",
     [](DoctorBench &b) {
         b.order.idleMs = 1'000;
         b.script().idleMs = 100;
         b.script().idleCode = 1008;
         b.listen();
     },
     DoctorCause::ClosedAtOnce},
    {"1001 at once", [](DoctorBench &b) { onOpen(b, [](ScriptedPeer &peer) { peer.sendClose(1001); }); },
     DoctorCause::ClosedAtOnce},
    {"takes 64 KiB",
     [](DoctorBench &b) {
         b.script().maxMessage = 64 * 1024;
         b.listen();
     },
     DoctorCause::MessageLimit},
    {"ends at a message that it does not know",
     [](DoctorBench &b) {
         b.script().said = [](ScriptedPeer &peer, QByteArrayView) { peer.sendClose(1003); };
         b.listen();
     },
     DoctorCause::MessagesNotUnderstood},
    {"takes JSON alone",
     [](DoctorBench &b) {
         b.script().said = [](ScriptedPeer &peer, QByteArrayView text) {
             if (!text.startsWith('"'))
                 peer.sendClose(1007);
         };
         b.listen();
     },
     DoctorCause::None},
    {"takes ten messages a second",
     [](DoctorBench &b) {
         b.script().said = [](ScriptedPeer &peer, QByteArrayView) {
             const int said = peer.property("said").toInt() + 1;
             peer.setProperty("said", said);
             if (said > 5)
                 peer.sendClose(1008, "too fast");
         };
         b.listen();
     },
     DoctorCause::MessagesTooFast},
    {"keeps the stream behind a close",
     [](DoctorBench &b) {
         b.script().endsAfterClose = false;
         b.listen();
     },
     DoctorCause::StreamLeftOpen},
    {"ends the stream in place of a close",
     [](DoctorBench &b) {
         b.script().answersClose = false;
         b.listen();
     },
     DoctorCause::CloseCutShort},
    {"Socket.IO",
     [](DoctorBench &b) {
         onOpen(b, [](ScriptedPeer &peer) { peer.send(Opcode::Text, R"(0{"sid":"abc","upgrades":[]})"); });
     },
     DoctorCause::SpeaksSocketIo},
    {"GraphQL",
     [](DoctorBench &b) { onOpen(b, [](ScriptedPeer &peer) { peer.sendClose(4406, "Subprotocol not acceptable"); }); },
     DoctorCause::SpeaksGraphQl},
    {"MQTT",
     [](DoctorBench &b) {
         b.order.client.subprotocols = {"mqtt"};
         b.script().answer = [](ScriptedPeer &peer) { peer.accept("Sec-WebSocket-Protocol: mqtt\r\n"); };
         idleWhenWatched(b, 300);
         b.order.idleMs = 20'000;
         b.script().echoes = false;
         b.listen();
     },
     DoctorCause::SpeaksMqtt},
    {"one connection for each client",
     [](DoctorBench &b) {
         onOpen(b, [server = &b.server](ScriptedPeer &peer) {
             for (auto *other : server->peers) {
                 if (other != &peer)
                     other->sendClose(4008, "replaced");
             }
         });
     },
     DoctorCause::None},
};

} // namespace

Q_DECLARE_METATYPE(const HealthyCase *)

class TestDoctorTalks final : public QObject
{
    Q_OBJECT
private slots:
    void namesWhatIsWrong_data() { addCases(cases); }
    void namesWhatIsWrong();
    void aHealthyServerIsNotIll_data();
    void aHealthyServerIsNotIll();
    void findsTheLimitOfMessages();
    void showsNoSecretOfTheFirstMessage();
    void showsNoSecretOfACompressedMessage();
    void showsNoPartOfASecret();
};

void TestDoctorTalks::namesWhatIsWrong()
{
    QFETCH(const BrokenCase *, broken);
    examineCase(*broken);
}

void TestDoctorTalks::aHealthyServerIsNotIll_data()
{
    QTest::addColumn<const HealthyCase *>("server");
    for (const HealthyCase &one : healthy)
        QTest::newRow(one.name) << &one;
}

void TestDoctorTalks::aHealthyServerIsNotIll()
{
    QFETCH(const HealthyCase *, server);
    DoctorBench bench;
    server->arrange(bench);
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(diagnosis.over && diagnosis.cause() == nullptr && diagnosis.verdict() < DoctorVerdict::Ill,
             report(diagnosis).constData());
    QVERIFY2(diagnosis.at(DoctorStage::Upgrade).verdict == DoctorVerdict::Good, report(diagnosis).constData());
    bool isNoted = server->noted == DoctorCause::None;
    for (const DoctorStageResult &stage : diagnosis.stages) {
        for (const DoctorFinding &finding : stage.findings)
            isNoted = isNoted || finding.cause == server->noted;
    }
    QVERIFY2(isNoted, report(diagnosis).constData());
}

void TestDoctorTalks::findsTheLimitOfMessages()
{
    DoctorBench bench;
    bench.script().maxMessage = 100'000;
    bench.listen();
    const Diagnosis diagnosis = bench.examine();
    const DoctorFinding finding = diagnosis.at(DoctorStage::BiggestMessage).findings.value(0);
    QCOMPARE(finding.cause, DoctorCause::MessageLimit);
    QVERIFY(finding.arguments[0].toInt() <= 100'000 && finding.arguments[0].toInt() > 90'000);
    QVERIFY(finding.arguments[1].toInt() > 100'000 && finding.arguments[1].toInt() < 110'000);
}

void TestDoctorTalks::showsNoSecretOfTheFirstMessage()
{
    DoctorBench bench;
    bench.order.client.first = {{false, R"({"type":"hello","token":"opaque-1"})"}};
    bench.script().said = [](ScriptedPeer &peer, QByteArrayView) { peer.send(Opcode::Text, "you said opaque-1"); };
    bench.listen();
    const Diagnosis diagnosis = bench.examine();
    const QList<DoctorEvidence> &evidence = diagnosis.at(DoctorStage::FirstFrames).evidence;
    QVERIFY(!evidence.isEmpty() && evidence.first().bytes.startsWith("you said"));
    QVERIFY(!evidence.first().bytes.contains("opaque"));
}

// Compressed it would not be found in what comes, and what comes would not be understood.
void TestDoctorTalks::showsNoSecretOfACompressedMessage()
{
    DoctorBench bench;
    bench.order.client.deflate.offered = true;
    bench.order.client.first = {{false, R"({"type":"hello","token":"opaque-1"})"}};
    bench.script().answer = [](ScriptedPeer &peer) {
        peer.accept("Sec-WebSocket-Extensions: permessage-deflate\r\n");
        MessageDeflater deflater;
        const QByteArray packed = deflater.take(R"(0{"sid":"abc","greets":"opaque-1"})");
        FrameHeader header = headerFor(Opcode::Text, quint64(packed.size()));
        header.firstByte |= compressedBit;
        peer.write(wireBytes(header, packed));
    };
    bench.listen();
    const Diagnosis diagnosis = bench.examine();
    const DoctorStageResult &result = diagnosis.at(DoctorStage::FirstFrames);
    QVERIFY2(!result.evidence.isEmpty() && result.evidence.first().bytes.startsWith("0{\"sid\""),
             report(diagnosis).constData());
    QVERIFY(!result.evidence.first().bytes.contains("opaque"));
    QCOMPARE(result.findings.value(0).cause, DoctorCause::SpeaksSocketIo);
}

// It lies across the end of what is shown.
void TestDoctorTalks::showsNoPartOfASecret()
{
    DoctorBench bench;
    bench.order.token = "opaque-token-1";
    onOpen(bench,
           [](ScriptedPeer &peer) { peer.send(Opcode::Text, QByteArray(4 * 1024 - 6, 'x') + "opaque-token-1"); });
    const Diagnosis diagnosis = bench.examine();
    const QList<DoctorEvidence> &evidence = diagnosis.at(DoctorStage::FirstFrames).evidence;
    QVERIFY(!evidence.isEmpty() && evidence.first().bytes.startsWith("xxx"));
    QVERIFY(evidence.first().bytes.size() <= 4 * 1024);
    QVERIFY(!evidence.first().bytes.contains("opaque"));
}

QTEST_GUILESS_MAIN(TestDoctorTalks)
#include "tst_doctortalks.moc"
