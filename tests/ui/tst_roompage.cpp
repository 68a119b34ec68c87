// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gamestates.h"
#include "ui/base/partsline.h"
#include "ui/panels/roompage.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

TableView *tableNamed(const QWidget &page, const QString &name)
{
    const auto tables = page.findChildren<TableView *>();
    for (TableView *table : tables) {
        if (table->accessibleName() == name)
            return table;
    }
    return nullptr;
}

Snapshot snapshotOf(const QString &kind)
{
    if (kind == "code-racer"_L1)
        return roomSnapshot(kind, codeRacerState("racing"));
    return roomSnapshot(kind, kind == "horse-race"_L1 ? horseRaceState("betting") : QByteArray("{}"));
}

QString allText(const QWidget &page)
{
    QStringList texts;
    const auto labels = page.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        const auto *line = qobject_cast<const PartsLine *>(label); // leaves out what does not fit
        if (label->isVisibleTo(&page))
            texts << (line != nullptr ? line->wholeText() : label->text());
    }
    return texts.join(u'\n');
}

/// Presses the button of the question that comes up.
void answer(const QString &text, bool yes)
{
    QTimer::singleShot(0, [text, yes] {
        auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget());
        QVERIFY(dialog != nullptr);
        dialog->setTextValue(text);
        yes ? dialog->accept() : dialog->reject();
    });
}

struct ShownPage
{
    RoomPage page{{}, {}};
    TableView *players = tableNamed(page, u"Players"_s);
    QAction *kick = page.menuActions().constFirst();

    explicit ShownPage(const Snapshot &snapshot)
    {
        page.resize(900, 300);
        page.setRoom(u"main"_s);
        page.show();
        page.apply(snapshot);
    }
    QStringList columns() const ///< in sight
    {
        QStringList titles;
        for (int column = 0; column < players->model()->columnCount(); ++column) {
            if (!players->isColumnHidden(column))
                titles << players->model()->headerData(column, Qt::Horizontal).toString();
        }
        return titles;
    }
    QString selectedName() const
    {
        const QModelIndexList rows = players->selectionModel()->selectedRows(PlayersModel::Name);
        return rows.isEmpty() ? QString() : rows.first().data().toString();
    }
};

} // namespace

class TestRoomPage : public QObject
{
    Q_OBJECT
private slots:
    void nothingIsCut_data()
    {
        QTest::addColumn<QStringList>("kinds");
        const QString racer = u"code-racer"_s, horses = u"horse-race"_s, relay = u"relay"_s;
        QTest::newRow("race") << QStringList{racer};
        QTest::newRow("horses") << QStringList{horses};
        QTest::newRow("race after horses") << QStringList{horses, racer};
        QTest::newRow("race after relay") << QStringList{relay, racer};
        QTest::newRow("horses after race") << QStringList{racer, horses};
        QTest::newRow("relay after race") << QStringList{racer, relay};
    }
    void nothingIsCut()
    {
        QFETCH(QStringList, kinds);
        RoomPage page({}, {});
        page.resize(760, 300);
        page.setRoom(u"main"_s);
        page.show();
        for (const QString &kind : kinds) {
            page.apply(snapshotOf(kind));
            QCoreApplication::processEvents();
            const TableView *players = tableNamed(page, u"Players"_s);
            QCOMPARE(players->horizontalHeader()->length(), players->viewport()->width());
        }
    }

    void saysWhatGoesOn_data()
    {
        QTest::addColumn<Snapshot>("snapshot");
        QTest::addColumn<QStringList>("words");
        const QString racer = u"code-racer"_s;
        QTest::newRow("race") << snapshotOf(racer)
                              << QStringList{u"main"_s, u"Code Racer · code K7QF"_s,
                                             u"Racing: 1 of 3 done, 42 s left"_s, u"3 players · 1 away"_s,
                                             u"Least program · C++ · 20 characters"_s};
        Snapshot paused = snapshotOf(racer);
        paused.rooms.first().paused = true;
        QTest::newRow("paused: no time is left or lost")
            << paused << QStringList{u"\nPaused · Racing: 1 of 3 done\n"_s};
        QTest::newRow("waiting") << roomSnapshot(u"relay"_s, "{}", u"waiting"_s)
                                 << QStringList{u"Waiting for the start"_s, u"3 players · 1 ready · 1 away"_s,
                                                u"keeps no state"_s};
        QTest::newRow("relay") << snapshotOf(u"relay"_s) << QStringList{u"\nPlaying\n"_s};
    }
    void saysWhatGoesOn()
    {
        QFETCH(Snapshot, snapshot);
        QFETCH(QStringList, words);
        const ShownPage shown(snapshot);
        const QString text = allText(shown.page);
        for (const QString &part : words)
            QVERIFY2(text.contains(part), qPrintable(part + u" is not in "_s + text));
    }

