// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventrows.h"
#include "ui/base/tints.h"
#include "ui/messages/seatnames.h"
#include "ui/models/memorysource.h"
#include "ui/models/messagesmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// Rows that exist only when somebody reads them.
class FakeSource final : public MessageSource
{
public:
    quint64 first = 0;
    quint64 end = 0;
    mutable int reads = 0;
    CaptureFilter filter;
    quint64 sampleEvery = 0; ///< 0: there are none
    quint32 answers = 0;     ///< every row
    std::optional<quint64> unreadable;

    std::vector<quint64> samples(quint64 from, quint64 to) const override
    {
        std::vector<quint64> rows;
        for (quint64 number = from; sampleEvery > 0 && number < to; ++number) {
            if (number % sampleEvery == 0)
                rows.push_back(number);
        }
        return rows;
    }
    quint64 firstRow() const override { return first; }
    quint64 endRow() const override { return end; }
    quint64 discarded() const override { return first; }
    std::optional<CapturedRow> row(quint64 number) const override
    {
        const auto rows = read(number, 1);
        return rows.isEmpty() ? std::nullopt : std::optional(rows.first());
    }
    QList<CapturedRow> read(quint64 from, int count) const override
    {
        ++reads;
        QList<CapturedRow> rows;
        for (quint64 number = std::max(from, first); number < std::min(end, from + quint64(count)); ++number) {
            if (number == unreadable)
                continue;
            rows.append(make(number));
            rows.last().record.answers = answers;
        }
        return rows;
    }
    std::shared_ptr<const SearchableRows> rows() const override { return {}; }
    void setFilter(const CaptureFilter &wanted) override { filter = wanted; }

    static CapturedRow make(quint64 number)
    {
        CapturedRow row;
        row.number = number;
        row.record.timeUs = qint64(number) * 1000;
        row.record.connection = quint32(number % 3 + 1);
        row.record.firstByte = 0x81;
        row.record.flags = number % 2 == 0 ? 0 : RecordOut;
        row.payload = "{\"type\":\"t" + QByteArray::number(number) + "\"}";
        row.record.wireLength = row.record.storedLength = quint32(row.payload.size());
        return row;
    }
};

CaptureFilter textFilter()
{
    CaptureFilter filter;
    filter.content = Expression::text(u"x"_s).value();
    return filter;
}

QString cell(const MessagesModel &model, int row, int column) { return model.index(row, column).data().toString(); }

} // namespace

Q_DECLARE_METATYPE(glasshouse::EventKind)

