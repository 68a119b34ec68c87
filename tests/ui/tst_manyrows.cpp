// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/everywindow.h"
#include "ui/base/windowactions.h"
#include "ui/client/messagepage.h"
#include "ui/log/messagecopier.h"
#include "ui/log/selectionactions.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

TableView *tableNamed(const QWidget &window, const QString &name)
{
    const auto tables = window.findChildren<TableView *>();
    for (TableView *table : tables) {
        if (table->accessibleName() == name)
            return table;
    }
    qFatal("no such table");
}

QAction *actionNamed(const QWidget &widget, const QString &text)
{
    const auto actions = widget.actions();
    for (QAction *action : actions) {
        if (action->text().remove(u'&') == text)
            return action;
    }
    qFatal("no such action");
}

QString copied(const QWidget &widget, const QString &action)
{
    QGuiApplication::clipboard()->clear();
    actionNamed(widget, action)->trigger();
    return QGuiApplication::clipboard()->text();
}

} // namespace

/// Several rows of the tables that are no log.
class TestManyRows final : public QObject
{
    Q_OBJECT
private slots:
    void aNameSaysTheForm_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("form");
        QTest::newRow("lines") << u"/tmp/moves.jsonl"_s << QByteArray("json-lines");
        QTest::newRow("a table, in capitals") << u"ERR.CSV"_s << QByteArray("csv");
        QTest::newRow("what was chosen among alike") << u"some.txt"_s << QByteArray("hex");
        QTest::newRow("unknown") << u"some.log"_s << QByteArray("hex");
        QTest::newRow("none") << u"some"_s << QByteArray("hex");
    }
    void aNameSaysTheForm()
    {
        QFETCH(QString, file);
        const auto &chosen = *std::ranges::find(messageFormats(), QByteArray("hex"), &MessageFormat::id);
        QTEST(MessageCopier::formatOf(file, chosen).id, "form");
    }

    void initTestCase() { qRegisterMetaType<RowSet>(); }

    void whatIsDoneToAConnectionIsDoneToOne()
    {
        EveryWindow windows;
        windows.host.become(ServerState::Starting);
        windows.host.become(ServerState::Running);
        Snapshot snapshot = markedUpSnapshot();
        snapshot.ended.clear();
        emit windows.host.snapshot(snapshot);
        const auto *panel = windows.main.findChild<ConnectionsPanel *>();
        TableView *table = tableNamed(windows.main, u"Connections"_s);
        table->selectRow(0);
        QVERIFY(panel->selectedEntry() != nullptr);
        QVERIFY(actionNamed(*table, u"Kick…"_s)->isEnabled());
        table->selectAll();
        QCOMPARE(panel->allSelected().size(), 2);
        QVERIFY(panel->selectedEntry() == nullptr && !panel->selected());
        const QStringList forOne{u"Kick…"_s, u"Ping"_s, u"Send a message…"_s, u"Open twin in test client"_s};
        for (const QString &text : forOne)
            QVERIFY2(!actionNamed(*table, text)->isEnabled(), qPrintable(text));
        QVERIFY(copied(*table, u"Copy details"_s).count(u"<img src="_s) >= 2);
        QCOMPARE(copied(*table, u"Copy rows"_s).count(u'\n'), table->model()->rowCount());
    }

    void rowsAreCopiedAsTheyShow()
    {
        EveryWindow windows;
        TableView *table = tableNamed(windows.results, u"Rankings"_s);
        table->selectAll();
        const QStringList cells = copied(*table, u"Copy rows"_s).split(u'\t');
        QCOMPARE(cells.size(), table->model()->columnCount());
        table->setColumnHidden(0, true);
        QCOMPARE(copied(*table, u"Copy rows"_s).split(u'\t').size(), cells.size() - 1);
    }

    void eventsAreCopiedInTheirOrder()
    {
        EveryWindow windows;
        TableView *table = tableNamed(windows.main, u"Events"_s);
        table->selectAll();
        const QString text = copied(*table, u"Copy events"_s);
        QCOMPARE(text.count(u'\n') + 1, table->model()->rowCount());
    }

    /// Ctrl+Click leaves nobody selected that is not there any more.
    void theCurrentRowGoesAndTheOthersStay()
    {
        QStandardItemModel model(5, 1);
        TableView table(u"t"_s, {});
        table.setModel(&model);
        table.offerCopy();
        table.selectRow(1);
        const auto add = QItemSelectionModel::Select | QItemSelectionModel::Rows;
        table.selectionModel()->setCurrentIndex(model.index(3, 0), add);
        model.removeRow(3);
        QVERIFY(!table.currentIndex().isValid());
        QCOMPARE(table.selectedRowNumbers(), QList<int>{1});
    }

    void aMessageIsResentFromItsOwnEditor()
    {
        EveryWindow windows;
        auto *log = windows.client.findChild<MessageLogPanel *>();
        auto *source = windows.client.findChild<MemorySource *>();
        source->clear();
        FrameRecord record;
        record.firstByte = 0x81;
        source->append(record, "{\"type\":\"auth\",\"data\":{\"token\":\"canary-2\"}}");
        source->append(record, "{\"x\": 1.50}");
        record.firstByte = 0x82;
        source->append(record, QByteArray("\0\xff", 2));
        record.firstByte = 0x89;
        source->append(record, "ping");
        QTRY_COMPARE(log->model()->rowCount(), 4);
        const auto resend = [&](int row) {
            log->view()->selectRow(row);
            actionNamed(*log->view(), u"Resend in a test client…"_s)->trigger();
        };
        const auto *page = windows.client.findChild<MessagePage *>();
        resend(1);
        QCOMPARE(page->text(), u"{\"x\": 1.50}"_s);
        QCOMPARE(page->kind(), PayloadKind::Json);
        resend(2);
        QCOMPARE(page->text(), u"00 ff"_s);
        QCOMPARE(page->kind(), PayloadKind::Binary);
        resend(3); // no message
        QCOMPARE(page->kind(), PayloadKind::Binary);
        resend(0);
        QVERIFY2(!page->text().contains(u"canary"_s), qPrintable(page->text()));
    }

    void aMessageOfTheServerGoesToAnotherWindow()
    {
        EveryWindow windows;
        QSignalSpy wanted(&windows.main, &MainWindow::resendRequested);
        CapturedRow row;
        row.record.connection = 1;
        row.payload = "hello";
        emit windows.main.findChild<SelectionActions *>()->resendWanted(row);
        QCOMPARE(wanted.size(), 1);
        QVERIFY(wanted[0][0].toUrl().path().startsWith(u"/ws/"_s));
        windows.client.write(row);
    }
};

QTEST_MAIN(TestManyRows)
#include "tst_manyrows.moc"
