// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/proxywindow.h"
#include "ui/windows/proxywords.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const ListenInfo loopback{9000, u"127.0.0.1"_s, {}};

ServerConfig config()
{
    ServerConfig config;
    config.bindAddress = u"127.0.0.1"_s;
    config.publicUrl = "https://games.example.net/play";
    return config;
}

QPushButton *button(const QWidget &window, const QString &text)
{
    const auto all = window.findChildren<QPushButton *>();
    for (QPushButton *one : all) {
        if (one->text().remove(u'&').startsWith(text))
            return one;
    }
    return nullptr;
}

} // namespace

class TestProxyWindow final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void makesTheConfigurationFromWhatRuns();
    void keepsWhatWasChosen();
    void testsOnlyWhereThereIsSomethingToTest();
    void saysWhatTheTestFound();
    void showsNothingOfTheNetworkAsMarkup();
    void leadsToWhatAnAdviceNames();
    void saysThatTheServerIsNotItsOwn();
    void hasWordsForEveryFault();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
};

void TestProxyWindow::init()
{
    m_settings = std::make_unique<QSettings>(m_folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
    m_settings->clear();
}

void TestProxyWindow::makesTheConfigurationFromWhatRuns()
{
    ProxyWindow window(*m_settings);
    window.setServer(ServerState::Running, loopback, config());
    QVERIFY(window.configuration().contains(u"server_name games.example.net;"_s));
    QVERIFY(window.configuration().contains(u"proxy_pass http://127.0.0.1:9000/;"_s));
    window.findChild<QLineEdit *>()->setText(u"http://other.example:81"_s);
    QVERIFY(window.configuration().contains(u"listen 81;"_s));
    window.findChild<QComboBox *>()->setCurrentText(u"HAProxy"_s);
    QVERIFY(window.configuration().contains(u"bind :::81 v6only"_s));
    button(window, u"Copy"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), window.configuration());
}

void TestProxyWindow::keepsWhatWasChosen()
{
    {
        ProxyWindow window(*m_settings);
        window.findChild<QLineEdit *>()->setText(u"https://kept.example"_s);
        window.findChild<QComboBox *>()->setCurrentText(u"Caddy"_s);
    }
    ProxyWindow window(*m_settings);
    window.setServer(ServerState::Running, loopback, config());
    QVERIFY(window.configuration().contains(u"https://kept.example:443 {"_s));
}

void TestProxyWindow::testsOnlyWhereThereIsSomethingToTest()
{
    ProxyWindow window(*m_settings);
    auto *test = button(window, u"Test"_s);
    window.setServer(ServerState::Running, loopback, {});
    QVERIFY(!test->isEnabled());
    for (const QString &bad : {u"play.example.org"_s, u"ftp://x"_s, u"https://"_s}) {
        window.findChild<QLineEdit *>()->setText(bad);
        QVERIFY2(!test->isEnabled(), qPrintable(bad));
    }
    window.findChild<QLineEdit *>()->setText(u"https://play.example.org"_s);
    QVERIFY(test->isEnabled());
    window.setServer(ServerState::Stopped, {}, {});
    QVERIFY(!test->isEnabled());
}

void TestProxyWindow::saysWhatTheTestFound()
{
    ProxyWindow window(*m_settings);
    window.setServer(ServerState::Running, loopback, config());
    ProxyTrial trial;
    trial.socket = {true, false, false, 426, R"({"error":"Upgrade Required","message":"x"})", {}, 0};
    window.showTrial(trial);
    QVERIFY2(window.findings().contains(u"drops the upgrade"_s), qPrintable(window.findings()));
    QVERIFY(window.findings().contains(u"proxy_set_header Upgrade $http_upgrade;"_s));
    window.findChild<QComboBox *>()->setCurrentText(u"Traefik"_s);
    QVERIFY(!window.findings().contains(u"proxy_set_header"_s));
    trial.host = "games.example.net";
    trial.plain = {true, 421, {}, R"({"error":"Misdirected Request","message":"x"})", {}};
    window.showTrial(trial);
    QVERIFY2(window.findings().contains(u"--allow-host games.example.net"_s), qPrintable(window.findings()));
    trial.plain = {};
    trial.socket = {true, true, true, 101, {}, {}, 0};
    window.showTrial(trial);
    QVERIFY(window.findings().contains(u"carries messages"_s));
}

void TestProxyWindow::showsNothingOfTheNetworkAsMarkup()
{
    ProxyWindow window(*m_settings);
    ProxyTrial trial;
    trial.plain = {true, 200, {}, "<b>bold</b><img src='http://evil.example/'>\xE2\x80\xAE", {}};
    window.showTrial(trial);
    QVERIFY2(window.findings().contains(u"<b>bold</b><img src="_s), qPrintable(window.findings()));
    QVERIFY(!window.findings().contains(QChar(0x202E)));
}

void TestProxyWindow::leadsToWhatAnAdviceNames()
{
    ProxyWindow window(*m_settings);
    window.setServer(ServerState::Running, loopback, config());
    ProxyTrial trial;
    trial.plain = {true, 421, {}, R"({"error":"Misdirected Request","message":"--bind"})", {}};
    window.showTrial(trial);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    auto *browser = window.findChild<QTextBrowser *>();
    const QSignalSpy option(&window, &ProxyWindow::optionWanted), events(&window, &ProxyWindow::eventsWanted);
    const auto click = [browser](const QString &text) {
        const QTextCursor found = browser->document()->find(text);
        QVERIFY2(!found.isNull(), qPrintable(text));
        const QPoint end = browser->cursorRect(found).center();
        QTest::mouseClick(browser->viewport(), Qt::LeftButton, {}, {end.x() - 5, end.y()});
    };
    click(u"--bind"_s); // words of the network lead nowhere
    QCOMPARE(option.size(), 0);
    click(u"--allow-host"_s);
    QCOMPARE(option.size(), 1);
    QCOMPARE(option[0][0].toByteArray(), "allow-host"_ba);
    click(u"--public-url"_s);
    QCOMPARE(option.size(), 2);
    click(u"Show the events"_s);
    QCOMPARE(events.size(), 1);
}

// Whoever answers at the address of the server and gives no nonce is not asked any further.
void TestProxyWindow::saysThatTheServerIsNotItsOwn()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            if (!socket->readAll().isEmpty()) {
                socket->write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                socket->disconnectFromHost();
            }
        });
    });
    ProxyProber prober;
    const QSignalSpy failed(&prober, &ProxyProber::failed);
    const QSignalSpy finished(&prober, &ProxyProber::finished);
    ProxyProber::Task task;
    task.publicUrl = QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort()));
    task.localUrl = task.publicUrl;
    prober.start(task);
    QVERIFY(prober.isRunning());
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().contains(u"operator"_s));
    QCOMPARE(finished.size(), 0);
    QVERIFY(!prober.isRunning());
}

void TestProxyWindow::hasWordsForEveryFault()
{
    for (int fault = 0; fault <= int(ProxyFault::HttpFine); ++fault)
        QVERIFY2(!proxyWords(ProxyFault(fault)).sentence.isEmpty(), qPrintable(QString::number(fault)));
}

QTEST_MAIN(TestProxyWindow)
#include "tst_proxywindow.moc"
