// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionsfilter.h"
#include "ui/connections/connectionspanel.h"
#include "ui/panels/tableview.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ConnectionCounters counters(quint32 id, ConnectionState state, const QString &player = {}, const QString &room = {})
{
    ConnectionCounters c;
    c.id = ConnectionId{id};
    c.state = state;
    c.player = player;
    c.room = room;
    return c;
}

Snapshot opening(std::initializer_list<quint32> ids)
{
    Snapshot snapshot;
    for (const quint32 id : ids) {
        ConnectionInfo info;
        info.id = ConnectionId{id};
        info.address = id < 10 ? u"10.0.0.1"_s : u"192.168.1.20"_s;
        snapshot.opened.append(info);
    }
    return snapshot;
}

Snapshot changing(const ConnectionCounters &counters)
{
    Snapshot snapshot;
    snapshot.changed.append(counters);
    return snapshot;
}

Snapshot ending(const ConnectionCounters &counters, EndingCause cause)
{
    Snapshot snapshot;
    ConnectionEnded ended;
    ended.counters = counters;
    ended.ending.cause = cause;
    snapshot.ended.append(ended);
    return snapshot;
}

} // namespace

class TestConnectionsPanel : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<ConnectionsModel> m_model;
    std::unique_ptr<ConnectionsPanel> m_panel;

    [[nodiscard]] QString shown() const
    {
        const auto *view = m_panel->findChild<TableView *>(u"connections"_s);
        QStringList numbers;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            numbers << view->model()->index(row, ConnectionsModel::Number).data().toString();
        std::sort(numbers.begin(), numbers.end());
        return numbers.join(u' ');
    }
    void choose(ConnectionRows::Shown shown) { m_panel->filter()->menuActions().at(int(shown))->trigger(); }
    void type(const QString &text) { m_panel->filter()->findChild<QLineEdit *>()->setText(text); }

