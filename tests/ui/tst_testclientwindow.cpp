// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/selfsigned.h"
#include "server/inprocesshost.h"
#include "tests/client/fakeserver.h"
#include "ui/base/addresses.h"
#include "ui/client/clientsecrets.h"
#include "ui/client/clientsettings.h"
#include "ui/client/clientstatusline.h"
#include "ui/client/connectionpage.h"
#include "ui/client/handshakepage.h"
#include "ui/client/messagepage.h"
#include "ui/client/testclientwindow.h"
#include "ui/doctor/doctorpanel.h"
#include "ui/log/messagelogpanel.h"
#include "ui/models/messagesmodel.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(PayloadKind)

class TestTestClientWindow final : public QObject
{
    Q_OBJECT
private slots:
    void checksAPayload_data();
    void checksAPayload();
    void connectsSendsAndCloses();
    void saysWhyItCanNotSend();
    void offersWhatMightWork();
    void offersItWithoutSecrets();
    void asksTheDoctor();
    void leadsToThePageOfAnAdvice_data();
    void leadsToThePageOfAnAdvice();
    void comesBackAsItWasLeft();
    void keepsNoSecrets();
    void veilsSecretsInAHead();
    void veilsSecretsInAnEnding();
    void showsNoSecretThatComesBack_data();
    void showsNoSecretThatComesBack();
    void showsTheRequestAndTheAnswer();
    void showsTheRequestThatWasRefused();
    void showsTheRequestThatWasNotSent();
    void showsTheNewestOfManyAttempts();
    void closesWhileConnected();
    void leavesInOrderWhenItIsClosed();
    void trustsTheServerOfThisProgram();
    void everyActionIsExplained();
    void tellsOfTlsAndRedirects();
    void saysWhetherCompressionWasAgreed_data();
    void saysWhetherCompressionWasAgreed();
    void keepsWhatIsSentMeanwhile();
    void sendsInPieces();
    void connectsToWhatWasTyped();

private:
    QTemporaryDir m_dir;
    int m_files = 0;

    QString freshFile() { return m_dir.filePath(QString::number(++m_files) + u".ini"_s); }
};

void TestTestClientWindow::checksAPayload_data()
{
    QTest::addColumn<PayloadKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("ok");
    QTest::addColumn<int>("position");
    QTest::newRow("text") << PayloadKind::Text << u"grüße {"_s << "grüße {"_ba << true << -1;
    QTest::newRow("empty text") << PayloadKind::Text << u""_s << ""_ba << true << -1;
    QTest::newRow("JSON") << PayloadKind::Json << u"{\"a\": 1}"_s << "{\"a\": 1}"_ba << true << -1;
    QTest::newRow("JSON number") << PayloadKind::Json << u"12"_s << "12"_ba << true << -1;
    QTest::newRow("no JSON yet") << PayloadKind::Json << u" "_s << ""_ba << false << -1;
    QTest::newRow("broken JSON") << PayloadKind::Json << u"{\"ü\": x}"_s << ""_ba << false << 6;
    QTest::newRow("two values") << PayloadKind::Json << u"1,2"_s << ""_ba << false << -1;
    QTest::newRow("hex") << PayloadKind::Binary << u"00 fF,0x7f:1a\n2b"_s << QByteArray::fromHex("00ff7f1a2b") << true
                         << -1;
    QTest::newRow("no hex") << PayloadKind::Binary << u"00 g0"_s << ""_ba << false << 3;
    QTest::newRow("half a byte") << PayloadKind::Binary << u"00 1"_s << ""_ba << false << 4;
    QTest::newRow("half a byte between") << PayloadKind::Binary << u"1 20"_s << ""_ba << false << 1;
}

void TestTestClientWindow::checksAPayload()
{
    QFETCH(PayloadKind, kind);
    QFETCH(QString, text);
    const PayloadCheck check = checkPayload(kind, text);
    QTEST(check.bytes, "bytes");
    QTEST(check.ok(), "ok");
    QTEST(int(check.position), "position");
}

