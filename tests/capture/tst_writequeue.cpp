// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/writequeue.h"

#include "server/capture/packedrows.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QByteArray frame(40, '.');

/// Frame, event, frame, event.
CaptureBatch mixedBatch()
{
    QByteArray payloads;
    RowPacker rows;
    const auto add = [&](const QByteArray &payload, quint8 firstByte, quint8 flags) {
        rows.add({.timeUs = 1000,
                  .wireLength = static_cast<quint32>(payload.size()),
                  .storedLength = static_cast<quint32>(payload.size()),
                  .payloadOffset = static_cast<quint32>(payloads.size()),
                  .firstByte = firstByte,
                  .flags = flags});
        payloads.append(payload);
    };
    for (const QByteArray &room : {"blue"_ba, "red"_ba}) {
        add(frame, 0x81, 0);
        add("{\"room\":\"" + room + "\"}", static_cast<quint8>(EventKind::RoomCreated), RecordEvent);
    }
    CaptureBatch batch = rows.take();
    batch.payloads = payloads;
    return batch;
}

} // namespace

// What is left out where the disk is too slow; how a store uses it stands in tst_capturestore.
class TestWriteQueue final : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatEventsSay();
    void losesEventsRatherThanGrowing();
};

void TestWriteQueue::keepsWhatEventsSay()
{
    WriteQueue queue;
    queue.setLimit(200);
    QCOMPARE(queue.push({0, mixedBatch()}).payloads, 0U); // an empty queue takes anything
    QCOMPARE(queue.push({4, mixedBatch()}).payloads, 2U);
    const BlockPointer block = unpacked(*queue.findFrom(4));
    QCOMPARE(block->rows.size(), 4);
    QByteArray scratch;
    for (const qsizetype number : {0, 2}) {
        QVERIFY(block->payloadOf(block->rows[number], scratch).isEmpty());
        QVERIFY(block->rows[number].flags & RecordPayloadOmitted);
    }
    QCOMPARE(block->payloadOf(block->rows[1], scratch), QByteArrayView(R"({"room":"blue"})"));
    QCOMPARE(block->payloadOf(block->rows[3], scratch), QByteArrayView(R"({"room":"red"})"));
    QCOMPARE(int(block->rows[1].flags), int(RecordEvent));
}

void TestWriteQueue::losesEventsRatherThanGrowing()
{
    constexpr qint64 limit = 100;
    WriteQueue queue;
    queue.setLimit(limit);
    quint64 lost = 0;
    for (quint64 row = 0; row < 400; row += 4)
        lost += queue.push({row, mixedBatch()}).rows;
    QVERIFY(lost > 0);
    QVERIFY(queue.bytes() <= 4 * limit);
}

QTEST_GUILESS_MAIN(TestWriteQueue)
#include "tst_writequeue.moc"
