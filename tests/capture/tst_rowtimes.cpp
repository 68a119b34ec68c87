// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/rowtimes.h"

#include <QTest>

using namespace glasshouse;

namespace {

constexpr quint64 blockRows = 10;

/// Row n came at n ms.
BlockPointer blockAt(quint64 first)
{
    CaptureBlock block{.firstRow = first, .rows = {}, .names = {}, .payloads = "large"};
    for (quint64 row = first; row < first + blockRows; ++row)
        block.rows.append(FrameRecord{.timeUs = qint64(row) * 1'000});
    return std::make_shared<const CaptureBlock>(std::move(block));
}

class Log final : public SearchableRows
{
public:
    mutable int scans = 0;
    mutable std::weak_ptr<const CaptureBlock> last;

    [[nodiscard]] quint64 endRow() const override { return 1'000; }
    void scan(quint64 first, quint64 end, Read /*read*/, const std::function<bool(RowStretch &)> &visit) const override
    {
        ++scans;
        bool goesOn = first < endRow();
        for (quint64 at = first - first % blockRows; goesOn && at < std::min(end, endRow()); at += blockRows) {
            RowStretch stretch(blockAt(at), std::max(first, at), std::min(end, at + blockRows));
            last = stretch.block();
            goesOn = visit(stretch);
        }
    }
};

} // namespace

class TestRowTimes final : public QObject
{
    Q_OBJECT
private slots:
    void keepsThoseThatWerePassedLast()
    {
        const Log log;
        RowTimes times(log);
        log.scan(0, 200, SearchableRows::Read::Rows, [&](RowStretch &stretch) {
            times.pass(stretch);
            return true;
        });
        log.scans = 0;
        QCOMPARE(times.timeOf(199), std::optional<qint64>(199'000));
        QCOMPARE(times.timeOf(120), std::optional<qint64>(120'000));
        QCOMPARE(log.scans, 0);
        QCOMPARE(times.timeOf(7), std::optional<qint64>(7'000));
        QCOMPARE(times.timeOf(3), std::optional<qint64>(3'000)); // of the same block
        QCOMPARE(log.scans, 1);
        QCOMPARE(times.timeOf(1'000), std::nullopt);
    }

    void payloadsMayGo()
    {
        const Log log;
        RowTimes times(log);
        log.scan(0, blockRows, SearchableRows::Read::RowsAndPayloads, [&](RowStretch &stretch) {
            times.pass(stretch);
            return true;
        });
        QVERIFY(log.last.expired());
        QCOMPARE(times.timeOf(5), std::optional<qint64>(5'000));
        QCOMPARE(times.timeOf(500), std::optional<qint64>(500'000));
        QVERIFY(log.last.expired());
    }
};

QTEST_APPLESS_MAIN(TestRowTimes)
#include "tst_rowtimes.moc"