void TestTestClientWindow::connectsSendsAndCloses()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    window.show();
    window.open(server.url(), true);
    QTRY_COMPARE(window.state(), TestClientState::Open);
    auto *page = window.findChild<MessagePage *>();
    auto *log = window.findChild<MessageLogPanel *>();
    auto *status = window.findChild<ClientStatusLine *>();
    QVERIFY(status->text().contains(u"Connected"_s));

    page->setMessage(PayloadKind::Json, u"{\"type\":\"chat\",\"data\":{\"text\":\"hi\"}}"_s);
    page->menuActions().at(0)->trigger();
    QTRY_COMPARE(server.last()->frames.size(), 1);
    QCOMPARE(server.last()->frames[0],
             (std::pair<quint8, QByteArray>{1, "{\"type\":\"chat\",\"data\":{\"text\":\"hi\"}}"}));
    server.last()->send(Opcode::Text, "answer");
    QTRY_COMPARE(log->model()->rowCount(), 3); // opened, sent, received
    QCOMPARE(log->model()->message(1)->direction(), Direction::In);
    QCOMPARE(log->model()->message(2)->direction(), Direction::Out);
    QCOMPARE(log->model()->message(2)->payload, "answer"_ba);

    page->menuActions().at(2)->trigger();
    QTRY_COMPARE(window.state(), TestClientState::Closed);
    QCOMPARE(server.last()->close.first, 1000);
    QVERIFY(status->text().contains(u"You closed"_s));
    QVERIFY(window.findChild<HandshakePage *>()->text().contains(u"101 Switching"_s));
}

void TestTestClientWindow::saysWhyItCanNotSend()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    auto *page = window.findChild<MessagePage *>();
    QAction *send = page->menuActions().at(0);
    page->setMessage(PayloadKind::Json, u"{}"_s);
    QVERIFY(!send->isEnabled());
    QVERIFY(send->toolTip().contains(u"Not connected"_s));
    window.open(server.url(), true);
    QTRY_VERIFY(send->isEnabled());
    page->setMessage(PayloadKind::Json, u"{\n  \"a\": }"_s);
    QVERIFY(!send->isEnabled());
    QVERIFY(send->toolTip().contains(u"line 2"_s));
}

void TestTestClientWindow::offersWhatMightWork()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    window.show();
    window.open(server.url(u"http"_s), true);
    auto *status = window.findChild<ClientStatusLine *>();
    QVERIFY(status->text().contains(u"web page"_s));
    auto *offer = status->findChild<QPushButton *>();
    QVERIFY(offer->isVisible());
    offer->click();
    QTRY_COMPARE(window.state(), TestClientState::Open);
    QVERIFY(!offer->isVisible());
}

void TestTestClientWindow::asksTheDoctor()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    window.show();
    const auto *doctor = window.findChild<DoctorPanel *>();
    auto *offer = window.findChild<QPushButton *>(u"doctor"_s);
    QVERIFY(!offer->isVisible());
    window.open(server.url(u"http"_s), true); // which is no address of a WebSocket
    QTRY_VERIFY(offer->isVisible());
    offer->click();
    auto *tabs = window.findChild<QTabWidget *>();
    QCOMPARE(tabs->tabText(tabs->currentIndex()), u"Doctor"_s);
    QTRY_VERIFY_WITH_TIMEOUT(doctor->isIdle(), 20'000);
    QCOMPARE(doctor->diagnosis().url.port(), server.url(u"http"_s).port());
    QCOMPARE(doctor->diagnosis().verdict(), DoctorVerdict::Ill);
    const QList<int> withDoctor = window.findChild<QSplitter *>()->sizes();
    tabs->setCurrentIndex(0);
    QVERIFY(window.findChild<QSplitter *>()->sizes().first() < withDoctor.first());
}

