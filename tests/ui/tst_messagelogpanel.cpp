// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/filledlog.h"
#include "ui/details/messagedetails.h"
#include "ui/details/relatedline.h"
#include "ui/filter/messagefilterbar.h"
#include "ui/log/messagelogpanel.h"
#include "ui/log/pathcolumns.h"
#include "ui/models/memorysource.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

void fill(MemorySource &source, int count)
{
    for (int i = 0; i < count; ++i) {
        FrameRecord record;
        record.firstByte = 0x81;
        record.connection = quint32(i % 5 + 1);
        source.append(record, "{\"type\":\"move\",\"data\":{\"n\":" + QByteArray::number(source.endRow()) + "}}");
    }
}

} // namespace

class TestMessageLogPanel : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<MemorySource> m_source;
    std::unique_ptr<MessageLogPanel> m_panel;

    QScrollBar *bar() const { return m_panel->view()->verticalScrollBar(); }
    quint64 selected() const { return numberAtRow(*m_panel->model(), m_panel->view()->currentIndex().row()); }
    quint64 topRow() const { return numberAtRow(*m_panel->model(), m_panel->view()->rowAt(1)); }
    void select(int row) { m_panel->view()->setCurrentIndex(m_panel->model()->index(row, 0)); }
    QString footer() const { return m_panel->findChild<QLabel *>(u"footer"_s)->text(); }
    void typeFilter(const QString &text) { m_panel->findChild<QLineEdit *>()->setText(text); }

