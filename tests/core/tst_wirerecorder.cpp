// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/envelope.h"
#include "protocol/framewriter.h"
#include "server/capture/capturestore.h"
#include "server/core/wirerecorder.h"
#include "tests/support/faketransport.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;

namespace {

constexpr QByteArrayView secret = "CANARY.0123456789";

/// Sends every message back, as /echo does.
struct EchoSink final : WireSink
{
    Wire *wire = nullptr;

    bool bytesSeen(QByteArrayView) override { return true; }
    void midwaySeen(bool) override { }
    bool messageSeen(MessageKind kind, QByteArrayView payload) override
    {
        const QByteArray frame = makeFrame(kind == MessageKind::Text ? Opcode::Text : Opcode::Binary, payload);
        wire->sendFrame(frame, int(frame.size() - payload.size()));
        return true;
    }
    bool controlSeen(Opcode, QByteArrayView) override { return true; }
    void violationSeen(FrameViolation, const FrameHeader &) override { }
    void wireEnded(StreamEnd, const QByteArray &) override { }
};

} // namespace

/// Tokens on their way through a Wire into the capture.
class TestWireRecorder final : public QObject
{
    Q_OBJECT

private slots:
    void init() { make(); }
    void cleanup() { m_wire.reset(); }

    void keepsTokensOut_data();
    void keepsTokensOut();
    void keepsTheRest_data();
    void keepsTheRest();
    void keepsTokensOfTheRoomOut();
    void keepsFieldsOut_data();
    void keepsFieldsOut();
    void keepsFieldsOfTheRoomOut();
    void obeysChangedFields();
    void keepsBrokenFramesOut_data();
    void keepsBrokenFramesOut();
    void keepsControlFramesOut_data();
    void keepsControlFramesOut();
    void keepsWhatFollowsABrokenFragmentOut();
    void hidesEverythingWhileATokenIsExpected();
    void namesTheRowThatAnAnswerAnswers();
    void namesThePingOfAPong();
    void passesOverWhatIsLeftOut_data();
    void passesOverWhatIsLeftOut();
    void hidesWhatFollowsOnWhatItPassedOver();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<CaptureStore> m_store;
    std::unique_ptr<Recorder> m_recorder;
    EchoSink m_sink;
    FakeTransport *m_transport = nullptr; ///< owned by m_wire
    std::unique_ptr<WireRecorder> m_observer;
    std::unique_ptr<Wire> m_wire;
    int m_round = 0;

    void make(ReaderRigor rigor = ReaderRigor::Strict);
    void makeFull(const QList<QByteArray> &fields);
    void say(const QByteArrayList &fragments, Opcode opcode = Opcode::Text);
    [[nodiscard]] QByteArray captured();
};