void TestTestClientWindow::offersItWithoutSecrets()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    window.show();
    Workspace workspace;
    workspace.variables = {{u"key"_s, u"hush"_s, true}};
    workspace.connection.address = server.url(u"http"_s).toString() + u"hush-hush/{{key}}?k={{key}}"_s;
    workspace.connection.tokenWay = TokenWay::Query;
    workspace.connection.token = u"silent"_s;
    window.setWorkspace(workspace);
    window.findChild<QComboBox *>()->lineEdit()->setFocus();
    QTest::keyClick(window.findChild<QComboBox *>()->lineEdit(), Qt::Key_Return);
    auto *offer = window.findChild<ClientStatusLine *>()->findChild<QPushButton *>();
    QVERIFY(offer->isVisible());
    QVERIFY2(!offer->toolTip().contains(u"hush"_s) && !offer->toolTip().contains(u"silent"_s),
             qPrintable(offer->toolTip()));
    offer->click();
    QTRY_COMPARE(window.state(), TestClientState::Open);
    QCOMPARE(server.last()->raw().count("silent"), 1);
    QVERIFY(server.last()->raw().contains("/hush?k=hush&token=silent"));
    QCOMPARE(window.workspace().connection.address, server.url().toString() + u"hush-hush/{{key}}?k={{key}}"_s);
}

void TestTestClientWindow::leadsToThePageOfAnAdvice_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("page");
    QTest::newRow("404") << "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"_ba << u"Handshake"_s;
    QTest::newRow("418") << "HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n"_ba << u"Handshake"_s;
    QTest::newRow("401") << "HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n"_ba << u"Connection"_s;
    QTest::newRow("none") << QByteArray() << QString();
}

void TestTestClientWindow::leadsToThePageOfAnAdvice()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, page);
    FakeServer server;
    server.answer = [&answer](FakePeer &peer) {
        peer.write(answer);
        peer.end();
    };
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    window.show();
    window.open(server.url(), true);
    QTRY_COMPARE(window.state(), TestClientState::Closed);
    const auto *tabs = window.findChild<QTabWidget *>();
    const QString before = tabs->tabText(tabs->currentIndex());
    const auto buttons = window.findChild<ClientStatusLine *>()->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->isVisible() && !button->text().startsWith(u"Try"_s) && button->objectName() != u"doctor"_s)
            button->click();
    }
    QCOMPARE(tabs->tabText(tabs->currentIndex()), page.isEmpty() ? before : page);
}

void TestTestClientWindow::comesBackAsItWasLeft()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    {
        TestClientWindow window(settings);
        window.resize(910, 660);
        window.show();
        window.open(server.url(), true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        auto *page = window.findChild<MessagePage *>();
        page->setMessage(PayloadKind::Text, u"remember me"_s);
        page->menuActions().at(0)->trigger();
        window.close();
    }
    TestClientWindow window(settings);
    QCOMPARE(window.size(), QSize(910, 660));
    QCOMPARE(window.findChild<MessagePage *>()->history(), QStringList{u"tremember me"_s});
    const auto boxes = window.findChildren<QComboBox *>();
    QVERIFY(std::ranges::any_of(boxes, [&](QComboBox *box) { return box->findText(server.url().toString()) >= 0; }));
}

