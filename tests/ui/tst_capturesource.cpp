// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"
#include "server/capture/packedrows.h"
#include "ui/models/capturesource.h"
#include "ui/models/messagesmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

void append(CaptureStore &store, int count)
{
    QByteArray payloads;
    RowPacker rows;
    for (int i = 0; i < count; ++i) {
        const QByteArray payload = "{\"n\":" + QByteArray::number(i) + '}';
        FrameRecord record;
        record.connection = 1;
        record.firstByte = 0x81;
        record.payloadOffset = quint32(payloads.size());
        record.storedLength = record.wireLength = quint32(payload.size());
        payloads += payload;
        rows.add(record);
    }
    CaptureBatch batch = rows.take();
    batch.payloads = payloads;
    store.append(batch);
}

} // namespace

class TestCaptureSource : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;

    std::shared_ptr<CaptureStore> store(const QString &name) const
    {
        auto store = std::make_shared<CaptureStore>();
        CaptureOptions options;
        options.directory = m_dir->filePath(name);
        return store->create(options).ok() ? store : nullptr;
    }

private slots:
    void initTestCase() { qRegisterMetaType<RowSet>(); }
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void isEmptyWithoutAStore()
    {
        CaptureSource source;
        source.setPolling(true);
        source.setFilter({.content = Expression::text(u"x"_s).value()});
        QCOMPARE(source.endRow(), 0U);
        QVERIFY(!source.row(0));
        QVERIFY(source.read(0, 10).isEmpty());
    }

    void followsWhileSomebodyLooks()
    {
        const auto capture = store(u"a"_s);
        QVERIFY(capture);
        CaptureSource source;
        source.setStore(capture);
        MessagesModel model(&source);
        const QAbstractItemModelTester tester(&model);
        QSignalSpy changed(&source, &MessageSource::changed);
        append(*capture, 100);
        QCOMPARE(model.rowCount(), 0); // nobody looks
        source.setPolling(true);
        QCOMPARE(model.rowCount(), 100);
        append(*capture, 10);
        QTRY_COMPARE(model.rowCount(), 110);
        QCOMPARE(source.row(109)->payload, "{\"n\":9}"_ba);
        source.setPolling(false);
        changed.clear();
        append(*capture, 10);
        source.setPolling(true); // looks at once
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.rowCount(), 120);
    }

    void aFilterFollowsToo()
    {
        const auto capture = store(u"a"_s);
        QVERIFY(capture);
        CaptureSource source;
        source.setStore(capture);
        source.setPolling(true);
        RowSet found;
        connect(&source, &MessageSource::filtered, this, [&found](const RowSet &rows, quint64) { found.append(rows); });
        append(*capture, 20);
        source.setFilter({.content = Expression::text(u"\"n\":1"_s).value()});
        QTRY_COMPARE(found.size(), 11U); // 1, 10 to 19
        append(*capture, 2);
        QTRY_COMPARE(found.size(), 12U);
        QCOMPARE(found.at(11), 21U);
    }

    void aNewSessionBeginsAnew()
    {
        const auto first = store(u"a"_s), second = store(u"b"_s);
        QVERIFY(first && second);
        append(*first, 50);
        append(*second, 5);
        CaptureSource source;
        MessagesModel model(&source);
        const QAbstractItemModelTester tester(&model);
        QSignalSpy reset(&source, &MessageSource::reset);
        source.setStore(first);
        QCOMPARE(model.rowCount(), 50);
        source.setStore(first); // the same: nothing is read anew
        QCOMPARE(reset.size(), 1);
        source.setStore(second);
        QCOMPARE(model.rowCount(), 5);
        source.setStore(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestCaptureSource)
#include "tst_capturesource.moc"
