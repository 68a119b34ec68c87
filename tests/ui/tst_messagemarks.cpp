// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/tints.h"
#include "ui/log/logcursor.h"
#include "ui/log/markactions.h"
#include "ui/log/messagelogpanel.h"
#include "ui/models/memorysource.h"
#include "ui/models/messagesmodel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

void fill(MemorySource &source, int count)
{
    for (int i = 0; i < count; ++i) {
        FrameRecord record;
        record.firstByte = 0x81;
        record.timeUs = qint64(source.endRow()) * 2'000;
        record.connection = quint32(i % 3 + 1);
        const QByteArray type = i % 5 == 0 ? "rare" : "move";
        source.append(record,
                      "{\"type\":\"" + type + "\",\"data\":{\"n\":" + QByteArray::number(source.endRow()) + "}}");
    }
}

/// Between its messages lie the server's counters: each row that is no multiple of ten.
class SampledSource final : public MessageSource
{
public:
    quint64 end = 20'000;

    quint64 firstRow() const override { return 0; }
    quint64 endRow() const override { return end; }
    quint64 discarded() const override { return 0; }
    std::optional<CapturedRow> row(quint64 number) const override
    {
        CapturedRow row;
        row.number = number;
        row.record.firstByte = 0x81;
        return row;
    }
    QList<CapturedRow> read(quint64 first, int) const override { return {*row(first)}; }
    std::shared_ptr<const SearchableRows> rows() const override { return {}; }
    std::vector<quint64> samples(quint64 first, quint64 behind) const override
    {
        std::vector<quint64> rows;
        for (; first < behind; ++first) {
            if (first % 10 != 0)
                rows.push_back(first);
        }
        return rows;
    }
    void setFilter(const CaptureFilter &) override { }
};

} // namespace

class TestMessageMarks final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<MemorySource> m_source;
    std::unique_ptr<MessageLogPanel> m_panel;

    MessagesModel *model() const { return m_panel->model(); }
    MessageMarks *marks() const { return m_panel->findChild<MarkActions *>()->marks(); }
    QString cell(int row, int column) const { return model()->index(row, column).data().toString(); }
    QVariant ground(int row) const { return model()->index(row, 0).data(Qt::BackgroundRole); }
    QString footer() const { return m_panel->findChild<QLabel *>(u"footer"_s)->text(); }
    void select(int row) { m_panel->view()->selectRow(row); }
    quint64 current() const { return m_panel->findChild<LogCursor *>()->current().value_or(9999); }
    void press(const QKeySequence &keys)
    {
        m_panel->view()->setFocus();
        const QKeyCombination key = keys[0];
        QTest::keyClick(m_panel->view(), key.key(), key.keyboardModifiers());
    }