void TestTestClientWindow::keepsNoSecrets()
{
    const QString file = freshFile();
    {
        QSettings settings(file, QSettings::IniFormat);
        Workspace workspace;
        TestClientOptions &options = workspace.connection.options;
        workspace.connection.address = u"ws://ada:hush@h/x?token=hush&room=K7QF"_s;
        options.headers = {{"Authorization", "Bearer hush"},
                           {"X-Plain", "kept"},
                           {"cookie", "sid=hush"},
                           {"X-Way", "Bearer hush"},
                           {"X-Data", "jwt=hush"}};
        options.subprotocols = {"chat", "bearer.hush", "access_token", "hush"};
        workspace.connection.tokenWay = TokenWay::Header;
        workspace.connection.token = u"hush"_s;
        options.proxy.password = u"hush"_s;
        options.first = {{false, "{\"type\":\"auth\",\"data\":{\"token\":\"hush\"}}"}, {false, "Bearer hush"}};
        workspace.messages = {{u"Log in"_s, "json", u"{\"password\":\"hush\",\"user\":\"ada\"}"_s}};
        saveWorkspace(settings, workspace);
        saveUrls(settings,
                 {u"ws://ada:hush@h/x?room=K7QF&token=hush&resume=hush"_s,
                  u"ws://h/x?id_token=hush&%74oken=hush&room=K7QF&next=%2F%3Ftoken%3Dhush#token=hush"_s,
                  u"ws://h/eyJhbGciOiJIUzI1NiJ9.e30.hush"_s, u"ws://h/{{room}}?token=hush&n={{n}}"_s});
        saveMessages(settings,
                     {u"tBearer hush"_s, u"j{\"password\":\"hush\"}"_s,
                      u"j{\"type\":\"auth\",\"data\":{\"token\":\"hush\"}}"_s, u"thello"_s});
    }
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(!written.readAll().contains("hush"));
    const QSettings settings(file, QSettings::IniFormat);
    const Workspace kept = loadWorkspace(settings);
    const TestClientOptions &options = kept.connection.options;
    QCOMPARE(options.headers.size(), 5);
    QCOMPARE(options.headers[0].value, "Bearer {{authorization}}"_ba);
    QCOMPARE(options.headers[1].value, "kept"_ba);
    QCOMPARE(options.subprotocols, (QList<QByteArray>{"chat", "bearer.{{token}}", "access_token", "{{token}}"}));
    QCOMPARE(options.first[0].bytes, "{\"type\":\"auth\",\"data\":{\"token\":\"{{token}}\"}}"_ba);
    QCOMPARE(options.proxy.password, u"{{proxy-password}}"_s);
    QCOMPARE(kept.connection.address, u"ws://ada:{{password}}@h/x?token={{token}}&room=K7QF"_s);
    QCOMPARE(kept.connection.token, u"{{token}}"_s);
    QCOMPARE(kept.messages[0].text, u"{\"password\":\"{{password}}\",\"user\":\"ada\"}"_s);
    for (const DraftVariable &one : kept.variables)
        QVERIFY(one.isSecret && one.value.isEmpty());
    QCOMPARE(
        loadUrls(settings),
        QStringList({u"ws://h/x?room=K7QF"_s, u"ws://h/[redacted]"_s, u"ws://h/{{room}}?token={{token}}&n={{n}}"_s}));
    QCOMPARE(loadMessages(settings), QStringList{u"thello"_s});
}

void TestTestClientWindow::veilsSecretsInAHead()
{
    const QByteArray text =
        redactedHead("GET /ws/main?token=hush&name=Ada HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer hush\r\n"
                     "Sec-WebSocket-Protocol: chat, bearer.hush\r\nSet-Cookie: a=hush\r\n\r\n");
    QVERIFY(!text.contains("hush"));
    QVERIFY(text.contains("name=Ada HTTP/1.1\r\nHost: h\r\nAuthorization: "));
    QVERIFY(text.contains("chat, bearer."));
}

void TestTestClientWindow::veilsSecretsInAnEnding()
{
    TestClientEnding ending;
    ending.fault = TestClientFault::ClosedByServer;
    ending.reasonReceived = ending.reasonSent = "bye, token=hush";
    ending.detail = "4001 – bye, token=hush";
    ending.requestHead = "GET /?token=hush HTTP/1.1\r\n\r\n";
    ending.responseHead = "HTTP/1.1 401 No\r\nSet-Cookie: a=hush\r\n\r\n";
    ending.responseBody = "no place at https://play.example.org/ws/room1\ntoken: hush\nBearer hush";
    const TestClientEnding shown = withoutSecrets(ending);
    for (const QByteArray &text : {shown.detail, shown.reasonReceived, shown.reasonSent, shown.requestHead,
                                   shown.responseHead, shown.responseBody})
        QVERIFY2(text.contains("[redacted]") && !text.contains("hush"), text.constData());
    QVERIFY(shown.detail.startsWith("4001 – "));
    QVERIFY(shown.responseBody.startsWith("no place at https://play.example.org/ws/room1\n"));
    ending.reasonReceived = "see you later";
    ending.detail = "1000 normal – see you later";
    QCOMPARE(withoutSecrets(ending).detail, ending.detail);
    ending.reasonReceived.clear();
    ending.detail = "wss://play.example.org/ws/room1?token=hush&name=Ada"; // where a redirect leads
    QCOMPARE(withoutSecrets(ending).detail, "wss://play.example.org/ws/room1?token=[redacted]&name=Ada"_ba);
    ending.fault = TestClientFault::UnofferedSubprotocol;
    ending.detail = "bearer.hush";
    QCOMPARE(withoutSecrets(ending).detail, "bearer.[redacted]"_ba);
}