private slots:
    void initTestCase() { qRegisterMetaType<RowSet>(); }
    void init()
    {
        m_source = std::make_unique<MemorySource>();
        m_panel = std::make_unique<MessageLogPanel>(m_source.get());
        m_panel->resize(900, 600);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        fill(*m_source, 1000);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
        QTRY_VERIFY(bar()->maximum() > 0 && bar()->isVisible()); // the view lays its rows out later
        QTRY_COMPARE(bar()->value(), bar()->maximum());
    }
    void cleanup()
    {
        m_panel.reset();
        m_source.reset();
    }

    void followsUntilSomebodyScrollsUp()
    {
        QVERIFY(m_panel->isFollowing());
        fill(*m_source, 100);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1100);
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        bar()->setValue(300);
        QVERIFY(!m_panel->isFollowing());
        fill(*m_source, 100);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1200);
        QCOMPARE(bar()->value(), 300);
        bar()->setValue(bar()->maximum());
        QVERIFY(m_panel->isFollowing());
    }

    void goesToWhatAMessageAnswers()
    {
        FrameRecord record{.connection = 9, .firstByte = 0x81};
        m_source->append(record, "{\"type\":\"ask\",\"id\":1}");
        fill(*m_source, 10);
        record.flags = RecordOut;
        m_source->append(record, "{\"type\":\"answer\",\"re\":1}");
        QTRY_COMPARE(m_panel->model()->rowCount(), 1012);
        auto *line = m_panel->findChild<RelatedLine *>();
        select(1011);
        QTRY_VERIFY(line->isVisible());
        emit line->linkActivated(u"1000"_s);
        QCOMPARE(selected(), 1000U);
        select(1011);
        typeFilter(u"answer"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1);
        emit line->linkActivated(u"1000"_s); // the filter hides it
        QVERIFY(m_panel->findChild<MessageDetails *>()->pageText().contains(u"ask"_s));
    }

    // What is fixed to the view must not move with the rows.
    void theFocusRingStaysWhereItIs()
    {
        m_panel->view()->setFocus(Qt::MouseFocusReason);
        const auto seen = [this] {
            const QPixmap shown = m_panel->screen()->grabWindow(m_panel->winId());
            return shown.toImage().convertToFormat(QImage::Format_RGB32);
        };
        const auto whole = [this] { return m_panel->grab().toImage().convertToFormat(QImage::Format_RGB32); };
        QTRY_VERIFY(m_panel->view()->hasFocus() && seen() == whole());
        for (const int value : {300, 303, 301}) {
            bar()->setValue(value);
            QTRY_VERIFY2(seen() == whole(), qPrintable(QString::number(value)));
        }
    }

    void keysThatComeInChooseNothing()
    {
        QWidget *view = m_panel->view();
        m_panel->findChild<QLineEdit *>()->setFocus();
        QWidget *before = nullptr; // in the order of the tab key
        for (before = view->previousInFocusChain(); !before->isVisible() || before->focusPolicy() == Qt::NoFocus;)
            before = before->previousInFocusChain();
        before->setFocus();
        QTRY_VERIFY(before->hasFocus());
        QTest::keyClick(before, Qt::Key_Tab);
        QVERIFY(view->hasFocus());
        QVERIFY(!m_panel->view()->currentIndex().isValid());
        QVERIFY(m_panel->isFollowing());
        QTest::keyClick(view, Qt::Key_Up); // from what is in sight
        QCOMPARE(selected(), quint64(999));
        QVERIFY(!m_panel->isFollowing());
    }

    void keysBeginAtTheTopOfWhatIsInSight()
    {
        bar()->setValue(300);
        m_panel->view()->setFocus(Qt::TabFocusReason);
        const quint64 top = topRow();
        QTest::keyClick(m_panel->view(), Qt::Key_Down);
        QCOMPARE(selected(), top);
        QCOMPARE(topRow(), top);
    }

    void noRowIsCutWhileItFollows()
    {
        for (const int height : {600, 607, 613}) {
            m_panel->resize(900, height);
            const QTableView *view = m_panel->view();
            QTRY_COMPARE(view->rowViewportPosition(view->rowAt(0)), 0);
            const QRect newest = view->visualRect(m_panel->model()->index(m_panel->model()->rowCount() - 1, 0));
            QVERIFY(view->viewport()->rect().contains(newest));
        }
    }

    void speaksAsAClientToo()
    {
        const QModelIndex way = m_panel->model()->index(0, MessagesModel::Way);
        QCOMPARE(way.data().toString(), u"→ in"_s);
        m_panel->setSeenFromClient(true);
        QCOMPARE(way.data().toString(), u"→ sent"_s);
        QStringList offered;
        const auto boxes = m_panel->findChildren<QComboBox *>();
        for (const QComboBox *box : boxes) {
            for (int i = 0; i < box->count(); ++i)
                offered << box->itemText(i);
        }
        QVERIFY(offered.contains(u"→ sent"_s) && offered.contains(u"← received"_s) && !offered.contains(u"→ in"_s));
    }

    void whatIsReadStaysWhenOldRowsGo()
    {
        bar()->setValue(500);
        const quint64 before = topRow();
        m_source->setBounds(800, 1LL << 30);
        QTRY_COMPARE(m_panel->model()->rowCount(), 800);
        QTRY_COMPARE(topRow(), before);
        QVERIFY(!m_panel->isFollowing());
    }

    void theSelectionIsNeverTaken()
    {
        select(600);
        fill(*m_source, 500);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1500);
        QCOMPARE(selected(), 600U);
        m_source->setBounds(700, 1LL << 30); // it goes itself: nothing else is selected for it
        QTRY_COMPARE(m_panel->model()->rowCount(), 700);
        QVERIFY(!m_panel->view()->currentIndex().isValid());
    }

    void whatIsNearStaysInViewWhenTheFilterHidesTheSelected()
    {
        select(605);
        typeFilter(u"data.n < 300 or data.n > 610 or data.n == 600"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 300 + 1 + 389);
        const auto isInSight = [this](quint64 number) {
            const int row = m_panel->model()->rowOf(number);
            const QRect place = m_panel->view()->visualRect(m_panel->model()->index(row, 0));
            return row >= 0 && m_panel->view()->viewport()->rect().contains(place);
        };
        QTRY_VERIFY(isInSight(611));
        QVERIFY(isInSight(600));
        QVERIFY(!m_panel->isFollowing());
        typeFilter({});
        QTRY_COMPARE(selected(), 605U);
        QTRY_VERIFY(isInSight(605));
    }

    void theSelectedMessageIsInViewWhenTheFilterClears()
    {
        select(421);
        typeFilter(u"\"n\":42"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 11); // 42, 420 to 429
        QTRY_COMPARE(selected(), 421U);
        typeFilter({});
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
        QTRY_COMPARE(selected(), 421U);
        const QRect place = m_panel->view()->visualRect(m_panel->view()->currentIndex());
        QVERIFY(m_panel->view()->viewport()->rect().contains(place.center()));
    }

    void aHiddenSelectionComesBack()
    {
        select(100);
        typeFilter(u"\"n\":999"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1);
        QVERIFY(m_panel->findChild<MessageDetails *>()->pageText().contains(u"100"_s));
        typeFilter({});
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
        QTRY_COMPARE(selected(), 100U);
    }

    void aSelectionMovesNoRow()
    {
        bar()->setValue(300);
        const quint64 top = topRow();
        const QSize size = m_panel->view()->viewport()->size();
        for (const int row : {305, 302, 308}) {
            QTest::mouseClick(m_panel->view()->viewport(), Qt::LeftButton, {},
                              m_panel->view()->visualRect(m_panel->model()->index(row, 1)).center());
            QCoreApplication::processEvents();
            QCOMPARE(selected(), quint64(row));
            QCOMPARE(topRow(), top);
            QCOMPARE(m_panel->view()->viewport()->size(), size);
        }
    }

    void selectingStopsFollowing()
    {
        select(995);
        QVERIFY(!m_panel->isFollowing());
        const auto *jump = m_panel->findChild<QToolButton *>(u"jump"_s);
        QVERIFY(jump->isVisible());
        fill(*m_source, 100);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1100);
        QCOMPARE(selected(), 995U);
        QVERIFY(!m_panel->isFollowing());
    }

    void aSelectionStaysWhileItFollowsAgain()
    {
        select(995);
        emit m_panel->findChild<MessageFilterBar *>()->followWanted(true);
        fill(*m_source, 100);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1100);
        QTRY_COMPARE(bar()->value(), bar()->maximum());
        QCOMPARE(selected(), 995U);
        QVERIFY(m_panel->isFollowing());
    }

    void noMessageStaysBesideAnotherSelection()
    {
        const auto text = [this] { return m_panel->findChild<MessageDetails *>()->pageText(); };
        QSignalSpy told(m_panel.get(), &MessageLogPanel::messageSelected);
        select(6); // of connection 2
        QCOMPARE(told.size(), 1);
        QCOMPARE(m_panel->selectedConnection(), ConnectionId{2});
        m_panel->setConnectionFilter({ConnectionId{2}});
        QVERIFY(text().contains(u"\"n\":6"_s));
        QVERIFY(!m_panel->isFollowing());
        m_panel->setConnectionFilter({ConnectionId{3}});
        QVERIFY(m_panel->isFollowing());
        QCOMPARE(told.size(), 2);
        QVERIFY(text().isEmpty());
        QVERIFY(!m_panel->selectedConnection());
        m_panel->setConnectionFilter({});
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
        QVERIFY(!m_panel->view()->currentIndex().isValid());
    }

    void aMessageOfAnotherSessionIsGone()
    {
        select(6);
        m_source->clear();
        QVERIFY(m_panel->isFollowing());
        QVERIFY(m_panel->findChild<QTabWidget *>()->currentWidget()->property("plainText").toString().isEmpty());
        fill(*m_source, 1000);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
        QVERIFY(!m_panel->view()->currentIndex().isValid());
    }

    void saysHowManyAreHighlighted()
    {
        m_panel->findChildren<QComboBox *>().last()->setCurrentIndex(1);
        typeFilter(u"\"n\":42"_s);
        QTRY_COMPARE(footer(), u"11 of 1,000 highlighted"_s);
        QCOMPARE(m_panel->model()->rowCount(), 1000);
    }

    void saysThatTheViewWasCleared()
    {
        const auto *view = qobject_cast<TableView *>(m_panel->view());
        QVERIFY(view->emptyText().contains(u"No messages yet"_s));
        m_panel->model()->hideEarlier();
        QCOMPARE(m_panel->model()->rowCount(), 0);
        QVERIFY(view->emptyText().contains(u"cleared"_s));
    }

    void noTimeAndNoNumberIsCut() // whatever was measured when, in which font
    {
        fill(*m_source, 99'000);
        QTRY_COMPARE(m_panel->model()->rowCount(), 100'000);
        QTableView *view = m_panel->view();
        const QList<int> columns{MessagesModel::Time, MessagesModel::Delta, MessagesModel::Connection,
                                 MessagesModel::Size};
        for (const int column : columns)
            view->setColumnWidth(column, 12);
        for (const int column : columns) {
            const QModelIndex index = m_panel->model()->index(m_panel->model()->rowCount() - 1, column);
            const QVariant font = index.data(Qt::FontRole);
            const QFontMetrics metrics(font.isValid() ? font.value<QFont>() : view->font());
            const int width = metrics.horizontalAdvance(index.data().toString());
            QVERIFY(width > 0);
            QTRY_VERIFY2(view->columnWidth(column) > width, qPrintable(index.data().toString()));
        }
    }

    void narrowsToConnections()
    {
        m_panel->setConnectionFilter({ConnectionId{2}, ConnectionId{3}}, u"room main"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 400);
        m_panel->setConnectionFilter({});
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
    }

    void aColumnOfAValueComesBackAndGoes()
    {
        const auto columnsOf = [](const MessageLogPanel &panel) {
            return std::pair(panel.model()->columnCount(), panel.view()->horizontalHeader()->count());
        };
        const auto before = columnsOf(*m_panel);
        m_panel->view()->selectRow(3);
        m_panel->findChild<PathColumns *>()->add(JsonPath::readFromRoot(u"json.n").value());
        QCOMPARE(m_panel->model()->columnCount(), before.first + 1);
        QCOMPARE(m_panel->view()->selectionModel()->selectedRows().size(), 1);
        MessageLogPanel other(m_source.get());
        QVERIFY(other.restoreState(m_panel->saveState()));
        QCOMPARE(columnsOf(other), columnsOf(*m_panel));
        other.resetLayout();
        QCOMPARE(columnsOf(other), before);
    }

    void stateComesBack()
    {
        m_panel->view()->setColumnWidth(MessagesModel::Type, 222);
        const QByteArray state = m_panel->saveState();
        MessageLogPanel other(m_source.get());
        QVERIFY(other.restoreState(state));
        QCOMPARE(other.view()->columnWidth(MessagesModel::Type), 222);
        QVERIFY(!other.restoreState("rubbish"));
    }

    void saysUnderTheFieldWhatIsWrong_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("said");
        QTest::newRow("backreference")
            << u"/(n)\\1/"_s
            << u"Character 5: \\1 is not known; there are no backreferences and no look-around "
               "(the syntax is RE2's)"_s;
        QTest::newRow("look-around")
            << u"/a(?=b)/"_s
            << u"Character 3: (?= is not known; there are no backreferences and no look-around "
               "(the syntax is RE2's)"_s;
        QTest::newRow("not closed") << u"/n(/"_s << u"Character 3: ( is never closed"_s;
        QTest::newRow("a slash that does not end it") << u"/n\\/"_s << QString(); // still a text
        QTest::newRow("no such field")
            << u"typo == 3"_s
            << u"Character 1: there is no field typo; a text that is searched for as it is stands in quotes"_s;
        QTest::newRow("too large") << u"/(\\pL{500}){2}/"_s
                                   << u"Not an expression: its repetitions make it too large"_s;
        QTest::newRow("too long") << QString(1001, u'x')
                                  << u"Not an expression: more than 1,000 characters can not be searched for"_s;
        QTest::newRow("a percent sign") << u"/%1[z-a%2]/"_s << u"Character 5: z-a is no class of characters"_s;
        QTest::newRow("a text may hold anything") << u"n(\\1"_s << QString();
        QTest::newRow("an expression that is right") << u"/n(1|2)/"_s << QString();
    }
    void saysUnderTheFieldWhatIsWrong()
    {
        QFETCH(QString, typed);
        QFETCH(QString, said);
        typeFilter(typed);
        const auto *fault = m_panel->findChild<QLabel *>(u"fault"_s);
        QCOMPARE(fault->text(), said.isEmpty() ? said : said + u" · no condition holds meanwhile"_s);
        QCOMPARE(fault->isVisible(), !said.isEmpty());
        typeFilter(u"n"_s);
        QVERIFY(!fault->isVisible());
    }

    void aWrongExpressionLosesNothing()
    {
        typeFilter(u"/\"n\":42\\d?}/"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 11); // 42, 420 to 429
        typeFilter(u"/\"n\":42\\d?(/"_s);
        fill(*m_source, 1);
        QTRY_COMPARE(m_source->endRow(), 1001U);
        QTRY_VERIFY(footer().startsWith("11 of 1,001 match"_L1));
        QCOMPARE(m_panel->model()->rowCount(), 11);
    }

    void whatIsWrongSaysWhatIsStillShown()
    {
        const auto *fault = m_panel->findChild<QLabel *>(u"fault"_s);
        typeFilter(u"data.n > 990"_s);
        typeFilter(u"data.n > 990 and size > big"_s);
        QVERIFY2(fault->text().endsWith(u" · still shown: json.data.n > 990"_s)
                     || fault->text().endsWith(u" · still shown: data.n > 990"_s),
                 qPrintable(fault->text()));
        typeFilter(u"type == %1"_s); // nothing is put into the words
        typeFilter(u"type == %1 and"_s);
        QVERIFY2(fault->text().endsWith(u" · still shown: type == \"%1\""_s), qPrintable(fault->text()));
        typeFilter(QString(300, u'x'));
        typeFilter(u"size > big"_s);
        QVERIFY2(fault->text().size() < 200 && fault->text().endsWith(u"x…"_s), qPrintable(fault->text()));
        typeFilter({});
        QVERIFY(!fault->isVisible());
    }

    void aWrongExpressionBringsBackWhatWasBefore()
    {
        typeFilter(u"\"n\":42"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 11);
        typeFilter(u"/\"n("_s); // by hand, and so a text for a while
        QTRY_COMPARE(m_panel->model()->rowCount(), 0);
        typeFilter(u"/\"n(/"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 11);
    }

    void countsWhatWasNotSearchedToItsEnd()
    {
        FrameRecord record;
        record.firstByte = 0x81;
        for (int i = 0; i < 12; ++i)
            m_source->append(record, QByteArray(Expression::mostBytes + 1, 'x'));
        typeFilter(u"/z+/"_s);
        QTRY_COMPARE(footer(), u"0 of 1,012 match · 12 not searched to their ends"_s);
        typeFilter(u"/x/"_s);
        QTRY_COMPARE(footer(), u"12 of 1,012 match"_s);
    }

    void everyActionCanBeReachedByKeyboard()
    {
        const QList<QAction *> actions = m_panel->menuActions();
        for (const QAction *action : actions) {
            QVERIFY2(!action->shortcut().isEmpty() || action->menu() != nullptr, qPrintable(action->text()));
            QVERIFY2(action->toolTip() != action->text().remove(u'&'), qPrintable(action->text()));
        }
    }
};

QTEST_MAIN(TestMessageLogPanel)
#include "tst_messagelogpanel.moc"
