// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/lineform.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = TestClientFault;
using Kind = LineForm::Kind;

namespace {

const LineForm plain;
const LineForm terminal{.kind = Kind::Terminal, .marked = true};
const LineForm json{.kind = Kind::Json};

QJsonObject read(const QByteArray &line) { return QJsonDocument::fromJson(line).object(); }

TestClientEnding closedByServer()
{
    TestClientEnding ending;
    ending.fault = Fault::ClosedByServer;
    ending.codeReceived = 4001;
    ending.reasonReceived = "by\x1B[2Je";
    ending.detail = "4001 – by\x1B[2Je";
    return ending;
}

} // namespace

class TestLineForm final : public QObject
{
    Q_OBJECT
private slots:
    void leavesBytesAsTheyAre_data();
    void leavesBytesAsTheyAre();
    void letsNothingReachATerminal_data();
    void letsNothingReachATerminal();
    void setsLinesIn();
    void showsBinaryAsHex();
    void coloursWhereItIsTold();
    void writesMessagesAsJson();
    void writesControlFrames();
    void writesAnEnding();
    void writesNoEndingForPeople();
    void namesEveryFault();
    void hidesWhatIsSecretInAnAddress();
    void saysWhatARefusalSays();
    void keepsATokenOutOfAnAdvice();
};

void TestLineForm::leavesBytesAsTheyAre_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("payload");
    const int text = int(MessageKind::Text);
    QTest::newRow("text") << text << QByteArray("hello");
    QTest::newRow("nothing") << text << QByteArray();
    QTest::newRow("control characters") << text << QByteArray("a\x1B[31mb\r\n\tc");
    QTest::newRow("binary") << int(MessageKind::Binary) << QByteArray("\x00\x01\xFF\xC3", 4);
}

void TestLineForm::leavesBytesAsTheyAre()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, payload);
    QCOMPARE(plain.message(MessageKind(kind), payload), payload + '\n');
}

void TestLineForm::letsNothingReachATerminal_data()
{
    QTest::addColumn<QByteArray>("line");
    const QByteArray evil = "\x1B[2J\x07\x9B\xE2\x80\xAE";
    QTest::newRow("text") << terminal.message(MessageKind::Text, evil);
    QTest::newRow("binary") << terminal.message(MessageKind::Binary, evil);
    QTest::newRow("ping") << terminal.control(Opcode::Ping, evil);
    QTest::newRow("JSON") << json.message(MessageKind::Text, evil);
    QTest::newRow("JSON of a pong") << json.control(Opcode::Pong, "\x1B");
    QTest::newRow("JSON of a subprotocol") << json.opened(QUrl(u"ws://a/"_s), evil);
    QTest::newRow("JSON of an ending") << json.ended(closedByServer());
    QTest::newRow("ending") << endingText(closedByServer()).toUtf8() + '\n';
}

void TestLineForm::letsNothingReachATerminal()
{
    QFETCH(QByteArray, line);
    QVERIFY(line.endsWith('\n'));
    for (const QChar c : QString::fromUtf8(line.chopped(1)))
        QVERIFY2((c >= u' ' && c < u'\x7F') || c > u'\xA0' || c == u'\n', line.constData());
    QVERIFY(!QString::fromUtf8(line).contains(QChar(0x202E)));
}

void TestLineForm::setsLinesIn()
{
    QCOMPARE(terminal.message(MessageKind::Text, "a\n< b"), QByteArray("< a\n  < b\n"));
}

