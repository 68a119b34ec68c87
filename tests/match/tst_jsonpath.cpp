// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/jsonpath.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Fault = ConditionFault::Kind;

namespace {

const std::atomic<bool> never = false;

/// All values that the path leads to.
QByteArrayList valuesAt(const QString &path, QByteArrayView json)
{
    QByteArrayList values;
    [[maybe_unused]] const Found found = JsonPath::read(path).value().find(
        json,
        [&values](QByteArrayView value) {
            values.append(value.toByteArray());
            return Found::No;
        },
        never);
    return values;
}

Found find(const QString &path, QByteArrayView json, const std::atomic<bool> &stop = never)
{
    return JsonPath::read(path).value().find(
        json, [](QByteArrayView) { return Found::Yes; }, stop);
}

} // namespace

class TestJsonPath : public QObject
{
    Q_OBJECT
private slots:
    void leadsToValues_data();
    void leadsToValues();
    void goesThroughWhatIsNoJson_data();
    void goesThroughWhatIsNoJson();
    void isWrittenInOneForm_data();
    void isWrittenInOneForm();
    void readsWhatPeopleType_data();
    void readsWhatPeopleType();
    void saysWhatIsNoPath_data();
    void saysWhatIsNoPath();
    void looksSoFarAndNoFurther();
    void isBrokenOff();
};

void TestJsonPath::leadsToValues_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArrayList>("values");
    const auto row = [](const char *name, const QString &path, const char *json, const QByteArrayList &values) {
        QTest::newRow(name) << path << QByteArray(json) << values;
    };
    row("the whole", u""_s, R"( {"a":1} )", {R"({"a":1})"});
    row("a scalar", u""_s, "7", {"7"});
    row("member", u".a"_s, R"({"b":[1,{"a":2}],"a":1})", {"1"});
    row("with blanks", u".a"_s, "\n{ \"b\" : 2 ,\t\"a\" : 1 }", {"1"});
    row("member of a member", u".a.b"_s, R"({"a":{"c":0,"b":"x"}})", {R"("x")"});
    row("odd key", u"[\"odd key\"]"_s, R"({"odd key":true})", {"true"});
    row("key with a point", u"[\"a.b\"]"_s, R"({"a":{"b":1},"a.b":2})", {"2"});
    row("escaped key", u".a"_s, R"({"\u0061":1})", {"1"});
    row("quotes in keys", u"[\"a\\\"b\"]"_s, R"({"a\"b":1})", {"1"});
    row("a key that is empty", u"[\"\"]"_s, R"({"":1})", {"1"});
    row("not ASCII", u".größe"_s,
        "{\"gr\xc3\xb6\xc3\x9f"
        "e\":1}",
        {"1"});
    row("the first of two", u".a"_s, R"({"a":1,"a":2})", {"1"});
    row("not there", u".a"_s, R"({"b":1})", {});
    row("the value is no key", u".a"_s, R"({"b":"a","c":"a\":1"})", {});
    row("brackets in texts", u".a"_s, R"({"b":"}]{[","a":1})", {"1"});
    row("null is there", u".a"_s, R"({"a":null})", {"null"});
    row("element", u"[1]"_s, "[5,6,7]", {"6"});
    row("first element", u"[0]"_s, "[5]", {"5"});
    row("element too far", u"[3]"_s, "[5,6,7]", {});
    row("element of an object", u"[0]"_s, R"({"0":1})", {});
    row("member of an array", u".a"_s, R"([{"a":1}])", {});
    row("member of a text", u".a"_s, R"("a")", {});
    row("element behind containers", u"[2].a"_s, R"([[1,[2]],{"a":0},{"a":3}])", {"3"});
    row("any element", u"[*]"_s, "[1,[2],{}]", {"1", "[2]", "{}"});
    row("any of nothing", u"[*]"_s, "[]", {});
    row("in any element", u".l[*].a"_s, R"({"l":[{"a":1,"z":9},{"b":0},{"z":{"a":7},"a":2},3],"m":1})", {"1", "2"});
    row("any in any", u"[*][*]"_s, "[[1,2],3,[],[4]]", {"1", "2", "4"});
    row("an element in any", u"[*][1]"_s, "[[1,2,3],[4],[5,6]]", {"2", "6"});
    row("the same key in any", u"[*].a"_s, R"([{"a":1,"a":8},{"a":2}])", {"1", "2"});
}

void TestJsonPath::leadsToValues()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, json);
    QTEST(valuesAt(path, json), "values");
}

// What is there before it breaks off is found.
void TestJsonPath::goesThroughWhatIsNoJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArrayList>("values");
    QTest::newRow("nothing") << QByteArray() << QByteArrayList();
    QTest::newRow("cut off behind it") << R"({"a":1,"b":[{)"_ba << QByteArrayList{"1"};
    QTest::newRow("cut off before it") << R"({"b":[1,2,{"c":)"_ba << QByteArrayList();
    QTest::newRow("cut off in the key") << R"({"a)"_ba << QByteArrayList();
    QTest::newRow("cut off behind the key") << R"({"a")"_ba << QByteArrayList();
    QTest::newRow("no value") << R"({"a":})"_ba << QByteArrayList();
    QTest::newRow("a backslash at the end") << "{\"a\\"_ba << QByteArrayList();
    QTest::newRow("cut off in the text") << R"({"a":"x)"_ba << QByteArrayList{R"("x)"};
    QTest::newRow("binary") << QByteArray("\x00\xff{\"a\":1}", 9) << QByteArrayList();
    QTest::newRow("no colon") << R"({"a" 1})"_ba << QByteArrayList();
    QTest::newRow("closed by the other") << R"({"b":[1},"a":2})"_ba << QByteArrayList{"2"};
    QTest::newRow("commas") << R"({,,"a":1})"_ba << QByteArrayList();
}

