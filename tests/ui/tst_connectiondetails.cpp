// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiondetails.h"
#include "ui/connections/levelbar.h"
#include "ui/connections/limitspage.h"
#include "ui/models/memorysource.h"
#include "ui/panels/tableview.h"
#include "ui/timeline/timelineview.h"

#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ConnectionEntry entryOf(quint32 id)
{
    ConnectionEntry entry{.info = {}, .counters = {}, .ending = {}};
    entry.info.id = ConnectionId{id};
    entry.info.requestHead = "GET /ws/main HTTP/1.1\r\nHost: x\r\n\r\n";
    return entry;
}

ConnectionEntry endedOf(quint32 id)
{
    ConnectionEntry entry = entryOf(id);
    entry.counters.state = ConnectionState::Ended;
    Ending ending;
    ending.cause = EndingCause::ClientVanished;
    ending.side = EndingSide::Client;
    ending.lifetimeMs = 90'000;
    ending.silenceMs = 60'300;
    ending.bytesIn = 2'048;
    ending.bytesOut = 17;
    ending.lastFrames = {{.direction = Direction::In, .opcode = 1, .size = 40, .beforeEndMs = 60'300}};
    entry.ending = ending;
    return entry;
}

QString allText(const QWidget &widget)
{
    QString text;
    const auto labels = widget.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        text += label->text() + u'\n';
    return text;
}

} // namespace

class TestConnectionDetails final : public QObject
{
    Q_OBJECT

private:
    MemorySource m_source;

private slots:
    void showsTheEvidence()
    {
        ConnectionDetails details(&m_source);
        const ConnectionEntry ended = endedOf(7);
        details.show(&ended);
        const QString text = allText(details);
        QVERIFY(text.contains(QString::fromUtf8(endingText(EndingCause::ClientVanished).sentence)));
        QVERIFY(text.contains(u"nginx"));
        QVERIFY(text.contains(u"2.0 KiB in, 17 B out"));
        const auto *frames = details.findChild<TableView *>();
        QVERIFY(!frames->isHidden());
        QCOMPARE(frames->model()->rowCount(), 1);
    }

    void hidesFramesOfWhoWasRefused()
    {
        ConnectionDetails details(&m_source);
        ConnectionEntry refused = endedOf(7);
        refused.counters.state = ConnectionState::Refused;
        refused.ending->stage = EndingStage::Http;
        refused.ending->lastFrames.clear();
        refused.ending->silenceMs = 0;
        details.show(&refused);
        QVERIFY(details.findChild<TableView *>()->isHidden());
        QVERIFY(!allText(details).contains(u"nginx"));
        QVERIFY(!allText(details).contains(u"RTT"));
    }

    void showsTheTrafficOfWhoWasRefusedBehindTheUpgrade()
    {
        ConnectionDetails details(&m_source);
        ConnectionEntry refused = endedOf(7);
        refused.counters.state = ConnectionState::Refused;
        details.show(&refused);
        QVERIFY(allText(details).contains(u"2.0 KiB in, 17 B out"));
        QVERIFY(allText(details).contains(u"RTT"));
    }

    void newColoursLeaveTheTimelineAlone()
    {
        MemorySource source;
        for (int i = 0; i < 10; ++i) {
            FrameRecord record;
            record.timeUs = 1'700'000'000'000'000 + i * 1'000'000;
            record.connection = 7;
            record.firstByte = quint8(EventKind::Operator);
            record.flags = RecordEvent;
            source.append(record, "{}");
        }
        ConnectionDetails details(&source);
        details.resize(700, 400);
        details.findChild<QTabWidget *>()->setCurrentIndex(2);
        details.QWidget::show();
        const ConnectionEntry open = entryOf(7);
        details.show(&open);
        auto *view = details.findChild<TimelineView *>();
        QTRY_VERIFY(!view->marks().empty());
        QTest::keyClick(view, Qt::Key_Right);
        const QStringList chosen = view->currentParts();
        QVERIFY(!chosen.isEmpty());
        QPalette palette = details.palette();
        palette.setColor(QPalette::Base, Qt::black);
        details.setPalette(palette);
        details.show(&open);
        QCOMPARE(view->currentParts(), chosen);
    }

    void aClickTakesTheFocusToTheFrames()
    {
        ConnectionDetails details(&m_source);
        details.resize(600, 300);
        details.findChild<QTabWidget *>()->setCurrentIndex(3);
        ConnectionEntry ended = endedOf(7);
        while (ended.ending->lastFrames.size() < 30)
            ended.ending->lastFrames << ended.ending->lastFrames.first();
        details.show(&ended);
        details.QWidget::show();
        QVERIFY(QTest::qWaitForWindowActive(&details));
        auto *frames = details.findChild<TableView *>();
        details.findChild<QTabWidget *>()->setFocus();
        frames->setCurrentIndex(frames->model()->index(0, 0));
        const QPoint first = frames->visualRect(frames->model()->index(0, 0)).center();
        QTest::mouseClick(frames->viewport(), Qt::LeftButton, {}, first);
        QVERIFY(frames->hasFocus());
        QTest::keyClick(frames, Qt::Key_End, Qt::ControlModifier);
        const QRect last = frames->visualRect(frames->currentIndex());
        QCOMPARE(frames->currentIndex().row(), 29);
        QVERIFY(frames->viewport()->visibleRegion().boundingRect().contains(last.center()));
    }

    void asksForTheLevelsOfWhatItShows()
    {
        ConnectionDetails details(&m_source);
        QSignalSpy wanted(&details, &ConnectionDetails::watchWanted);
        const ConnectionEntry open = entryOf(7);
        details.show(&open);
        details.show(&open);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.takeFirst().constFirst().value<ConnectionId>(), ConnectionId{7});
        const ConnectionEntry ended = endedOf(7);
        details.show(&ended);
        QCOMPARE(wanted.takeFirst().constFirst().value<ConnectionId>(), ConnectionId{});
        details.show(nullptr);
        QCOMPARE(wanted.size(), 0);
    }

    void showsLevelsOfTheRightConnectionOnly()
    {
        ConnectionDetails details(&m_source);
        const ConnectionEntry open = entryOf(7);
        details.show(&open);
        ConnectionLevels levels;
        levels.id = ConnectionId{8}; // was under way when another one was selected
        details.showLevels(levels);
        QCOMPARE(details.findChildren<LevelBar *>().size(), 0);
        levels.id = ConnectionId{7};
        levels.messages = 150;
        details.showLevels(levels);
        const auto bars = details.findChildren<LevelBar *>();
        QVERIFY(bars.size() > 10);
        QCOMPARE(bars.constFirst()->share(), 0.5);
        QVERIFY(allText(details).contains(u"150 of 300"));
    }

    void leadsToWhatEndedIt()
    {
        ConnectionDetails details(&m_source);
        QSignalSpy wanted(&details, &ConnectionDetails::endingWanted);
        ConnectionEntry ended = endedOf(7);
        ended.info.sinceMs = 1'000'000;
        details.show(&ended);
        QLabel *link = nullptr;
        const auto labels = details.findChildren<QLabel *>();
        for (QLabel *label : labels)
            link = label->text().contains(u"href=\"log\"") ? label : link;
        QVERIFY(link != nullptr && !link->isHidden());
        emit link->linkActivated(u"log"_s);
        QCOMPARE(wanted.size(), 1);
        const auto event = wanted.at(0).at(0).value<ServerEvent>();
        QCOMPARE(event.connection, ConnectionId{7});
        QCOMPARE(event.timeMs, 1'090'000);
        QCOMPARE(wanted.at(0).at(1).toLongLong(), 1'000'000);
        const ConnectionEntry open = entryOf(8);
        details.show(&open);
        QVERIFY(link->isHidden()); // nothing yet
        details.show(&ended, 1);   // the log is that of a later run
        QVERIFY(link->isHidden());
    }

    void leadsToTheDoctor()
    {
        ConnectionDetails details(&m_source);
        QSignalSpy wanted(&details, &ConnectionDetails::examineWanted);
        ConnectionEntry ended = endedOf(7);
        ended.info.requestHead = "GET / HTTP/1.1\r\n\r\n";
        details.show(&ended);
        QLabel *link = nullptr;
        const auto labels = details.findChildren<QLabel *>();
        for (QLabel *label : labels)
            link = label->text().contains(u"href=\"doctor\"") ? label : link;
        QVERIFY(link != nullptr && !link->isHidden());
        emit link->linkActivated(u"doctor"_s);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).value<ConnectionId>(), ConnectionId{7});
        ConnectionEntry silent = endedOf(8);
        silent.info.requestHead.clear();
        details.show(&silent);
        QVERIFY(link->isHidden()); // it asked for nothing
    }

    void framesLeadToTheirRows()
    {
        MemorySource source;
        FrameRecord record;
        record.connection = 7;
        record.firstByte = 0x81;
        record.wireLength = 40;
        source.append(record, QByteArray(40, 'x'));
        ConnectionDetails details(&source);
        QSignalSpy wanted(&details, &ConnectionDetails::rowWanted);
        QSignalSpy missed(&details, &ConnectionDetails::rowMissed);
        ConnectionEntry ended = endedOf(7);
        ended.ending->lastFrames.prepend({.direction = Direction::Out, .opcode = 1, .size = 9, .beforeEndMs = 70'000});
        details.show(&ended);
        auto *frames = details.findChild<TableView *>();
        emit frames->activated(frames->model()->index(1, 0));
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).toULongLong(), 0U);
        emit frames->activated(frames->model()->index(0, 0)); // the capture has none of it
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(missed.size(), 1);
    }

    void limitsFitANarrowPane_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {300, 360, 420, 500, 800})
            QTest::newRow(qPrintable(QString::number(width))) << width;
    }

    void limitsFitANarrowPane()
    {
        QFETCH(int, width);
        LimitsPage page;
        page.resize(width, 200);
        page.QWidget::show();
        ConnectionLevels levels;
        levels.id = ConnectionId{7};
        levels.queuedBytes = 1023 * 1023;
        page.show(levels);
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QTRY_COMPARE(page.horizontalScrollBar()->maximum(), 0);
    }

    void numbersDoNotMoveTheBars()
    {
        ConnectionDetails details(&m_source);
        details.resize(600, 500);
        details.findChild<QTabWidget *>()->setCurrentIndex(1);
        const ConnectionEntry open = entryOf(7);
        details.show(&open);
        ConnectionLevels levels;
        levels.id = ConnectionId{7};
        details.showLevels(levels);
        details.grab(); // lays out
        const QRect before = details.findChildren<LevelBar *>().constFirst()->geometry();
        levels.messages = 119;
        levels.queuedBytes = 1023 * 1023;
        levels.biggestMessage = 65'000;
        details.showLevels(levels);
        details.grab();
        QCOMPARE(details.findChildren<LevelBar *>().constFirst()->geometry(), before);
    }
};

QTEST_MAIN(TestConnectionDetails)
#include "tst_connectiondetails.moc"
