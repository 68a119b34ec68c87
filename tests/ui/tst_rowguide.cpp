// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/filledlog.h"
#include "ui/base/partsline.h"
#include "ui/connections/rowguide.h"
#include "ui/details/messagedetails.h"

#include <QSignalSpy>
#include <QThreadPool>
#include <functional>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestRowGuide final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<FilledLog> m_log;
    std::unique_ptr<RowGuide> m_guide;

    /// Row 1,000: what connection 4 ended for.
    void addBroken() const
    {
        FrameRecord record;
        record.connection = 4;
        record.flags = RecordBroken;
        record.firstByte = 0x81;
        m_log->source.append(record, "at fault");
    }
    static ServerEvent endOf(ConnectionId connection)
    {
        ServerEvent event;
        event.code = EventCode::ConnectionEnded;
        event.connection = connection;
        return event;
    }

private slots:
    void init()
    {
        m_log = std::make_unique<FilledLog>();
        m_guide = std::make_unique<RowGuide>(&m_log->source, &m_log->panel);
        QVERIFY(m_log->isReady());
    }
    void cleanup()
    {
        m_guide.reset();
        m_log.reset();
    }

    void leadsToARowThatShows()
    {
        QSignalSpy nothing(m_guide.get(), &RowGuide::nothingThere);
        m_guide->goTo(42);
        QCOMPARE(m_log->selected(), 42U);
        QCOMPARE(nothing.size(), 0);
    }

    void waitsForALogThatIsBeingNarrowed()
    {
        m_log->panel.setConnectionFilter({ConnectionId{3}});
        m_guide->goTo(502); // of connection 3
        QTRY_COMPARE(m_log->rows(), 200);
        QTRY_COMPARE(m_log->selected(), 502U);
    }

    void aRowThatIsHiddenShowsInTheDetails()
    {
        m_log->filter(u"type == chat"_s);
        QTRY_COMPARE(m_log->rows(), 100);
        m_guide->goTo(503);
        const auto lines = m_log->panel.findChild<MessageDetails *>()->findChildren<PartsLine *>();
        QTRY_VERIFY(std::ranges::any_of(
            lines, [](const PartsLine *line) { return line->wholeText().contains(u"left out of the log"); }));
    }

    void goesNowhereWhenSomebodyWentElsewhere()
    {
        m_log->panel.setConnectionFilter({ConnectionId{3}});
        QTRY_COMPARE(m_log->rows(), 200);
        m_guide->goTo(503); // of another one
        m_log->select(7);
        const quint64 chosen = m_log->selected();
        m_log->panel.setConnectionFilter({});
        QTRY_COMPARE(m_log->rows(), 1000);
        QTest::qWait(0);
        QCOMPARE(m_log->selected(), chosen);
    }

    void aHiddenRowIsNotAwaited()
    {
        m_log->panel.setConnectionFilter({ConnectionId{3}});
        m_guide->goTo(503); // of another one
        QTRY_COMPARE(m_log->rows(), 200);
        QTRY_COMPARE(m_log->panel.model()->searchedPercent(), 100);
        QCoreApplication::processEvents();
        m_log->panel.setConnectionFilter({});
        QTRY_COMPARE(m_log->rows(), 1000);
        QCoreApplication::processEvents();
        QVERIFY(m_log->selected() != 503U);
    }

    void anAnswerLeadsNobodyBack_data()
    {
        QTest::addColumn<std::function<void(TestRowGuide &)>>("elsewhere");
        using Elsewhere = std::function<void(TestRowGuide &)>;
        QTest::newRow("another row") << Elsewhere([](TestRowGuide &test) { test.m_log->select(7); });
        QTest::newRow("an earlier run") << Elsewhere([](TestRowGuide &test) { test.m_guide->tellEarlierRun(); });
        QTest::newRow("nothing") << Elsewhere([](TestRowGuide &test) { test.m_guide->tellMissing(); });
        QTest::newRow("an event without rows") << Elsewhere([](TestRowGuide &test) {
            ServerEvent event;
            event.code = EventCode::ServerStarted;
            test.m_guide->goToEvent(event, 0);
        });
    }

    /// Of a search that still runs.
    void anAnswerLeadsNobodyBack()
    {
        QFETCH(std::function<void(TestRowGuide &)>, elsewhere);
        addBroken();
        QTRY_COMPARE(m_log->rows(), 1001);
        m_guide->goToEvent(endOf(ConnectionId{4}), 0);
        elsewhere(*this);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(m_log->selected() != 1000U);
    }

    void saysWhenARowIsGone()
    {
        QSignalSpy nothing(m_guide.get(), &RowGuide::nothingThere);
        m_guide->goTo(5'000);
        QCOMPARE(nothing.size(), 1);
        QVERIFY(nothing.at(0).at(0).toString().contains(u"not in the log"));
    }

    void leadsToEvents()
    {
        addBroken();
        QTRY_COMPARE(m_log->rows(), 1001);
        m_guide->goToEvent(endOf(ConnectionId{4}), 0);
        QTRY_COMPARE(m_log->selected(), 1000U);
    }

    void saysWhyAnEventLeadsNowhere_data()
    {
        QTest::addColumn<EventCode>("code");
        QTest::addColumn<QString>("why");
        QTest::newRow("no row was found") << EventCode::RoomCreated << u"not in the log"_s;
        QTest::newRow("there are none") << EventCode::ServerStarted << u"no rows of such events"_s;
    }

    void saysWhyAnEventLeadsNowhere()
    {
        QFETCH(EventCode, code);
        QFETCH(QString, why);
        QSignalSpy nothing(m_guide.get(), &RowGuide::nothingThere);
        ServerEvent event;
        event.code = code;
        m_guide->goToEvent(event, 0);
        QTRY_COMPARE(nothing.size(), 1);
        QVERIFY2(nothing.at(0).at(0).toString().contains(why), qPrintable(nothing.at(0).at(0).toString()));
    }
};

QTEST_MAIN(TestRowGuide)
#include "tst_rowguide.moc"
