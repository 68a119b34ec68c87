// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/filledlog.h"
#include "ui/details/messagedetails.h"
#include "ui/log/logcursor.h"
#include "ui/log/logselection.h"
#include "ui/log/messagelogpanel.h"
#include "ui/models/memorysource.h"
#include "ui/models/messagesmodel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

void fill(MemorySource &source, int count)
{
    for (int i = 0; i < count; ++i) {
        FrameRecord record;
        record.firstByte = 0x81;
        record.timeUs = qint64(source.endRow()) * 1'500;
        record.connection = quint32(i % 5 + 1);
        source.append(record, "{\"type\":\"move\",\"data\":{\"n\":" + QByteArray::number(source.endRow()) + "}}");
    }
}

/// Millions of rows that exist only when somebody reads them.
class LongSource final : public MessageSource
{
public:
    quint64 first = 0;
    quint64 end = 4'000'000;

    quint64 firstRow() const override { return first; }
    quint64 endRow() const override { return end; }
    quint64 discarded() const override { return first; }
    std::optional<CapturedRow> row(quint64 number) const override
    {
        CapturedRow row;
        row.number = number;
        row.record.firstByte = 0x81;
        row.payload = "x";
        return row;
    }
    std::shared_ptr<const SearchableRows> rows() const override { return {}; }
    QList<CapturedRow> read(quint64 from, int count) const override
    {
        QList<CapturedRow> rows;
        for (quint64 number = from; number < std::min(end, from + quint64(count)); ++number)
            rows << *row(number);
        return rows;
    }
    void setFilter(const CaptureFilter &) override { }
};

} // namespace

