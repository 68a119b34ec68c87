// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/everywindow.h"
#include "ui/filter/filterhelp.h"
#include "ui/panels/tableheader.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QStandardItemModel>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QList<TableView *> tablesOf(EveryWindow &windows)
{
    new FilterHelp(&windows.main);
    QList<TableView *> tables;
    for (const QWidget *window : windows.all())
        tables << window->findChildren<TableView *>();
    return tables;
}

QList<QAction *> copiersOf(const TableView &table)
{
    QList<QAction *> copiers = table.actions();
    copiers.removeIf(
        [](const QAction *action) { return !action->shortcuts().contains(QKeySequence(QKeySequence::Copy)); });
    return copiers;
}

} // namespace

class TestCopyRows : public QObject
{
    Q_OBJECT
private slots:
    void everyTableHasOneActionForIt()
    {
        EveryWindow windows;
        const auto tables = tablesOf(windows);
        QVERIFY(tables.size() >= 12);
        for (const TableView *table : tables) {
            const QString name = table->accessibleName();
            QVERIFY2(copiersOf(*table).size() == 1, qPrintable(name));
            QVERIFY2(!copiersOf(*table).first()->toolTip().isEmpty(), qPrintable(name));
            QVERIFY2(table->selectionMode() != QAbstractItemView::NoSelection, qPrintable(name));
            QVERIFY2(table->focusPolicy() != Qt::NoFocus, qPrintable(name));
        }
    }

    /// The log and the events have forms of their own.
    void everyTableCopiesWhatItShows()
    {
        EveryWindow windows;
        int copied = 0;
        const auto tables = tablesOf(windows);
        for (TableView *table : tables) {
            const QAction *copier = copiersOf(*table).first();
            if (copier != table->copyAction() || table->model() == nullptr || table->model()->rowCount() == 0)
                continue;
            table->selectRow(0);
            QGuiApplication::clipboard()->clear();
            table->copyAction()->trigger();
            QString expected;
            for (int place = 0; place < table->header()->count(); ++place) {
                const int column = table->header()->logicalIndex(place);
                if (!table->isColumnHidden(column))
                    expected += table->model()->index(0, column).data().toString().simplified() + u'\t';
            }
            expected.back() = u'\n';
            QCOMPARE(QGuiApplication::clipboard()->text(), expected);
            ++copied;
        }
        QVERIFY2(copied >= 8, qPrintable(QString::number(copied)));
    }

    void theKeyCopies_data()
    {
        QTest::addColumn<bool>("many");
        QTest::newRow("one row") << false;
        QTest::newRow("several") << true;
    }
    void theKeyCopies()
    {
        QFETCH(bool, many);
        QStandardItemModel model(3, 2);
        for (int row = 0; row < 3; ++row) {
            for (int column = 0; column < 2; ++column)
                model.setItem(row, column, new QStandardItem(u"%1\t%2"_s.arg(row).arg(column)));
        }
        TableView table(u"t"_s, {});
        table.setModel(&model);
        if (many)
            table.offerCopy();
        table.show();
        QVERIFY(QTest::qWaitForWindowActive(&table));
        table.setFocus();
        QGuiApplication::clipboard()->setText(u"before"_s);
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s); // nothing is selected
        table.selectAll();
        table.selectRow(1);
        if (many)
            table.selectAll();
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        const QString all = u"0 0\t0 1\n1 0\t1 1\n2 0\t2 1\n"_s;
        QCOMPARE(QGuiApplication::clipboard()->text(), many ? all : u"1 0\t1 1\n"_s);
    }

    /// Where others copy, the key is theirs alone.
    void whoCopiesElsewhereIsLeftAlone()
    {
        TableView table(u"t"_s, {});
        table.leaveCopying();
        QVERIFY(copiersOf(table).isEmpty());
    }
};

QTEST_MAIN(TestCopyRows)
#include "tst_copyrows.moc"