void TestTestClientWindow::showsNoSecretThatComesBack_data()
{
    QTest::addColumn<QList<QByteArray>>("offered"); // the server takes the last one
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QString>("shown");
    using Offer = QList<QByteArray>;
    QTest::newRow("no secret") << Offer{"chat"} << "see you..."_ba << u"Subprotocol: chat"_s;
    QTest::newRow("a bearer") << Offer{"chat", "bearer.hush"} << ""_ba << u"Subprotocol: [redacted]"_s;
    QTest::newRow("behind its name") << Offer{"access_token", "hush"} << ""_ba << u"Subprotocol: [redacted]"_s;
    QTest::newRow("behind its name, in a reason")
        << Offer{"access_token", "hush"} << "hush is stale"_ba << u"Subprotocol: [redacted]"_s;
    QTest::newRow("a reason") << Offer{"chat"} << "bad token: hush"_ba << u"Subprotocol: chat"_s;
    QTest::newRow("a sentence") << Offer{"chat"} << "bad token: hush."_ba << u"Subprotocol: chat"_s;
    QTest::newRow("a bearer in a sentence") << Offer{"chat"} << "Go, Bearer hush.."_ba << u"Subprotocol: chat"_s;
}

void TestTestClientWindow::showsNoSecretThatComesBack()
{
    QFETCH(QList<QByteArray>, offered);
    QFETCH(QByteArray, reason);
    FakeServer server;
    server.answer = [&offered](FakePeer &peer) {
        peer.write(peer.acceptance("Sec-WebSocket-Protocol: " + offered.last() + "\r\n"));
    };
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    TestClientOptions options;
    options.subprotocols = offered;
    window.findChild<ConnectionPage *>()->setOptions(options);
    const auto said = [&window] {
        QString text = window.findChild<ClientStatusLine *>()->text() + window.findChild<HandshakePage *>()->text();
        MessagesModel *log = window.findChild<MessageLogPanel *>()->model();
        for (int row = 0; row < log->rowCount(); ++row) {
            if (log->message(row)->isEvent()) // frames show what they are
                text += QString::fromUtf8(log->message(row)->payload);
        }
        return text;
    };
    window.open(server.url(), true);
    QTRY_COMPARE(window.state(), TestClientState::Open);
    QVERIFY2(!said().contains(u"hush"_s), qPrintable(said()));
    QTEST(window.findChild<ClientStatusLine *>()->text().section(u'\n', -1), "shown");
    server.last()->send(Opcode::Close, closePayload(4001, reason));
    QTRY_COMPARE(window.state(), TestClientState::Closed);
    QVERIFY2(!said().contains(u"hush"_s), qPrintable(said()));
    QCOMPARE(said().contains(u"see you"_s), reason.startsWith("see"));
}

// While it is not answered, too.
void TestTestClientWindow::showsTheRequestAndTheAnswer()
{
    FakeServer server;
    server.answer = [](FakePeer &) {};
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    const auto *page = window.findChild<HandshakePage *>();
    window.open(server.url(u"ws"_s, u"/ws/main?token=hush&name=Ada"_s), true);
    QTRY_VERIFY(server.last() != nullptr && !server.last()->request().method.isEmpty());
    QVERIFY2(page->text().contains(u"── Request ──\nGET /ws/main?token=[redacted]&name=Ada HTTP/1.1\nHost: "_s),
             qPrintable(page->text()));
    QVERIFY(
        page->text().contains(QString::fromLatin1(server.last()->request().value("Sec-WebSocket-Key").toByteArray())));
    QVERIFY(!page->text().contains(u"Answer"_s));
    server.last()->write(server.last()->acceptance("X-Trace:a   b\r\n"));
    QTRY_COMPARE(window.state(), TestClientState::Open);
    QVERIFY2(page->text().contains(u"GET /ws/main?"_s) && page->text().contains(u"── Answer ──\nHTTP/1.1 101"_s)
                 && page->text().contains(u"\nX-Trace:a   b"_s), // as it came
             qPrintable(page->text()));
    QVERIFY(!page->text().contains(u"hush"_s));
}

