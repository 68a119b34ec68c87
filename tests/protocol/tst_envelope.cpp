// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/envelope.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestEnvelope : public QObject
{
    Q_OBJECT
private slots:
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();
    void namesTheMemberThatIsWrong_data();
    void namesTheMemberThatIsWrong();
    void countsTheEnvelopeAsTheFirstLevel();
    void viewsPointIntoTheText();
    void understandsElementsOfABatch();
    void findsTheIdOfWhatIsNoEnvelope_data();
    void findsTheIdOfWhatIsNoEnvelope();
    void buildsBodies_data();
    void buildsBodies();
    void bodiesHaveRoomForTheNumber();
    void namesEveryError();
};

void TestEnvelope::understands_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("parts"); // type, data, id, to
    const auto row = [](const char *name, const QByteArray &text, const QByteArrayList &parts) {
        QTest::newRow(name) << text << parts;
    };
    row("least", R"({"type":"a"})", {"a", "{}", {}, {}});
    row("all", R"({"type":"move_2","data":{"x":1},"id":"q1","to":"p-7"})", {"move_2", R"({"x":1})", "\"q1\"", "p-7"});
    row("any order and space", "\n { \"to\" : \"\" , \"id\" : -1.50e3 , \"data\" : null , \"type\" : \"z\" } ",
        {"z", "null", "-1.50e3", ""});
    row("numbers stay as written", R"({"type":"a","data":1.000000000000000000001,"id":0})",
        {"a", "1.000000000000000000001", "0", {}});
    row("other members are nobody's matter", R"({"type":"a","seq":1,"re":2,"x":{"type":"b"}})", {"a", "{}", {}, {}});
    row("names inside data do not count", R"({"data":{"type":1,"id":{}},"type":"a"})",
        {"a", R"({"type":1,"id":{}})", {}, {}});
    row("64 bytes of type", R"({"type":")" + QByteArray(64, 'a') + R"("})", {QByteArray(64, 'a'), "{}", {}, {}});
    row("escaped name", R"({"\u0074ype":"a"})", {"a", "{}", {}, {}});
    row("data is a string", R"({"type":"a","data":"\"}"})", {"a", R"("\"}")", {}, {}});
    row("to as written", R"({"type":"a","to":"\u0041"})", {"a", "{}", {}, R"(\u0041)"});
}

void TestEnvelope::understands()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, parts);
    const auto result = parseEnvelope(text);
    QVERIFY(result.ok());
    const Envelope &envelope = result.value();
    QCOMPARE(envelope.type.toByteArray(), parts[0]);
    QCOMPARE(envelope.data.toByteArray(), parts[1]);
    QCOMPARE(envelope.id.isNull(), parts[2].isNull());
    QCOMPARE(envelope.id.toByteArray(), parts[2]);
    QCOMPARE(envelope.to.isNull(), parts[3].isNull());
    QCOMPARE(envelope.to.toByteArray(), parts[3]);
}

void TestEnvelope::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    for (const char *text : {"", "{", "hello", "{\"type\":\"a\"", "{\"type\":\"a\"}x", "{\"type\":\"\xFF\"}",
                             "{'type':'a'}", "{\"type\":\"a\",}"})
        QTest::newRow(text[0] != 0 ? text : "(empty)") << QByteArray(text) << int(ErrorCode::BadJson);
    for (const char *text : {"{}",
                             "[]",
                             "1",
                             "\"type\"",
                             "null",
                             "[{\"type\":\"a\"}]",
                             R"({"data":1})",
                             R"({"Type":"a"})",
                             R"({"type":""})",
                             R"({"type":1})",
                             R"({"type":null})",
                             R"({"type":["a"]})",
                             R"({"type":"A"})",
                             R"({"type":"a-b"})",
                             R"({"type":"a b"})",
                             R"({"type":"\u0061"})",
                             "{\"type\":\"\xC3\xA4\"}",
                             R"({"type":"a","id":null})",
                             R"({"type":"a","id":true})",
                             R"({"type":"a","id":{}})",
                             R"({"type":"a","id":[1]})",
                             R"({"type":"a","to":1})",
                             R"({"type":"a","to":null})",
                             R"({"type":"a","type":"a"})",
                             R"({"type":"a","data":1,"data":1})",
                             R"({"type":"a","id":1,"id":1})",
                             R"({"type":"a","to":"b","to":"b"})",
                             R"({"type":"a","\u0074ype":"b"})",
                             R"({"type":"a","data":1,"d\u0061ta":2})"})
        QTest::newRow(text) << QByteArray(text) << int(ErrorCode::BadEnvelope);
    QTest::newRow("65 bytes of type") << R"({"type":")" + QByteArray(65, 'a') + R"("})" << int(ErrorCode::BadEnvelope);
}

void TestEnvelope::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto result = parseEnvelope(text);
    QVERIFY(!result.ok());
    QCOMPARE(int(result.error().code), code);
    QVERIFY(!result.error().text.isEmpty());
}

