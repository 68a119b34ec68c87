// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fakehost.h"
#include "ui/connections/connectiondetails.h"
#include "ui/log/detailssplitter.h"
#include "ui/log/messagelogpanel.h"
#include "ui/mainwindow.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/eventspanel.h"
#include "ui/panels/roomspanel.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ServerEvent eventOf(EventCode code, EndingCause cause = {})
{
    ServerEvent event;
    event.code = code;
    event.cause = cause;
    event.timeMs = 1'700'000'000'000;
    event.room = u"lounge"_s;
    return event;
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

QAction *actionNamed(const QMenu &menu, const QString &text)
{
    const auto actions = menu.actions();
    for (QAction *action : actions) {
        if (action->text().remove(u'&') == text)
            return action;
    }
    return nullptr;
}

} // namespace

class TestMainLayout final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeHost> m_host;
    std::unique_ptr<MainWindow> m_window;

    void open(QSize size = {1280, 800})
    {
        m_window = std::make_unique<MainWindow>(*m_host, *m_settings);
        m_window->resize(size);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void openAgain()
    {
        m_window->close();
        m_window.reset();
        open();
    }
    [[nodiscard]] QAction *action(const QString &name) const { return m_window->findChild<QAction *>(name); }
    [[nodiscard]] MessageLogPanel *log() const { return m_window->findChild<MessageLogPanel *>(); }
    [[nodiscard]] DetailsSplitter *details() const { return m_window->findChild<DetailsSplitter *>(); }
    [[nodiscard]] bool isInSight(const QWidget *widget) const { return widget->isVisible(); }
    [[nodiscard]] QString line() const { return m_window->findChild<QLabel *>(u"newestEvent"_s)->text(); }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(u"settings.ini"_s), QSettings::IniFormat);
        m_host = std::make_unique<FakeHost>();
    }
    void cleanup()
    {
        m_window.reset();
        m_host.reset();
        m_settings.reset();
    }

    void detailsStandWhereThereIsRoom()
    {
        open({1920, 1080});
        QTRY_VERIFY(details()->isBeside());
        m_window->resize(1024, 640);
        QTRY_VERIFY(!details()->isBeside());
        m_window->resize(1920, 1080);
        QTRY_VERIFY(details()->isBeside());
    }

    void whoMovesASplitterMovesNothingElse()
    {
        open({1920, 1080});
        QTRY_VERIFY(details()->isBeside());
        auto *columns = qobject_cast<QSplitter *>(m_window->findChild<RoomsPanel *>()->parentWidget());
        columns->setSizes({1200, 720});
        QCoreApplication::processEvents();
        QVERIFY(details()->isBeside());
    }

    void aChosenPlaceStays()
    {
        open({1920, 1080});
        const auto choose = [this](DetailsPlace place) { log()->placeActions().at(int(place))->trigger(); };
        choose(DetailsPlace::Below);
        QVERIFY(!details()->isBeside());
        m_window->resize(1800, 1000);
        QVERIFY(!details()->isBeside());
        openAgain();
        QVERIFY(!details()->isBeside());
        QVERIFY(log()->placeActions().at(int(DetailsPlace::Below))->isChecked());
        choose(DetailsPlace::Beside);
        m_window->resize(1024, 640);
        QVERIFY(details()->isBeside());
        choose(DetailsPlace::AsThereIsRoom);
        QVERIFY(!details()->isBeside());
    }

    void theNewestEventStandsInOneLine()
    {
        open();
        QVERIFY2(line().contains(u"Nothing has happened"_s), qPrintable(line()));
        const auto *errors = m_window->findChild<QToolButton *>(u"errors"_s);
        const auto *warnings = m_window->findChild<QToolButton *>(u"warnings"_s);
        QVERIFY(!errors->isVisible() && !warnings->isVisible());
        Snapshot snapshot;
        snapshot.events = {eventOf(EventCode::ServerNotStarted), eventOf(EventCode::ServerNotStarted),
                           eventOf(EventCode::RoomCreated)};
        emit m_host->snapshot(snapshot);
        QVERIFY2(line().contains(u"lounge"_s), qPrintable(line()));
        QVERIFY(errors->isVisible());
        QCOMPARE(errors->text(), u"2"_s);
        QVERIFY(!warnings->isVisible());
        m_host->become(ServerState::Starting); // another run: it had none yet
        QVERIFY(!errors->isVisible());
        QVERIFY(line().contains(u"lounge"_s));
    }

    void theLineOpensTheListAndClosesIt()
    {
        open();
        const QWidget *list = m_window->findChild<EventsPanel *>();
        QVERIFY(!list->isVisible());
        QWidget *line = m_window->findChild<QLabel *>(u"newestEvent"_s)->parentWidget();
        const QPoint place = line->mapTo(m_window.get(), QPoint());
        QTest::mouseClick(line, Qt::LeftButton, {}, QPoint(line->width() / 2, line->height() / 2));
        QTRY_VERIFY(list->isVisible());
        QTRY_VERIFY(list->height() > 60);
        QCOMPARE(line->mapTo(m_window.get(), QPoint()), place); // it stays under the mouse
        openAgain();
        QVERIFY(m_window->findChild<EventsPanel *>()->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_4, Qt::AltModifier);
        QVERIFY(!m_window->findChild<EventsPanel *>()->isVisible());
    }

    void onlyTheLogOnOneKey()
    {
        open();
        QList<QWidget *> around{m_window->findChild<RoomsPanel *>(), m_window->findChild<ServerBar *>(),
                                m_window->findChild<QTabWidget *>(),
                                m_window->findChild<QLabel *>(u"newestEvent"_s)->parentWidget()};
        const int before = log()->view()->viewport()->height();
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::AltModifier);
        for (const QWidget *widget : std::as_const(around))
            QVERIFY2(!widget->isVisible(), widget->metaObject()->className());
        QTRY_VERIFY(log()->view()->viewport()->height() > before);
        QVERIFY(log()->view()->hasFocus());
        QTest::keyClick(log()->view(), Qt::Key_Escape);
        for (const QWidget *widget : std::as_const(around))
            QVERIFY2(widget->isVisible(), widget->metaObject()->className());
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::AltModifier);
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::AltModifier);
        QVERIFY(isInSight(around.first()));
    }

    void whatLeadsElsewhereShowsTheRestAgain()
    {
        open();
        action(u"onlyLog"_s)->setChecked(true);
        m_window->findChild<EventsPanel *>()->faultAction()->trigger();
        QVERIFY(m_window->findChild<EventsPanel *>()->isVisible());
        QVERIFY(!action(u"onlyLog"_s)->isChecked());
        action(u"onlyLog"_s)->setChecked(true);
        openAgain(); // the next time it is a whole window
        QVERIFY(isInSight(m_window->findChild<RoomsPanel *>()));
    }

    void columnsComeBackAndCanBePutBack_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : {u"Rooms"_s, u"Connections"_s, u"Messages"_s, u"Events"_s, u"Last frames"_s})
            QTest::newRow(qPrintable(name)) << name;
    }
    void columnsComeBackAndCanBePutBack()
    {
        QFETCH(QString, name);
        open();
        const auto header = [this, name] { return tableNamed(*m_window, name)->horizontalHeader(); };
        const int hidden = header()->hiddenSectionCount();
        QVERIFY(header()->sectionsMovable());
        header()->moveSection(1, 0);
        header()->setSectionHidden(2, true);
        openAgain();
        QCOMPARE(header()->visualIndex(1), 0);
        QVERIFY(header()->isSectionHidden(2));
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(header()->visualIndex(1), 1);
        QVERIFY(!header()->isSectionHidden(2));
        QCOMPARE(header()->hiddenSectionCount(), hidden);
    }

    void theStandardLayoutComesBack()
    {
        open();
        const QSize rooms = m_window->findChild<RoomsPanel *>()->size();
        const int height = log()->height();
        for (const QString &name : {u"rooms"_s, u"details"_s, u"events"_s})
            action(name)->toggle();
        log()->placeActions().at(int(DetailsPlace::Below))->trigger();
        auto *middle = qobject_cast<QSplitter *>(log()->parentWidget());
        middle->setSizes({500, 100});
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
        QTRY_COMPARE(m_window->findChild<RoomsPanel *>()->size(), rooms);
        QTRY_COMPARE(log()->height(), height);
        QVERIFY(!action(u"events"_s)->isChecked());
        QVERIFY(log()->placeActions().first()->isChecked());
        QVERIFY(m_window->findChild<ConnectionDetails *>()->isVisible());
    }

    void aContextMenuHasTheColumns()
    {
        open();
        auto *table = tableNamed(*m_window, u"Messages"_s);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), table->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(table, &event);
        const auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        QVERIFY(actionNamed(*menu, u"Copy messages"_s) != nullptr);
        const QAction *columns = actionNamed(*menu, u"Columns"_s);
        QVERIFY(columns != nullptr && columns->menu() != nullptr);
        actionNamed(*columns->menu(), u"Kind"_s)->trigger();
        QVERIFY(table->isColumnHidden(MessagesModel::Kind));
        actionNamed(*columns->menu(), u"Put the columns back"_s)->trigger();
        QVERIFY(!table->isColumnHidden(MessagesModel::Kind));
        QApplication::activePopupWidget()->close();
    }
};

QTEST_MAIN(TestMainLayout)
#include "tst_mainlayout.moc"
