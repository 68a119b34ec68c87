// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/importedconnection.h"
#include "tests/client/fakeserver.h"
#include "ui/client/clientstatusline.h"
#include "ui/client/connectionpage.h"
#include "ui/client/testclientwindow.h"
#include "ui/client/variablesdialog.h"

#include <QAction>
#include <QListWidget>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QAction *actionNamed(const QWidget &window, const QString &part)
{
    const auto actions = window.findChildren<QAction *>();
    for (QAction *action : actions) {
        if (action->text().remove(u'&').contains(part))
            return action;
    }
    return nullptr;
}

ConnectionDraft ofAnotherServer()
{
    ConnectionDraft draft{u"ws://other.example:1/ws"_s, {}, TokenWay::None, {}};
    draft.options.headers = {{"Authorization", "Bearer hush"}};
    draft.options.first = {{false, "hello there"}};
    return draft;
}

} // namespace

/// For which connection what is set up counts, and what is said of one that can not be tried.
class TestClientSetup final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_dir;
    std::unique_ptr<QSettings> m_settings;

private slots:
    void init()
    {
        QFile::remove(m_dir.filePath(u"settings.ini"_s));
        m_settings = std::make_unique<QSettings>(m_dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
    }

    void anAddressGetsNothingOfAnother()
    {
        FakeServer server;
        {
            TestClientWindow before(*m_settings);
            before.setWorkspace({ofAnotherServer(), {{u"Hi"_s, "text", u"hi"_s}}, {}});
            before.close();
        }
        {
            TestClientWindow window(*m_settings);
            window.open(server.url(), true);
            QTRY_COMPARE(window.state(), TestClientState::Open);
            QVERIFY(!window.findChild<VariablesDialog *>()->isVisible());
            QVERIFY(!server.last()->raw().contains("Authorization"));
            QVERIFY(window.workspace().connection.options.first.isEmpty());
            QCOMPARE(window.workspace().messages.size(), 1); // they are nobody's
            window.close();
        }
        TestClientWindow later(*m_settings); // nothing was lost
        QCOMPARE(later.workspace().connection.options.first.size(), 1);
        later.open(server.url(), false);
        QVERIFY(later.workspace().connection.options.first.isEmpty());
        QAction *again = actionNamed(later, u"setup of last time"_s);
        QVERIFY(again && again->isEnabled());
        again->trigger();
        QCOMPARE(later.workspace().connection.options.first.size(), 1);
        QCOMPARE(later.workspace().connection.address, server.url().toString());
        QVERIFY(!again->isEnabled());
    }

    void theSameServerGetsItsSetup()
    {
        FakeServer server;
        {
            TestClientWindow before(*m_settings);
            ConnectionDraft draft{server.url().toString() + u"?token=hush"_s, {}, TokenWay::None, {}};
            draft.options.headers = {{"X-Plain", "kept"}};
            before.setWorkspace({draft, {}, {}});
            before.close();
        }
        TestClientWindow window(*m_settings);
        window.open(server.url(), true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        QVERIFY(server.last()->raw().contains("X-Plain: kept\r\n"));
    }

    void whatIsConnectedIsNotCalledUnconnected()
    {
        FakeServer server;
        TestClientWindow window(*m_settings);
        window.show();
        window.open(server.url(), true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        TestClientOptions options;
        options.headers = {{"X-Who", "{{nobody}}"}};
        window.findChild<ConnectionPage *>()->setOptions(options);
        actionNamed(window, u"Connect"_s)->trigger();
        QCOMPARE(window.state(), TestClientState::Open);
        const QString status = window.findChild<ClientStatusLine *>()->text();
        QVERIFY2(status.startsWith(u"Connected"_s), qPrintable(status));
        const QString said = window.statusBar()->currentMessage();
        QVERIFY2(said.contains(u"anew"_s) && said.contains(u"X-Who"_s) && said.contains(u"nobody"_s), qPrintable(said));
    }

    void whatCanNotBeTriedOffersNothingOfTheLastTry()
    {
        FakeServer server;
        TestClientWindow window(*m_settings);
        window.show();
        window.open(server.url(u"http"_s), true);
        QCOMPARE(window.state(), TestClientState::Closed);
        auto *status = window.findChild<ClientStatusLine *>();
        const auto isOffering = [status] {
            return std::ranges::any_of(status->findChildren<QPushButton *>(), &QPushButton::isVisible);
        };
        QVERIFY(isOffering());
        TestClientOptions options;
        options.headers = {{"X-Who", "{{nobody}}"}};
        window.findChild<ConnectionPage *>()->setOptions(options);
        actionNamed(window, u"Connect"_s)->trigger();
        QVERIFY2(status->text().contains(u"X-Who"_s), qPrintable(status->text()));
        QVERIFY(!isOffering());
    }

    void anAddressThatIsNotWholeIsNotTried()
    {
        FakeServer server;
        TestClientWindow window(*m_settings);
        ImportedConnection twin;
        twin.draft.address = server.url().toString() + u"/[redacted]"_s;
        twin.lacksAddress = true;
        window.openLike(twin, true);
        QCOMPARE(window.state(), TestClientState::Idle);
        const QString status = window.findChild<ClientStatusLine *>()->text();
        QVERIFY2(status.contains(u"secret"_s), qPrintable(status));
    }

    void anAdviceLeadsToThePartThatItIsAbout_data()
    {
        QTest::addColumn<TestClientFault>("fault");
        QTest::addColumn<quint16>("code");
        QTest::addColumn<QString>("part");
        QTest::newRow("a certificate") << TestClientFault::TlsCertificate << quint16(0) << u"TLS"_s;
        QTest::newRow("a proxy") << TestClientFault::ProxyNotReached << quint16(0) << u"Proxy"_s;
        QTest::newRow("a proxy's password") << TestClientFault::ProxyWantsPassword << quint16(0) << u"Proxy"_s;
        QTest::newRow("a message") << TestClientFault::InvalidMessage << quint16(0) << u"First messages"_s;
        QTest::newRow("redirects") << TestClientFault::HttpRedirect << quint16(0) << u"Limits, compression"_s;
        QTest::newRow("a token") << TestClientFault::Http401 << quint16(0) << u"Token"_s;
        QTest::newRow("a header") << TestClientFault::InvalidHeader << quint16(0) << u"Request"_s;
        QTest::newRow("a token that ran out") << TestClientFault::ClosedByServer << quint16(4001) << u"Token"_s;
        QTest::newRow("pongs") << TestClientFault::ClosedByServer << quint16(4007) << u"Heartbeat, reconnect"_s;
    }
    void anAdviceLeadsToThePartThatItIsAbout()
    {
        QFETCH(TestClientFault, fault);
        QFETCH(quint16, code);
        TestClientEnding ending;
        ending.fault = fault;
        ending.codeReceived = code;
        ConnectionPage page;
        page.showPartFor(ending);
        const auto *parts = page.findChild<QListWidget *>();
        QTEST(parts->currentItem()->text(), "part");
    }
};

QTEST_MAIN(TestClientSetup)
#include "tst_clientsetup.moc"
