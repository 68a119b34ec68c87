// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fakehost.h"
#include "ui/connections/connectionspanel.h"
#include "ui/mainwindow.h"
#include "ui/panels/joinpanel.h"
#include "ui/panels/tableview.h"

#include <QLabel>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// The window needs no server in its own program: values and requests are enough.

namespace {

QString allText(const QWidget &widget)
{
    QStringList texts;
    const auto labels = widget.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts << label->text();
    return texts.join(u'\n');
}

Snapshot oneThere(quint32 id)
{
    Snapshot snapshot;
    ConnectionInfo info;
    info.id = ConnectionId{id};
    snapshot.opened = {info};
    ConnectionCounters counters;
    counters.id = info.id;
    snapshot.changed = {counters};
    return snapshot;
}

} // namespace

class TestDistantHost final : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(u"settings.ini"_s), QSettings::IniFormat);
        m_host = std::make_unique<FakeHost>();
        m_window = std::make_unique<MainWindow>(*m_host, *m_settings);
        m_window->show();
    }
    void cleanup() { m_window.reset(); }

    void asksForSnapshotsWhileItIsThere()
    {
        QCOMPARE(m_host->asked, QStringList{u"snapshots 1"_s});
        m_window.reset();
        QCOMPARE(m_host->asked.last(), u"snapshots 0"_s);
    }

    void showsWhatItIsTold()
    {
        m_host->itsInfo.port = 8123;
        m_host->itsInfo.lanAddresses = {u"192.0.2.7"_s};
        m_host->become(ServerState::Running);
        QVERIFY(allText(*m_window->findChild<JoinPanel *>()).contains(u"ws://192.0.2.7:8123/ws/main"_s));
        emit m_host->snapshot(oneThere(7));
        auto *connections = m_window->findChild<ConnectionsPanel *>();
        connections->select(ConnectionId{7});
        QCOMPARE(connections->selected(), ConnectionId{7});
        emit connections->kickWanted(ConnectionId{7}, {});
        QCOMPARE(m_host->asked.last(), u"kick 7"_s);
    }

    void beginsAnewWithAWholeSnapshot()
    {
        m_host->become(ServerState::Running);
        emit m_host->snapshot(oneThere(7));
        Snapshot whole = oneThere(9); // 7 has ended while nobody was listening
        whole.whole = true;
        emit m_host->snapshot(whole);
        const auto *table = m_window->findChild<ConnectionsPanel *>()->findChild<TableView *>();
        QCOMPARE(table->model()->rowCount(), 1);
    }

    void saysWhyInWords()
    {
        m_host->itsFault = Fault{FaultCode::PortTaken, {u"80"_s}};
        m_host->become(ServerState::Failed);
        QVERIFY(allText(*m_window->findChild<JoinPanel *>()).contains(u"Port 80 is taken by another program"_s));
        emit m_host->actionFailed({FaultCode::RoomGone, {u"blue"_s}});
        QCOMPARE(m_window->statusBar()->currentMessage(), u"There is no room blue any more"_s);
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeHost> m_host;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestDistantHost)
#include "tst_distanthost.moc"