void TestJsonPath::goesThroughWhatIsNoJson()
{
    QFETCH(QByteArray, json);
    QTEST(valuesAt(u".a"_s, json), "values");
}

void TestJsonPath::isWrittenInOneForm_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << u""_s << u""_s;
    QTest::newRow("plain") << u".a.b_2.c-d.$e"_s << u".a.b_2.c-d.$e"_s;
    QTest::newRow("in brackets") << u"[\"a\"]['b c']"_s << u".a[\"b c\"]"_s;
    QTest::newRow("elements") << u"[007][*][0]"_s << u"[7][*][0]"_s;
    QTest::newRow("hidden") << u"[\"\\u{202E}\"]"_s << u"[\"\\u{202E}\"]"_s;
    QTest::newRow("a bracket in a text") << u"[\"a]b\"]"_s << u"[\"a]b\"]"_s;
}

void TestJsonPath::isWrittenInOneForm()
{
    QFETCH(QString, path);
    QFETCH(QString, words);
    const JsonPath read = JsonPath::read(path).value();
    QCOMPARE(read.words(), words);
    QCOMPARE(JsonPath::read(words).value(), read);
}

void TestJsonPath::readsWhatPeopleType_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("words"); // empty: it is no path
    QTest::newRow("a member") << u"type"_s << u"json.type"_s;
    QTest::newRow("of the envelope's data") << u"data.x[0]"_s << u"data.x[0]"_s;
    QTest::newRow("the data") << u"data"_s << u"data"_s;
    QTest::newRow("of the root") << u"json.seq"_s << u"json.seq"_s;
    QTest::newRow("the root") << u"json"_s << u"json"_s;
    QTest::newRow("of the root, in its data") << u"json.data.x"_s << u"data.x"_s;
    QTest::newRow("begins like one of them") << u"database.x"_s << u"json.database.x"_s;
    QTest::newRow("an element") << u"[1]"_s << u"json[1]"_s;
    QTest::newRow("a key with a dot") << u"data[\"a.b\"]"_s << u"data[\"a.b\"]"_s;
    for (const QString &none : {u""_s, u"."_s, u"a."_s, u".a"_s, u"a..b"_s, u"a["_s, u"a[]"_s, u"a[-1]"_s, u"a[1]b"_s})
        QTest::addRow("none: %s", qPrintable(none)) << none << QString();
}

void TestJsonPath::readsWhatPeopleType()
{
    QFETCH(const QString, typed);
    const auto path = JsonPath::readFromRoot(typed);
    QTEST(path ? path.value().wordsFromRoot() : QString(), "words");
}

void TestJsonPath::saysWhatIsNoPath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("kind");
    QTest::addColumn<qsizetype>("position");
    const auto row = [](const QString &path, qsizetype position, Fault kind = Fault::BadPath) {
        QTest::newRow(qPrintable(path.left(20))) << path << int(kind) << position;
    };
    row(u"."_s, 0);
    row(u".a."_s, 2);
    row(u".a..b"_s, 2);
    row(u".a:b"_s, 2);
    row(u"a"_s, 0);
    row(u".a[]"_s, 2);
    row(u".a[x]"_s, 2);
    row(u".a[-1]"_s, 2);
    row(u".a[1"_s, 2);
    row(u".a[\"b]"_s, 2);
    row(u".a[\"b\"x]"_s, 2);
    row(u"[9999999999]"_s, 0);
    row(u".a"_s.repeated(17), 32, Fault::PathTooLong);
}

void TestJsonPath::saysWhatIsNoPath()
{
    QFETCH(QString, path);
    const auto read = JsonPath::read(path);
    QVERIFY(!read);
    QTEST(int(read.error().code.kind), "kind");
    QTEST(read.error().code.position, "position");
}

void TestJsonPath::looksSoFarAndNoFurther()
{
    const QByteArray filler = "{\"f\":\"" + QByteArray(JsonPath::mostBytes - 100, 'x') + "\",";
    QCOMPARE(find(u".a"_s, filler + "\"a\":1}"), Found::Yes);
    QCOMPARE(find(u".b"_s, filler + "\"a\":1}"), Found::No);
    QCOMPARE(find(u".b"_s, filler + "\"a\":\"" + QByteArray(100, 'y') + "\",\"b\":1}"), Found::NotToTheEnd);
    QCOMPARE(find(u".a"_s, filler + "\"a\":\"" + QByteArray(100, 'y') + "\"}"), Found::NotToTheEnd); // it was cut
    QCOMPARE(find(u".f"_s, filler + QByteArray(1000, ' ')), Found::Yes);
}

void TestJsonPath::isBrokenOff()
{
    const std::atomic<bool> stop = true;
    const QByteArray many = '[' + QByteArray("1,").repeated(100'000) + "1]";
    QCOMPARE(find(u"[99999]"_s, many, stop), Found::NotToTheEnd);
    QCOMPARE(find(u"[99999]"_s, many), Found::Yes);
    QCOMPARE(find(u".a"_s, QByteArray(100'000, '['), stop), Found::NotToTheEnd);
}

QTEST_GUILESS_MAIN(TestJsonPath)
#include "tst_jsonpath.moc"