void TestEnvelope::namesTheMemberThatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("no object") << "[]"_ba
                               << "The message is not an object with a type"_ba;
    QTest::newRow("no type") << R"({"id":1})"_ba
                             << "The message is not an object with a type"_ba;
    QTest::newRow("type") << R"({"id":1,"type":"Big"})"_ba
                          << "type has to be"_ba;
    QTest::newRow("type with an escape") << R"({"type":"a","typ\u0065":"b"})"_ba
                                         << "type has to be"_ba;
    QTest::newRow("id") << R"({"type":"a","id":true})"_ba
                        << "id has to be"_ba;
    QTest::newRow("to") << R"({"type":"a","to":5})"_ba
                        << "to has to be"_ba;
    QTest::newRow("data twice") << R"({"type":"a","data":1,"data":2})"_ba
                                << "data may stand"_ba;
}

void TestEnvelope::namesTheMemberThatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, begins);
    const auto result = parseEnvelope(text);
    QVERIFY(!result.ok());
    QVERIFY2(result.error().text.startsWith(begins), result.error().text.constData());
}

void TestEnvelope::countsTheEnvelopeAsTheFirstLevel()
{
    const auto nested = [](int depth) {
        return QByteArray("{\"type\":\"a\",\"data\":" + QByteArray(depth, '[') + QByteArray(depth, ']') + '}');
    };
    QVERIFY(parseEnvelope(nested(31)).ok());
    QCOMPARE(parseEnvelope(nested(32)).error().code, ErrorCode::BadJson);
    QVERIFY(parseEnvelope(nested(1), 2).ok());
    QVERIFY(!parseEnvelope(nested(2), 2).ok());
}

void TestEnvelope::viewsPointIntoTheText()
{
    const QByteArray text = R"({"type":"a","data":[1],"id":2,"to":"b"})";
    const Envelope envelope = parseEnvelope(text).value();
    for (QByteArrayView view : {envelope.type, envelope.data, envelope.id, envelope.to})
        QVERIFY(view.data() >= text.constData() && view.data() < text.constData() + text.size());
}

void TestEnvelope::understandsElementsOfABatch()
{
    const QByteArray text = R"({"type":"batch","data":[{"type":"a","id":1}, 5 ,{"type":"b"}]})";
    QByteArrayList types;
    QVERIFY(forEachElement(parseEnvelope(text).value().data, [&types](QByteArrayView element) {
        const auto result = envelopeFromJson(element);
        types.append(result ? result.value().type.toByteArray() : errorCodeName(result.error().code).toByteArray());
        return true;
    }));
    QCOMPARE(types, (QByteArrayList{"a", "bad_envelope", "b"}));
}

void TestEnvelope::findsTheIdOfWhatIsNoEnvelope_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("number") << QByteArray(R"({"id":-7})") << QByteArray("-7");
    QTest::newRow("string") << QByteArray(R"({"kind":1,"id":"a"})") << QByteArray("\"a\"");
    QTest::newRow("none") << QByteArray(R"({"type":7})") << QByteArray();
    QTest::newRow("neither string nor number") << QByteArray(R"({"id":[1]})") << QByteArray();
    QTest::newRow("null") << QByteArray(R"({"id":null})") << QByteArray();
    QTest::newRow("no object") << QByteArray("[1]") << QByteArray();
}

void TestEnvelope::findsTheIdOfWhatIsNoEnvelope()
{
    QFETCH(QByteArray, json);
    QTEST(requestIdOf(json).toByteArray(), "id");
}

void TestEnvelope::buildsBodies_data()
{
    QTest::addColumn<QByteArrayList>("parts");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("least") << QByteArrayList{"pong", {}, {}, {}} << QByteArray(R"({"type":"pong","data":{},"seq":)");
    QTest::newRow("data") << QByteArrayList{"a", "[1]", {}, {}} << QByteArray(R"({"type":"a","data":[1],"seq":)");
    QTest::newRow("answer") << QByteArrayList{"a", "{}", "\"q\"", {}}
                            << QByteArray(R"({"type":"a","data":{},"re":"q","seq":)");
    QTest::newRow("relayed") << QByteArrayList{"a", "{}", {}, "p1"}
                             << QByteArray(R"({"type":"a","data":{},"from":"p1","seq":)");
    QTest::newRow("both, escaped") << QByteArrayList{"a", "{}", "7", "p\"1"}
                                   << QByteArray(R"({"type":"a","data":{},"re":7,"from":"p\"1","seq":)");
}

void TestEnvelope::buildsBodies()
{
    QFETCH(QByteArrayList, parts);
    const QByteArray body = envelopeBody(parts[0], parts[1], parts[2], parts[3]);
    QTEST(body, "body");
    const QByteArray whole = body + "12}";
    QCOMPARE(QJsonDocument::fromJson(whole).object().value("seq"_L1).toInt(), 12);
}

void TestEnvelope::bodiesHaveRoomForTheNumber()
{
    const QByteArray body = envelopeBody("type", QByteArray(1000, '1'), "\"id\"", "from");
    QVERIFY(body.capacity() >= body.size() + 21); // 20 digits and the brace
}

void TestEnvelope::namesEveryError()
{
    QCOMPARE(errorCodeName(ErrorCode::BadJson), QByteArrayView("bad_json"));
    QCOMPARE(errorCodeName(ErrorCode::TooBig), QByteArrayView("too_big"));
    for (int i = 0; i <= int(ErrorCode::Unsupported); ++i)
        QVERIFY(!errorCodeName(ErrorCode(i)).isEmpty());
}

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
