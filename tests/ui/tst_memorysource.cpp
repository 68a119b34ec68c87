// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/memorysource.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

FrameRecord textFrame(quint32 connection = 1)
{
    FrameRecord record;
    record.connection = connection;
    record.firstByte = 0x81;
    return record;
}

void fill(MemorySource &source, int count, const QByteArray &prefix = "row ")
{
    for (int i = 0; i < count; ++i)
        source.append(textFrame(), prefix + QByteArray::number(i));
}

std::vector<quint64> allFound(const QSignalSpy &spy)
{
    std::vector<quint64> all;
    for (const auto &arguments : spy) {
        const auto rows = arguments.at(0).value<RowSet>();
        for (quint64 i = 0; i < rows.size(); ++i)
            all.push_back(rows.at(i));
    }
    return all;
}

} // namespace

class TestMemorySource : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { qRegisterMetaType<RowSet>(); }

    void tellsOfManyRowsOnce()
    {
        MemorySource source;
        QSignalSpy changed(&source, &MessageSource::changed);
        fill(source, 1000);
        QCOMPARE(source.endRow(), 1000U);
        QCOMPARE(changed.size(), 0);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(source.row(7)->payload, QByteArray("row 7"));
        QCOMPARE(source.row(7)->record.storedLength, 5U);
    }

    void discardsTheOldest_data()
    {
        QTest::addColumn<int>("maxRows");
        QTest::addColumn<qint64>("maxBytes");
        QTest::newRow("rows") << 100 << qint64(1) * 1024 * 1024;
        QTest::newRow("bytes") << 100'000 << qint64(20'000);
        QTest::newRow("less than one row") << 100 << qint64(1);
    }
    void discardsTheOldest()
    {
        QFETCH(int, maxRows);
        QFETCH(qint64, maxBytes);
        MemorySource source;
        source.setBounds(maxRows, maxBytes);
        fill(source, 1000);
        QCOMPARE(source.endRow(), 1000U);
        QVERIFY(source.firstRow() > 0);
        QCOMPARE(source.discarded(), source.firstRow());
        QVERIFY(source.endRow() - source.firstRow() <= quint64(maxRows));
        QVERIFY(!source.row(source.firstRow() - 1));
        QCOMPARE(source.row(999)->payload, QByteArray("row 999"));
        QCOMPARE(source.read(0, 1000).size(), qsizetype(1000 - source.firstRow()));
    }

    void findsWhatIsThereAndWhatComes()
    {
        MemorySource source;
        fill(source, 500);
        QSignalSpy found(&source, &MessageSource::filtered);
        CaptureFilter filter;
        filter.content = Expression::text(u"row 42"_s).value();
        source.setFilter(filter);
        QTRY_COMPARE(allFound(found).size(), 11U); // 42, 420 to 429
        source.append(textFrame(), "ROW 42 again");
        QTRY_COMPARE(allFound(found).size(), 12U);
        QCOMPARE(allFound(found).back(), 500U);
    }

    void searchesOnAThreadOfItsOwn()
    {
        QThreadPool *pool = QThreadPool::globalInstance();
        const int threads = pool->maxThreadCount();
        pool->setMaxThreadCount(1);
        QSemaphore busy;
        pool->start([&busy] { busy.acquire(); });
        MemorySource source;
        fill(source, 500);
        QSignalSpy found(&source, &MessageSource::filtered);
        QSignalSpy changed(&source, &MessageSource::changed);
        source.setFilter({.content = Expression::text(u"row 42"_s).value()});
        QTRY_COMPARE(changed.size(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(found.size(), 0); // else this thread has searched
        busy.release();
        QTRY_COMPARE(allFound(found).size(), 11U);
        pool->setMaxThreadCount(threads);
    }

    void doesNotSearchWhatIsGone()
    {
        MemorySource source;
        fill(source, 500);
        source.clear();
        fill(source, 30);
        source.setBounds(20, 1LL << 30);
        QSignalSpy found(&source, &MessageSource::filtered);
        source.setFilter({.content = Expression::text(u"row"_s).value()});
        QTRY_COMPARE(allFound(found).size(), 20U);
        QCOMPARE(allFound(found).front(), 510U);
        QCOMPARE(found.last().at(1).toULongLong(), 530U);
    }

    void anEmptyFilterEndsTheSearch()
    {
        MemorySource source;
        fill(source, 10);
        CaptureFilter filter;
        filter.content = Expression::text(u"row"_s).value();
        source.setFilter(filter);
        source.setFilter({});
        QSignalSpy found(&source, &MessageSource::filtered);
        QSignalSpy changed(&source, &MessageSource::changed);
        fill(source, 1);
        QTRY_COMPARE(changed.size(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(found.size(), 0);
    }

    void numbersGoOnAfterClear()
    {
        MemorySource source;
        fill(source, 10);
        QSignalSpy reset(&source, &MessageSource::reset);
        source.clear();
        QCOMPARE(reset.size(), 1);
        QCOMPARE(source.firstRow(), 10U);
        fill(source, 1);
        QCOMPARE(source.endRow(), 11U);
        QVERIFY(source.row(10));
    }
};

QTEST_GUILESS_MAIN(TestMemorySource)
#include "tst_memorysource.moc"
