// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/tints.h"
#include "ui/models/cellroles.h"
#include "ui/panels/tableview.h"

#include <QHeaderView>
#include <QStandardItemModel>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// What the cells of all tables look like.
class TestTableView final : public QObject
{
    Q_OBJECT
private slots:
    void aColumnTakesItsContents()
    {
        QStandardItemModel model(1, 2);
        model.setItem(0, 0, new QStandardItem(u"Ctrl+C or Ctrl+Ins or F16"_s));
        TableView table(u"t"_s, {});
        table.setModel(&model);
        table.resizeColumnToContents(0);
        constexpr int air = 6;
        const int words = table.fontMetrics().horizontalAdvance(model.item(0, 0)->text());
        QVERIFY2(table.columnWidth(0) >= words + 2 * air, qPrintable(QString::number(table.columnWidth(0) - words)));
    }

    void whatWrapsShowsToItsEnd()
    {
        QStandardItemModel model(2, 1);
        model.setItem(0, 0, new QStandardItem(u"x"_s));
        model.setItem(1, 0, new QStandardItem(u"x"_s.repeated(20) + u' ' + u"W"_s.repeated(20)));
        TableView table(u"t"_s, {});
        table.setModel(&model);
        table.setWordWrap(true);
        table.horizontalHeader()->setStretchLastSection(false);
        table.setColumnWidth(0, table.fontMetrics().horizontalAdvance(u"W"_s.repeated(20)) + 20);
        table.verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        table.resize(600, 200);
        const int line = table.fontMetrics().height();
        QVERIFY(table.rowHeight(0) < 2 * line && table.rowHeight(1) >= 2 * line);
        QRect second = table.visualRect(model.index(1, 0));
        second.setTop(second.center().y() + 2);
        const QImage picture = table.viewport()->grab(second).toImage();
        const QColor text = table.palette().color(QPalette::Text);
        int written = 0;
        for (int x = 0; x < picture.width(); ++x)
            written += contrast(picture.pixelColor(x, picture.height() / 2), text) < 2 ? 1 : 0;
        QVERIFY2(written > 20, qPrintable(QString::number(written))); // letters, not three dots
    }

    /// Marks are underlined in a colour that nothing else has.
    void onlyWhatShowsIsMarked_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<bool>("shows");
        QTest::newRow("at the beginning") << 0 << true;
        QTest::newRow("under the ellipsis") << 190 << false;
    }
    void onlyWhatShowsIsMarked()
    {
        QFETCH(int, first);
        QFETCH(bool, shows);
        QStandardItemModel model(1, 1);
        model.setItem(0, 0, new QStandardItem(QString(200, u'x')));
        model.item(0, 0)->setData(QVariant::fromValue(TextMarks{{first, 5}}), MarksRole);
        TableView table(u"t"_s, {});
        table.setModel(&model);
        table.resize(300, 100);
        const QImage picture = table.viewport()->grab(table.visualRect(model.index(0, 0))).toImage();
        bool isMarked = false;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x)
                isMarked = isMarked || picture.pixelColor(x, y) == tint(Tint::Warning);
        }
        QCOMPARE(isMarked, shows);
    }
};

QTEST_MAIN(TestTableView)
#include "tst_tableview.moc"
