// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"
#include "server/inprocesshost.h"
#include "ui/base/partsline.h"
#include "ui/connections/connectiondetails.h"
#include "ui/connections/connectionspanel.h"
#include "ui/details/messagedetails.h"
#include "ui/doctor/doctorpanel.h"
#include "ui/doctor/phonecheckpanel.h"
#include "ui/log/messagelogpanel.h"
#include "ui/mainwindow.h"
#include "ui/models/cellroles.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/eventspanel.h"
#include "ui/panels/joinpanel.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/tableview.h"
#include "ui/windows/doctorwindow.h"

#include <QAction>
#include <QDir>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTableView>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

Snapshot withOneClient()
{
    Snapshot snapshot;
    snapshot.timeMs = 1000;
    ConnectionInfo info;
    info.id = ConnectionId{1};
    info.requestHead = "GET /ws/K7QF?name=Ada HTTP/1.1\r\nHost: x\r\nOrigin: https://o\r\n"
                       "Sec-WebSocket-Protocol: a, b\r\nX-Odd: 1\r\nAuthorization: [redacted]\r\n\r\n";
    snapshot.opened = {info};
    ConnectionCounters counters;
    counters.id = info.id;
    counters.player = u"Ada"_s;
    counters.room = u"K7QF"_s;
    snapshot.changed = {counters};
    return snapshot;
}

QString allText(const QWidget &window)
{
    QString text;
    const auto labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        const auto *line = qobject_cast<const PartsLine *>(label); // leaves out what does not fit
        text += (line != nullptr ? line->wholeText() : label->text()) + u'\n';
    }
    return text;
}

const QTableView *tableNamed(const QWidget &window, const QString &name)
{
    const auto tables = window.findChildren<QTableView *>();
    for (const QTableView *table : tables) {
        if (table->accessibleName() == name)
            return table;
    }
    return nullptr;
}

