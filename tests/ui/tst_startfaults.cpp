// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/inprocesshost.h"
#include "tests/ui/fakehost.h"
#include "ui/base/remedies.h"
#include "ui/configsettings.h"
#include "ui/mainwindow.h"
#include "ui/panels/eventspanel.h"
#include "ui/panels/joinpanel.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/settingsdialog.h"

#include <QFile>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableView>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QStringList eventsOf(const QWidget &window)
{
    const QAbstractItemModel *model = window.findChild<EventsPanel *>()->findChild<QTableView *>()->model();
    QStringList texts;
    for (int row = 0; row < model->rowCount(); ++row)
        texts << model->index(row, EventsModel::Text).data().toString();
    return texts;
}

QPushButton *buttonOf(const QWidget &window, const QString &text)
{
    const auto buttons = window.findChild<JoinPanel *>()->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->text() == text && button->isVisible())
            return button;
    }
    return nullptr;
}

} // namespace

/// A start that fails is an event, and the window says what helps.
class TestStartFaults final : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;

    ServerConfig config() const
    {
        ServerConfig config;
        config.bindAddress = u"127.0.0.1"_s;
        config.captureDirectory = m_dir->filePath(u"capture"_s);
        return config;
    }
    static void fail(FakeHost &host, const Fault &fault)
    {
        host.become(ServerState::Starting);
        host.itsFault = fault;
        host.become(ServerState::Failed);
        emit host.startFailed(fault);
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(u"settings.ini"_s), QSettings::IniFormat);
    }

    void eachHasItsWayOut_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<QStringList>("buttons");
        QTest::newRow("taken") << Fault{FaultCode::PortTaken, {u"80"_s}, 8080} << QStringList{u"Use port 8080"_s};
        QTest::newRow("by whom") << Fault{FaultCode::PortTakenBy, {u"80"_s, u"x"_s}, 8080}
                                 << QStringList{u"Use port 8080"_s};
        QTest::newRow("none is free") << Fault{FaultCode::PortTaken, {u"80"_s}} << QStringList{};
        QTest::newRow("privileged") << Fault{FaultCode::PortNotAllowed, {u"80"_s, u"no"_s}, 8080}
                                    << QStringList{u"Use port 8080"_s};
        QTest::newRow("address") << Fault{FaultCode::NoSuchAddress, {u"192.0.2.1"_s}}
                                 << QStringList{u"Use all addresses"_s, u"Use this computer only"_s};
        QTest::newRow("certificate") << Fault{FaultCode::BadConfiguration, {u"tls-cert: no"_s}}
                                     << QStringList{u"Settings…"_s};
        QTest::newRow("folder") << Fault{FaultCode::DataTaken, {u"/data"_s}}
                                << QStringList{u"Start without recording"_s};
        QTest::newRow("folder of whom") << Fault{FaultCode::DataTakenBy, {u"/data"_s, u"x"_s}}
                                        << QStringList{u"Start without recording"_s};
        QTest::newRow("folder of others")
            << Fault{FaultCode::DataNotWritable, {u"/data"_s, u"no"_s}} << QStringList{u"Start without recording"_s};
        QTest::newRow("descriptors") << Fault{FaultCode::FewDescriptors, {u"10"_s, u"20"_s}} << QStringList{};
        QTest::newRow("the system") << Fault{FaultCode::CanNotListen, {u"80"_s, u"no"_s}} << QStringList{};
    }
    void eachHasItsWayOut()
    {
        QFETCH(Fault, fault);
        QFETCH(QStringList, buttons);
        FakeHost host;
        MainWindow window(host, *m_settings);
        window.setConfig(config());
        window.show();
        fail(host, fault);
        QStringList shown;
        const auto all = window.findChild<JoinPanel *>()->findChildren<QPushButton *>();
        for (const QPushButton *button : all) {
            if (button->isVisible())
                shown << button->text();
        }
        QVERIFY(shown.removeOne(buttons.isEmpty() ? u"Start the server"_s : u"Try again"_s));
        QCOMPARE(shown, buttons);
        host.become(ServerState::Running); // nothing of it stays
        for (const QString &text : std::as_const(buttons))
            QVERIFY(buttonOf(window, text) == nullptr);
    }

    void anAddressThatIsThereIsOffered()
    {
        FakeHost host;
        MainWindow window(host, *m_settings);
        ServerConfig before = config();
        before.bindAddress = u"192.0.2.1"_s;
        window.setConfig(before);
        window.show();
        fail(host, {FaultCode::NoSuchAddress, {u"192.0.2.1"_s}});
        buttonOf(window, u"Use this computer only"_s)->click();
        QCOMPARE(host.asked.last(), u"start"_s);
        QCOMPARE(host.itsConfig.bindAddress, u"127.0.0.1"_s);
    }

    // What was chosen since it failed is what is meant.
    void aWayOutChangesNothingElse()
    {
        FakeHost host;
        MainWindow window(host, *m_settings);
        ServerConfig before = config();
        before.bindAddress.clear();
        window.setConfig(before);
        window.show();
        auto *bar = window.findChild<ServerBar *>();
        fail(host, {FaultCode::PortTaken, {u"80"_s}, 8081});
        emit bar->bindAddressChosen(u"127.0.0.1"_s);
        buttonOf(window, u"Use port 8081"_s)->click();
        QCOMPARE(host.itsConfig.bindAddress, u"127.0.0.1"_s);
        QCOMPARE(host.itsConfig.port, quint16(8081));
        QCOMPARE(loadConfig(*m_settings, before).bindAddress, u"127.0.0.1"_s);
        fail(host, {FaultCode::NoSuchAddress, {u"127.0.0.1"_s}});
        emit bar->portChosen(8082);
        buttonOf(window, u"Use all addresses"_s)->click();
        QCOMPARE(host.itsConfig.port, quint16(8082));
        QCOMPARE(host.itsConfig.bindAddress, QString());
        fail(host, {FaultCode::DataTaken, {u"/data"_s}});
        emit bar->portChosen(8083);
        buttonOf(window, u"Start without recording"_s)->click();
        QCOMPARE(host.itsConfig.port, quint16(8083));
        QVERIFY(!host.itsConfig.capture);
        QVERIFY(window.config().capture); // only this time
    }

    void aFolderInUseIsNotNeededOnce()
    {
        InProcessHost other, host;
        ServerConfig one = config();
        one.port = 0;
        one.historyFile = m_dir->filePath(u"capture/results.sqlite"_s);
        other.start(one);
        QTRY_COMPARE(other.state(), ServerState::Running);
        MainWindow window(host, *m_settings);
        window.setConfig(one);
        window.show();
        window.startServer();
        QTRY_COMPARE(host.state(), ServerState::Failed);
        buttonOf(window, u"Start without recording"_s)->click();
        QTRY_COMPARE(host.state(), ServerState::Running);
        QVERIFY(!host.capture());
        QCOMPARE(window.config(), one); // the next start is as it was meant
        QVERIFY(m_settings->allKeys().isEmpty());
    }

    void aFolderThatCanNotBeWrittenIsNotNeededOnce()
    {
        QFile file(m_dir->filePath(u"file"_s)); // no folder can be made below it, even by root
        QVERIFY(file.open(QIODevice::WriteOnly));
        InProcessHost host;
        MainWindow window(host, *m_settings);
        ServerConfig one = config();
        one.port = 0;
        one.captureDirectory = file.fileName() + u"/capture"_s;
        window.setConfig(one);
        window.show();
        window.startServer();
        QTRY_COMPARE(host.state(), ServerState::Failed);
        QCOMPARE(host.fault()->code, FaultCode::DataNotWritable);
        buttonOf(window, u"Start without recording"_s)->click();
        QTRY_COMPARE(host.state(), ServerState::Running);
    }

    void theSettingsAreOffered()
    {
        FakeHost host;
        MainWindow window(host, *m_settings);
        window.show();
        fail(host, {FaultCode::BadConfiguration, {u"tls-cert: no"_s}});
        bool isShown = false;
        QTimer::singleShot(0, qApp, [&isShown] {
            auto *dialog = qobject_cast<SettingsDialog *>(QApplication::activeModalWidget());
            isShown = dialog != nullptr;
            if (isShown)
                dialog->reject();
        });
        buttonOf(window, u"Settings…"_s)->click();
        QVERIFY(isShown);
    }

    void isSeenBesideAnEarlierRun()
    {
        FakeHost host;
        MainWindow window(host, *m_settings);
        window.resize(1024, 700);
        window.show();
        Snapshot snapshot;
        ConnectionInfo info;
        info.id = ConnectionId{1};
        snapshot.opened = {info};
        ConnectionCounters counters;
        counters.id = info.id;
        snapshot.ended = {{.counters = counters, .ending = {}}};
        host.become(ServerState::Running);
        emit host.snapshot(snapshot);
        window.findChild<QTabWidget *>()->setCurrentIndex(1); // of the room
        host.become(ServerState::Stopped);
        fail(host, {FaultCode::PortTaken, {u"80"_s}, 8080});
        const QPushButton *button = buttonOf(window, u"Use port 8080"_s);
        QVERIFY(button != nullptr);
        QCOMPARE(window.statusBar()->findChild<QLabel *>()->text(), u"Nothing is captured"_s); // by nobody
        QVERIFY(button->visibleRegion().boundingRect() == button->rect());
        QCOMPARE(window.size(), QSize(1024, 700));
    }

    void aFreePortIsOneClickAway()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        InProcessHost host;
        MainWindow window(host, *m_settings);
        ServerConfig taken = config();
        taken.port = other.serverPort();
        window.setConfig(taken);
        window.show();
        window.startServer();
        QTRY_COMPARE(host.state(), ServerState::Failed);
        const QStringList events = eventsOf(window);
        QCOMPARE(events.size(), 1);
        QVERIFY2(events[0].startsWith(u"The server could not start: Port %1 is taken by "_s.arg(taken.port)),
                 qPrintable(events[0]));
        const quint16 free = host.fault()->freePort;
        buttonOf(window, u"Use port %1"_s.arg(free))->click();
        QTRY_COMPARE(host.state(), ServerState::Running);
        QCOMPARE(host.listenInfo().port, free);
        QCOMPARE(window.config().port, free);
        QVERIFY(QTest::qWaitFor([&] { return eventsOf(window).contains(u"Listening on port %1"_s.arg(free)); }));
        QCOMPARE(eventsOf(window).first(), events[0]); // it stays
    }

    void aRefusalIsAnEventToo()
    {
        FakeHost host;
        MainWindow window(host, *m_settings);
        window.setStartCheck([](const ServerConfig &) { return QStringList{u"no TLS"_s, u"no token"_s}; });
        window.show();
        window.startServer();
        QCOMPARE(eventsOf(window), QStringList{u"The server could not start: no TLS; no token"_s});
        QVERIFY(!host.asked.contains(u"start"_s));
        QVERIFY(window.findChild<QMessageBox *>() != nullptr);
    }
};

QTEST_MAIN(TestStartFaults)
#include "tst_startfaults.moc"
