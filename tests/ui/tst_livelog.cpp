// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/inprocesshost.h"
#include "tests/ui/echoload.h"
#include "tests/ui/filledlog.h"
#include "ui/log/messagecopier.h"
#include "ui/log/messagelogpanel.h"
#include "ui/mainwindow.h"
#include "ui/models/messagesmodel.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// The whole way: sockets, server, capture, window. About two seconds of traffic.
class TestLiveLog : public QObject
{
    Q_OBJECT
private:
    static constexpr int clients = 4;
    static constexpr int perSecond = 1000;
    static constexpr int messages = 2000;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Host> m_host;
    std::unique_ptr<MainWindow> m_window;

    MessagesModel *model() const { return m_window->findChild<MessageLogPanel *>()->model(); }
    QTableView *view() const { return m_window->findChild<MessageLogPanel *>()->view(); }
    EchoLoad::Plan plan() const { return {m_host->listenInfo().port, clients, perSecond, messages}; }
    static ServerConfig config(const QString &directory)
    {
        ServerConfig config;
        config.port = 0;
        config.bindAddress = u"127.0.0.1"_s;
        config.captureDirectory = directory;
        config.limits.messageRate = config.limits.messageBurst = 0;
        config.limits.byteRate = 0;
        config.limits.heartbeatSeconds = 0; // its pings would be rows, too
        return config;
    }

    /// Text messages in the view, each sent and echoed.
    int shownMessages() const
    {
        int count = 0;
        for (int row = 0; row < model()->rowCount(); ++row) {
            const auto message = model()->message(row);
            if (message && !message->isEvent() && message->opcode() == quint8(Opcode::Text))
                ++count;
        }
        return count;
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(u"settings.ini"_s), QSettings::IniFormat);
        m_host = std::make_unique<InProcessHost>();
        m_window = std::make_unique<MainWindow>(*m_host, *m_settings);
        m_window->setConfig(config(m_dir->filePath(u"captures"_s)));
        m_window->resize(1280, 800); // the offscreen platform's screen is smaller
        m_window->show();
        m_window->startServer();
        QTRY_COMPARE(m_host->state(), ServerState::Running);
    }
    void cleanup()
    {
        m_window.reset();
        m_host.reset();
        m_settings.reset();
    }

    void everyMessageArrivesAndTheNewestShows()
    {
        const EchoLoad load(plan());
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() > messages, 60'000); // in the midst of it
        const QScrollBar *bar = view()->verticalScrollBar();
        QTRY_COMPARE(bar->value(), bar->maximum());
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() >= 2 * messages, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(shownMessages(), 2 * messages, 60'000);
        QTRY_COMPARE(bar->value(), bar->maximum());
        const QModelIndex newest = model()->index(model()->rowCount() - 1, 0);
        QTRY_VERIFY(view()->viewport()->rect().contains(view()->visualRect(newest)));
    }

    void whoReadsIsLeftAlone()
    {
        const EchoLoad load(plan());
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() > 500, 60'000);
        view()->verticalScrollBar()->setValue(100);
        view()->setCurrentIndex(model()->index(105, 0));
        const quint64 selected = model()->numberAt(105);
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() >= 2 * messages, 60'000);
        QCOMPARE(view()->verticalScrollBar()->value(), 100);
        QCOMPARE(numberAtRow(*model(), view()->currentIndex().row()), selected);
    }

    void whatIsSelectedIsCopiedAndSaved()
    {
        const EchoLoad load(plan());
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() > 500, 60'000);
        const auto copied = [this](const QString &format) {
            QGuiApplication::clipboard()->clear();
            m_window->findChild<QAction *>(format)->trigger();
            (void)QTest::qWaitFor([] { return !QGuiApplication::clipboard()->text().isEmpty(); }, 60'000);
            return QGuiApplication::clipboard()->text();
        };
        int row = 400; // a text that a client sent
        while (model()->message(row)->opcode() != quint8(Opcode::Text) || model()->message(row)->isEvent())
            ++row;
        view()->selectRow(row);
        const QString payload = QString::fromUtf8(model()->message(row)->payload);
        QCOMPARE(copied(u"payload"_s), payload);
        QCOMPARE(copied(u"wscat"_s),
                 u"wscat -c 'ws://127.0.0.1:%1/echo' -x '%2'\n"_s.arg(m_host->listenInfo().port).arg(payload));
        QVERIFY(copied(u"curl"_s).startsWith(u"curl --include"_s));
        QTRY_VERIFY_WITH_TIMEOUT(model()->rowCount() >= 2 * messages, 60'000); // nothing is taken away meanwhile
        QCOMPARE(copied(u"payload"_s), payload);
        view()->selectAll();
        const int all = model()->rowCount();
        QCOMPARE(copied(u"json-lines"_s).count(u'\n'), all);
        auto *copier = m_window->findChild<MessageCopier *>();
        QSignalSpy told(copier, &MessageCopier::told);
        copier->saveTo(m_dir->filePath(u"all.csv"_s), messageFormats().at(4));
        QTRY_VERIFY(!told.isEmpty() && told.last()[0].toString().contains(u"saved to all.csv"_s));
        QFile file(m_dir->filePath(u"all.csv"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count("\r\n") > all);
    }
};

QTEST_MAIN(TestLiveLog)
#include "tst_livelog.moc"
