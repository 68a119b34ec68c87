// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventrows.h"
#include "tests/ui/filledlog.h"
#include "ui/details/messagedetails.h"
#include "ui/models/messagesmodel.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QMenu>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestFilterMenu : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<FilledLog> m_log;

    /// What the context menu has at the current cell.
    [[nodiscard]] QMenu *menu() const
    {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QCoreApplication::sendEvent(m_log->panel.view()->viewport(), &event);
        const auto menus = m_log->panel.view()->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
        return menus.isEmpty() ? nullptr : menus.last();
    }
    [[nodiscard]] QAction *action(const QString &beginning) const
    {
        const auto actions = menu()->actions();
        for (QAction *action : actions) {
            if (action->text().remove(u'&').startsWith(beginning))
                return action;
        }
        return nullptr;
    }
    void choose(const QString &beginning) const
    {
        QAction *chosen = action(beginning);
        QVERIFY2(chosen != nullptr, qPrintable(beginning));
        chosen->trigger();
    }

private slots:
    void init()
    {
        m_log = std::make_unique<FilledLog>();
        QVERIFY(m_log->isReady());
    }
    void cleanup() { m_log.reset(); }

    void puts_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("rows");
        QTest::newRow("this") << int(MessagesModel::Type) << u"Filter by this"_s << u"type == \"chat\""_s << 100;
        QTest::newRow("all but this") << int(MessagesModel::Type) << u"Exclude"_s << u"type != \"chat\""_s << 900;
        QTest::newRow("connection") << int(MessagesModel::Time) << u"This connection"_s << u"#5"_s << 200;
        QTest::newRow("type") << int(MessagesModel::Time) << u"This type"_s << u"type == \"chat\""_s << 100;
        QTest::newRow("from here on") << int(MessagesModel::Time) << u"From here on"_s << u"number >= 99"_s << 901;
        QTest::newRow("up to here") << int(MessagesModel::Time) << u"Up to here"_s << u"number <= 99"_s << 100;
    }
    void puts()
    {
        QFETCH(int, column);
        QFETCH(QString, chosen);
        QFETCH(QString, words);
        QFETCH(int, rows);
        m_log->select(99, column);
        choose(chosen);
        QCOMPARE(m_log->field()->text(), words);
        QTRY_COMPARE(m_log->rows(), rows);
    }

    void joinsWhatIsThere()
    {
        m_log->filter(u"\"n\""_s);
        QTRY_COMPARE(m_log->rows(), 1000);
        m_log->select(99, MessagesModel::Type);
        choose(u"Filter by this:"_s);
        QCOMPARE(m_log->field()->text(), u"\"n\" && type == \"chat\""_s);
        QTRY_COMPARE(m_log->rows(), 100);
        QTRY_COMPARE(m_log->selected(), 99U);
        m_log->select(9, MessagesModel::Type);
        choose(u"Filter by this:"_s); // once is enough
        QCOMPARE(m_log->field()->text(), u"\"n\" && type == \"chat\""_s);
    }

    void takesThePlaceOfWhatIsThere()
    {
        m_log->select(99, MessagesModel::Type);
        QVERIFY(action(u"Filter by this alone"_s) == nullptr); // there is nothing else
        m_log->filter(u"\"n\""_s);
        QTRY_COMPARE(m_log->selected(), 99U);
        m_log->select(99, MessagesModel::Type);
        choose(u"Filter by this alone"_s);
        QCOMPARE(m_log->field()->text(), u"type == \"chat\""_s);
    }

    void takesAColumnsValue()
    {
        m_log->panel.model()->addPath(JsonPath::readFromRoot(u"data.n").value());
        m_log->select(99, MessagesModel::ColumnCount);
        choose(u"Filter by this"_s);
        QCOMPARE(m_log->field()->text(), u"data.n == 99"_s);
        QTRY_COMPARE(m_log->rows(), 1);
    }

    void takesPlayersAndTimesOfAnswers()
    {
        FrameRecord record{.connection = 9, .firstByte = quint8(EventKind::SeatTaken), .flags = RecordEvent};
        m_log->source.append(record, seatToJson({.room = u"main"_s, .seat = 1, .playerId = {}, .name = u"Ada"_s}));
        m_log->source.append({.connection = 9, .firstByte = 0x89}, "x");
        m_log->source.append({.timeUs = 51'312, .connection = 9, .firstByte = 0x8A, .answers = 1}, "x");
        QTRY_COMPARE(m_log->rows(), 1003);
        for (const int column : {MessagesModel::Answer, MessagesModel::Player})
            m_log->panel.view()->setColumnHidden(column, false);
        m_log->select(1002, MessagesModel::Answer);
        choose(u"Filter by this"_s);
        QCOMPARE(m_log->field()->text(), u"answer >= 51 ms"_s);
        QTRY_COMPARE(m_log->rows(), 1);
        m_log->filter(u"#9"_s);
        QTRY_COMPARE(m_log->rows(), 3);
        m_log->select(2, MessagesModel::Player);
        QTRY_COMPARE(m_log->panel.model()->playerOf(2), u"Ada"_s);
        choose(u"Filter by this alone"_s);
        QCOMPARE(m_log->field()->text(), u"player == \"Ada\""_s);
        QTRY_COMPARE(m_log->rows(), 3);
    }

    void aNameGoesWhole()
    {
        const QString name = QString(80, u'n') + u'\u202e' + u"Ada"_s;
        FrameRecord record{.connection = 9, .firstByte = quint8(EventKind::SeatTaken), .flags = RecordEvent};
        m_log->source.append(record, seatToJson({.room = u"main"_s, .seat = 1, .playerId = {}, .name = name}));
        m_log->source.append({.connection = 9, .firstByte = 0x81}, "x");
        QTRY_COMPARE(m_log->rows(), 1002);
        m_log->panel.view()->setColumnHidden(MessagesModel::Player, false);
        m_log->select(1001, MessagesModel::Player);
        QTRY_VERIFY(m_log->panel.model()->playerOf(1001).endsWith(u'\u2026'));
        choose(u"Filter by this"_s);
        QTRY_COMPARE(m_log->rows(), 2);
        QVERIFY(m_log->field()->text().contains(QString(80, u'n')));
    }

    void offersWhatStandsInTheDetails()
    {
        m_log->select(99);
        QMenu menu;
        const auto row = m_log->source.row(99);
        emit m_log->panel.findChild<MessageDetails *>()->menuFilled(&menu, *row,
                                                                    JsonPath::readFromRoot(u"data.n").value());
        const auto offers = menu.actions();
        const auto filter =
            std::ranges::find_if(offers, [](const QAction *one) { return one->text().contains(u"data.n == 99"_s); });
        QVERIFY(filter != offers.end());
        (*filter)->trigger();
        QCOMPARE(m_log->field()->text(), u"data.n == 99"_s);
    }

    void bringsTheSelectedOneBackIntoSight()
    {
        m_log->filter(u"type == chat"_s);
        QTRY_COMPARE(m_log->rows(), 100);
        m_log->select(50);               // the 509th
        m_log->filter(u"number >= 0"_s); // found elsewhere
        QTRY_COMPARE(m_log->rows(), 1000);
        QTRY_COMPARE(m_log->selected(), 509U);
        const QTableView *view = m_log->panel.view();
        QTRY_VERIFY(view->viewport()->rect().contains(view->visualRect(view->currentIndex()).center()));
    }

    void whatIsTooLongIsAFault()
    {
        m_log->filter(QStringList(4, u'"' + QString(990, u'n') + u'"').join(u" && "_s));
        const QString before = m_log->field()->text();
        m_log->field()->narrow(Condition::read(u"type == \"a long name\""_s).value());
        QCOMPARE(m_log->field()->text(), before);
        QVERIFY(m_log->panel.findChild<QLabel *>(u"fault"_s)->text().contains(u"longer"_s));
    }

    void longAndStrangeValuesStayShortAndPlain()
    {
        FrameRecord record;
        record.firstByte = 0x81;
        record.connection = 1;
        m_log->source.append(record, "{\"type\":\"<b>&" + QByteArray(100, 'x') + "\",\"data\":{}}");
        QTRY_COMPARE(m_log->rows(), 1001);
        m_log->select(1000, MessagesModel::Type);
        const QAction *offered = action(u"Filter by this"_s);
        QVERIFY(offered != nullptr);
        QVERIFY2(offered->text().size() < 70 && offered->text().contains(u"<b>&&"_s), qPrintable(offered->text()));
    }

    void everyLineSaysWhatItDoes()
    {
        m_log->filter(u"\"n\""_s);
        QTRY_COMPARE(m_log->rows(), 1000);
        m_log->select(99, MessagesModel::Type);
        QVERIFY(action(u"Filter by this alone"_s) != nullptr);
        const auto actions = menu()->actions();
        for (const QAction *one : actions) {
            if (!one->isSeparator() && one->menu() == nullptr)
                QVERIFY2(one->toolTip() != one->text().remove(u'&'), qPrintable(one->text()));
        }
    }
};

QTEST_MAIN(TestFilterMenu)
#include "tst_filtermenu.moc"