void TestWireRecorder::make(ReaderRigor rigor)
{
    m_store = std::make_unique<CaptureStore>();
    QVERIFY(m_store->create({.directory = m_folder.filePath(QString::number(++m_round))}));
    m_recorder = std::make_unique<Recorder>(m_store.get());
    m_recorder->setRedactor(Redactor({"password"}));
    auto transport = std::make_unique<FakeTransport>();
    m_transport = transport.get();
    m_observer = std::make_unique<WireRecorder>(*m_recorder, ConnectionId{1});
    m_wire = std::make_unique<Wire>(std::move(transport), m_sink, m_recorder->clock(),
                                    WireOptions{.limits = {10'000, 100}, .rigor = rigor, .observer = m_observer.get()});
    m_sink.wire = m_wire.get();
    m_wire->open();
}

/// A store that takes no payloads.
void TestWireRecorder::makeFull(const QList<QByteArray> &fields)
{
    make();
    auto full = std::make_unique<CaptureStore>();
    QVERIFY(full->create({.directory = m_folder.filePath(QString::number(++m_round)), .queueBytes = 0}));
    auto recorder = std::make_unique<Recorder>(full.get());
    recorder->setRedactor(Redactor(fields));
    recorder->frameIn({}, headerFor(Opcode::Text, 1), "1");
    recorder->flush();
    full->flush();
    QVERIFY(!full->takesPayloads());
    auto transport = std::make_unique<FakeTransport>();
    m_transport = transport.get();
    auto observer = std::make_unique<WireRecorder>(*recorder, ConnectionId{1});
    m_wire = std::make_unique<Wire>(std::move(transport), m_sink, recorder->clock(),
                                    WireOptions{.limits = {20'000, 100}, .observer = observer.get()});
    m_sink.wire = m_wire.get();
    m_wire->open();
    m_observer = std::move(observer);
    m_recorder = std::move(recorder);
    m_store = std::move(full);
}

void TestWireRecorder::say(const QByteArrayList &fragments, Opcode opcode)
{
    for (qsizetype i = 0; i < fragments.size(); ++i) {
        m_transport->peerSays(makeMaskedFrame(i == 0 ? opcode : Opcode::Continuation, fragments[i], 0x11223344,
                                              i + 1 == fragments.size()));
    }
}

/// All payloads, in and out.
QByteArray TestWireRecorder::captured()
{
    m_recorder->flush();
    QByteArray all;
    for (const CapturedRow &row : m_store->read(0, 1000))
        all += row.payload + '\n';
    return all;
}

void TestWireRecorder::keepsTokensOut_data()
{
    QTest::addColumn<QByteArrayList>("fragments");
    const QByteArray auth = R"({"type":"auth","data":{"token":")" + secret.toByteArray() + R"("}})";
    QTest::newRow("whole") << QByteArrayList{auth};
    QTest::newRow("in a pong") << QByteArrayList{R"({"type":"ping","data":)" + auth + '}'};
    for (qsizetype at = 1; at < auth.size(); ++at)
        QTest::addRow("cut at %lld", qlonglong(at)) << QByteArrayList{auth.first(at), auth.sliced(at)};
    QByteArrayList letters;
    for (const char letter : auth)
        letters += QByteArray(1, letter);
    QTest::newRow("a letter a fragment") << letters.first(30) + QByteArrayList{auth.sliced(30)};
    QTest::newRow("an escaped name") << QByteArrayList{R"({"type":"\u0061u)",
                                                       R"(th","data":{"token":")" + secret.toByteArray() + "\"}}"};
}

void TestWireRecorder::keepsTokensOut()
{
    QFETCH(QByteArrayList, fragments);
    say(fragments);
    const QByteArray kept = captured();
    QVERIFY(m_transport->sent.contains(secret)); // the wire itself is not changed
    QVERIFY2(!kept.contains(secret.first(8)), kept.constData());
    QVERIFY(!kept.contains(secret.last(8)));
    QVERIFY(kept.contains("[redacted]"));
}

void TestWireRecorder::keepsTheRest_data()
{
    QTest::addColumn<QByteArrayList>("fragments");
    QTest::newRow("whole") << QByteArrayList{R"({"type":"move","data":{"author":1}})"};
    QTest::newRow("in fragments") << QByteArrayList{R"({"type":"move",)", R"("data":)", "{}}"};
}

void TestWireRecorder::keepsTheRest()
{
    QFETCH(QByteArrayList, fragments);
    say({R"({"type":"au)", R"(th","data":{"token":"x"}})"}); // what was hidden in one message is no matter in the next
    say(fragments);
    const QByteArray kept = captured();
    for (const QByteArray &fragment : fragments)
        QVERIFY2(kept.contains(fragment + '\n'), kept.constData());
    QVERIFY(kept.contains(fragments.join() + '\n')); // the echo
}

void TestWireRecorder::keepsTokensOfTheRoomOut()
{
    SequencedText connected(
        envelopeBody("connected", R"({"resume":")" + secret.toByteArray() + R"(","resumed":false})"));
    SequencedText plain(envelopeBody("chat", R"({"text":"hello"})"));
    m_wire->sendText(connected, 1);
    m_wire->sendText(plain, 2);
    const QByteArray kept = captured();
    QVERIFY(m_transport->sent.contains(secret));
    QVERIFY2(!kept.contains(secret), kept.constData());
    QVERIFY(kept.contains(R"("resumed":false},"seq":1})"));
    QVERIFY(kept.contains(R"({"type":"chat","data":{"text":"hello"},"seq":2})"));
}

void TestWireRecorder::keepsFieldsOut_data()
{
    QTest::addColumn<QByteArrayList>("fragments");
    const QByteArray login = R"({"a":1,"password":")" + secret.toByteArray() + R"("})";
    QTest::newRow("whole") << QByteArrayList{login};
    for (qsizetype at = 1; at < login.size(); ++at)
        QTest::addRow("cut at %lld", qlonglong(at)) << QByteArrayList{login.first(at), login.sliced(at)};
    QByteArrayList letters;
    for (const char letter : login)
        letters += QByteArray(1, letter);
    QTest::newRow("a letter a fragment") << letters;
    QTest::newRow("an escaped name") << QByteArrayList{R"({"p\u006)", R"(1ssword":")" + secret.toByteArray() + "\"}"};
    QTest::newRow("broken") << QByteArrayList{login.chopped(1)};
    QTest::newRow("no JSON") << QByteArrayList{"password " + secret.toByteArray()};
}

void TestWireRecorder::keepsFieldsOut() { keepsTokensOut(); }

void TestWireRecorder::keepsFieldsOfTheRoomOut()
{
    SequencedText said(envelopeBody("said", R"({"password":")" + secret.toByteArray() + R"(","a":1})"));
    m_wire->sendText(said, 1);
    const QByteArray kept = captured();
    QVERIFY(m_transport->sent.contains(secret));
    QVERIFY2(!kept.contains(secret), kept.constData());
    QVERIFY(kept.contains(R"({"type":"said","data":{"password":"[redacted]","a":1},"seq":1})"));
}

void TestWireRecorder::obeysChangedFields()
{
    const QByteArray text = R"({"pin":")" + secret.toByteArray() + R"("})";
    m_recorder->setRedactor(Redactor({"pin"}));
    say({text});
    QVERIFY(!captured().contains(secret));
    m_recorder->setRedactor(Redactor());
    say({text});
    QVERIFY(captured().contains(secret));
    const qsizetype before = captured().count(secret);
    m_recorder->setRedactor(Redactor({"pin"})); // the same bytes as just before are judged anew
    say({text});
    QCOMPARE(captured().count(secret), before);
}

void TestWireRecorder::keepsBrokenFramesOut_data()
{
    QTest::addColumn<QByteArrayList>("fragments");
    QTest::addColumn<QByteArray>("last"); // a frame
    const QByteArray value = secret.toByteArray() + R"("})";
    const QByteArray whole = R"({"password":")" + value;
    const auto frame = [](Opcode opcode, const QByteArray &payload) {
        return makeMaskedFrame(opcode, payload, 0x11223344, true);
    };
    QByteArray reserved = frame(Opcode::Text, whole);
    reserved[0] = char(reserved[0] | 0x40);
    QByteArray packed = frame(Opcode::Text, "\xff\xfe" + secret.toByteArray());
    packed[0] = char(packed[0] | 0x40);
    QTest::newRow("bad UTF-8") << QByteArrayList() << frame(Opcode::Text, whole + '\xff');
    QTest::newRow("bad UTF-8 in a part") << QByteArrayList{R"({"password":")"}
                                         << frame(Opcode::Continuation, value + '\xff');
    QTest::newRow("a name in two parts") << QByteArrayList{R"({"pass)"}
                                         << frame(Opcode::Continuation, R"(word":")" + value + '\xff');
    QTest::newRow("a new message in one") << QByteArrayList{R"({"password":")"} << frame(Opcode::Text, value);
    QTest::newRow("a part of nothing") << QByteArrayList() << frame(Opcode::Continuation, whole);
    QTest::newRow("reserved bits") << QByteArrayList() << reserved;
    QTest::newRow("packed") << QByteArrayList() << packed;
    QTest::newRow("not masked") << QByteArrayList() << makeFrame(Opcode::Text, whole);
    QTest::newRow("too big") << QByteArrayList() << frame(Opcode::Text, whole + QByteArray(20'000, 'x'));
    QTest::newRow("too big, in a part") << QByteArrayList{R"({"password":")"}
                                        << frame(Opcode::Continuation, value + QByteArray(20'000, 'x'));
}

void TestWireRecorder::keepsBrokenFramesOut()
{
    QFETCH(QByteArrayList, fragments);
    QFETCH(QByteArray, last);
    for (qsizetype i = 0; i < fragments.size(); ++i)
        m_transport->peerSays(makeMaskedFrame(i == 0 ? Opcode::Text : Opcode::Continuation, fragments[i], 1, false));
    m_transport->peerSays(last);
    const QByteArray kept = captured();
    QVERIFY2(!kept.contains(secret.first(8)), kept.constData());
    QVERIFY(kept.contains("[redacted]"));
}

void TestWireRecorder::keepsControlFramesOut_data()
{
    QTest::addColumn<int>("opcode");
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("close") << int(Opcode::Close) << "\x03\xe8token=" + secret.toByteArray();
    QTest::newRow("close with a bad code") << int(Opcode::Close) << "\x01\x01token=" + secret.toByteArray();
    QTest::newRow("ping") << int(Opcode::Ping) << R"({"password":")" + secret.toByteArray() + "\"}";
    QTest::newRow("pong") << int(Opcode::Pong) << "Bearer " + secret.toByteArray();
}

void TestWireRecorder::keepsControlFramesOut()
{
    QFETCH(int, opcode);
    QFETCH(QByteArray, payload);
    m_transport->peerSays(makeMaskedFrame(Opcode(opcode), payload, 0x11223344, true));
    m_wire->send(Opcode(opcode), payload);
    const QByteArray kept = captured();
    QVERIFY2(!kept.contains(secret.first(8)), kept.constData());
    QCOMPARE(kept.count("[redacted]"), 2);
    QVERIFY(m_transport->sent.contains(secret));
    QVERIFY(opcode != int(Opcode::Close) || kept.contains(payload.first(2)));
}

// A proxy reads on behind what broke the rules.
void TestWireRecorder::keepsWhatFollowsABrokenFragmentOut()
{
    make(ReaderRigor::Tolerant);
    QByteArray packed = makeMaskedFrame(Opcode::Binary, "\xff\xfe", 1, false);
    packed[0] = char(packed[0] | 0x40);
    m_transport->peerSays(packed + makeMaskedFrame(Opcode::Continuation, secret, 1, true));
    m_transport->peerSays(makeMaskedFrame(Opcode::Text, "and then", 1, true));
    const QByteArray kept = captured();
    QVERIFY2(!kept.contains(secret.first(8)), kept.constData());
    QVERIFY(kept.contains("and then"));
}

void TestWireRecorder::hidesEverythingWhileATokenIsExpected()
{
    m_observer->setExpectsSecret(true);
    m_transport->peerSays(makeMaskedFrame(Opcode::Binary, secret, 1, true));
    QVERIFY(captured().startsWith("[redacted]\n"));
    m_observer->setExpectsSecret(false);
    m_transport->peerSays(makeMaskedFrame(Opcode::Binary, "no secret", 1, true));
    QVERIFY(captured().contains("no secret"));
}

void TestWireRecorder::namesTheRowThatAnAnswerAnswers()
{
    m_transport->peerSays(makeMaskedFrame(Opcode::Ping, "?", 1, true));
    SequencedText answer(envelopeBody("error", "{}"), true);
    SequencedText secret(envelopeBody("connected", R"({"resume":"a.b"})"), true);
    SequencedText other(envelopeBody("chat", "{}"));
    m_wire->sendText(answer, 1);
    m_wire->sendText(secret, 2);
    m_wire->sendText(other, 3);
    m_recorder->flush();
    const QList<CapturedRow> rows = m_store->read(0, 10);
    QCOMPARE(rows.size(), 4);
    QCOMPARE(rows.at(1).answered(), quint64{0});
    QCOMPARE(rows.at(2).answered(), quint64{0});
    QVERIFY(!rows.at(3).answered());
}

void TestWireRecorder::namesThePingOfAPong()
{
    const auto say = [this](Opcode opcode, QByteArrayView payload) {
        m_transport->peerSays(makeMaskedFrame(opcode, payload, 1, true));
    };
    m_wire->send(Opcode::Ping, QByteArray("12345678")); // 0
    say(Opcode::Text, "between");                       // 1, and its echo
    m_recorder->flush();                                // into another block
    say(Opcode::Pong, "other");                         // 3
    say(Opcode::Pong, "12345678");                      // 4
    say(Opcode::Pong, "12345678");                      // 5
    say(Opcode::Ping, {});                              // 6
    m_wire->send(Opcode::Pong, QByteArray());           // 7
    say(Opcode::Ping, secret);                          // 8
    m_wire->send(Opcode::Pong, secret.toByteArray());   // 9
    m_wire->send(Opcode::Pong, secret.toByteArray());   // 10
    m_recorder->flush();
    const QList<CapturedRow> rows = m_store->read(0, 20);
    QCOMPARE(rows.size(), 11);
    const auto none = std::optional<quint64>();
    const QList answered{none,
                         none,
                         none,
                         none,
                         std::optional<quint64>(0),
                         none,
                         none,
                         std::optional<quint64>(6),
                         none,
                         std::optional<quint64>(8),
                         none};
    for (int row = 0; row < rows.size(); ++row)
        QVERIFY2(rows.at(row).answered() == answered.at(row), QByteArray::number(row).constData());
}

void TestWireRecorder::passesOverWhatIsLeftOut_data()
{
    QTest::addColumn<QByteArrayList>("fragments");
    QTest::addColumn<Opcode>("opcode");
    const QByteArray filler(5'000, 'x');
    const QByteArray move = R"({"type":"move","data":")" + filler + R"("})";
    const QByteArray auth =
        R"({"type":"auth","data":{"token":")" + secret.toByteArray() + R"(","filler":")" + filler + R"("}})";
    QTest::newRow("an envelope") << QByteArrayList{move} << Opcode::Text;
    QTest::newRow("a token") << QByteArrayList{auth} << Opcode::Text;
    QTest::newRow("no JSON") << QByteArrayList{filler} << Opcode::Text;
    QTest::newRow("JSON in a binary frame") << QByteArrayList{auth} << Opcode::Binary;
    QTest::newRow("binary") << QByteArrayList{filler} << Opcode::Binary;
    QTest::newRow("fragments") << QByteArrayList{auth, filler} << Opcode::Text;
    QTest::newRow("small") << QByteArrayList{"{\"type\":\"move\"}"} << Opcode::Text;
}

/// With names of fields to hide every payload is looked at, without them none of these: the rows are the same.
void TestWireRecorder::passesOverWhatIsLeftOut()
{
    QFETCH(const QByteArrayList, fragments);
    QFETCH(const Opcode, opcode);
    const auto rowsWith = [&](const QList<QByteArray> &fields) {
        makeFull(fields);
        say(fragments, opcode);
        m_recorder->flush();
        m_store->flush();
        QByteArrayList rows;
        for (const CapturedRow &row : m_store->read(1, 1000)) {
            const QByteArray type = row.type().toByteArray();
            rows.append(QByteArray::number(row.record.firstByte) + ' '
                        + QByteArray::number(row.record.flags & ~RecordRedacted) + ' '
                        + QByteArray::number(row.record.wireLength) + ' ' + type + ' ' + row.payload);
        }
        return rows;
    };
    const QByteArrayList looked = rowsWith({"password"});
    QCOMPARE(looked.size(), fragments.size() + 1);
    QVERIFY(!looked.join('\n').contains(secret));
    QCOMPARE(rowsWith({}), looked);
}

void TestWireRecorder::hidesWhatFollowsOnWhatItPassedOver()
{
    const Redactor redactor;
    SecretHider hider(redactor);
    const FrameHeader whole = headerFor(Opcode::Text, 5'000);
    const FrameHeader more = headerFor(Opcode::Continuation, secret.size());
    QVERIFY(hider.canPassOver(whole));
    QVERIFY(!hider.canPassOver(more));
    QVERIFY(!hider.canPassOver(headerFor(Opcode::Text, 5'000, {}, false)));
    QVERIFY(!hider.canPassOver(headerFor(Opcode::Ping, 5)));
    hider.passOver();
    QVERIFY(hider.receivedBroken(more, secret).has_value());
    QVERIFY(!hider.received(headerFor(Opcode::Text, 5), "hello").has_value());
    hider.setExpectsSecret(true);
    QVERIFY(!hider.canPassOver(whole));
}

QTEST_GUILESS_MAIN(TestWireRecorder)
#include "tst_wirerecorder.moc"