private slots:
    void init()
    {
        m_model = std::make_unique<ConnectionsModel>();
        m_panel = std::make_unique<ConnectionsPanel>(m_model.get());
        m_model->apply(opening({1, 2, 3, 12}));
        m_model->apply(changing(counters(1, ConnectionState::Open, u"Ada"_s, u"main"_s)));
        m_model->apply(changing(counters(2, ConnectionState::Closing, u"Bob"_s, u"main"_s)));
        m_model->apply(ending(counters(3, ConnectionState::Refused), EndingCause::OriginRefused));
        m_model->apply(ending(counters(12, ConnectionState::Ended, u"Adam"_s), EndingCause::ReadTooSlowly));
    }

    void counts()
    {
        const auto words = [this] {
            QStringList all;
            const auto actions = m_panel->filter()->menuActions().first(4);
            for (const QAction *action : actions)
                all << action->iconText();
            return all.join(u", "_s);
        };
        QCOMPARE(words(), u"All 4, Open 2, Ended 1, Refused 1"_s);
        m_model->apply(ending(counters(1, ConnectionState::Ended), EndingCause::ClientClosed));
        QCOMPARE(words(), u"All 4, Open 1, Ended 2, Refused 1"_s);
        m_model->beginRun();
        QCOMPARE(words(), u"All 4, Open 0, Ended 3, Refused 1"_s);
        for (quint32 first = 1; first <= 1'000; ++first) { // only the newest 1,000 that ended are kept
            m_model->apply(opening({first}));
            m_model->apply(ending(counters(first, ConnectionState::Ended), EndingCause::ClientClosed));
        }
        QCOMPARE(words(), u"All 1,000, Open 0, Ended 1,000, Refused 0"_s);
    }

    void narrows_data()
    {
        QTest::addColumn<ConnectionRows::Shown>("shown");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("numbers");
        using Shown = ConnectionRows::Shown;
        QTest::newRow("all") << Shown::All << QString() << u"1 12 2 3"_s;
        QTest::newRow("open") << Shown::Open << QString() << u"1 2"_s;
        QTest::newRow("ended") << Shown::Ended << QString() << u"12"_s;
        QTest::newRow("refused") << Shown::Refused << QString() << u"3"_s;
        QTest::newRow("player, any case") << Shown::All << u"ADA"_s << u"1 12"_s;
        QTest::newRow("player among the open ones") << Shown::Open << u"ada"_s << u"1"_s;
        QTest::newRow("room") << Shown::All << u"main"_s << u"1 2"_s;
        QTest::newRow("address") << Shown::All << u"192.168"_s << u"12"_s;
        QTest::newRow("cause") << Shown::All << u"slowly"_s << u"12"_s;
        QTest::newRow("several words, in any column") << Shown::All << u"  main  bob "_s << u"2"_s;
        QTest::newRow("a number is whole") << Shown::All << u"#1"_s << u"1"_s;
        QTest::newRow("nobody") << Shown::All << u"nobody"_s << QString();
    }
    void narrows()
    {
        QFETCH(ConnectionRows::Shown, shown);
        QFETCH(QString, text);
        choose(shown);
        type(text);
        QTEST(this->shown(), "numbers");
        m_panel->filter()->clear();
        QCOMPARE(this->shown(), u"1 12 2 3"_s);
    }

    void followsWhatChanges()
    {
        choose(ConnectionRows::Shown::Open);
        m_model->apply(opening({5}));
        QCOMPARE(shown(), u"1 2 5"_s);
        Snapshot later = ending(counters(1, ConnectionState::Ended), EndingCause::ClientClosed);
        later.timeMs = 10'000; // what was chosen is asked anew when rates are worked out
        m_model->apply(later);
        QCOMPARE(shown(), u"2 5"_s);
    }

    void keepsTheSelectedOne()
    {
        m_panel->select(ConnectionId{1});
        QSignalSpy changed(m_panel.get(), &ConnectionsPanel::selectionChanged);
        type(u"bob"_s);
        QCOMPARE(shown(), u"1 2"_s);
        QCOMPARE(m_panel->selected(), std::optional(ConnectionId{1}));
        QCOMPARE(changed.size(), 0);
        m_panel->clearSelection();
        type(u"bo"_s);
        QCOMPARE(shown(), u"2"_s);
    }

    /// Every second one of them changes, so that each is a range of its own.
    void allSelectedCostLittleWhileTheyChange()
    {
        Snapshot all, some;
        for (quint32 id = 100; id < 10'100; ++id) {
            ConnectionInfo info;
            info.id = ConnectionId{id};
            all.opened.append(info);
            if (id % 2 == 0)
                some.changed.append(counters(id, ConnectionState::Open));
        }
        m_model->apply(all);
        m_panel->findChild<TableView *>(u"connections"_s)->selectAll();
        QElapsedTimer timer;
        timer.start();
        m_model->apply(some);
        QVERIFY2(timer.elapsed() < 1'000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(m_panel->selectedEntry() == nullptr);
        QVERIFY(m_panel->currentEntry() == nullptr); // the keys are at none yet
        m_panel->findChild<TableView *>(u"connections"_s)
            ->selectionModel()
            ->setCurrentIndex(m_panel->findChild<TableView *>(u"connections"_s)->model()->index(1, 0),
                              QItemSelectionModel::NoUpdate);
        QVERIFY(m_panel->currentEntry() != nullptr);
    }

    void whatCanBeDoneFollowsItsState()
    {
        m_panel->select(ConnectionId{1});
        const auto actions = m_panel->menuActions();
        const auto kick = std::ranges::find(actions, u"&Kick…"_s, &QAction::text);
        QVERIFY(kick != actions.end() && (*kick)->isEnabled());
        m_model->apply(ending(counters(1, ConnectionState::Ended), EndingCause::ClientClosed));
        QVERIFY(!(*kick)->isEnabled());
    }

    void leadsToOneThatIsHidden()
    {
        choose(ConnectionRows::Shown::Refused);
        m_panel->select(ConnectionId{12});
        QCOMPARE(m_panel->selected(), std::optional(ConnectionId{12}));
        QVERIFY(m_panel->filter()->isEmpty());
    }

    void escapeEmptiesTheFieldThenLeaves()
    {
        m_panel->show();
        m_panel->filter()->show();
        auto *field = m_panel->filter()->findChild<QLineEdit *>();
        QSignalSpy left(m_panel->filter(), &ConnectionsFilter::leaveWanted);
        field->setText(u"bob"_s);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(field->text().isEmpty());
        QCOMPARE(left.size(), 0);
        QTest::keyClick(field, Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
    }

    void rowsAreAModel()
    {
        ConnectionRows rows(m_model.get());
        const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        rows.setShown(ConnectionRows::Shown::Open);
        m_model->apply(opening({20, 21}));
        rows.setText(u"192"_s);
        QCOMPARE(rows.rowCount(), 2);
        m_model->beginRun();
        rows.refresh();
        QCOMPARE(rows.rowCount(), 0);
    }
};

QTEST_MAIN(TestConnectionsPanel)
#include "tst_connectionspanel.moc"