void TestTestClientWindow::showsTheRequestThatWasRefused()
{
    FakeServer server;
    server.answer = [](FakePeer &peer) {
        peer.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 20\r\n\r\ntoken=hush\nbad token");
    };
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    const auto *page = window.findChild<HandshakePage *>();
    window.open(server.url(), true);
    QTRY_COMPARE(window.state(), TestClientState::Closed);
    for (const QString &part :
         {u"── Request ──\nGET /ws/main HTTP/1.1\n"_s, u"── Answer ──\nHTTP/1.1 401"_s, u"\n[redacted]\nbad token"_s})
        QVERIFY2(page->text().contains(part), qPrintable(page->text()));
}

void TestTestClientWindow::showsTheRequestThatWasNotSent()
{
    FakeServer server;
    const QUrl url = server.url();
    server.stop();
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    const auto *page = window.findChild<HandshakePage *>();
    window.open(url, true);
    QTRY_COMPARE(window.state(), TestClientState::Closed);
    QVERIFY2(page->text().contains(u"── Request, which was not sent ──\nGET /ws/main HTTP/1.1\n"_s),
             qPrintable(page->text()));
    window.open(QUrl(u"ftp://127.0.0.1/"_s), true); // there is none
    QVERIFY2(!page->text().contains(u"Request"_s), qPrintable(page->text()));
}

void TestTestClientWindow::showsTheNewestOfManyAttempts()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientOptions options;
    options.reconnect.enabled = true;
    options.reconnect.firstMs = 1;
    saveWorkspace(settings, {{{}, options, TokenWay::None, {}}, {}, {}});
    TestClientWindow window(settings);
    const auto *page = window.findChild<HandshakePage *>();
    window.open(server.url(), true);
    QTRY_COMPARE(window.state(), TestClientState::Open);
    const QString first = QString::fromLatin1(server.last()->request().value("Sec-WebSocket-Key").toByteArray());
    QVERIFY(page->text().contains(first));
    server.answer = [](FakePeer &) {}; // the next is left waiting
    server.last()->reset();
    QTRY_VERIFY(server.peers.size() == 2 && !server.last()->request().method.isEmpty());
    const QString second = QString::fromLatin1(server.last()->request().value("Sec-WebSocket-Key").toByteArray());
    QVERIFY(page->text().contains(second));
    QVERIFY(!page->text().contains(first));
}

void TestTestClientWindow::closesWhileConnected()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    auto window = std::make_unique<TestClientWindow>(settings);
    window->open(server.url(), true);
    QTRY_COMPARE(window->state(), TestClientState::Open);
    window.reset();
    QTRY_COMPARE(server.last()->socket()->state(), QAbstractSocket::UnconnectedState);
}

void TestTestClientWindow::leavesInOrderWhenItIsClosed()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    QPointer<TestClientWindow> window = new TestClientWindow(settings);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->show();
    window->open(server.url(), true);
    QTRY_COMPARE(window->state(), TestClientState::Open);
    QVERIFY(window->close()); // else others would stay open when the program quits
    QVERIFY(!window->isVisible());
    QTRY_COMPARE(server.last()->close.first, quint16(1000));
    QTRY_VERIFY(window.isNull());
}