void TestLineForm::showsBinaryAsHex()
{
    QCOMPARE(terminal.message(MessageKind::Binary, QByteArray("\x00\xFF", 2)),
             QByteArray("< binary, 2 bytes: 00 ff\n"));
    const QByteArray line = terminal.message(MessageKind::Binary, QByteArray(100'000, 'x'));
    QVERIFY(line.startsWith("< binary, 100000 bytes: 78 78 "));
    QVERIFY(line.size() < 250);
}

void TestLineForm::coloursWhereItIsTold()
{
    LineForm coloured = terminal;
    coloured.coloured = true;
    QCOMPARE(coloured.message(MessageKind::Text, "x"), QByteArray("\x1B[34m< x\x1B[39m\n"));
    QVERIFY(!terminal.message(MessageKind::Text, "x").contains('\x1B'));
}

void TestLineForm::writesMessagesAsJson()
{
    const QJsonObject text = read(json.message(MessageKind::Text, "{\"a\":1}\n"));
    QCOMPARE(text["event"_L1], u"message"_s);
    QCOMPARE(text["kind"_L1], u"text"_s);
    QCOMPARE(text["data"_L1], u"{\"a\":1}\n"_s);
    QVERIFY(text["time"_L1].toDouble() > 1e12);
    const QJsonObject binary = read(json.message(MessageKind::Binary, QByteArray("\xFF\x00", 2)));
    QCOMPARE(binary["kind"_L1], u"binary"_s);
    QCOMPARE(binary["base64"_L1], u"/wA="_s);
}

void TestLineForm::writesControlFrames()
{
    QCOMPARE(plain.control(Opcode::Ping, "abc"), QByteArray("Received ping (data: \"abc\")\n"));
    QCOMPARE(plain.control(Opcode::Pong, {}), QByteArray("Received pong (data: \"\")\n"));
    QCOMPARE(read(json.control(Opcode::Ping, "abc"))["data"_L1], u"abc"_s);
    QCOMPARE(read(json.control(Opcode::Ping, "\xFF"))["base64"_L1], u"/w=="_s);
}

void TestLineForm::writesAnEnding()
{
    const QJsonObject object = read(json.ended(closedByServer()));
    QCOMPARE(object["event"_L1], u"ended"_s);
    QCOMPARE(object["cause"_L1], u"closedByServer"_s);
    QCOMPARE(object["fault"_L1], true);
    QCOMPARE(object["code"_L1], 4001);
    QCOMPARE(object["reason"_L1], u"by\x1B[2Je"_s);
    QVERIFY(object["text"_L1].toString().startsWith(u"The server closed"_s));
    QVERIFY(!object["advice"_L1].toString().isEmpty());
}

void TestLineForm::writesNoEndingForPeople()
{
    QCOMPARE(plain.ended(closedByServer()), QByteArray());
    QCOMPARE(plain.opened(QUrl(), {}), QByteArray());
    QCOMPARE(terminal.reconnecting(1, 500), QByteArray());
    QCOMPARE(read(json.reconnecting(2, 500))["milliseconds"_L1], 500);
}

void TestLineForm::namesEveryFault()
{
    QSet<QByteArray> names;
    for (int i = 0; i < testClientFaultCount; ++i)
        names += testClientFaultName(Fault(i)).toByteArray();
    QCOMPARE(names.size(), testClientFaultCount);
    QCOMPARE(testClientFaultName(Fault::InvalidUrl), QByteArrayView("invalidUrl"));
    QCOMPARE(testClientFaultName(Fault::ConnectionRefused), QByteArrayView("connectionRefused"));
    QCOMPARE(testClientFaultName(Fault::Aborted), QByteArrayView("aborted"));
}

void TestLineForm::hidesWhatIsSecretInAnAddress()
{
    const QUrl url(u"wss://ada:secret@host:1/ws?token=secret"_s);
    QCOMPARE(publicAddress(url), u"wss://host:1/ws"_s);
    QVERIFY(!json.opened(url, "chat").contains("secret"));
}

void TestLineForm::saysWhatARefusalSays()
{
    TestClientEnding ending;
    ending.fault = Fault::Http403;
    ending.httpStatus = 403;
    ending.responseBody = "no\x1B entry" + QByteArray(70'000, 'x');
    const QString text = endingText(ending);
    QVERIFY(text.contains(u"it says: no\\u{1B} entry"_s));
    QVERIFY(text.size() < 1'200);
    ending.fault = Fault::HttpOther; // its advice is for a window
    QVERIFY(!endingText(ending).contains("Handshake"_L1));
}

void TestLineForm::keepsATokenOutOfAnAdvice()
{
    TestClientEnding ending;
    ending.fault = Fault::HttpUrl;
    ending.detail = "ws://host:1/ws?token=secret";
    const QString text = endingText(ending);
    QVERIFY(text.contains(u"ws://host:1/ws"_s));
    QVERIFY(!text.contains(u"secret"_s));
}

QTEST_GUILESS_MAIN(TestLineForm)
#include "tst_lineform.moc"
