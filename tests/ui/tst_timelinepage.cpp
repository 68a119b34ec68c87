// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/partsline.h"
#include "ui/models/memorysource.h"
#include "ui/timeline/timelinepage.h"
#include "ui/timeline/timelinereader.h"
#include "ui/timeline/timelineview.h"

#include <QAction>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QWheelEvent>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 ms = 1'000, second = 1'000 * ms;
constexpr qint64 start = 1'700'000'000 * second;
constexpr ConnectionId one{1};

/// A page that can be seen, of a source with rows of connection 1.
class Shown
{
public:
    MemorySource source;
    TimelinePage page{&source};

    Shown() { page.resize(700, 300); }
    void add(qint64 us, quint8 firstByte, quint8 flags = 0, const QByteArray &payload = "x")
    {
        FrameRecord record;
        record.timeUs = start + us;
        record.firstByte = firstByte;
        record.flags = flags;
        record.connection = 1;
        record.wireLength = quint32(payload.size());
        source.append(record, payload);
    }
    void event(qint64 us, EventKind kind, const QByteArray &payload = "{}")
    {
        add(us, quint8(kind), RecordEvent, payload);
    }
    /// Row 0 opened, 1 seat, 2–4 frames, 5 limit, 6 and 7 ping and pong, 8 ended.
    void fill()
    {
        event(0, EventKind::ConnectionOpened);
        event(1 * second, EventKind::SeatTaken, "{\"room\":\"main\",\"seat\":1,\"name\":\"Ada\"}");
        add(2 * second, 0x81);
        add(3 * second, 0x81, RecordOut);
        add(4 * second, 0x81, RecordOut);
        event(5 * second, EventKind::LimitHit, "{\"limit\":\"message_rate_exceeded\"}");
        add(6 * second, 0x89, RecordOut, "p");
        add(6 * second + 4 * ms, 0x8A, 0, "p");
        event(184 * second, EventKind::ConnectionEnded, "{\"cause\":\"client_vanished\"}");
    }
    void show(ConnectionId connection = one)
    {
        page.show(connection, 0);
        page.QWidget::show();
    }
    /// Its life.
    [[nodiscard]] QString words() const
    {
        const auto labels = page.findChildren<QLabel *>();
        return labels.empty() ? QString() : labels.first()->text();
    }
    [[nodiscard]] const TimelineMark *mark(TimelineLane lane) const
    {
        for (const TimelineMark &mark : page.view()->marks()) {
            if (mark.lane == lane)
                return &mark;
        }
        return nullptr;
    }
    /// In the first of a lane.
    [[nodiscard]] quint64 countIn(TimelineLane lane) const
    {
        const TimelineMark *first = mark(lane);
        return first != nullptr ? first->cell.count : 0;
    }
    void trigger(const QString &keys)
    {
        const auto actions = page.view()->actions();
        for (QAction *action : actions) {
            if (action->shortcuts().contains(QKeySequence(keys)))
                return action->trigger();
        }
        QFAIL("no such key");
    }
};

QString chosen(const Shown &shown) { return shown.page.view()->currentParts().join(u" · "_s); }

} // namespace

class TestTimelinePage final : public QObject
{
    Q_OBJECT
private slots:
    void saysItInWords()
    {
        Shown shown;
        shown.fill();
        shown.show();
        QTRY_VERIFY(shown.words().contains(u"Was open for 3 min 4 s"));
        for (const auto &part : {u"2 frames in, 3 out"_s, u"1 ping, median 4 ms"_s, u"limits hit: 1"_s,
                                 u"quiet once, for 2 min 57 s"_s, u"ended: The client"_s})
            QVERIFY2(shown.words().contains(part), qPrintable(shown.words()));
        QVERIFY(shown.page.view()->isVisible());
    }

