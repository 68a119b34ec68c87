// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tableview.h"
#include "ui/windows/endingchart.h"
#include "ui/windows/endingswindow.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocumentFragment>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

EndingStatistic statistic(EndingCause cause, quint64 count, quint32 now = 0)
{
    EndingStatistic one;
    one.cause = cause;
    one.count = count;
    one.lastHour = now;
    one.lastMs = 1'764'000'000'000;
    one.minutes.resize(60);
    one.minutes.last() = now;
    one.quarters.resize(96);
    one.quarters.last() = now;
    one.quarters.first() = quint32(count) - now;
    return one;
}

EndingStatistics some()
{
    return {1'764'000'000'000,
            {statistic(EndingCause::BadHead, 3), statistic(EndingCause::ClientClosed, 40, 12),
             statistic(EndingCause::NoPong, 7, 2)}};
}

QString allText(const QWidget &window)
{
    QString text;
    const auto labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        text += (label->textFormat() == Qt::RichText ? QTextDocumentFragment::fromHtml(label->text()).toPlainText()
                                                     : label->text())
            + u'\n';
    return text;
}

} // namespace

class TestEndingsWindow final : public QObject
{
    Q_OBJECT

private slots:
    void theModelKeepsItsRows()
    {
        EndingsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(some().causes);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(1, EndingsModel::Count).data().toString(), u"40"_s);
        QCOMPARE(model.index(1, EndingsModel::LastHour).data().toString(), u"12"_s);
        const QPersistentModelIndex noPong = model.index(2, 0);
        EndingStatistics more = some();
        more.causes.insert(1, statistic(EndingCause::Kicked, 1));
        model.apply(more.causes);
        QCOMPARE(noPong.row(), 3);
        QCOMPARE(noPong.data().toString(), QString::fromUtf8(endingText(EndingCause::NoPong).sentence));
        model.apply({});
        QCOMPARE(model.rowCount(), 0);
    }

    void isSortedByCount()
    {
        EndingsWindow window;
        window.apply(some());
        const QAbstractItemModel *rows = window.findChild<TableView *>()->model();
        QCOMPARE(rows->index(0, EndingsModel::Count).data().toString(), u"40"_s);
        QCOMPARE(rows->index(1, EndingsModel::Count).data().toString(), u"7"_s);
        QCOMPARE(rows->index(2, EndingsModel::Count).data().toString(), u"3"_s);
    }

    void saysWhatIsEmpty()
    {
        const EndingsWindow window;
        QCOMPARE(window.findChild<TableView *>()->emptyText(), u"No connection has ended yet."_s);
        QVERIFY(window.findChild<EndingChart *>()->counts().isEmpty());
    }

    void explainsTheSelectedCause()
    {
        EndingsWindow window;
        window.apply(some());
        QVERIFY(!allText(window).contains(u"no_pong"));
        window.findChild<TableView *>()->selectRow(1);
        const QString text = allText(window);
        QVERIFY(text.contains(QString::fromUtf8(endingText(EndingCause::NoPong).sentence)));
        QVERIFY(text.contains(QString::fromUtf8(endingText(EndingCause::NoPong).advice)));
        QVERIFY(text.contains(u"no_pong"));
        QVERIFY(text.contains(u"4007"));
        QVERIFY(text.contains(u"should come back"));
    }

    void leadsToTheOptionOfAnAdvice()
    {
        EndingsWindow window;
        window.apply(some());
        window.findChild<TableView *>()->selectRow(1);
        const QSignalSpy wanted(&window, &EndingsWindow::optionWanted);
        const auto labels = window.findChildren<QLabel *>();
        for (QLabel *label : labels) {
            if (label->text().contains(u"\"option:pong-seconds\""_s))
                emit label->linkActivated(u"option:pong-seconds"_s);
        }
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toByteArray(), "pong-seconds"_ba);
    }

    void keepsItsSelectionWhenNumbersChange()
    {
        EndingsWindow window;
        window.apply(some());
        window.findChild<TableView *>()->selectRow(1);
        EndingStatistics next = some();
        next.causes.last() = statistic(EndingCause::NoPong, 99, 50); // moves to the top
        window.apply(next);
        QVERIFY(allText(window).contains(u"no_pong"));
        QCOMPARE(window.findChild<EndingChart *>()->counts().last(), 50U);
    }

    void showsAllOrTheSelectedOneOverTime()
    {
        EndingsWindow window;
        window.apply(some());
        const auto *chart = window.findChild<EndingChart *>();
        QCOMPARE(chart->counts().size(), 60);
        QCOMPARE(chart->counts().last(), 14U);
        window.findChild<QComboBox *>()->setCurrentIndex(1);
        QCOMPARE(chart->counts().size(), 96);
        QCOMPARE(chart->counts().first(), 50U - 14U);
        window.findChild<TableView *>()->selectRow(1);
        QCOMPARE(chart->counts().last(), 2U);
    }

    void saysWhatABarStandsFor()
    {
        EndingChart chart;
        chart.resize(616, 100); // 10 px a minute, and the margins
        QList<quint32> counts(60);
        counts[30] = 7;
        chart.show(counts, 60'000, 1'764'000'000'000, true);
        QVERIFY(chart.tipAt({8 + 305, 50}).startsWith(u"7 "));
        QVERIFY(chart.tipAt({8 + 315, 50}).startsWith(u"0 "));
        QCOMPARE(chart.tipAt({3, 50}), QString());
    }

    void paintsAtEverySize_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("none") << QSize(1, 1);
        QTest::newRow("narrow") << QSize(20, 60);
        QTest::newRow("flat") << QSize(400, 20);
        QTest::newRow("large") << QSize(2'000, 900);
    }
    void paintsAtEverySize()
    {
        QFETCH(QSize, size);
        EndingChart chart;
        QList<quint32> counts(96, 1);
        counts[5] = std::numeric_limits<quint32>::max();
        chart.show(counts, 60'000, 1'764'000'000'000, true);
        chart.resize(size);
        QVERIFY(!chart.grab().isNull());
    }
};

QTEST_MAIN(TestEndingsWindow)
#include "tst_endingswindow.moc"
