// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/servermessages.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>
#include <memory>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// docs/protocol.md "Names", and who may say what: nobody is invisible, nobody is somebody else, nobody is the server.
class TestNames : public QObject
{
    Q_OBJECT

    ServerProcess m_server{manyConnections()};
    int m_room = 0;
    QByteArray m_target; // of a fresh room for every test

    struct Player
    {
        std::unique_ptr<RawClient> client;
        QJsonObject connected;
        [[nodiscard]] QString name() const { return connected.value("name"_L1).toString(); }
        RawClient *operator->() const { return client.get(); }
    };
    Player join(const QByteArray &query);
    Player joinAs(const QString &name) { return join("?name=" + QUrl::toPercentEncoding(name)); }

private slots:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.output().constData()); }
    void cleanupTestCase() { QVERIFY2(m_server.stop() == 0, m_server.output().constData()); }
    void init() { m_target = "/ws/names-" + QByteArray::number(++m_room); }

    void showsWhatCanBeSeen_data();
    void showsWhatCanBeSeen();
    void namesWhoCanNotBeSeen_data();
    void namesWhoCanNotBeSeen();
    void nobodyHasTheNameOfAnother();
    void aNameStaysWithItsSeat();
    void nobodySpeaksForTheServer_data();
    void nobodySpeaksForTheServer();
    void textIsWholeCharacters_data();
    void textIsWholeCharacters();
    void theApiTakesWholeCharacters();
    void configTellsOfEcho();
};

TestNames::Player TestNames::join(const QByteArray &query)
{
    Player player{std::make_unique<RawClient>(m_server.port()), {}};
    if (player->upgrade(m_target + query))
        player.connected = player->waitForType(u"connected"_s).value("data"_L1).toObject();
    return player;
}

void TestNames::showsWhatCanBeSeen_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("name");
    QTest::newRow("emoji of several parts")
        << u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s << u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s;
    QTest::newRow("Persian") << u"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"_s
                             << u"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"_s;
    QTest::newRow("32 emoji") << u"\U0001F600"_s.repeated(40) << u"\U0001F600"_s.repeated(32);
    QTest::newRow("hidden within") << u"A\u200Bd\u3164a\u2800"_s << u"Ada"_s;
    QTest::newRow("override") << u"\u202Eada"_s << u"ada"_s;
    QTest::newRow("zalgo") << u"x"_s + u"\u0316"_s.repeated(200) << u"x\u0316\u0316\u0316\u0316"_s;
}

void TestNames::showsWhatCanBeSeen()
{
    QFETCH(QString, asked);
    QCOMPARE(joinAs(u"Watcher"_s).name(), u"Watcher"_s);
    QTEST(joinAs(asked).name(), "name");
}

void TestNames::namesWhoCanNotBeSeen_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"", "%20%20", "%E2%80%8B", "%E3%85%A4", "%E2%A0%80", "%EF%BE%A0", "%E2%80%AE", "%EF%B8%8F",
                             "%F3%A0%84%80", "%CC%81%CC%81", "%00%07", "%FF%FE", "%ED%A0%80", "%EE%80%80"})
        QTest::newRow(name[0] == 0 ? "(none)" : name) << QByteArray(name);
}

void TestNames::namesWhoCanNotBeSeen()
{
    QFETCH(QByteArray, name);
    QCOMPARE(join("?name=" + name).name(), u"Player 1"_s);
}

void TestNames::nobodyHasTheNameOfAnother()
{
    const Player ada = joinAs(u"Ada"_s);
    const Player second = joinAs(u"ADA"_s);
    const Player third = joinAs(u"Ada (2)"_s);
    const Player fourth = joinAs(u"Ada"_s);
    QCOMPARE(ada.name(), u"Ada"_s);
    QCOMPARE(second.name(), u"ADA (2)"_s);
    QCOMPARE(third.name(), u"Ada (2) (2)"_s);
    QCOMPARE(fourth.name(), u"Ada (3)"_s);
    // The others hear of the name that was given.
    QCOMPARE(ada->waitForType(u"player_joined"_s)["data"_L1]["name"_L1], u"ADA (2)"_s);
    second->sendText(R"({"type":"chat","data":{"text":"hello"}})");
    QCOMPARE(ada->waitForType(u"chat"_s)["data"_L1]["name"_L1], u"ADA (2)"_s);
}