void collect(const QList<QAction *> &actions, QList<QAction *> &all)
{
    for (QAction *action : actions) {
        if (action->menu() != nullptr)
            collect(action->menu()->actions(), all);
        else if (!action->isSeparator())
            all.append(action);
    }
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Host> m_host;

    ServerConfig config() const
    {
        ServerConfig config;
        config.port = 0;
        config.bindAddress = u"127.0.0.1"_s;
        config.captureDirectory = m_dir->filePath(u"capture"_s);
        return config;
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(u"settings.ini"_s), QSettings::IniFormat);
        m_host = std::make_unique<InProcessHost>();
    }
    void cleanup()
    {
        m_host.reset();
        m_settings.reset();
    }

    void startsTheServerAndSaysHowToJoin()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.show();
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        const auto *join = window.findChild<JoinPanel *>();
        QVERIFY(join->isVisible());
        for (const QString &line : {u"wscat -c ws://127.0.0.1:%1/ws/main\n"_s, u"\nhttp://127.0.0.1:%1/\n"_s})
            QVERIFY2(allText(*join).contains(line.arg(m_host->listenInfo().port)), qPrintable(allText(*join)));
        QSignalSpy wanted(&window, &MainWindow::testClientRequested);
        emit const_cast<JoinPanel *>(join)->testClientWanted();
        QCOMPARE(wanted.at(0).at(0).toUrl(), QUrl(u"ws://127.0.0.1:%1/ws/main"_s.arg(m_host->listenInfo().port)));
        m_host->stop();
        QTRY_COMPARE(m_host->state(), ServerState::Stopped);
        QVERIFY(allText(*join).contains(u"stopped"_s));
    }

    void saysHowFarADrainHasCome()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.show();
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        auto *bar = window.findChild<ServerBar *>();
        QVERIFY(!allText(*bar).contains(u"still here"_s));
        QTcpSocket player;
        player.connectToHost(u"127.0.0.1"_s, m_host->listenInfo().port);
        player.write(
            "GET /ws/main?name=Ada HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QTRY_VERIFY(player.bytesAvailable() > 0);
        m_host->drain(300); // it is in a room of the relay, which has no end
        QTRY_VERIFY2(allText(*bar).contains(u"Letting games end · 1 still here · "_s), qPrintable(allText(*bar)));
        player.abort();
        QTRY_COMPARE(m_host->state(), ServerState::Stopped); // nobody is left
        QVERIFY(!allText(*bar).contains(u"still here"_s));
    }

    void saysThatNothingIsRecorded()
    {
        MainWindow window(*m_host, *m_settings);
        ServerConfig unrecorded = config();
        unrecorded.capture = false;
        window.setConfig(unrecorded);
        window.resize(1280, 800);
        window.show();
        const auto *table = qobject_cast<const TableView *>(tableNamed(window, u"Messages"_s));
        QVERIFY(!table->emptyText().contains(u"off"_s));
        window.startServer();
        QTRY_VERIFY(table->emptyText().contains(u"off"_s));
    }

    void everyNetworkOfTheComputerIsNamed()
    {
        JoinPanel join;
        join.setState(ServerState::Running, {8080, {}, {u"192.168.1.20"_s, u"10.0.0.5"_s, u"fd00::5"_s}}, {});
        const QString text = allText(join);
        QVERIFY(text.contains(u"\nws://192.168.1.20:8080/ws/main\n"_s));
        QVERIFY(text.contains(u"\nws://10.0.0.5:8080/ws/main\nws://[fd00::5]:8080/ws/main\n"_s));
        QVERIFY(text.contains(u"\nhttp://192.168.1.20:8080/\n"_s));
    }

    void aSelectedConnectionNarrowsTheLog()
    {
        MainWindow window(*m_host, *m_settings);
        window.show();
        emit m_host->snapshot(withOneClient());
        QVERIFY(!window.findChild<JoinPanel *>()->isVisible());
        auto *panel = window.findChild<ConnectionsPanel *>();
        panel->select(ConnectionId{1});
        QCOMPARE(panel->selected(), ConnectionId{1});
        QVERIFY(window.findChild<MessageLogPanel *>()->model()->isFiltered());
        panel->clearSelection();
        QVERIFY(!window.findChild<MessageLogPanel *>()->model()->isFiltered());
    }

    void theDetailsAreOfWhatWasSelectedLast()
    {
        MainWindow window(*m_host, *m_settings);
        window.resize(1280, 800);
        window.show();
        Snapshot snapshot = withOneClient();
        snapshot.opened << snapshot.opened.first();
        snapshot.opened.last().id = ConnectionId{2};
        emit m_host->snapshot(snapshot);
        const auto text = [&window] { return allText(*window.findChild<ConnectionDetails *>()); };
        auto *panel = window.findChild<ConnectionsPanel *>();
        panel->select(ConnectionId{2});
        QTRY_VERIFY2(text().contains(u"#2"_s), qPrintable(text()));
        panel->select(ConnectionId{1});
        QTRY_VERIFY(text().contains(u"#1 · “Ada”"_s) && !text().contains(u"#2"_s));
        panel->clearSelection();
        QVERIFY(!text().contains(u"#"_s));
    }

    void aSelectedMessageShowsItsConnection()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.resize(1280, 800);
        window.show();
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        QTcpSocket socket;
        const auto connectTo = [&] {
            socket.connectToHost(u"127.0.0.1"_s, m_host->listenInfo().port);
            socket.write(
                "GET /ws/main?name=Ada HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        };
        connectTo();
        const auto *log = window.findChild<MessageLogPanel *>();
        auto *panel = window.findChild<ConnectionsPanel *>();
        const auto caption = [&window] { return allText(*window.findChild<ConnectionDetails *>()); };
        const auto payload = [log] { return log->findChild<MessageDetails *>()->pageText(); };
        QTRY_VERIFY(log->model()->rowCount() > 2);
        const QTableView *connections = tableNamed(window, u"Connections"_s);
        QTRY_VERIFY(connections->model()->rowCount() == 1);
        log->view()->selectRow(log->model()->rowCount() - 1);
        QTRY_VERIFY2(caption().contains(u"#1"_s), qPrintable(caption()));
        QTRY_VERIFY2(caption().contains(u"#1 · “Ada”"_s), qPrintable(caption()));
        QVERIFY(!payload().isEmpty());
        QVERIFY(!log->model()->isFiltered()); // looking at a message narrows nothing

        m_host->stop();
        QTRY_COMPARE(m_host->state(), ServerState::Stopped);
        panel->select(ConnectionId{1});
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        QVERIFY2(payload().isEmpty(), qPrintable(payload())); // another run's
        QVERIFY2(!caption().contains(u"#"_s), qPrintable(caption()));
        QVERIFY(!panel->selected());
        QCOMPARE(connections->model()->rowCount(), 1); // it stays
        socket.abort();
        connectTo();
        QTRY_COMPARE(connections->model()->rowCount(), 2);
        auto *both = const_cast<QTableView *>(connections);
        both->selectRow(1);
        QVERIFY(!panel->selected()); // nothing can be done to it
        QVERIFY2(caption().contains(u"of an earlier run"_s), qPrintable(caption()));
        both->selectRow(0);
        QCOMPARE(panel->selected(), ConnectionId{1});
    }

    void aNewRunStandsAboveTheEarlierOnesAtOnce()
    {
        ConnectionsModel model;
        const ConnectionsPanel panel(&model);
        const auto *sorted = panel.findChild<QTableView *>()->model();
        model.apply(withOneClient());
        model.beginRun();
        Snapshot next;
        next.timeMs = 2000;
        model.apply(next); // the rates are worked out: not again for two seconds
        for (const quint32 id : {1U, 2U}) {
            next = withOneClient();
            next.timeMs = 2000 + id;
            next.opened.first().id = next.changed.first().id = ConnectionId{id};
            model.apply(next);
        }
        QStringList shown;
        for (int row = 0; row < sorted->rowCount(); ++row)
            shown << u"%1 of %2"_s.arg(sorted->index(row, ConnectionsModel::Number).data().toString(),
                                       sorted->index(row, 0).data(RunRole).toString());
        QCOMPARE(shown, QStringList({u"1 of 1"_s, u"2 of 1"_s, u"1 of 0"_s}));
    }

    void nothingIsCutAtTheStart_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1280 x 800") << QSize(1280, 800);
        QTest::newRow("1024 x 700") << QSize(1024, 700);
    }
    void nothingIsCutAtTheStart()
    {
        QFETCH(QSize, size);
        MainWindow window(*m_host, *m_settings);
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        Snapshot snapshot = withOneClient();
        RoomInfo room;
        room.id = u"a-room-with-a-long-name"_s;
        room.state = u"waiting"_s;
        snapshot.rooms = {room};
        snapshot.ended = {{.counters = snapshot.changed.first(), .ending = {}}};
        emit m_host->snapshot(snapshot);
        QCOMPARE(window.size(), size);
        for (const QString &name : {u"Rooms"_s, u"Connections"_s}) {
            const QTableView *table = tableNamed(window, name);
            QVERIFY(table != nullptr && table->isVisible());
            QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
        }
        const QTableView *connections = tableNamed(window, u"Connections"_s);
        QVERIFY(connections->columnWidth(ConnectionsModel::Because) >= 120);
    }

    void oneClickAllowsAName()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.show();
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        const auto ask = [this] {
            QTcpSocket socket;
            socket.connectToHost(u"127.0.0.1"_s, m_host->listenInfo().port);
            socket.write("GET / HTTP/1.1\r\nHost: game.lan\r\nConnection: close\r\n\r\n");
            return QTest::qWaitFor([&] { return socket.bytesAvailable() > 12; }) ? socket.read(12) : QByteArray();
        };
        QCOMPARE(ask(), "HTTP/1.1 421");
        auto *panel = window.findChild<EventsPanel *>();
        auto *view = panel->findChild<QTableView *>();
        const auto allow = panel->findChild<QAction *>(u"allowHost"_s);
        const auto isFound = [&] {
            for (int row = 0; row < view->model()->rowCount() && !allow->isEnabled(); ++row)
                view->setCurrentIndex(view->model()->index(row, 0));
            return allow->isEnabled();
        };
        QVERIFY(QTest::qWaitFor(isFound));
        QSignalSpy reloaded(m_host.get(), &Host::reloaded);
        allow->trigger();
        QTRY_COMPARE(reloaded.size(), 1);
        QCOMPARE(ask(), "HTTP/1.1 200");
        QCOMPARE(MainWindow(*m_host, *m_settings).config().allowedHosts, QList<QByteArray>{"game.lan"}); // it is kept
    }

    void theNumberOfFaultsLeadsToThem()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.resize(1280, 800);
        window.show();
        window.findChild<QAction *>(u"events"_s)->setChecked(false); // away, with the list that it leads to
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        const auto ask = [this](const QByteArray &host) {
            QTcpSocket socket;
            socket.connectToHost(u"127.0.0.1"_s, m_host->listenInfo().port);
            socket.write("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            return QTest::qWaitFor([&] { return socket.bytesAvailable() > 12; }) ? socket.read(12) : QByteArray();
        };
        auto *button = window.findChild<QToolButton *>(u"faults"_s);
        QTRY_COMPARE(button->text(), u"0 faults"_s);
        QVERIFY(button->isEnabled()); // a number that is greyed can not be read
        QVERIFY2(button->toolTip().contains(u"refused"_s), qPrintable(button->toolTip()));
        for (const char *host : {"one.lan", "two.lan", "two.lan"})
            QCOMPARE(ask(host), "HTTP/1.1 421");
        QCOMPARE(ask("127.0.0.1"), "HTTP/1.1 200"); // none
        QTRY_COMPARE(button->text(), u"3 faults"_s);
        auto *view = window.findChild<EventsPanel *>()->findChild<QTableView *>();
        const auto &events = window.findChild<EventsPanel *>()->model(); // in the order of the view, which shows all
        int faults = 0;
        for (int row = 0; row < events.rowCount(); ++row)
            faults += events.isFaultAt(row) ? events.countAt(row) : 0;
        QCOMPARE(faults, 3);
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QVERIFY(view->isVisible());
        QVERIFY(view->hasFocus());
        QCOMPARE(events.at(view->currentIndex().row()).host, u"two.lan"_s);
        QTest::keyClick(view, Qt::Key_F8);
        QCOMPARE(events.at(view->currentIndex().row()).host, u"one.lan"_s);
        const auto *log = window.findChild<MessageLogPanel *>();
        const auto shown = [&] { return events.at(view->currentIndex().row()).connection; };
        QTRY_COMPARE(log->selectedConnection(), std::optional(shown())); // and to its row
        QTest::keyClick(view, Qt::Key_F8);                               // from the first one again
        QCOMPARE(events.at(view->currentIndex().row()).host, u"two.lan"_s);
        QTRY_COMPARE(log->selectedConnection(), std::optional(shown()));
        QVERIFY(view->hasFocus());
        auto *connections = window.findChild<ConnectionsPanel *>();
        QVERIFY(!connections->hasSelection()); // a step among faults narrows nothing
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(window.findChild<ConnectionsPanel *>()->selected(), events.at(view->currentIndex().row()).connection);
        QVERIFY(tableNamed(window, u"Connections"_s)->hasFocus());
        QTest::keyClick(window.findChild<EventsPanel *>(), Qt::Key_F8); // the log is narrowed to another one's now
        QCOMPARE(events.at(view->currentIndex().row()).host, u"one.lan"_s);
        QCOMPARE(connections->selected(), std::optional(shown()));
        QTRY_COMPARE(log->selectedConnection(), std::optional(shown()));
    }

    void saysWhenARowIsGone()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        auto *details = window.findChild<ConnectionDetails *>();
        emit details->rowWanted(1'000'000);
        QVERIFY(window.statusBar()->currentMessage().contains(u"not in the log"));
        window.statusBar()->clearMessage();
        emit details->rowMissed();
        QVERIFY(window.statusBar()->currentMessage().contains(u"not in the log"));
        ServerEvent event;
        event.code = EventCode::ServerStarted;
        emit window.findChild<EventsPanel *>()->rowWanted(event, 1);
        QVERIFY(window.statusBar()->currentMessage().contains(u"no rows of such events"));
        emit window.findChild<EventsPanel *>()->rowWanted(event, 0);
        QVERIFY(window.statusBar()->currentMessage().contains(u"earlier run"));
    }

    void saysWhereTheMessagesOfAnEarlierRunAre()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.resize(1280, 800);
        window.show();
        window.startServer();
        const auto *log = window.findChild<MessageLogPanel *>();
        const auto *footer = log->findChild<QLabel *>(u"footer"_s);
        QTcpSocket socket;
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        socket.connectToHost(u"127.0.0.1"_s, m_host->listenInfo().port);
        socket.write(
            "GET /ws/main?name=Ada HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QTRY_VERIFY(log->model()->rowCount() > 2);
        QVERIFY(!footer->text().contains(u"earlier"_s));
        const auto store = m_host->capture();
        m_host->stop();
        QTRY_COMPARE(m_host->state(), ServerState::Stopped);
        const quint64 end = store->stats().endRow; // with the end of the connection
        const quint64 messages = end - store->samples(0, end).size();
        QTRY_COMPARE(log->model()->all(), messages);
        const QString was = QLocale().toString(messages);
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        QTRY_VERIFY2(footer->text().contains(was + u" of earlier runs"_s), qPrintable(footer->text()));
        const auto *folder = log->findChild<QToolButton *>(u"openFolder"_s);
        QVERIFY(folder->isVisible());
        QVERIFY2(folder->toolTip().contains(m_dir->filePath(u"capture"_s)), qPrintable(folder->toolTip()));
        QCOMPARE(QDir(m_dir->filePath(u"capture"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
    }

    // Nobody looks for news meanwhile.
    void countsWhatCameUnseen()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.show();
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        window.hide();
        const std::shared_ptr<const CaptureStore> store = m_host->capture();
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_host->listenInfo().port);
        socket.write("GET / HTTP/1.1\r\nHost: game.lan\r\nConnection: close\r\n\r\n");
        QTRY_VERIFY(socket.bytesAvailable() > 0);
        m_host->stop();
        QTRY_COMPARE(m_host->state(), ServerState::Stopped);
        const CaptureStats all = store->stats();
        const quint64 messages = all.endRow - all.firstRow - store->samples(all.firstRow, all.endRow).size();
        QVERIFY(messages > 0);
        window.startServer();
        const auto *footer = window.findChild<MessageLogPanel *>()->findChild<QLabel *>(u"footer"_s);
        QVERIFY2(footer->text().contains(u"· %1 of earlier runs"_s.arg(messages)), qPrintable(footer->text()));
    }

    void tellsOfOneFolderOnly()
    {
        MainWindow window(*m_host, *m_settings);
        window.show();
        const auto *log = window.findChild<MessageLogPanel *>();
        const auto *footer = log->findChild<QLabel *>(u"footer"_s);
        const auto *folder = log->findChild<QToolButton *>(u"openFolder"_s);
        QList<quint64> runs;
        for (const QString &name : {u"one"_s, u"other"_s, u"other"_s, u"none"_s}) {
            ServerConfig there = config();
            there.captureDirectory = m_dir->filePath(name);
            window.setConfig(there);
            window.startServer();
            QTRY_COMPARE(m_host->state(), ServerState::Running);
            const std::shared_ptr<const CaptureStore> store = m_host->capture();
            QTcpSocket socket;
            socket.connectToHost(u"127.0.0.1"_s, m_host->listenInfo().port);
            socket.write("GET / HTTP/1.1\r\nHost: game.lan\r\nConnection: close\r\n\r\n");
            QTRY_VERIFY(socket.bytesAvailable() > 0);
            m_host->stop();
            QTRY_COMPARE(m_host->state(), ServerState::Stopped);
            const quint64 end = store->stats().endRow;
            runs << end - store->samples(0, end).size();
        }
        QVERIFY(runs[1] > 0);
        QVERIFY2(footer->text().contains(u"· %1 of earlier runs"_s.arg(runs[1] + runs[2])), qPrintable(footer->text()));
        QVERIFY2(folder->toolTip().contains(m_dir->filePath(u"other"_s)), qPrintable(folder->toolTip()));
    }

    void aTwinGoesTheSameWay()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        emit m_host->snapshot(withOneClient());
        QSignalSpy wanted(&window, &MainWindow::twinRequested);
        emit window.findChild<ConnectionsPanel *>()->twinWanted(ConnectionId{1});
        QCOMPARE(wanted.size(), 1);
        const auto twin = wanted.at(0).at(0).value<ImportedConnection>();
        QCOMPARE(twin.draft.address, u"ws://127.0.0.1:%1/ws/K7QF?name=Ada"_s.arg(m_host->listenInfo().port));
        const TestClientOptions &options = twin.draft.options;
        QCOMPARE(options.origin, "https://o"_ba);
        QCOMPARE(options.subprotocols, (QList<QByteArray>{"a", "b"}));
        QCOMPARE(options.headers.size(), 1);
        QCOMPARE(options.headers[0].name, "X-Odd"_ba);
        QCOMPARE(options.headers[0].value, "1"_ba);
        QCOMPARE(twin.notTaken, QStringList{u"Authorization"_s});
    }

    void theDoctorSeesWhatAClientSaw()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        emit m_host->snapshot(withOneClient());
        emit window.findChild<ConnectionsPanel *>()->examineWanted(ConnectionId{1});
        const auto *doctor = window.findChild<DoctorWindow *>();
        QVERIFY(doctor != nullptr && doctor->isVisible());
        QVERIFY(!doctor->doctor()->isIdle());
        QTRY_COMPARE(doctor->doctor()->diagnosis().url.path(), u"/ws/K7QF"_s);
        doctor->doctor()->stop();
    }

    void hearsOfDevicesThatCheckTheWay()
    {
        MainWindow window(*m_host, *m_settings);
        window.setConfig(config());
        window.startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
        QTcpSocket phone;
        phone.connectToHost(QHostAddress::LocalHost, m_host->listenInfo().port);
        const QByteArray report = R"({"run":"0123456789abcdef","steps":{"http":{"ok":true,"ms":12}}})";
        phone.write("POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Firefox/1 (Android)\r\n"
                    "Content-Length: "
                    + QByteArray::number(report.size()) + "\r\n\r\n" + report);
        QTRY_VERIFY(window.findChild<DoctorWindow *>() != nullptr);
        const auto *doctor = window.findChild<DoctorWindow *>();
        QVERIFY(!doctor->isVisible()); // nobody asked for it
        QVERIFY(doctor->phones()->state().contains(u"Firefox, Android (127.0.0.1)"_s)
                || doctor->phones()->state().startsWith(u"No phone"_s)); // of this machine alone
        QCOMPARE(doctor->findChild<TableView *>(u"checkedDevices"_s)->model()->rowCount(), 1);
    }

    void comesBackAsItWasLeft()
    {
        {
            MainWindow window(*m_host, *m_settings);
            window.resize(1111, 777);
            window.findChild<MessageLogPanel *>()->view()->setColumnWidth(MessagesModel::Type, 171);
            window.findChild<QAction *>(u"events"_s)->setChecked(true);
            window.show();
            emit window.findChild<ServerBar *>()->portChosen(9123);
            window.close();
        }
        MainWindow window(*m_host, *m_settings);
        QCOMPARE(window.findChild<MessageLogPanel *>()->view()->columnWidth(MessagesModel::Type), 171);
        QVERIFY(window.findChild<QAction *>(u"events"_s)->isChecked());
        QCOMPARE(window.config().port, 9123);
        window.show();
        QCOMPARE(window.size(), QSize(1111, 777));
    }

    void everyActionHasAShortcutOrIsAChoice()
    {
        MainWindow window(*m_host, *m_settings);
        QList<QAction *> all;
        collect(window.menuBar()->actions(), all);
        QVERIFY(all.size() > 20);
        QHash<QKeySequence, QString> taken;
        for (const QAction *action : std::as_const(all)) {
            // A tip that was never set is the text again.
            QVERIFY2(action->toolTip() != action->text().remove(u'&').remove(u'…'), qPrintable(action->text()));
            QVERIFY2(!action->statusTip().isEmpty(), qPrintable(action->text()));
            QVERIFY2(!action->shortcut().isEmpty() || action->actionGroup() != nullptr, qPrintable(action->text()));
            if (action->shortcut().isEmpty() || action->shortcutContext() != Qt::WindowShortcut)
                continue;
            QVERIFY2(!taken.contains(action->shortcut()), qPrintable(action->text() + taken.value(action->shortcut())));
            taken.insert(action->shortcut(), action->text());
        }
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
