// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/inprocesshost.h"
#include "tests/ui/gamestates.h"
#include "ui/base/eventwords.h"
#include "ui/connections/connectionspanel.h"
#include "ui/mainwindow.h"
#include "ui/panels/newroomdialog.h"
#include "ui/panels/roompage.h"
#include "ui/panels/roomspanel.h"
#include "ui/panels/tableview.h"
#include "ui/windows/resultswindow.h"
#include "ui/windows/sharewindow.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QAction *actionIn(const QList<QAction *> &actions, const QString &text)
{
    for (QAction *action : actions) {
        QAction *found = action->menu() != nullptr             ? actionIn(action->menu()->actions(), text)
            : action->text().remove(u'&').remove(u'…') == text ? action
                                                               : nullptr;
        if (found != nullptr)
            return found;
    }
    return nullptr;
}

QString allText(const QWidget &widget)
{
    QStringList texts;
    const auto labels = widget.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisibleTo(&widget))
            texts << label->text();
    }
    return texts.join(u'\n');
}

TableView *tableNamed(const QWidget &window, const QString &name)
{
    const auto tables = window.findChildren<TableView *>();
    for (TableView *table : tables) {
        if (table->accessibleName() == name)
            return table;
    }
    return nullptr;
}

Snapshot twoRooms()
{
    Snapshot snapshot = roomSnapshot(u"relay"_s, "{}");
    RoomInfo other = snapshot.rooms.first();
    other.id = u"other"_s;
    snapshot.rooms << other;
    ConnectionInfo info;
    info.id = ConnectionId{1};
    snapshot.opened = {info};
    return snapshot;
}

} // namespace