class TestLogSelection final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<MemorySource> m_source;
    std::unique_ptr<MessageLogPanel> m_panel;

    QTableView *view() const { return m_panel->view(); }
    QString footer() const { return m_panel->findChild<QLabel *>(u"footer"_s)->text(); }
    void typeFilter(const QString &text) { m_panel->findChild<QLineEdit *>()->setText(text); }
    void click(int row, Qt::KeyboardModifiers keys = {})
    {
        view()->scrollTo(m_panel->model()->index(row, 0));
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, keys,
                          view()->visualRect(m_panel->model()->index(row, 1)).center());
    }
    QList<quint64> selected() const
    {
        QList<quint64> numbers;
        const auto rows = view()->selectionModel()->selectedRows();
        for (const QModelIndex &index : rows)
            numbers << m_panel->model()->numberAt(index.row());
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }

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
        QTRY_VERIFY(view()->verticalScrollBar()->maximum() > 0);
    }
    void cleanup()
    {
        m_panel.reset();
        m_source.reset();
    }

    void shiftAndControlSelectMore()
    {
        click(500);
        click(503, Qt::ShiftModifier);
        click(510, Qt::ControlModifier);
        QCOMPARE(selected(), (QList<quint64>{500, 501, 502, 503, 510}));
        click(502, Qt::ControlModifier);
        QCOMPARE(selected(), (QList<quint64>{500, 501, 503, 510}));
        const QString text = m_panel->findChild<MessageDetails *>()->pageText();
        QVERIFY2(text.contains(u"502"_s), qPrintable(text)); // the current one's details show
    }

    void homeAndEndGoToTheFirstAndTheLast()
    {
        click(500);
        QTest::keyClick(view(), Qt::Key_Home);
        QCOMPARE(selected(), QList<quint64>{0});
        QTest::keyClick(view(), Qt::Key_End);
        QCOMPARE(selected(), QList<quint64>{999});
    }

    void rowsThatComeAndGoTakeNothing()
    {
        click(500);
        click(600, Qt::ShiftModifier);
        fill(*m_source, 500);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1500);
        QCOMPARE(selected().size(), 101);
        m_source->setBounds(950, 1LL << 30); // 550 rows go, and 50 of the selected ones among them
        QTRY_COMPARE(m_panel->model()->rowCount(), 950);
        QCOMPARE(selected().size(), 51);
        QCOMPARE(selected().first(), 550U);
        m_source->setBounds(100, 1LL << 30); // the current one too, and nobody takes its place
        QTRY_COMPARE(m_panel->model()->rowCount(), 100);
        QVERIFY(!view()->currentIndex().isValid());
        QVERIFY(selected().isEmpty());
    }

    void othersStayWhenTheCurrentOneGoes()
    {
        click(500);
        click(100, Qt::ControlModifier);
        m_source->setBounds(800, 1LL << 30);
        QTRY_COMPARE(m_panel->model()->rowCount(), 800);
        QVERIFY(!view()->currentIndex().isValid());
        QCOMPARE(selected(), QList<quint64>{500});
    }

    void aFilterTakesNothing()
    {
        click(419);
        click(425, Qt::ShiftModifier);
        click(700, Qt::ControlModifier);
        typeFilter(u"\"n\":42"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 11); // 42, 420 to 429
        QTRY_COMPARE(selected(), (QList<quint64>{420, 421, 422, 423, 424, 425}));
        typeFilter(u"\"n\":700"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1);
        QTRY_COMPARE(selected(), QList<quint64>{700});
        typeFilter({});
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
        QTRY_COMPARE(selected(), (QList<quint64>{419, 420, 421, 422, 423, 424, 425, 700}));
        QCOMPARE(numberAtRow(*m_panel->model(), view()->currentIndex().row()), 700U);
    }

    /// What lies between two rows of a filter was not selected.
    void whatTheFilterHidIsNotSelected()
    {
        typeFilter(u"\"n\":42"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 11);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(selected().size(), 11);
        typeFilter({});
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
        QTRY_COMPARE(selected(), (QList<quint64>{42, 420, 421, 422, 423, 424, 425, 426, 427, 428, 429}));
    }

    void aNewSelectionForgetsWhatWasHidden()
    {
        click(700);
        typeFilter(u"\"n\":42"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 11);
        click(3);
        typeFilter({});
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
        QTRY_COMPARE(selected(), QList<quint64>{422});
    }

    void tooManyPiecesAreLostWithAWord()
    {
        fill(*m_source, 9'000);
        QTRY_COMPARE(m_panel->model()->rowCount(), 10'000);
        typeFilter(u"/\"n\":\\d*[02468]}/"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 5'000);
        click(7);
        view()->selectAll();
        typeFilter({});
        QTRY_COMPARE(m_panel->model()->rowCount(), 10'000);
        QTRY_COMPARE(selected(), QList<quint64>{14}); // the current one
        QVERIFY2(footer().contains(u"too many pieces"_s), qPrintable(footer()));
    }

    void anotherSessionHasNoSelection()
    {
        fill(*m_source, 9'000);
        QTRY_COMPARE(m_panel->model()->rowCount(), 10'000);
        typeFilter(u"/\"n\":\\d*[02468]}/"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 5'000);
        view()->selectAll();
        m_source->clear();
        fill(*m_source, 100);
        QTRY_COMPARE(m_panel->model()->rowCount(), 50);
        QVERIFY(selected().isEmpty());
        QVERIFY2(!footer().contains(u"too many pieces"_s), qPrintable(footer()));
    }

    void aColumnTakesNothing_data()
    {
        QTest::addColumn<bool>("adds");
        QTest::newRow("added") << true;
        QTest::newRow("removed") << false;
    }
    void aColumnTakesNothing()
    {
        QFETCH(bool, adds);
        const JsonPath path = JsonPath::readFromRoot(u"data.n").value();
        MessagesModel *model = m_panel->model();
        if (!adds)
            model->addPath(path);
        click(420);
        click(700, Qt::ControlModifier);
        typeFilter(u"\"n\":42"_s);
        QTRY_COMPARE(model->rowCount(), 11);
        QTRY_COMPARE(selected(), QList<quint64>{420});
        adds ? model->addPath(path) : model->removePath(path);
        typeFilter({});
        QTRY_COMPARE(model->rowCount(), 1000);
        QTRY_COMPARE(selected(), (QList<quint64>{420, 700}));
    }

    /// Though the view finds nothing changed.
    void theOnlyOneThatShowsCanBeChosen_data()
    {
        QTest::addColumn<bool>("byMouse");
        QTest::newRow("by a click") << true;
        QTest::newRow("by a link") << false;
    }
    void theOnlyOneThatShowsCanBeChosen()
    {
        QFETCH(bool, byMouse);
        click(420);
        click(700, Qt::ControlModifier);
        typeFilter(u"\"n\":700"_s);
        QTRY_COMPARE(m_panel->model()->rowCount(), 1);
        QTRY_COMPARE(selected(), QList<quint64>{700});
        QTRY_VERIFY(view()->currentIndex().isValid());
        if (byMouse)
            click(0);
        else
            QVERIFY(m_panel->findChild<LogCursor *>()->goTo(700));
        typeFilter({});
        QTRY_COMPARE(m_panel->model()->rowCount(), 1000);
        QTRY_COMPARE(selected(), QList<quint64>{700});
    }

    /// A dialogue is open as long as somebody likes.
    void whatWasSelectedWhenTheDialogueOpenedIsSaved()
    {
        const QTemporaryDir folder;
        const QString name = folder.filePath(u"saved.txt"_s);
        click(500);
        click(501, Qt::ShiftModifier);
        QTimer::singleShot(0, this, [&] {
            view()->selectRow(7);
            auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
            dialog->selectFile(name);
            static_cast<QDialog *>(dialog)->accept();
        });
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY2(footer().contains(u"2 saved to"_s), qPrintable(footer()));
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("501"));
    }

    void saysHowFarTheyLieApart()
    {
        click(500);
        QVERIFY2(!footer().contains(u"selected"_s), qPrintable(footer()));
        click(503, Qt::ControlModifier);
        QVERIFY2(footer().contains(u"2 selected, 4.50 ms apart"_s), qPrintable(footer()));
        click(504, Qt::ControlModifier);
        QVERIFY2(footer().contains(u"3 selected, 6.00 ms from the first to the last"_s), qPrintable(footer()));
    }

    void copies()
    {
        click(500);
        click(501, Qt::ShiftModifier);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                     u"{\"type\":\"move\",\"data\":{\"n\":500}}\n{\"type\":\"move\",\"data\":{\"n\":501}}"_s);
        QVERIFY2(footer().contains(u"2 messages copied"_s), qPrintable(footer()));
        click(501);
        QVERIFY2(!footer().contains(u"copied"_s), qPrintable(footer()));
        m_panel->findChild<QAction *>(u"json-lines"_s)->trigger();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"{\"number\":501,"_s));
    }

    /// Qt's own copy would be the cell as it shows.
    void noKeyCopiesACell()
    {
        FrameRecord record;
        record.firstByte = 0x81;
        m_source->append(record, "{\"type\":\"auth\",\"data\":{\"token\":\"canary\"}}");
        const int last = 1'000;
        QTRY_COMPARE(m_panel->model()->rowCount(), last + 1);
        view()->setFocus();
        view()->setCurrentIndex(m_panel->model()->index(last, m_panel->model()->columnCount() - 1));
        QGuiApplication::clipboard()->clear();
        QTest::keyClick(view(), Qt::Key_Insert, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                     u"{\"type\":\"auth\",\"data\":{\"token\":\"[redacted]\"}}"_s);
    }

    void saysThatNotAllAreCopied()
    {
        fill(*m_source, 20'000);
        QTRY_COMPARE(m_panel->model()->rowCount(), 21'000);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 9'999);
        QVERIFY2(footer().contains(u"first 10,000 copied"_s), qPrintable(footer()));
    }

    void millionsCostWhatOneCosts()
    {
        LongSource source;
        MessageLogPanel panel(&source);
        panel.resize(900, 600);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QCOMPARE(panel.model()->rowCount(), 4'000'000);
        const auto *selection = panel.findChild<LogSelection *>();
        panel.view()->setFocus();
        QCoreApplication::processEvents();
        QElapsedTimer timer;
        timer.start();
        QTest::keyClick(panel.view(), Qt::Key_A, Qt::ControlModifier);
        (void)panel.grab();
        QCOMPARE(selection->count(), 4'000'000U);
        QCOMPARE(selection->numbers().size(), 4'000'000U);
        for (int i = 0; i < 20; ++i) {
            source.end += 10'000;
            source.first += 10'000;
            emit source.changed();
            QCoreApplication::processEvents();
        }
        (void)panel.grab();
        QCOMPARE(selection->count(), 3'800'000U);
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_MAIN(TestLogSelection)
#include "tst_logselection.moc"