class TestMessagesModel : public QObject
{
    Q_OBJECT
private slots:
    void showsEveryRow_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("none") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("100,000") << 100'000;
    }
    void showsEveryRow()
    {
        QFETCH(int, count);
        FakeSource source;
        MessagesModel model(&source);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        source.end = quint64(count);
        emit source.changed();
        QCOMPARE(model.rowCount(), count);
        if (count == 0)
            return;
        QCOMPARE(cell(model, count - 1, MessagesModel::Type), u"t%1"_s.arg(count - 1));
        QCOMPARE(cell(model, 0, MessagesModel::Delta), QString());
        QCOMPARE(cell(model, 0, MessagesModel::Way), u"→ in"_s);
    }

    void readsOnlyWhatShows()
    {
        FakeSource source;
        source.end = 1'000'000;
        MessagesModel model(&source);
        QCOMPARE(source.reads, 0);
        for (int row = 500'000; row < 500'030; ++row)
            QVERIFY(!cell(model, row, MessagesModel::Preview).isEmpty());
        QVERIFY2(source.reads <= 4, qPrintable(QString::number(source.reads)));
    }

    void saysHowLongAnswersTook()
    {
        MemorySource source;
        const auto add = [&source](qint64 timeUs, quint8 firstByte, quint32 answers) {
            source.append({.timeUs = timeUs, .connection = 1, .firstByte = firstByte, .answers = answers}, "x");
        };
        add(1'000, 0x89, 0);
        add(52'300, 0x8A, 1);
        add(60'000, 0x81, 0);
        add(70'000, 0x81, 7); // what it answered is gone
        MessagesModel model(&source);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 4);
        const auto answers = [&model] {
            QStringList shown;
            for (int row = 0; row < model.rowCount(); ++row)
                shown << cell(model, row, MessagesModel::Answer);
            return shown;
        };
        QCOMPARE(answers(), (QStringList{{}, u"+51.3 ms"_s, {}, {}}));
        QCOMPARE(answers().at(1), u"+51.3 ms"_s); // as it is kept
        QCOMPARE(model.answerUs(1), std::optional<qint64>(51'300));
        const QString toolTip = model.index(1, MessagesModel::Answer).data(Qt::ToolTipRole).toString();
        QVERIFY2(toolTip.contains(u"row 0"_s), qPrintable(toolTip));
        model.setFilter(textFilter(), MessagesModel::FilterMode::Hide);
        emit source.filtered({1, 3}, 4, 0);
        QCOMPARE(answers(), (QStringList{u"+51.3 ms"_s, {}}));
    }

    void looksOnceForWhatARowAnswers()
    {
        FakeSource source;
        source.end = 100'000;
        source.answers = 90'000;
        source.unreadable = 5'000;
        const MessagesModel model(&source);
        QCOMPARE(model.answerUs(95'001), std::optional<qint64>(90'000'000));
        QCOMPARE(model.answerUs(95'000), std::nullopt);
        source.reads = 0;
        QCOMPARE(model.answerUs(95'001), std::optional<qint64>(90'000'000));
        QCOMPARE(model.answerUs(95'000), std::nullopt);
        QCOMPARE(source.reads, 0);
        source.first = 6'000; // it need not be read to know that it is gone
        QCOMPARE(model.answerUs(95'002), std::nullopt);
        QCOMPARE(source.reads, 0);
    }

    void namesThePlayer()
    {
        MemorySource source;
        const auto sit = [&source](quint32 connection, const QString &name) {
            source.append({.connection = connection, .firstByte = quint8(EventKind::SeatTaken), .flags = RecordEvent},
                          seatToJson({.room = u"main"_s, .seat = 1, .playerId = {}, .name = name}));
        };
        source.append({.connection = 3, .firstByte = 0x81}, "x");
        sit(3, u"Ada\n<b>"_s);
        source.append({.connection = 3, .firstByte = 0x81}, "x");
        source.append({.connection = 4, .firstByte = 0x81}, "x");
        MessagesModel model(&source);
        QTRY_COMPARE(model.rowCount(), 4);
        QSignalSpy changed(&model, &MessagesModel::dataChanged);
        QCOMPARE(model.players()->history()->learntTo(), 0U); // nobody has asked
        (void)cell(model, 2, MessagesModel::Player);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(cell(model, 0, MessagesModel::Player), QString());
        QCOMPARE(cell(model, 1, MessagesModel::Player), u"Ada⏎<b>"_s);
        QCOMPARE(cell(model, 2, MessagesModel::Player), u"Ada⏎<b>"_s);
        QCOMPARE(cell(model, 3, MessagesModel::Player), QString());
        sit(4, u"Bob"_s);
        source.append({.connection = 4, .firstByte = 0x81}, "x");
        QTRY_COMPARE(model.rowCount(), 6);
        QTRY_COMPARE(cell(model, 5, MessagesModel::Player), u"Bob"_s);
        source.clear(); // another session: connections are counted again
        source.append({.connection = 4, .firstByte = 0x81}, "x");
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(cell(model, 0, MessagesModel::Player), QString());
        QTRY_VERIFY(model.players()->history()->learntTo() > 0);
        QCOMPARE(cell(model, 0, MessagesModel::Player), QString());
    }

    void deltaIsToTheRowAbove()
    {
        FakeSource source;
        source.end = 100;
        MessagesModel model(&source);
        QCOMPARE(cell(model, 5, MessagesModel::Delta), u"+1.00 ms"_s);
        model.setFilter(textFilter(), MessagesModel::FilterMode::Hide);
        emit source.filtered({10, 40}, 100, 0);
        QCOMPARE(cell(model, 1, MessagesModel::Delta), u"+30.0 ms"_s);
    }

    void discardedRowsLeaveAtTheTop_data()
    {
        QTest::addColumn<quint64>("first");
        QTest::addColumn<quint64>("end");
        QTest::newRow("some") << quint64(30) << quint64(120);
        QTest::newRow("all, and new ones came") << quint64(200) << quint64(250);
        QTest::newRow("all") << quint64(100) << quint64(100);
    }
    void discardedRowsLeaveAtTheTop()
    {
        QFETCH(quint64, first);
        QFETCH(quint64, end);
        FakeSource source;
        source.end = 100;
        MessagesModel model(&source);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        source.first = first;
        source.end = end;
        emit source.changed();
        QCOMPARE(model.rowCount(), int(end - first));
        if (end > first)
            QCOMPARE(model.numberAt(0), first);
    }

    void discardedRowsLeaveTheMatches()
    {
        FakeSource source;
        source.end = 100;
        MessagesModel model(&source);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFilter(textFilter(), MessagesModel::FilterMode::Hide);
        emit source.filtered({3, 8, 50}, 100, 0);
        source.first = 20;
        emit source.changed();
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.numberAt(0), 50U);
    }

    void filterHidesAndComesBack()
    {
        FakeSource source;
        source.end = 100;
        MessagesModel model(&source);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFilter(textFilter(), MessagesModel::FilterMode::Hide);
        QCOMPARE(source.filter, textFilter());
        QCOMPARE(model.rowCount(), 0);
        emit source.filtered({3, 8}, 50, 0);
        emit source.filtered({60}, 100, 0);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowOf(60), 2);
        QCOMPARE(model.rowOf(61), -1);
        model.setFilter({}, MessagesModel::FilterMode::Hide);
        QCOMPARE(source.filter, CaptureFilter{});
        QCOMPARE(model.rowCount(), 100);
        emit source.filtered({99}, 100, 0); // late, of the search before
        QCOMPARE(model.rowCount(), 100);
    }

    void whatWaitedMayBeGone()
    {
        FakeSource source;
        source.end = 10;
        MessagesModel model(&source);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFilter(textFilter(), MessagesModel::FilterMode::Hide);
        emit source.filtered({2, 7}, 10, 0);
        model.setPaused(true);
        source.end = 200'000;
        emit source.filtered({12, 20, 70'000, 150'000}, 200'000, 0);
        QCOMPARE(model.rowCount(), 2);
        source.first = 100'000;
        emit source.changed();
        QCOMPARE(model.rowCount(), 0);
        model.setPaused(false);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.numberAt(0), 150'000U);
    }

    void findsItsWayInManyMatches()
    {
        FakeSource source;
        source.end = 1'000'000;
        MessagesModel model(&source);
        model.setFilter(textFilter(), MessagesModel::FilterMode::Hide);
        RowSet third;
        for (quint64 number = 1; number < source.end; number += 3) {
            third.append(number);
            if (number % 70'000 == 1 || number + 3 >= source.end)
                emit source.filtered(std::exchange(third, {}), number + 1, 0);
        }
        QCOMPARE(model.rowCount(), 333'333);
        for (const int row : {0, 1, 70'000, 70'001, 200'000, 333'332}) {
            QCOMPARE(model.numberAt(row), quint64(row) * 3 + 1);
            QCOMPARE(model.rowOf(quint64(row) * 3 + 1), row);
            QCOMPARE(model.rowOf(quint64(row) * 3 + 2), -1);
        }
        source.first = 500'000;
        emit source.changed();
        QCOMPARE(model.numberAt(0), 500'002U);
        QCOMPARE(model.rowCount(), 166'666);
    }

    void countsWhatWasNotSearchedToItsEnd()
    {
        FakeSource source;
        source.end = 100;
        MessagesModel model(&source);
        QCOMPARE(model.notSearched(), 0U);
        model.setFilter(textFilter(), MessagesModel::FilterMode::Hide);
        emit source.filtered({3}, 45, 2);
        emit source.filtered({}, 100, 10);
        QCOMPARE(model.notSearched(), 12U);
        model.setFilter({.errorsOnly = true}, MessagesModel::FilterMode::Hide);
        QCOMPARE(model.notSearched(), 0U);
    }

    void saysHowFarTheSearchIs()
    {
        FakeSource source;
        source.end = 100;
        MessagesModel model(&source);
        QCOMPARE(model.searchedPercent(), 100);
        model.setFilter(textFilter(), MessagesModel::FilterMode::Hide);
        QCOMPARE(model.searchedPercent(), 0);
        emit source.filtered({}, 45, 0);
        QCOMPARE(model.searchedPercent(), 45);
        emit source.filtered({}, 100, 0);
        source.end = 110; // from now on it follows, which is not worth a word
        emit source.changed();
        QCOMPARE(model.searchedPercent(), 100);
    }

    void highlightMarksAndHidesNothing()
    {
        FakeSource source;
        source.end = 100;
        MessagesModel model(&source);
        model.setFilter(textFilter(), MessagesModel::FilterMode::Highlight);
        emit source.filtered({3}, 100, 0);
        QCOMPARE(model.rowCount(), 100);
        QVERIFY(model.index(3, 0).data(Qt::BackgroundRole).isValid());
        QVERIFY(!model.index(4, 0).data(Qt::BackgroundRole).isValid());
    }

    void coloursWhatNothingElseMarks()
    {
        FakeSource source;
        source.end = 10;
        MessagesModel model(&source);
        const QModelIndex cell = model.index(3, 0);
        QVERIFY(!cell.data(Qt::BackgroundRole).isValid());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setColours(ColourRules({{Condition::read(u"size >= 0"_s).value(), Tint::MarkedBlue}}));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(cell.data(Qt::BackgroundRole).value<QColor>(), tint(Tint::MarkedBlue));
        model.setFilter(textFilter(), MessagesModel::FilterMode::Highlight);
        emit source.filtered({3}, 10, 0);
        QCOMPARE(model.index(3, 0).data(Qt::BackgroundRole).value<QColor>(), tint(Tint::Marked));
        QCOMPARE(model.index(4, 0).data(Qt::BackgroundRole).value<QColor>(), tint(Tint::MarkedBlue));
        model.setFilter({}, MessagesModel::FilterMode::Highlight);
        model.setColours({});
        QVERIFY(!model.index(3, 0).data(Qt::BackgroundRole).isValid());
    }

    void newRowsWaitWhilePaused_data()
    {
        QTest::addColumn<bool>("filtered");
        QTest::newRow("all") << false;
        QTest::newRow("filtered") << true;
    }
    void newRowsWaitWhilePaused()
    {
        QFETCH(bool, filtered);
        FakeSource source;
        source.end = 10;
        MessagesModel model(&source);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        if (filtered)
            model.setFilter(textFilter(), MessagesModel::FilterMode::Hide);
        model.setPaused(true);
        const int before = model.rowCount();
        source.end = 25;
        emit source.changed();
        emit source.filtered({12, 20}, 25, 0);
        QCOMPARE(model.rowCount(), before);
        QCOMPARE(model.waiting(), 15U);
        model.setPaused(false);
        QCOMPARE(model.rowCount(), filtered ? 2 : 25);
        QCOMPARE(model.waiting(), 0U);
    }

    void clearedRowsCanBeShownAgain()
    {
        FakeSource source;
        source.end = 10;
        MessagesModel model(&source);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.hideEarlier();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.hidden(), 10U);
        source.end = 12;
        emit source.changed();
        QCOMPARE(model.rowCount(), 2);
        model.showEarlier();
        QCOMPARE(model.rowCount(), 12);
    }

    void offersTheNewestOfTooMany()
    {
        FakeSource source;
        source.end = 3ULL << 31; // more than an int can count
        MessagesModel model(&source, nullptr, 1000);
        QCOMPARE(model.rowCount(), 1000);
        QCOMPARE(model.numberAt(999), source.end - 1);
        QCOMPARE(model.notOffered(), source.end - 1000);
        source.end += 3ULL << 31;
        emit source.changed();
        QCOMPARE(model.rowCount(), 1000);
        QCOMPARE(model.numberAt(999), source.end - 1);
    }

    void boundHoldsWhileItGrows()
    {
        FakeSource source;
        MessagesModel model(&source, nullptr, 1000);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < 50; ++i) {
            source.end += 90;
            emit source.changed();
            QVERIFY(model.rowCount() <= 1125);
        }
        QCOMPARE(model.numberAt(model.rowCount() - 1), source.end - 1);
    }

    void hostileTextStaysOnItsLine()
    {
        MemorySource source;
        FrameRecord record;
        record.firstByte = 0x81;
        source.append(record, QByteArray("a\nb\u202Ec\x1b[31m") + QByteArray(5000, 'x'));
        MessagesModel model(&source);
        const QString preview = cell(model, 0, MessagesModel::Preview);
        QCOMPARE(preview.size(), 256);
        QVERIFY(preview.startsWith(u"a⏎b·c·[31m"_s));
        QVERIFY(preview.endsWith(u'…'));
    }

    void describesFrames_data()
    {
        QTest::addColumn<int>("firstByte");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("preview");
        QTest::newRow("text") << 0x81 << QByteArray("{\"type\":\"move\"}") << u"text"_s << u"move"_s
                              << u"{\"type\":\"move\"}"_s;
        QTest::newRow("binary") << 0x82 << QByteArray("\x01\xff", 2) << u"binary"_s << u""_s << u"01 ff"_s;
        QTest::newRow("ping") << 0x89 << QByteArray("k1") << u"ping"_s << u""_s << u"k1"_s;
        QTest::newRow("close") << 0x88 << QByteArray("\x03\xe9now", 5) << u"close"_s << u"1001"_s
                               << u"going away: now"_s;
        QTest::newRow("close without code") << 0x88 << QByteArray() << u"close"_s << u"1005"_s << u"no status"_s;
        QTest::newRow("unknown") << 0x83 << QByteArray("\x01") << u"opcode 0x3"_s << u""_s << u"01"_s;
    }
    void describesFrames()
    {
        QFETCH(int, firstByte);
        QFETCH(QByteArray, payload);
        MemorySource source;
        FrameRecord record;
        record.firstByte = quint8(firstByte);
        source.append(record, payload);
        MessagesModel model(&source);
        QTEST(cell(model, 0, MessagesModel::Kind), "kind");
        QTEST(cell(model, 0, MessagesModel::Type), "type");
        if (qstrcmp(QTest::currentDataTag(), "close without code") != 0)
            QTEST(cell(model, 0, MessagesModel::Preview), "preview");
    }

    void showsNoCounters()
    {
        FakeSource source;
        source.sampleEvery = 10;
        MessagesModel model(&source);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        for (const quint64 end : {1, 25, 30, 31, 57}) {
            source.end = end;
            emit source.changed();
        }
        QCOMPARE(model.rowCount(), 57 - 6); // 0, 10, 20 … 50
        QCOMPARE(inserted.size(), 3);       // neither for 0 nor for 30
        QCOMPARE(model.numberAt(0), 1U);
        QCOMPARE(model.numberAt(8), 9U);
        QCOMPARE(model.numberAt(9), 11U);
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.rowOf(model.numberAt(row)), row);
        QCOMPARE(model.rowOf(20), -1);
        QCOMPARE(model.all(), 51U);
        source.first = 20; // the oldest go, with their counters
        emit source.changed();
        QCOMPARE(model.numberAt(0), 21U);
        QCOMPARE(model.rowCount(), 37 - 4);
        source.first = 21;
        emit source.changed();
        QCOMPARE(model.rowCount(), 37 - 4);
        QCOMPARE(model.all(), 33U);
    }

    /// Whoever hears of a reset first looks at what was there.
    void anotherSessionChangesNothingBeforeTheReset()
    {
        FakeSource source;
        source.sampleEvery = 10;
        source.end = 100;
        MessagesModel model(&source);
        model.setReference(5);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        std::vector<std::pair<int, quint64>> seen;
        const auto look = [&] { seen.emplace_back(model.rowCount(), model.numberAt(20)); };
        look();
        connect(&model, &MessagesModel::sessionEnds, this, look);
        connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, look);
        source.end = 30;
        emit source.reset();
        QCOMPARE(seen.size(), 3U);
        QCOMPARE(seen[1], seen[0]);
        QCOMPARE(seen[2], seen[0]);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(model.rowCount(), 27);
        QVERIFY(!model.reference());
    }

    void noCounterWaits()
    {
        FakeSource source;
        source.sampleEvery = 10;
        source.end = 5;
        MessagesModel model(&source);
        model.setPaused(true);
        source.end = 31;
        emit source.changed();
        QCOMPARE(model.waiting(), 26U - 3);
        QCOMPARE(model.rowCount(), 4);
        model.setPaused(false);
        QCOMPARE(model.rowCount(), 27);
        model.hideEarlier();
        QCOMPARE(model.hidden(), 27U);
    }

    void aPausedLogBeginsAnewWithARun()
    {
        FakeSource source;
        source.sampleEvery = 10;
        source.end = 5'000;
        MessagesModel model(&source);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPaused(true);
        source.end = 0;
        emit source.reset();
        QCOMPARE(model.rowCount(), 0);
        source.end = 50;
        emit source.changed();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.waiting(), 45U);
        model.setPaused(false);
        QCOMPARE(model.rowCount(), 45);
    }

    void dimsWhatIsNotLookedFor()
    {
        FakeSource source;
        source.end = 4;
        MessagesModel model(&source);
        model.setFilter(textFilter(), MessagesModel::FilterMode::Highlight);
        emit source.filtered({1, 2}, 4, 0);
        const auto colour = [&model](int row, int column) {
            return model.index(row, column).data(Qt::ForegroundRole).value<QColor>();
        };
        for (int column = 0; column < MessagesModel::ColumnCount; ++column) {
            QCOMPARE(colour(0, column), tint(Tint::Dimmed));
            QVERIFY(colour(1, column) != tint(Tint::Dimmed));
        }
        model.setFilter({}, MessagesModel::FilterMode::Highlight);
        QVERIFY(colour(0, MessagesModel::Preview) != tint(Tint::Dimmed));
    }

    void eventsAreSentences_data()
    {
        QTest::addColumn<EventKind>("kind");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<bool>("fault");
        ConnectionInfo info;
        info.address = u"192.0.2.1"_s;
        ConnectionEnded slow;
        slow.ending.cause = EndingCause::ReadTooSlowly;
        slow.counters.player = u"Ada"_s;
        ConnectionEnded left;
        left.ending.cause = EndingCause::ClientClosed;
        const QString tooSlow = QString::fromUtf8(endingText(EndingCause::ReadTooSlowly).sentence);
        QTest::newRow("opened") << EventKind::ConnectionOpened << openedToJson(info) << u"192.0.2.1 connected."_s
                                << false;
        QTest::newRow("a fault") << EventKind::ConnectionEnded << endedToJson(slow) << tooSlow + u" – “Ada”"_s << true;
        QTest::newRow("left") << EventKind::ConnectionEnded << endedToJson(left)
                              << QString::fromUtf8(endingText(EndingCause::ClientClosed).sentence) << false;
        QTest::newRow("refused") << EventKind::RequestRefused << refusedToJson(info, slow.ending)
                                 << tooSlow + u" – 192.0.2.1"_s << true;
        QTest::newRow("limit") << EventKind::LimitHit << limitToJson(EndingCause::ReadTooSlowly) << tooSlow << true;
        RoomInfo room;
        room.id = u"main"_s;
        QTest::newRow("room") << EventKind::RoomCreated << roomToJson(room) << u"Room main was opened."_s << false;
        QTest::newRow("seat") << EventKind::SeatTaken << seatToJson({u"main"_s, 1, "p1", u"Ada"_s})
                              << u"“Ada” sat down in room main."_s << false;
        QTest::newRow("operator") << EventKind::Operator << actionToJson("kick") << u"By hand: kick."_s << false;
        QTest::newRow("a client's end") << EventKind::ConnectionEnded << "{\"code\":1006,\"because\":\"Gone.\"}"_ba
                                        << u"Gone."_s << true;
        QTest::newRow("unknown") << EventKind::Note << "{\"a\":1}"_ba << u"{\"a\":1}"_s << false;
        QTest::newRow("no JSON") << EventKind::ConnectionEnded << "<b>"_ba << u"<b>"_s << false;
    }
    void eventsAreSentences()
    {
        QFETCH(EventKind, kind);
        QFETCH(QByteArray, json);
        MemorySource source;
        FrameRecord record;
        record.firstByte = quint8(kind);
        record.flags = RecordEvent;
        source.append(record, json);
        const MessagesModel model(&source);
        QTEST(cell(model, 0, MessagesModel::Preview), "sentence");
        const QVariant colour = model.index(0, MessagesModel::Preview).data(Qt::ForegroundRole);
        QTEST(colour.value<QColor>() == tint(Tint::Bad), "fault");
    }
};

QTEST_MAIN(TestMessagesModel)
#include "tst_messagesmodel.moc"