class TestGamesDesk : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Host> m_host;
    std::unique_ptr<MainWindow> m_window;

    void trigger(const QString &text) const { actionIn(m_window->menuBar()->actions(), text)->trigger(); }
    template <typename Widget>
    Widget *find() const
    {
        return m_window->findChild<Widget *>();
    }

    void start(int mostRooms = 10)
    {
        ServerConfig config;
        config.port = 0;
        config.bindAddress = u"127.0.0.1"_s;
        config.captureDirectory = m_dir->filePath(u"capture"_s);
        config.limits.rooms = mostRooms;
        m_window->setConfig(config);
        m_window->startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
    }

    NewRoomDialog *open(const QString &game, const QString &name) const
    {
        trigger(u"New room"_s);
        auto *dialog = find<NewRoomDialog>();
        dialog->chooseGame(game);
        dialog->findChild<QLineEdit *>()->setText(name);
        for (QAbstractButton *button : dialog->findChild<QDialogButtonBox *>()->buttons()) {
            if (button->text().contains(u"Open"_s))
                button->click();
        }
        return dialog;
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(u"settings.ini"_s), QSettings::IniFormat);
        m_host = std::make_unique<InProcessHost>();
        m_window = std::make_unique<MainWindow>(*m_host, *m_settings);
        m_window->show();
    }
    void cleanup()
    {
        m_window.reset();
        m_host.reset();
        m_settings.reset();
    }

    void aNewRoomIsShownAndShared()
    {
        start();
        const QPointer<NewRoomDialog> dialog = open(u"code-racer"_s, u"race"_s);
        QTRY_VERIFY(dialog.isNull());
        QTRY_COMPARE(find<RoomPage>()->room(), u"race"_s);
        QVERIFY(find<RoomPage>()->isVisible());
        QTRY_VERIFY(find<ShareWindow>() != nullptr && find<ShareWindow>()->isVisible());
        const QString code = find<ShareWindow>()->link().query().mid(5);
        QVERIFY(code.size() >= 4);
        QCOMPARE(find<ShareWindow>()->link(),
                 QUrl(u"http://127.0.0.1:%1/?room=%2"_s.arg(m_host->listenInfo().port).arg(code)));
        QTRY_VERIFY(allText(*find<RoomPage>()).contains(u"Code Racer · code "_s + code));
        QTRY_VERIFY(allText(*find<RoomPage>()).contains(u"Waiting for the start"_s)); // its details are watched
        trigger(u"New room"_s);
        QCOMPARE(find<NewRoomDialog>()->game(), u"code-racer"_s); // as it was left
    }

    void aRoomThatCanNotBeOpenedIsSaid()
    {
        start(1);
        m_host->createRoom(u"relay"_s, u"only"_s);
        const QPointer<NewRoomDialog> dialog = open(u"relay"_s, u"another"_s);
        QSignalSpy failed(m_host.get(), &Host::actionFailed);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!dialog.isNull() && dialog->isVisible()); // the other room was not its own
        QVERIFY(allText(*dialog).contains(faultWords(failed.at(0).at(0).value<Fault>())));
        m_host->stop();
        QTRY_VERIFY(dialog.isNull());
    }

    void aSelectedRoomIsShown()
    {
        emit m_host->snapshot(twoRooms());
        auto *rooms = find<RoomsPanel>();
        auto *pages = m_window->findChild<QTabWidget *>();
        QCOMPARE(pages->currentIndex(), 0);
        rooms->select(u"main"_s);
        QCOMPARE(pages->currentIndex(), 1);
        QCOMPARE(pages->tabText(1), u"Room main"_s);
        emit m_host->snapshot(twoRooms());
        QVERIFY(allText(*find<RoomPage>()).contains(u"Playing"_s));
        emit find<RoomPage>()->connectionWanted(ConnectionId{1});
        QCOMPARE(pages->currentIndex(), 0);
        QCOMPARE(find<ConnectionsPanel>()->selected(), ConnectionId{1});
        QCOMPARE(rooms->selected(), QString()); // one of both narrows
        rooms->select(u"main"_s);
        trigger(u"Show all rooms"_s);
        QCOMPARE(pages->currentIndex(), 0);
    }

    void aRoomThatEndsLeavesItsPage()
    {
        emit m_host->snapshot(twoRooms());
        find<RoomsPanel>()->select(u"main"_s);
        Snapshot next = twoRooms();
        next.rooms.removeFirst();
        next.watched.reset();
        emit m_host->snapshot(next);
        QVERIFY(find<RoomPage>()->isVisible());
        QCOMPARE(find<RoomPage>()->room(), QString());
        QVERIFY(allText(*find<RoomPage>()).contains(u"Room main is closed."_s));
    }

    void eachPageKeepsItsHeight()
    {
        m_window->resize(1280, 800);
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        auto *pages = m_window->findChild<QTabWidget *>();
        auto *split = qobject_cast<QSplitter *>(pages->parentWidget());
        const QList<int> before = split->sizes();
        trigger(u"Go to the room"_s);
        QVERIFY(split->sizes().first() > before.first());
        split->setSizes({300, 300});
        const QList<int> chosen = split->sizes();
        trigger(u"Go to the connections"_s);
        QCOMPARE(split->sizes(), before);
        trigger(u"Go to the room"_s);
        QCOMPARE(split->sizes(), chosen);
    }

    void resultsAreThereBeforeTheServer()
    {
        const QString file = m_dir->filePath(u"results.sqlite"_s);
        {
            History history(file);
            history.add({.startedMs = 1000,
                         .endedMs = 2000,
                         .room = u"main"_s,
                         .game = u"code-racer"_s,
                         .results = R"([{"playerId":"p1","name":"Ada","place":1,"score":42}])"});
        }
        m_host->openHistory(file);
        trigger(u"Results"_s);
        auto *window = find<ResultsWindow>();
        QVERIFY(window->isVisible());
        const auto *rankings = tableNamed(*window, u"Rankings"_s)->model();
        QTRY_COMPARE(rankings->rowCount(), 1);
        QCOMPARE(rankings->index(0, RankingsModel::Name).data().toString(), u"Ada"_s);
        const QString saved = m_dir->filePath(u"all.csv"_s);
        emit window->exportWanted(saved, HistoryFormat::Csv);
        QTRY_VERIFY(allText(*window).contains(u"Saved as"_s));
        QVERIFY(QFile(saved).size() > 0);
    }
};

QTEST_MAIN(TestGamesDesk)
#include "tst_gamesdesk.moc"
