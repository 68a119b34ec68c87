// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"
#include "ui/messages/sessionwriter.h"
#include "ui/models/memorysource.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr int count = 2'500; // more than a block

void fill(MemorySource &source)
{
    for (int i = 0; i < count; ++i) {
        FrameRecord record;
        record.timeUs = 1'000'000 + i;
        record.connection = 1 + quint32(i) / 2'000;
        record.firstByte = i % 100 == 0 ? quint8(EventKind::Note) : i % 2 == 0 ? 0x81 : 0x82;
        record.flags = i % 100 == 0 ? quint8(RecordEvent) : i % 3 == 0 ? quint8(RecordOut) : quint8(RecordMasked);
        record.answers = i % 10 == 9 ? 3 : 0;
        source.append(record, "{\"type\":\"t" + QByteArray::number(i % 7) + "\",\"n\":" + QByteArray::number(i) + '}');
    }
}

RowSet all(const MemorySource &source)
{
    RowSet numbers;
    numbers.append(source.firstRow(), source.endRow());
    return numbers;
}

} // namespace

class TestSessionWriter final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_dir;

private slots:
    void whatIsWrittenCanBeOpened()
    {
        MemorySource source;
        fill(source);
        const QString folder = m_dir.filePath(u"one"_s);
        QCOMPARE(writeSession(folder, *source.rows(), all(source), false), QString());
        CaptureStore store;
        QVERIFY(store.open(folder).ok());
        QCOMPARE(store.stats().endRow, quint64(count));
        const QList<CapturedRow> rows = store.read(0, count);
        QCOMPARE(rows.size(), count);
        for (int i = 0; i < count; ++i) {
            const CapturedRow was = *source.row(quint64(i));
            QCOMPARE(rows[i].payload, was.payload);
            QCOMPARE(rows[i].record.timeUs, was.record.timeUs);
            QCOMPARE(rows[i].record.connection, was.record.connection);
            QCOMPARE(rows[i].record.firstByte, was.record.firstByte);
            QCOMPARE(rows[i].record.flags, was.record.flags);
            QCOMPARE(rows[i].answered(), was.answered());
            if (!was.isEvent() && was.opcode() == 1)
                QCOMPARE(rows[i].type().toByteArray(), was.type().toByteArray());
        }
    }

    void secretsStayOut()
    {
        MemorySource source;
        FrameRecord record;
        record.firstByte = 0x81;
        source.append(record, "{\"type\":\"auth\",\"data\":{\"token\":\"hush\"}}");
        const QString folder = m_dir.filePath(u"two"_s);
        QCOMPARE(writeSession(folder, *source.rows(), all(source), false), QString());
        CaptureStore store;
        QVERIFY(store.open(folder).ok());
        QVERIFY(!store.row(0)->payload.contains("hush"));
        QVERIFY((store.row(0)->record.flags & RecordRedacted) != 0);
    }

    void valuesStayOut()
    {
        MemorySource source;
        FrameRecord record;
        record.firstByte = 0x81;
        source.append(record, "{\"odd\":\"hush\"}");
        record.firstByte = 0x82;
        source.append(record, QByteArray("\x00hush", 5));
        const QString folder = m_dir.filePath(u"values"_s);
        QCOMPARE(writeSession(folder, *source.rows(), all(source), false, {"hush"}), QString());
        CaptureStore store;
        QVERIFY(store.open(folder).ok());
        QCOMPARE(store.row(0)->payload, "{\"odd\":\"[redacted]\"}"_ba);
        for (int i = 0; i < 2; ++i) {
            QVERIFY(!store.row(i)->payload.contains("hush"));
            QVERIFY((store.row(i)->record.flags & RecordRedacted) != 0);
        }
    }

    void whatIsThereStays()
    {
        QFile file(m_dir.filePath(u"kept"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        MemorySource source;
        fill(source);
        QVERIFY(!writeSession(m_dir.path(), *source.rows(), all(source), false).isEmpty());
        QVERIFY(file.exists());
        QVERIFY(!writeSession(u"/proc/nowhere/session"_s, *source.rows(), all(source), false).isEmpty());
    }

    void whatIsBrokenOffLeavesNothing()
    {
        MemorySource source;
        fill(source);
        const QString folder = m_dir.filePath(u"three"_s);
        QVERIFY(!writeSession(folder, *source.rows(), all(source), true).isEmpty());
        QVERIFY(!QDir(folder).exists());
    }
};

QTEST_GUILESS_MAIN(TestSessionWriter)
#include "tst_sessionwriter.moc"