void TestTestClientWindow::trustsTheServerOfThisProgram()
{
    ServerConfig config;
    config.bindAddress = u"127.0.0.1"_s;
    config.port = 0;
    config.capture = false;
    config.tls = {m_dir.filePath(u"cert.pem"_s), m_dir.filePath(u"key.pem"_s)};
    QVERIFY(makeSelfSigned({{u"elsewhere.example"_s}, config.tls.certFile, config.tls.keyFile}).ok());
    InProcessHost host;
    host.start(config);
    QTRY_COMPARE(host.state(), ServerState::Running);
    QVERIFY(host.listenInfo().selfSigned);

    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    const QUrl url = localUrl(host.listenInfo(), u"/ws/main"_s);
    window.open(url, true);
    QTRY_COMPARE(window.state(), TestClientState::Closed); // nobody knows it
    QVERIFY(window.findChild<ClientStatusLine *>()->text().contains(u"certificate"_s));
    QList<QUrl> asked;
    window.setKnownCertificates([&](const QUrl &target) {
        asked += target;
        return host.listenInfo().fingerprint;
    });
    window.open(url, true);
    QTRY_COMPARE(window.state(), TestClientState::Open);
    QCOMPARE(asked, QList<QUrl>{url});
    MessagesModel *log = window.findChild<MessageLogPanel *>()->model();
    QTRY_VERIFY(log->rowCount() >= 2);
    QVERIFY(log->message(1)->payload.contains(host.listenInfo().fingerprint));
    window.close();
    host.stop();
    QTRY_COMPARE(host.state(), ServerState::Stopped);
}

void TestTestClientWindow::everyActionIsExplained()
{
    QSettings settings(freshFile(), QSettings::IniFormat);
    const TestClientWindow window(settings);
    int seen = 0;
    const QList<QAction *> menus = window.menuBar()->actions();
    for (const QAction *menu : menus) {
        const QList<QAction *> actions = menu->menu()->actions();
        for (const QAction *action : actions) {
            if (action->isSeparator() || action->menu() != nullptr)
                continue;
            ++seen;
            QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->text()));
            QVERIFY2(action->toolTip() != action->text().remove(u'&'), qPrintable(action->text()));
        }
    }
    QVERIFY(seen > 10);
}

void TestTestClientWindow::tellsOfTlsAndRedirects()
{
    ServerConfig config;
    config.bindAddress = u"127.0.0.1"_s;
    config.port = 0;
    config.capture = false;
    config.tls = {m_dir.filePath(u"cert2.pem"_s), m_dir.filePath(u"key2.pem"_s)};
    QVERIFY(makeSelfSigned({{u"127.0.0.1"_s}, config.tls.certFile, config.tls.keyFile}).ok());
    InProcessHost host;
    host.start(config);
    QTRY_COMPARE(host.state(), ServerState::Running);
    const QUrl there = localUrl(host.listenInfo(), u"/ws/main?token=hush"_s);
    FakeServer server;
    server.answer = [&there](FakePeer &peer) {
        peer.write("HTTP/1.1 307 Over there\r\nLocation: " + there.toEncoded() + "\r\nContent-Length: 0\r\n\r\n");
        peer.end();
    };
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    TestClientOptions options;
    options.maxRedirects = 1;
    options.ignoreTlsErrors = true;
    window.findChild<ConnectionPage *>()->setOptions(options);
    window.open(server.url(), true);
    QTRY_COMPARE(window.state(), TestClientState::Open);
    const QString text = window.findChild<HandshakePage *>()->text();
    for (const QString &part : {u"307: ws://127.0.0.1:"_s, u"→ wss://127.0.0.1:"_s, u"TLSv1.3"_s, u"Certificate 1: "_s,
                                u"signed by itself"_s, u"good for "_s, u"not checked: "_s, u"SHA-256 "_s})
        QVERIFY2(text.contains(part), qPrintable(part + u" in "_s + text));
    QVERIFY(window.findChild<ClientStatusLine *>()->text().contains(u"not checked"_s));
    QVERIFY(!text.contains(u"hush"_s));
    window.open(u"ws://127.0.0.1:1/"_s, true);
    QTRY_COMPARE(window.state(), TestClientState::Closed);
    QVERIFY(!window.findChild<HandshakePage *>()->text().contains(u"Certificate 1"_s)); // of another attempt
    host.stop();
    QTRY_COMPARE(host.state(), ServerState::Stopped);
}