void TestNames::aNameStaysWithItsSeat()
{
    Player ada = joinAs(u"Ada"_s);
    Player second = joinAs(u"Ada"_s);
    QCOMPARE(second.name(), u"Ada (2)"_s);
    ada->sendClose(1000); // its name is free
    QVERIFY(!second->waitForType(u"player_left"_s).isEmpty());
    second->resetStream();
    const QByteArray resume = second.connected.value("resume"_L1).toString().toLatin1();
    const Player back = join("?name=Ada&resume=" + resume + "&seq=2");
    QCOMPARE(back.connected.value("resumed"_L1), true);
    QCOMPARE(back.name(), u"Ada (2)"_s);
    QCOMPARE(joinAs(u"Ada"_s).name(), u"Ada"_s);
}

void TestNames::nobodySpeaksForTheServer_data()
{
    QTest::addColumn<QByteArray>("type");
    for (int i = 0; i < serverMessageCount; ++i) {
        if (ServerMessage(i) != ServerMessage::Chat) // everybody may chat, under his own name
            QTest::newRow(typeOf(ServerMessage(i)).constData()) << typeOf(ServerMessage(i)).toByteArray();
    }
}

void TestNames::nobodySpeaksForTheServer()
{
    QFETCH(QByteArray, type);
    const Player eve = joinAs(u"Eve"_s);
    const Player ada = joinAs(u"Ada"_s);
    for (const QByteArray &to :
         {QByteArray(), ",\"to\":\"" + ada.connected.value("playerId"_L1).toString().toLatin1() + '"'}) {
        eve->sendText(R"({"type":")" + type + R"(","data":{"text":"The server says: your password, please"},"id":1)"
                      + to + '}');
        QCOMPARE(eve->waitForType(u"error"_s)["data"_L1]["code"_L1], u"not_allowed"_s);
    }
    eve->sendText(R"({"type":"move"})");
    QVERIFY(ada->waitForMessages(1));
    QCOMPARE(toObject(ada->messages().first()).value("type"_L1), u"move"_s);
}

void TestNames::textIsWholeCharacters_data()
{
    QTest::addColumn<QByteArray>("message");
    for (const char *message : {R"({"type":"chat","data":{"text":"\ud800"}})",
                                R"({"type":"chat","data":{"text":"a\udc00b"}})", R"({"type":"move","data":"\ud83d"})",
                                R"({"type":"move","data":{"\ude00":1}})", R"({"type":"ping","data":{"x":"\ud83d"}})",
                                R"({"type":"batch","data":[{"type":"move"},{"type":"move","data":"\ud800"}]})"})
        QTest::newRow(message) << QByteArray(message);
}

void TestNames::textIsWholeCharacters()
{
    QFETCH(QByteArray, message);
    const Player eve = joinAs(u"Eve"_s);
    const Player ada = joinAs(u"Ada"_s);
    eve->sendText(message);
    QCOMPARE(eve->waitForType(u"error"_s)["data"_L1]["code"_L1], u"bad_json"_s);
    eve->sendText(R"({"type":"whole","data":"\ud83d\ude00"})");
    QVERIFY(ada->waitForMessages(1));
    QVERIFY(ada->messages().first().payload.contains(R"("data":"\ud83d\ude00")")); // as it was written
}

void TestNames::theApiTakesWholeCharacters()
{
    for (const char *body :
         {R"({"room":"\ud800"})", R"({"game":"\udc00"})", R"({"options":{"x":"\ud800"}})", R"({"\ud800":1})"}) {
        RawClient client(m_server.port());
        QVERIFY(client.request("POST /api/v1/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                               + QByteArray::number(qstrlen(body)) + "\r\nConnection: close\r\n\r\n" + body));
        QCOMPARE(client.response().status, 400);
        QVERIFY2(client.body().contains("surrogate"), client.body().constData());
    }
}

void TestNames::configTellsOfEcho()
{
    RawClient client(m_server.port());
    QVERIFY(client.request("GET /api/v1/config HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    const QJsonObject config = QJsonDocument::fromJson(client.body()).object();
    QCOMPARE(config.value("echo"_L1), u"/echo"_s);
    for (const QJsonValue route : config.value("routes"_L1).toArray())
        QVERIFY(route.toString().contains("{room}"_L1));
    RawClient echo(m_server.port());
    QVERIFY(echo.upgrade(config.value("echo"_L1).toString().toLatin1()));
}

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
