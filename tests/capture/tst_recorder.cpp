// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/framewriter.h"
#include "server/capture/capturestore.h"
#include "server/capture/recorder.h"

#include <QDateTime>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr ConnectionId alice{1};

FrameHeader textHeader(quint64 length, quint32 key = 0x01020304)
{
    return {.firstByte = 0x81, .masked = true, .size = 6, .maskKey = key, .payloadLength = length};
}

} // namespace

class TestRecorder : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void doesNothingWithoutAStore();
    void keepsWhatCameIn();
    void keepsBrokenFramesWithTheAnnouncedLength();
    void storesAFrameForManyRecipientsOnce();
    void doesNotTakeANewFrameForTheLastOne();
    void putsTheSequenceNumberIn();
    void storesWhatIsShownInPlaceOfASecret();
    void numbersTheTypesOfTextMessages();
    void namesTypesInTheOrderOfTheRows();
    void takesNoSecretForAType();
    void numbersTypesWhosePayloadsAreLeftOut();
    void namesTheRowThatAnAnswerAnswers();
    void keepsTheAnswersRowAcrossBlocks();
    void keepsEventsBetweenFrames();
    void handsOverWhenABlockIsFull();
    void handsOverWhenABlockHasManyRows();
    void anEchoCostsARowOnly();
    void usesTheMemoryOfWrittenBlocks();
    void storesEqualPayloadsThatFollowEachOtherOnce();
    void givesATurnOneTime();
    void leavesPayloadsOutWhereTheStoreHasNoRoom();
    void saysWhenItBeginsToWait();
    void startsAfreshAfterAFlush();
    void keepsAHugePayload();
    void clockIsTheWallClockAndNeverRunsBackwards();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<CaptureStore> m_store;

    QList<CapturedRow> rows() const { return m_store->read(0, 100'000); }
};

void TestRecorder::init()
{
    m_store.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<CaptureStore>();
    QVERIFY(m_store->create({.directory = m_directory->path()}));
}

void TestRecorder::doesNothingWithoutAStore()
{
    Recorder recorder(nullptr);
    recorder.frameIn(alice, textHeader(2), "hi");
    recorder.frameOut(alice, headerFor(Opcode::Text, 2), "hi");
    recorder.sequencedOut(alice, "\x81\x02hi", 2, 1, 4);
    recorder.redactedOut(alice, 0x81, 2, 9, "x");
    recorder.event(alice, EventKind::Note, "{}");
    recorder.flush();
    QVERIFY(!recorder.isOn());
    QVERIFY(!recorder.pending());
}

void TestRecorder::keepsWhatCameIn()
{
    Recorder recorder(m_store.get());
    const qint64 before = steadyWallUs();
    recorder.frameIn(alice, textHeader(5, 0xa1b2c3d4), "hello");
    recorder.flush();
    const auto row = m_store->row(0);
    QVERIFY(row);
    QCOMPARE(row->payload, "hello"_ba);
    QCOMPARE(row->connection(), alice);
    QCOMPARE(row->direction(), Direction::In);
    QCOMPARE(row->record.firstByte, 0x81);
    QCOMPARE(row->record.flags, RecordMasked);
    QCOMPARE(row->record.headerSize, 6);
    QCOMPARE(row->record.key, 0xa1b2c3d4);
    QCOMPARE(row->record.wireLength, 5U);
    QVERIFY(row->record.timeUs >= before && row->record.timeUs <= steadyWallUs());
}

void TestRecorder::keepsBrokenFramesWithTheAnnouncedLength()
{
    Recorder recorder(m_store.get());
    recorder.frameIn(alice, textHeader(quint64{1} << 40), "as far as it came", 0, FrameViolation::MessageTooBig);
    recorder.flush();
    const auto row = m_store->row(0);
    QVERIFY(row && row->broken());
    QCOMPARE(row->record.wireLength, 0xffffffffU);
    QCOMPARE(row->record.violation, static_cast<quint8>(FrameViolation::MessageTooBig));
    QCOMPARE(row->payload, "as far as it came"_ba);
}

void TestRecorder::storesAFrameForManyRecipientsOnce()
{
    Recorder recorder(m_store.get());
    const QByteArray payload(1000, 'x');
    for (quint32 i = 1; i <= 100; ++i)
        recorder.frameOut(ConnectionId{i}, headerFor(Opcode::Text, 1000), payload);
    recorder.flush();
    m_store->flush();
    const QList<CapturedRow> found = rows();
    QCOMPARE(found.size(), 100);
    for (const CapturedRow &row : found) {
        QCOMPARE(row.payload, QByteArray(1000, 'x'));
        QCOMPARE(row.record.wireLength, 1000U);
        QCOMPARE(row.direction(), Direction::Out);
        QCOMPARE(row.record.connection, static_cast<quint32>(row.number + 1));
    }
    QVERIFY(m_store->stats().bytesOnDisk < 100 * 32 + 1000 + 200);
}

void TestRecorder::doesNotTakeANewFrameForTheLastOne()
{
    Recorder recorder(m_store.get());
    for (int i = 0; i < 50; ++i)
        recorder.frameOut(alice, headerFor(Opcode::Text, 2),
                          QByteArray::number(10 + i)); // the allocator gives addresses again
    recorder.flush();
    const QList<CapturedRow> found = rows();
    QCOMPARE(found.size(), 50);
    for (const CapturedRow &row : found)
        QCOMPARE(row.payload, QByteArray::number(10 + static_cast<int>(row.number)));
}

void TestRecorder::putsTheSequenceNumberIn()
{
    Recorder recorder(m_store.get());
    recorder.event(alice, EventKind::Note, "{}"); // so that the shared bytes do not begin at 0
    const QByteArray head = "\x81\x20{\"type\":\"chat\",\"seq\":"_ba;
    for (quint32 i = 1; i <= 3; ++i)
        recorder.sequencedOut(ConnectionId{i}, head, 2, 100 * i, 32);
    recorder.flush();
    QCOMPARE(m_store->row(1)->payload, R"({"type":"chat","seq":100})"_ba);
    QCOMPARE(m_store->row(3)->payload, R"({"type":"chat","seq":300})"_ba);
    QCOMPARE(m_store->row(3)->record.wireLength, 32U);
    QCOMPARE(m_store->row(3)->record.payloadOffset, m_store->row(1)->record.payloadOffset);
}

void TestRecorder::storesWhatIsShownInPlaceOfASecret()
{
    Recorder recorder(m_store.get());
    recorder.redactedOut(alice, 0x81, 4, 300, "{}");
    recorder.flush();
    const auto row = m_store->row(0);
    QCOMPARE(row->payload, "{}"_ba);
    QCOMPARE(row->record.wireLength, 300U);
    QCOMPARE(row->record.flags, RecordOut | RecordRedacted);
}

void TestRecorder::numbersTheTypesOfTextMessages()
{
    Recorder recorder(m_store.get());
    const auto comes = [&recorder](QByteArrayView payload, quint8 firstByte = 0x81) {
        recorder.frameIn(alice, {.firstByte = firstByte, .size = 6, .payloadLength = quint64(payload.size())}, payload);
    };
    const QByteArray chat = "\x81\x20{\"type\":\"chat\",\"seq\":"_ba;
    for (int block = 0; block < 2; ++block) { // each has its own table
        comes(R"({"type":"move"})");
        recorder.repeatedOut(alice, 0x81, 2);
        comes("move");
        comes(R"({"type":"move"})", 0x82); // binary
        comes(R"({"type":"Move"})");
        recorder.event(alice, EventKind::Note, R"({"type":"move"})");
        recorder.sequencedOut(alice, chat, 2, 1, 30);
        recorder.sequencedOut(ConnectionId{2}, chat, 2, 1, 30);
        recorder.redactedOut(alice, 0x81, 4, 300, R"({"type":"connected"})");
        recorder.frameOut(alice, headerFor(Opcode::Text, 14), R"({"type":"a_1"})");
        recorder.flush();
    }
    m_store->flush();
    const QList<QByteArray> types{"move", "move", {}, {}, "Move", {}, "chat", "chat", "connected", "a_1"};
    const QList<CapturedRow> found = rows();
    QCOMPARE(found.size(), 2 * types.size());
    for (const CapturedRow &row : found) {
        QCOMPARE(row.type().toByteArray(), types.at(qsizetype(row.number) % types.size()));
        const bool isLooked = row.number % 10 == 4; // no type of ours: the payload says
        QCOMPARE(row.record.type == MessageTypes::unknown, !isText(row.record) || isLooked);
    }
    m_store->scanRows(0, 20, [&types](quint64 number, const RowView &row) {
        return QTest::qCompare(row.type().toByteArray(), types.at(qsizetype(number) % types.size()), "", "", __FILE__,
                               __LINE__);
    });
}

// Binary messages may look like envelopes, and have no type.
void TestRecorder::namesTypesInTheOrderOfTheRows()
{
    Recorder recorder(m_store.get());
    const QList<std::pair<quint8, QByteArray>> frames{{0x82, "a"}, {0x81, "b"}, {0x81, "a"},
                                                      {0x82, "c"}, {0x81, "b"}, {0x81, "c"}};
    for (const auto &[firstByte, type] : frames) {
        const QByteArray payload = "{\"type\":\"" + type + "\"}";
        recorder.frameIn(alice, {.firstByte = firstByte, .size = 6, .payloadLength = quint64(payload.size())}, payload);
    }
    recorder.flush();
    const QList<CapturedRow> found = rows();
    for (const CapturedRow &row : found) {
        const auto &[firstByte, type] = frames.at(qsizetype(row.number));
        QCOMPARE(row.type().toByteArray(), firstByte == 0x81 ? type : QByteArray());
    }
}

// What is stored is what is shown, and so is the type.
void TestRecorder::takesNoSecretForAType()
{
    Recorder recorder(m_store.get());
    recorder.setRedactor(Redactor({"type"}));
    const QByteArray secret = R"({"type":"s3cr3t"})";
    const auto shown = recorder.redactor().message(secret);
    QVERIFY(shown);
    recorder.frameIn(alice, textHeader(quint64(secret.size())), *shown, RecordRedacted);
    recorder.redactedOut(alice, 0x81, 2, quint32(secret.size()), *shown);
    recorder.flush();
    m_store->close();
    for (const CapturedRow &row : rows())
        QVERIFY(!row.type().contains("s3cr3t"));
    QFile file(m_directory->filePath(u"000001.ghcap"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("s3cr3t"));
}

void TestRecorder::numbersTypesWhosePayloadsAreLeftOut()
{
    CaptureStore full;
    QVERIFY(full.create({.directory = m_directory->filePath(u"full"_s), .queueBytes = 0}));
    Recorder recorder(&full);
    recorder.frameIn(alice, textHeader(2), "in");
    recorder.flush();
    full.flush();
    recorder.frameIn(alice, textHeader(15), R"({"type":"move"})");
    recorder.sequencedOut(alice, "\x81\x20{\"type\":\"chat\",\"seq\":"_ba, 2, 1, 30);
    recorder.flush();
    full.flush();
    QVERIFY((full.row(1)->record.flags & RecordPayloadOmitted) != 0);
    QCOMPARE(full.row(1)->type(), "move"_ba);
    QCOMPARE(full.row(2)->type(), "chat"_ba);
}

void TestRecorder::namesTheRowThatAnAnswerAnswers()
{
    Recorder recorder(m_store.get());
    const QByteArray error = "\x81\x20{\"type\":\"error\",\"seq\":"_ba;
    recorder.frameIn(alice, textHeader(1), "?");
    recorder.sequencedOut(ConnectionId{2}, error, 2, 1, 30); // to somebody else, in passing
    recorder.answerOut(alice, error, 2, 1, 30);
    recorder.redactedOut(alice, 0x81, 2, 30, "{}", recorder.behindLastIn(alice));
    recorder.sequencedOut(alice, error, 2, 2, 30);        // no answer
    recorder.answerOut(ConnectionId{2}, error, 2, 2, 30); // whose message nobody has seen
    recorder.flush();
    const QList<CapturedRow> found = rows();
    const QList<std::optional<quint64>> answered{{}, {}, 0, 0, {}, {}};
    for (const CapturedRow &row : found)
        QCOMPARE(row.answered(), answered.at(qsizetype(row.number)));
}

void TestRecorder::keepsTheAnswersRowAcrossBlocks()
{
    Recorder recorder(m_store.get());
    const QByteArray error = "\x81\x20{\"type\":\"error\",\"seq\":"_ba;
    for (int i = 0; i < 16 * 1024 - 1; ++i)
        recorder.event({}, EventKind::Note, "{}");
    recorder.frameIn(alice, textHeader(1), "?"); // fills the block
    QVERIFY(!recorder.pending());
    recorder.answerOut(alice, error, 2, 1, 30);
    recorder.flush();
    recorder.answerOut(alice, error, 2, 2, 30);
    recorder.flush();
    QCOMPARE(m_store->row(16 * 1024)->answered(), quint64{16 * 1024 - 1});
    QCOMPARE(m_store->row(16 * 1024 + 1)->answered(), quint64{16 * 1024 - 1});
}

void TestRecorder::keepsEventsBetweenFrames()
{
    Recorder recorder(m_store.get());
    recorder.frameIn(alice, textHeader(1), "1");
    recorder.event(alice, EventKind::LimitHit, R"({"limit":"rate"})");
    recorder.frameIn(alice, textHeader(1), "2");
    recorder.flush();
    QVERIFY(m_store->row(1)->isEvent());
    QCOMPARE(m_store->row(1)->eventKind(), EventKind::LimitHit);
    QCOMPARE(m_store->row(1)->payload, R"({"limit":"rate"})"_ba);
    QCOMPARE(m_store->row(2)->payload, "2"_ba);
}

void TestRecorder::handsOverWhenABlockIsFull()
{
    Recorder recorder(m_store.get());
    QByteArray payload(1000, 'p');
    int sent = 0;
    for (; m_store->stats().endRow == 0 && sent < 1000; ++sent) {
        payload[0] = char(sent); // equal ones would be stored once
        recorder.frameIn(alice, textHeader(1000), payload);
    }
    QVERIFY(sent <= 512 * 1024 / 1000 + 1);
    QVERIFY(sent > 512 * 1024 / 1040);
    QVERIFY(!recorder.pending());
    QCOMPARE(m_store->stats().endRow, static_cast<quint64>(sent));
}

void TestRecorder::handsOverWhenABlockHasManyRows()
{
    Recorder recorder(m_store.get());
    int sent = 0;
    for (; m_store->stats().endRow == 0 && sent < 100'000; ++sent)
        recorder.frameIn(alice, textHeader(1), "1");
    QCOMPARE(sent, 16 * 1024); // whoever wants one row unpacks them all
    QVERIFY(!recorder.pending());
}

void TestRecorder::anEchoCostsARowOnly()
{
    Recorder recorder(m_store.get());
    QVERIFY(recorder.hasJustStored({}));
    QVERIFY(!recorder.hasJustStored("hello"));
    recorder.frameIn(alice, textHeader(5), "hello");
    QVERIFY(recorder.hasJustStored("hello"));
    QVERIFY(!recorder.hasJustStored("hellO"));
    QVERIFY(!recorder.hasJustStored("hell"));
    recorder.repeatedOut(alice, 0x81, 2);
    recorder.flush();
    QVERIFY(!recorder.hasJustStored("hello"));
    const QList<CapturedRow> found = rows();
    QCOMPARE(found.size(), 2);
    QCOMPARE(found[1].payload, "hello"_ba);
    QCOMPARE(found[1].direction(), Direction::Out);
    QCOMPARE(found[1].record.firstByte, 0x81);
    QCOMPARE(found[1].record.headerSize, 2);
    QCOMPARE(found[1].record.wireLength, 5U);
    QCOMPARE(found[1].record.payloadOffset, found[0].record.payloadOffset);
}

void TestRecorder::usesTheMemoryOfWrittenBlocks()
{
    Recorder recorder(m_store.get());
    for (int i = 0; i < 100; ++i) {
        const QByteArray payload(100 + i, char('a' + i % 26));
        recorder.frameIn(alice, textHeader(quint64(payload.size())), payload);
        recorder.flush();
        if (i % 3 == 0)
            m_store->flush();                                                // now its memory is free
        QCOMPARE(m_store->row(quint64(i / 2))->payload.size(), 100 + i / 2); // and a reader holds another
    }
    for (int i = 0; i < 100; ++i)
        QCOMPARE(m_store->row(quint64(i))->payload, QByteArray(100 + i, char('a' + i % 26)));
}

void TestRecorder::storesEqualPayloadsThatFollowEachOtherOnce()
{
    Recorder recorder(m_store.get());
    const QByteArray text(500, 'e');
    recorder.frameIn(alice, textHeader(500), text);
    recorder.frameOut(alice, headerFor(Opcode::Text, 500), text);
    recorder.frameIn(alice, textHeader(1), "x");
    recorder.frameOut(alice, headerFor(Opcode::Text, 500), text);
    recorder.flush();
    const QList<CapturedRow> kept = rows();
    QCOMPARE(kept.size(), 4);
    QCOMPARE(kept[0].record.payloadOffset, kept[1].record.payloadOffset);
    QVERIFY(kept[3].record.payloadOffset != kept[1].record.payloadOffset);
    for (const int row : {0, 1, 3})
        QCOMPARE(kept[row].payload, text);
    QCOMPARE(kept[2].payload, "x"_ba);
}

void TestRecorder::givesATurnOneTime()
{
    Recorder recorder(m_store.get());
    {
        const TurnClock::Turn turn(recorder.clock());
        recorder.frameIn(alice, textHeader(1), "1");
        const qint64 began = steadyWallUs();
        while (steadyWallUs() < began + 2000) { }
        const TurnClock::Turn inner(recorder.clock());
        recorder.frameIn(alice, textHeader(1), "2");
    }
    recorder.frameIn(alice, textHeader(1), "3");
    recorder.flush();
    const QList<CapturedRow> kept = rows();
    QCOMPARE(kept[0].record.timeUs, kept[1].record.timeUs);
    QVERIFY(kept[2].record.timeUs >= kept[1].record.timeUs + 2000);
}

void TestRecorder::leavesPayloadsOutWhereTheStoreHasNoRoom()
{
    CaptureStore full;
    QVERIFY(full.create({.directory = m_directory->filePath(u"full"_s), .queueBytes = 0}));
    Recorder recorder(&full);
    QVERIFY(full.takesPayloads());
    recorder.frameIn(alice, textHeader(2), "in");
    recorder.flush();
    full.flush();
    QVERIFY(!full.takesPayloads()); // nothing waits, and nothing may
    recorder.frameIn(alice, textHeader(3), "out");
    recorder.event(alice, EventKind::ConnectionEnded, "{}");
    recorder.flush();
    full.flush();
    QCOMPARE(full.row(1)->record.flags & RecordPayloadOmitted, int(RecordPayloadOmitted));
    QCOMPARE(full.row(1)->record.wireLength, 3U);
    QCOMPARE(full.stats().payloadsOmitted, 1U);
    QCOMPARE(full.row(2)->payload, "{}"_ba);
}

void TestRecorder::saysWhenItBeginsToWait()
{
    Recorder recorder(m_store.get());
    int armed = 0;
    recorder.setPendingCallback([&armed] { ++armed; });
    recorder.frameIn(alice, textHeader(1), "1");
    recorder.frameIn(alice, textHeader(1), "2");
    QCOMPARE(armed, 1);
    QVERIFY(recorder.pending());
    recorder.flush();
    QVERIFY(!recorder.pending());
    recorder.frameIn(alice, textHeader(1), "3");
    QCOMPARE(armed, 2);
}

void TestRecorder::startsAfreshAfterAFlush()
{
    Recorder recorder(m_store.get());
    recorder.frameOut(alice, headerFor(Opcode::Text, 2), "hi");
    recorder.flush();
    recorder.event(alice, EventKind::Note, "{}"); // other bytes at the old offset
    recorder.frameOut(alice, headerFor(Opcode::Text, 2), "hi");
    recorder.flush();
    QCOMPARE(m_store->row(2)->payload, "hi"_ba);
}

void TestRecorder::keepsAHugePayload()
{
    Recorder recorder(m_store.get());
    const QByteArray huge(5 * 1024 * 1024, 'h');
    recorder.frameIn(alice, textHeader(1), "small");
    recorder.frameIn(alice, textHeader(static_cast<quint64>(huge.size())), huge);
    QVERIFY(!recorder.pending());
    QCOMPARE(m_store->row(1)->payload, huge);
    QCOMPARE(m_store->row(0)->payload, "small"_ba);
}

void TestRecorder::clockIsTheWallClockAndNeverRunsBackwards()
{
    const qint64 wall = QDateTime::currentMSecsSinceEpoch();
    qint64 last = steadyWallUs();
    QVERIFY(qAbs(last / 1000 - wall) < 1000);
    for (int i = 0; i < 1000; ++i) {
        const qint64 now = steadyWallUs();
        QVERIFY(now >= last);
        last = now;
    }
}

QTEST_GUILESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