private slots:
    void initTestCase() { qRegisterMetaType<RowSet>(); }
    void init()
    {
        m_source = std::make_unique<MemorySource>();
        m_panel = std::make_unique<MessageLogPanel>(m_source.get());
        m_panel->resize(1200, 600);
        m_panel->show();
        m_panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        fill(*m_source, 100);
        QTRY_COMPARE(model()->rowCount(), 100);
    }
    void cleanup()
    {
        m_panel.reset();
        m_source.reset();
    }

    void aKeyMarksAndTakesAway()
    {
        QAbstractItemModelTester tester(model());
        select(10);
        press(u"Ctrl+M"_s);
        QCOMPARE(marks()->all().size(), 1U);
        QCOMPARE(ground(10), QVariant(tint(Tint::MarkedBlue)));
        QVERIFY(cell(10, MessagesModel::Preview).startsWith(u"● {"_s));
        QVERIFY(!ground(11).isValid());
        press(u"Ctrl+M"_s);
        QVERIFY(marks()->all().empty());
        QVERIFY(!ground(10).isValid());
    }

    void colourAndNoteShow()
    {
        QVERIFY(marks()->set(10, {MarkColour::Green, u" look \n here "_s}));
        QCOMPARE(ground(10), QVariant(tint(Tint::MarkedGreen)));
        QVERIFY2(cell(10, MessagesModel::Preview).startsWith(u"● look "_s),
                 qPrintable(cell(10, MessagesModel::Preview)));
        QVERIFY(!cell(10, MessagesModel::Preview).contains(u'\n'));
    }

    void allSelectedAreMarkedUnlessAllAre()
    {
        marks()->set(11, {});
        m_panel->view()->selectAll();
        press(u"Ctrl+M"_s);
        QCOMPARE(marks()->all().size(), 100U);
        press(u"Ctrl+M"_s);
        QVERIFY(marks()->all().empty());
        fill(*m_source, 1000);
        QTRY_COMPARE(model()->rowCount(), 1100);
        m_panel->view()->selectAll();
        press(u"Ctrl+M"_s);
        QVERIFY(marks()->all().empty());
        QVERIFY2(footer().contains(u"at most 1,000 messages"_s), qPrintable(footer()));
    }

    void countersAreNotMarked()
    {
        SampledSource source;
        MessageLogPanel panel(&source);
        panel.show();
        panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        QCOMPARE(panel.model()->rowCount(), 2'000);
        panel.view()->setFocus();
        const auto keep = QItemSelectionModel::Select | QItemSelectionModel::Rows;
        const QItemSelection some{panel.model()->index(3, 0), panel.model()->index(902, 0)};
        panel.view()->selectionModel()->select(some, keep); // 9,000 row numbers
        QTest::keyClick(panel.view(), Qt::Key_M, Qt::ControlModifier);
        const auto &all = panel.findChild<MarkActions *>()->marks()->all();
        QCOMPARE(all.size(), 900U);
        QCOMPARE(all.begin()->first, 30U);
        QCOMPARE(std::next(all.begin())->first, 40U);
        QCOMPARE(all.rbegin()->first, 9'020U);
    }

    void whatTheFilterHidesIsNotMarked()
    {
        select(10);
        m_panel->findChild<QLineEdit *>()->setText(u"\"n\":11"_s);
        QTRY_COMPARE(model()->rowCount(), 1);
        QCOMPARE(current(), 10U);
        press(u"Ctrl+M"_s);
        QVERIFY(marks()->all().empty());
        QVERIFY2(footer().contains(u"no message is selected"_s), qPrintable(footer()));
    }

    void thereIsABound()
    {
        for (quint64 number = 0; number < MessageMarks::most; ++number)
            QVERIFY(marks()->set(number, {}));
        QVERIFY(!marks()->set(MessageMarks::most, {}));
        QVERIFY(marks()->set(7, {MarkColour::Red, {}}));
    }

    void leadsFromMarkToMark()
    {
        for (const quint64 number : {10, 20, 50})
            marks()->set(number, {});
        select(5);
        press(u"F2"_s);
        QCOMPARE(current(), 10U);
        press(u"F2"_s);
        press(u"F2"_s);
        QCOMPARE(current(), 50U);
        press(u"F2"_s);
        QCOMPARE(current(), 50U);
        QVERIFY2(footer().contains(u"no mark below"_s), qPrintable(footer()));
        press(u"Shift+F2"_s);
        QCOMPARE(current(), 20U);
    }

    void aFilterTakesNoMark()
    {
        marks()->set(10, {});
        marks()->set(11, {});
        m_panel->findChild<QLineEdit *>()->setText(u"\"n\":11"_s);
        QTRY_COMPARE(model()->rowCount(), 1);
        QVERIFY(ground(0).isValid());
        press(u"F2"_s);
        QCOMPARE(current(), 11U);
        press(u"Shift+F2"_s); // 10 is hidden
        QCOMPARE(current(), 11U);
        m_panel->findChild<QLineEdit *>()->setText(u"\"n\":33"_s);
        QTRY_COMPARE(cell(0, MessagesModel::Preview).contains(u"33"_s), true);
        press(u"F2"_s);
        QVERIFY2(footer().contains(u"hides the marked"_s), qPrintable(footer()));
        m_panel->findChild<QLineEdit *>()->clear();
        QTRY_COMPARE(model()->rowCount(), 100);
        QVERIFY(ground(10).isValid());
    }

    void anotherRunHasOtherMarks()
    {
        marks()->set(10, {});
        select(10);
        press(u"Ctrl+Alt+R"_s);
        m_source->clear();
        QVERIFY(marks()->all().empty());
        QVERIFY(!model()->reference());
    }

    void timesCountFromAReference()
    {
        QCOMPARE(cell(11, MessagesModel::Delta), u"+2.00 ms"_s);
        select(10);
        press(u"Ctrl+Alt+R"_s);
        QCOMPARE(cell(10, MessagesModel::Delta), u"0"_s);
        QCOMPARE(cell(15, MessagesModel::Delta), u"+10.0 ms"_s);
        QCOMPARE(cell(5, MessagesModel::Delta), u"−10.0 ms"_s);
        QCOMPARE(model()->headerData(MessagesModel::Delta, Qt::Horizontal, Qt::DisplayRole).toString(), u"Δ ref"_s);
        select(20);
        press(u"Ctrl+Alt+R"_s);
        QCOMPARE(cell(15, MessagesModel::Delta), u"−10.0 ms"_s);
        press(u"Ctrl+Alt+R"_s);
        QCOMPARE(cell(11, MessagesModel::Delta), u"+2.00 ms"_s);
    }

    void leadsToNeighbours_data()
    {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<quint64>("to");
        QTest::newRow("next type") << u"Alt+Down"_s << quint64(25);
        QTest::newRow("type before") << u"Alt+Up"_s << quint64(15);
        QTest::newRow("next of its connection") << u"Alt+Shift+Down"_s << quint64(23);
        QTest::newRow("before of its connection") << u"Alt+Shift+Up"_s << quint64(17);
    }
    void leadsToNeighbours()
    {
        QFETCH(QString, keys);
        QFETCH(quint64, to);
        select(20); // rare, #3
        press(keys);
        QTRY_COMPARE(current(), to);
        QCOMPARE(m_panel->view()->selectionModel()->selectedRows().size(), 1);
    }

    void onlyToNeighboursThatShow()
    {
        select(20);
        m_panel->findChild<QLineEdit *>()->setText(u"/\"n\":(20|2|45)}/"_s);
        QTRY_COMPARE(model()->rowCount(), 3);
        QTRY_COMPARE(m_panel->view()->currentIndex().row(), 1);
        press(u"Alt+Down"_s);
        QTRY_COMPARE(current(), 45U);
        press(u"Alt+Down"_s);
        QTRY_VERIFY2(footer().contains(u"no other one"_s), qPrintable(footer()));
        QCOMPARE(current(), 45U);
    }
};

QTEST_MAIN(TestMessageMarks)
#include "tst_messagemarks.moc"