    void describesItselfToWhoComesToIt()
    {
        Shown shown;
        shown.event(0, EventKind::ConnectionOpened);
        shown.show();
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        QTRY_VERIFY(shown.words().startsWith(u"Open for"));
        const QString opened = shown.words();
        shown.page.view()->clearFocus();
        shown.page.view()->setFocus();
        QCOMPARE(shown.page.view()->accessibleDescription(), opened);
        shown.add(second, 0x81);
        QTRY_VERIFY(shown.words().contains(u"1 frame in"));
        QCOMPARE(shown.page.view()->accessibleDescription(), opened); // nobody is told ten times a second
        shown.page.view()->clearFocus();
        shown.page.view()->setFocus();
        QCOMPARE(shown.page.view()->accessibleDescription(), shown.words());
    }

    void allOfWhatIsChosenCanBeHeard()
    {
        Shown shown;
        shown.event(0, EventKind::ConnectionOpened);
        shown.event(1 * second, EventKind::Note, QByteArray(150, 'n'));
        shown.page.resize(300, 300);
        shown.show();
        QTRY_COMPARE(shown.page.view()->marks().size(), 2U);
        QTest::keyClick(shown.page.view(), Qt::Key_End);
        const QString words = chosen(shown);
        QVERIFY2(words.size() > 80, qPrintable(words));
        const auto *line = shown.page.findChild<PartsLine *>();
        QVERIFY(line->text() != words); // there is no room for it
        QTRY_COMPARE(line->accessibleName(), words);
    }

    void saysWhyThereIsNothing()
    {
        Shown shown;
        shown.show();
        QTRY_VERIFY(shown.words().contains(u"no rows of this connection"));
        QVERIFY(!shown.page.view()->isVisible());
        shown.page.showNothing(u"Select one."_s);
        QCOMPARE(shown.words(), u"Select one."_s);
        QVERIFY(!shown.page.view()->isVisible());
    }

    void growsWhileRowsCome()
    {
        Shown shown;
        shown.event(0, EventKind::ConnectionOpened);
        shown.show();
        QTRY_VERIFY(shown.words().startsWith(u"Open for"));
        QVERIFY(shown.mark(TimelineLane::In) == nullptr);
        shown.add(second, 0x81);
        QTRY_VERIFY(shown.mark(TimelineLane::In) != nullptr);
        QVERIFY(shown.words().contains(u"1 frame in"));
    }

    void readsNothingThatNobodySees()
    {
        Shown shown;
        shown.fill();
        shown.page.show(one, 0);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(shown.page.view()->marks().empty());
        shown.page.QWidget::show();
        QTRY_VERIFY(!shown.page.view()->marks().empty());
    }

    void keysGoFromEventToEvent()
    {
        Shown shown;
        shown.fill();
        shown.show();
        QTRY_VERIFY(shown.words().contains(u"ended:"));
        TimelineView *view = shown.page.view();
        QSignalSpy wanted(&shown.page, &TimelinePage::rowWanted);
        QList<quint64> rows;
        for (int i = 0; i < 7; ++i) {
            QTest::keyClick(view, Qt::Key_Right);
            shown.trigger(u"Return"_s);
            rows << wanted.takeFirst().at(0).toULongLong();
        }
        QCOMPARE(rows, (QList<quint64>{0, 1, 5, 6, 8, 8, 8})); // what was quiet begins before the end, and leads there
        QTest::keyClick(view, Qt::Key_Left);
        QTest::keyClick(view, Qt::Key_Left);
        QVERIFY2(chosen(shown).contains(u"answered after 4 ms"), qPrintable(chosen(shown)));
        QTest::keyClick(view, Qt::Key_Home);
        QVERIFY(chosen(shown).contains(u"opened"));
        QTest::keyClick(view, Qt::Key_End);
        QVERIFY2(chosen(shown).contains(u"The client"), qPrintable(chosen(shown)));
        QTest::keyClick(view, Qt::Key_Home);
        for (int i = 0; i < 6; ++i)
            QTest::keyClick(view, Qt::Key_Up); // to the lanes of frames
        shown.trigger(u"Return"_s);
        QCOMPARE(wanted.takeFirst().at(0).toULongLong(), 7U);
    }