void TestTestClientWindow::saysWhetherCompressionWasAgreed_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("words");
    QTest::newRow("no") << ""_ba << u"the server did not take it"_s;
    QTest::newRow("yes") << "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10\r\n"_ba
                         << u"server's window 10 bits"_s;
}

void TestTestClientWindow::saysWhetherCompressionWasAgreed()
{
    QFETCH(QByteArray, header);
    FakeServer server;
    server.answer = [&header](FakePeer &peer) { peer.write(peer.acceptance(header)); };
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    TestClientOptions options;
    options.deflate.offered = true;
    options.deflate.serverMaxWindowBits = 10;
    window.findChild<ConnectionPage *>()->setOptions(options);
    window.open(server.url(), true);
    QTRY_COMPARE(window.state(), TestClientState::Open);
    QFETCH(QString, words);
    const QString text = window.findChild<HandshakePage *>()->text();
    QVERIFY2(text.contains(words), qPrintable(text));
}

void TestTestClientWindow::keepsWhatIsSentMeanwhile()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    TestClientOptions options;
    options.queueOffline = true;
    options.first = {{false, "hello"}};
    window.findChild<ConnectionPage *>()->setOptions(options);
    window.open(server.url(), true);
    QTRY_COMPARE(window.state(), TestClientState::Open);
    server.last()->reset();
    QTRY_COMPARE(window.state(), TestClientState::Closed);
    auto *page = window.findChild<MessagePage *>();
    page->setMessage(PayloadKind::Text, u"later"_s);
    page->menuActions().at(0)->trigger();
    page->menuActions().at(0)->trigger();
    const auto labels = page->findChildren<QLabel *>();
    const auto says = [&](const QString &text) {
        return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text() == text; });
    };
    QVERIFY(says(u"2 waiting"_s));
    window.open(server.url(), true);
    QTRY_COMPARE(server.last()->frames.size(), 3);
    QCOMPARE(server.last()->frames[0].second, "hello"_ba);
    QCOMPARE(server.last()->frames[2].second, "later"_ba);
    QVERIFY(!says(u"2 waiting"_s));
}

void TestTestClientWindow::sendsInPieces()
{
    FakeServer server;
    QSettings settings(freshFile(), QSettings::IniFormat);
    TestClientWindow window(settings);
    window.open(server.url(), true);
    QTRY_COMPARE(window.state(), TestClientState::Open);
    emit window.findChild<MessagePage *>()->sendRequested(
        {false, "grüße", {MessageCuts::Kind::At, 0, {3, 3}}}); // inside of a character
    QTRY_COMPARE(server.last()->frames.size(), 3);
    QCOMPARE(server.last()->frames[1], (std::pair<quint8, QByteArray>{0, ""}));
    QCOMPARE(server.last()->frames[0].second + server.last()->frames[2].second, "grüße"_ba);
}

void TestTestClientWindow::connectsToWhatWasTyped()
{
    QSettings settings(freshFile(), QSettings::IniFormat);
    saveUrls(settings, {u"ws://localhost/ws/main?room=K7QF"_s});
    TestClientWindow window(settings);
    window.show();
    for (QComboBox *box : window.findChildren<QComboBox *>()) {
        if (!box->isEditable() || box->findText(u"ws://localhost/ws/main?room=K7QF"_s) < 0)
            continue;
        window.activateWindow();
        box->setFocus();
        QTRY_VERIFY(box->lineEdit()->hasFocus()); // or nothing would be completed in any case
        box->lineEdit()->clear();
        QTest::keyClicks(box->lineEdit(), u"ws://localhost/ws/ma"_s);
        QCOMPARE(box->lineEdit()->text(), u"ws://localhost/ws/ma"_s);
        return;
    }
    QFAIL("there is no field for the address");
}

QTEST_MAIN(TestTestClientWindow)
#include "tst_testclientwindow.moc"
