// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/filledlog.h"
#include "ui/log/matchmarks.h"
#include "ui/models/messagesmodel.h"

#include <QScrollBar>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestMatchSteps : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<FilledLog> m_log;

    void next() { QTest::keyClick(&m_log->panel, Qt::Key_F3); }
    void previous() { QTest::keyClick(&m_log->panel, Qt::Key_F3, Qt::ShiftModifier); }
    [[nodiscard]] bool isInSight() const
    {
        const QTableView *view = m_log->panel.view();
        return view->viewport()->rect().contains(view->visualRect(view->currentIndex()).center());
    }

private slots:
    void init()
    {
        m_log = std::make_unique<FilledLog>();
        QVERIFY(m_log->isReady());
    }
    void cleanup() { m_log.reset(); }

    void goesFromOneToTheNext_data()
    {
        QTest::addColumn<bool>("hides");
        QTest::newRow("others are hidden") << true;
        QTest::newRow("matches are highlighted") << false;
    }
    void goesFromOneToTheNext()
    {
        QFETCH(bool, hides);
        if (!hides)
            m_log->highlight();
        m_log->select(500);
        m_log->filter(u"type == chat && number >= 100"_s);
        QTRY_VERIFY(m_log->footer().startsWith(u"90 of 1,000 "_s));
        next();
        QCOMPARE(m_log->selected(), 509U);
        QCOMPARE(m_log->footer(), u"41 of 90 matches, among 1,000"_s);
        next();
        QCOMPARE(m_log->selected(), 519U);
        previous();
        previous();
        QCOMPARE(m_log->selected(), 499U);
        QVERIFY(isInSight());
        QCOMPARE(m_log->footer(), u"40 of 90 matches, among 1,000"_s);
    }

    void goesOnAtTheOtherEnd()
    {
        m_log->highlight();
        m_log->filter(u"type == chat && number >= 100"_s);
        QTRY_VERIFY(m_log->footer().startsWith(u"90 of 1,000 "_s));
        m_log->select(999);
        next();
        QCOMPARE(m_log->selected(), 109U);
        QVERIFY(isInSight());
        QCOMPARE(m_log->footer(), u"1 of 90 matches, among 1,000 · from the first one again"_s);
        next();
        QCOMPARE(m_log->footer(), u"2 of 90 matches, among 1,000"_s);
        previous();
        previous();
        QCOMPARE(m_log->selected(), 999U);
        QCOMPARE(m_log->footer(), u"90 of 90 matches, among 1,000 · from the last one again"_s);
    }

    void beginsWithWhatIsInSight()
    {
        m_log->highlight();
        m_log->filter(u"type == chat"_s);
        QTRY_VERIFY(m_log->footer().startsWith(u"100 of 1,000 "_s));
        m_log->panel.view()->verticalScrollBar()->setValue(300);
        next();
        QCOMPARE(m_log->selected(), 309U);
    }

    void doesNothingWhereNothingMatches()
    {
        next();
        QVERIFY(!m_log->panel.view()->currentIndex().isValid());
        m_log->highlight();
        m_log->select(4);
        m_log->filter(u"type == nothing"_s);
        QTRY_VERIFY(m_log->footer().startsWith(u"0 of 1,000 "_s));
        next();
        previous();
        QTRY_COMPARE(m_log->selected(), 4U);
    }

    void theFieldKeepsTheKeys()
    {
        m_log->field()->setFocus();
        QTest::keyClicks(m_log->field(), u"type == chat"_s);
        QTRY_COMPARE(m_log->rows(), 100);
        QTest::keyClick(m_log->field(), Qt::Key_F3);
        QVERIFY(m_log->panel.view()->currentIndex().isValid());
        QVERIFY(m_log->field()->hasFocus());
    }

    void theScrollBarShowsThem()
    {
        const auto *marks = m_log->panel.findChild<MatchMarks *>();
        m_log->highlight();
        m_log->filter(u"number in (0, 500)"_s);
        QTRY_COMPARE(std::count(marks->marks().begin(), marks->marks().end(), true), 2);
        QVERIFY(marks->marks().front());
        m_log->fill(9'000); // less of the bar for each
        QTRY_VERIFY(!marks->marks()[marks->marks().size() / 2] && marks->marks()[marks->marks().size() / 20]);
        m_log->highlight(false); // all that shows is one
        QTRY_VERIFY(marks->marks().empty());
        m_log->highlight();
        QTRY_VERIFY(!marks->marks().empty());
        m_log->field()->setCondition({});
        QTRY_VERIFY(marks->marks().empty());
    }
};

QTEST_MAIN(TestMatchSteps)
#include "tst_matchsteps.moc"