    void aClickLeadsToTheRow()
    {
        Shown shown;
        shown.fill();
        shown.show();
        QTRY_VERIFY(shown.mark(TimelineLane::Faults) != nullptr);
        QSignalSpy wanted(&shown.page, &TimelinePage::rowWanted);
        TimelineView *view = shown.page.view();
        const QPoint limit = view->placeOf(*shown.mark(TimelineLane::Faults));
        QTest::mouseClick(view, Qt::LeftButton, {}, limit);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).toULongLong(), 5U);
        QTest::mouseClick(view, Qt::LeftButton, {}, limit + QPoint(60, 0)); // nothing is there
        QCOMPARE(wanted.size(), 1);
    }

    void looksCloserAndBack()
    {
        Shown shown;
        shown.event(0, EventKind::ConnectionOpened);
        for (int i = 0; i < 20; ++i)
            shown.add(1'000 * second + i * ms, 0x81);
        shown.event(4'000 * second, EventKind::ConnectionEnded, "{\"cause\":\"client_vanished\"}");
        shown.show();
        QTRY_VERIFY(shown.mark(TimelineLane::In) != nullptr);
        const TimelineScale whole = shown.page.view()->scale();
        QCOMPARE(shown.countIn(TimelineLane::In), 20U);
        QTest::mouseClick(shown.page.view(), Qt::LeftButton, {},
                          shown.page.view()->placeOf(*shown.mark(TimelineLane::In)));
        for (int i = 0; i < 17; ++i)
            shown.trigger(u"+"_s);
        QVERIFY(shown.page.view()->scale().spanUs() < 100 * ms);
        QTRY_COMPARE(shown.countIn(TimelineLane::In), 1U); // read again, finer
        shown.trigger(u"0"_s);
        QCOMPARE(shown.page.view()->scale().fromUs, whole.fromUs);
        QCOMPARE(shown.page.view()->scale().toUs, whole.toUs);
    }

    void aCloserLookStaysWithinTheLife()
    {
        Shown shown;
        shown.fill();
        TimelineReader reader(&shown.source);
        reader.setReading(true);
        reader.read(one, 0);
        QTRY_VERIFY(reader.isUpToDate());
        reader.lookCloser(start - 100 * second, start + 900 * second);
        QTRY_VERIFY(reader.closer() != nullptr);
        QCOMPARE(reader.closer()->fromUs(), reader.whole().fromUs());
        QCOMPARE(reader.closer()->toUs(), reader.whole().toUs());
    }

    void theWheelKeepsTheTimeUnderTheMouse()
    {
        Shown shown;
        shown.fill();
        shown.show();
        QTRY_VERIFY(shown.words().contains(u"ended:"));
        TimelineView *view = shown.page.view();
        const QPointF at(300, 40);
        const qint64 before = view->scale().timeAt(at.x());
        const qint64 span = view->scale().spanUs();
        QWheelEvent turn(at, view->mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                         false);
        QCoreApplication::sendEvent(view, &turn);
        QVERIFY(view->scale().spanUs() < span);
        QVERIFY(qAbs(view->scale().timeAt(at.x()) - before) <= 2 * view->scale().pixelUs());
    }

    void manyFramesCostWhatFewDo()
    {
        Shown shown;
        shown.source.setBounds(300'000, 1 << 30);
        for (int i = 0; i < 200'000; ++i)
            shown.add(i * ms, 0x81, i % 2 == 0 ? 0 : RecordOut);
        shown.show();
        QTRY_VERIFY_WITH_TIMEOUT(shown.words().contains(u"100,000 frames in"), 30'000);
        QVERIFY(shown.page.view()->marks().size() < 1'000);
    }

    void anotherConnectionBeginsAnew()
    {
        Shown shown;
        shown.fill();
        shown.show();
        QTRY_VERIFY(shown.words().contains(u"ended:"));
        QTest::keyClick(shown.page.view(), Qt::Key_Right);
        QVERIFY(!chosen(shown).isEmpty());
        shown.page.show(ConnectionId{2}, 0);
        QVERIFY(chosen(shown).isEmpty());
        QTRY_VERIFY(shown.words().contains(u"no rows of this connection"));
    }
};

QTEST_MAIN(TestTimelinePage)
#include "tst_timelinepage.moc"