    void showsThePartsOfItsGame_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("columns");
        QTest::addColumn<bool>("horses");
        QTest::newRow("race") << u"code-racer"_s << QStringList{u"Player"_s,   u"Status"_s, u"Place"_s,
                                                                u"Progress"_s, u"wpm"_s,    u"Accuracy"_s}
                              << false;
        QTest::newRow("horses") << u"horse-race"_s
                                << QStringList{u"Player"_s, u"Status"_s, u"Chips"_s, u"Staked"_s, u"Loans"_s} << true;
        QTest::newRow("relay") << u"relay"_s << QStringList{u"Player"_s, u"Status"_s, u"#"_s} << false;
        QTest::newRow("unknown game") << u"chess"_s << QStringList{u"Player"_s, u"Status"_s, u"#"_s} << false;
    }
    void showsThePartsOfItsGame()
    {
        QFETCH(QString, kind);
        const ShownPage shown(snapshotOf(kind));
        QTEST(shown.columns(), "columns");
        const TableView *horses = tableNamed(shown.page, u"Horses"_s);
        QTEST(horses != nullptr && horses->isVisible(), "horses");
    }

    void anotherGameHasOtherColumns()
    {
        ShownPage shown(snapshotOf(u"code-racer"_s));
        shown.players->setColumnHidden(3, true);
        shown.players->sortByColumn(4, Qt::DescendingOrder);
        shown.page.apply(snapshotOf(u"horse-race"_s));
        QCOMPARE(shown.columns().mid(2), (QStringList{u"Chips"_s, u"Staked"_s, u"Loans"_s}));
        QCOMPARE(shown.players->horizontalHeader()->sortIndicatorSection(), -1); // that column was another one
        QCOMPARE(shown.players->model()->rowCount(), 4);
        shown.page.apply(snapshotOf(u"relay"_s));
        QCOMPARE(shown.columns(), (QStringList{u"Player"_s, u"Status"_s, u"#"_s}));
    }

    void showsAStrangersGame()
    {
        const ShownPage shown(roomSnapshot(u"chess"_s, R"({"board":["e4"]})"));
        const QString text = allText(shown.page);
        QVERIFY2(text.contains(u"chess · code K7QF"_s) && text.contains(u"\nPlaying\n"_s), qPrintable(text));
        const auto *state = shown.page.findChild<QPlainTextEdit *>();
        QVERIFY(state->isVisible());
        QCOMPARE(state->toPlainText(), u"{\n  \"board\": [\n    \"e4\"\n  ]\n}"_s);
        QCOMPARE(shown.players->model()->index(0, 2).data().toString(), u"1"_s);
    }

    void theSelectionStays()
    {
        ShownPage shown(snapshotOf(u"code-racer"_s));
        shown.players->selectRow(1);
        QCOMPARE(shown.selectedName(), u"Grace"_s);
        Snapshot next = roomSnapshot(u"code-racer"_s, codeRacerState("racing", 19));
        next.watched->players.removeFirst();
        next.timeMs += 5000;
        shown.page.apply(next);
        QCOMPARE(shown.selectedName(), u"Grace"_s);
    }

    // Qt would select a neighbour, and the next kick would hit somebody else.
    void whoLeftIsNotReplaced()
    {
        ShownPage shown(snapshotOf(u"code-racer"_s));
        shown.players->setCurrentIndex(shown.players->model()->index(1, 0));
        QVERIFY(shown.kick->isEnabled());
        Snapshot next = snapshotOf(u"code-racer"_s);
        next.watched->players.removeAt(1);
        shown.page.apply(next);
        QCOMPARE(shown.selectedName(), QString());
        QVERIFY(!shown.kick->isEnabled());
    }

    void kickAsks()
    {
        ShownPage shown(snapshotOf(u"relay"_s));
        QSignalSpy kicked(&shown.page, &RoomPage::kickWanted);
        QVERIFY(!shown.kick->isEnabled());
        shown.players->selectRow(1);
        answer(u"not fair"_s, false);
        shown.kick->trigger();
        QCOMPARE(kicked.size(), 0);
        answer(u"not fair"_s, true);
        shown.kick->trigger();
        QCOMPARE(kicked.size(), 1);
        QCOMPARE(kicked.at(0).at(0).value<ConnectionId>(), ConnectionId{2});
        QCOMPARE(kicked.at(0).at(1).toString(), u"not fair"_s);
        shown.players->selectRow(2);
        QVERIFY(!shown.kick->isEnabled()); // dropped: there is no connection
    }

    void leadsToTheConnection()
    {
        ShownPage shown(snapshotOf(u"relay"_s));
        QSignalSpy wanted(&shown.page, &RoomPage::connectionWanted);
        for (const int row : {0, 2}) { // the second has dropped
            shown.players->selectRow(row);
            emit shown.players->doubleClicked(shown.players->currentIndex());
        }
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).value<ConnectionId>(), ConnectionId{1});
    }

    void leadsToTheConnectionByKeysToo_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("Return") << Qt::Key_Return;
        QTest::newRow("of the number pad") << Qt::Key_Enter;
    }
    void leadsToTheConnectionByKeysToo()
    {
        QFETCH(Qt::Key, key);
        ShownPage shown(snapshotOf(u"relay"_s));
        QSignalSpy wanted(&shown.page, &RoomPage::connectionWanted);
        shown.players->setFocus();
        QTRY_VERIFY(shown.players->hasFocus());
        for (const int row : {0, 2}) { // the second has dropped
            shown.players->selectRow(row);
            QTest::keyClick(shown.players, key);
        }
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.at(0).at(0).value<ConnectionId>(), ConnectionId{1});
    }

    void watchesOnlyWhatIsSeen()
    {
        RoomPage page({}, {});
        QSignalSpy watched(&page, &RoomPage::watchWanted);
        const auto last = [&watched] { return watched.isEmpty() ? u"never"_s : watched.last().at(0).toString(); };
        page.setRoom(u"main"_s);
        QCOMPARE(last(), u"never"_s);
        page.show();
        QCOMPARE(last(), u"main"_s);
        page.setRoom(u"other"_s);
        QCOMPARE(last(), u"other"_s);
        page.hide();
        QCOMPARE(last(), QString());
    }

    void otherRoomsAreNotMixedUp()
    {
        ShownPage shown(snapshotOf(u"code-racer"_s));
        Snapshot next = snapshotOf(u"code-racer"_s);
        next.rooms.first().id = u"other"_s;
        shown.page.setRoom(u"other"_s);
        shown.page.apply(next); // the details are still those of the first
        QCOMPARE(shown.players->model()->rowCount(), 0);
        QVERIFY(!allText(shown.page).contains(u"Racing"_s));
    }

    void saysThatTheRoomIsClosed()
    {
        ShownPage shown(snapshotOf(u"relay"_s));
        shown.page.setRoom({});
        shown.page.apply(snapshotOf(u"relay"_s));
        QVERIFY(allText(shown.page).contains(u"No room is selected"_s));
        shown.page.apply({});
        QVERIFY(allText(shown.page).contains(u"Room main is closed."_s));
        shown.page.clear();
        QVERIFY(allText(shown.page).contains(u"No room is selected"_s));
    }

    void theTextStaysWhereItWas()
    {
        const auto board = [](const QByteArray &last) {
            return roomSnapshot(u"chess"_s, "{\"moves\":[" + QByteArray("\"e4\",").repeated(200) + last + "]}");
        };
        ShownPage shown(board("1"));
        auto *text = shown.page.findChild<QPlainTextEdit *>();
        QVERIFY(text->isVisible());
        QTextCursor cursor = text->textCursor();
        cursor.setPosition(400);
        cursor.setPosition(420, QTextCursor::KeepAnchor);
        text->setTextCursor(cursor);
        text->verticalScrollBar()->setValue(77);
        const QString selected = text->textCursor().selectedText();
        shown.page.apply(board("2"));
        QVERIFY(text->toPlainText().endsWith(u"2\n  ]\n}"_s));
        QCOMPARE(text->textCursor().selectedText(), selected);
        QCOMPARE(text->verticalScrollBar()->value(), 77);
    }
};

QTEST_MAIN(TestRoomPage)
#include "tst_roompage.moc"
