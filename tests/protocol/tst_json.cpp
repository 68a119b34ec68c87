// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestJson : public QObject
{
    Q_OBJECT
private slots:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void refusesHalfAPair_data();
    void refusesHalfAPair();
    void refusesEveryCutOfADocument();
    void refusesEveryControlCharacterInAString();
    void countsDepth();
    void agreesWithQJsonDocumentOnGeneratedDocuments();
    void agreesWithQJsonDocumentOnDamagedDocuments();
    void walksMembers();
    void walksElements();
    void stopsWalkingWhenTold();
    void walkingDamagedTextEnds();
    void findsMembers_data();
    void findsMembers();
    void decodesStrings_data();
    void decodesStrings();
    void quotesWhatQJsonDocumentReads();
};

namespace {

class Generator
{
public:
    explicit Generator(quint32 seed) : m_random(seed) { }

    int below(int limit) { return int(m_random.bounded(quint32(limit))); }
    const char *pick(std::initializer_list<const char *> choices)
    {
        return choices.begin()[below(int(choices.size()))];
    }
    QByteArray space() { return pick({"", "", "", " ", "\n\t", "\r "}); }
    QByteArray string()
    {
        QByteArray text = "\"";
        for (int i = below(12); i > 0; --i)
            text += pick({"a", "Z", "0", " ", "{", "]", ",", ":", "\\\"", "\\\\", "\\/", "\\n", "\\u0041", "\\u00e9",
                          "\\ud83d\\ude00", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "longer plain text"});
        return text + '"';
    }
    QByteArray number()
    {
        return pick({"0", "-0", "1", "-17", "3.25", "0.5", "1e5", "1E+5", "-2.5e-3", "123456789012", "10"});
    }
    QByteArray value(int depth)
    {
        switch (below(depth > 4 ? 4 : 6)) {
        case 0:
            return string();
        case 1:
            return number();
        case 2:
            return pick({"true", "false", "null"});
        case 3:
            return pick({"{}", "[]", "{ }", "[ ]"});
        case 4:
            return container(depth, '[', ']');
        default:
            return container(depth, '{', '}');
        }
    }
    QByteArray container(int depth, char open, char close)
    {
        QByteArray text(1, open);
        for (int i = below(5); i >= 0; --i) {
            text += space();
            if (open == '{')
                text += string() + space() + ':' + space();
            text += value(depth + 1) + space();
            if (i > 0)
                text += ',';
        }
        return text + close;
    }

private:
    QRandomGenerator m_random;
};

bool qtAccepts(const QByteArray &text)
{
    QJsonParseError error;
    (void)QJsonDocument::fromJson(text, &error);
    return error.error == QJsonParseError::NoError;
}

/// What QJsonDocument lets pass though RFC 8259 does not.
bool isLeniencyOfQt(const QByteArray &text)
{
    static const QRegularExpression lenient(uR"([\x00-\x1F]|\\[^"\\/bfnrtu]|\d\.(?!\d)|-(?!\d)|\.(?!\d))"_s);
    return lenient.match(QString::fromUtf8(text)).hasMatch();
}

/// A number that is JSON, but too big for a double.
bool isBeyondQt(const QByteArray &text)
{
    static const QRegularExpression huge(u"[eE]\\+?\\d{3,}"_s);
    return huge.match(QString::fromUtf8(text)).hasMatch();
}

} // namespace

void TestJson::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"{}",
                             "[]",
                             "null",
                             "true",
                             "false",
                             "\"\"",
                             "0",
                             "-0",
                             "-1",
                             "1.5",
                             "1e9",
                             "1E-9",
                             "0e+0",
                             "[1,2,3]",
                             "[[[]]]",
                             "{\"a\":1}",
                             "{\"a\":{\"b\":[{}]}}",
                             "{\"a\":1,\"a\":2}",
                             "\"\\u0000\\ud83d\\ude00\"",
                             "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                             "\"\xE2\x82\xAC\"",
                             "\"\x7F\"",
                             "99999999999999999999999999",
                             "1e999"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::accepts()
{
    QFETCH(QByteArray, text);
    const QByteArray spaced = " \t\r\n" + text + " \n";
    const auto result = checkJson(spaced);
    QVERIFY(result.ok());
    QCOMPARE(result.value().toByteArray(), text);
    QCOMPARE(checkJson(text).value().toByteArray(), text);
}

void TestJson::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"",           " ",          "{",         "}",           "[",           "]",       "[}",
          "{]",         "[1,]",       "[,1]",      "[1 2]",       "[,]",         "{,}",     "{\"a\"}",
          "{\"a\":}",   "{\"a\":1,}", "{\"a\" 1}", "{1:1}",       "{a:1}",       "{'a':1}", "{\"a\":1 \"b\":2}",
          "{\"a\"::1}", "{}{}",       "{} x",      "1 2",         "\"",          "\"a",     "\"\\\"",
          "\"\\x\"",    "\"\\",       "\"\\u12\"", "\"\\u12g4\"", "\"\\U0041\"", "01",      "-",
          "-a",         "+1",         ".5",        "1.",          "1.e5",        "1e",      "1e+",
          "0x10",       "1_000",      "NaN",       "Infinity",    "tru",         "truex",   "True",
          "nul",        "undefined",  "// c\n1",   "/**/1",       "\"a\nb\"",    "\v1",     "\f1",
          "[\"a\":1]"})
        QTest::newRow(text[0] != 0 ? text : "(empty)") << QByteArray(text);
    QTest::newRow("NUL behind") << QByteArray("1\0", 2);
    QTest::newRow("byte-order mark") << QByteArray("\xEF\xBB\xBF{}");
    QTest::newRow("no-break space") << QByteArray("\xC2\xA0{}");
}

void TestJson::refuses()
{
    QFETCH(QByteArray, text);
    const auto result = checkJson(text);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code, JsonError::Syntax);
    QCOMPARE(checkJson("\"\xFF\"").error().code, JsonError::InvalidUtf8);
}

void TestJson::refusesHalfAPair_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<JsonError>("error");
    const auto row = [](const QByteArray &text, JsonError error = JsonError::LoneSurrogate) {
        QTest::newRow(text.constData()) << text << error;
    };
    for (const char *half : {R"("\ud800")", R"("\uDBFFx")", R"("\udc00")", R"("\udfff\ud800")", R"("\ud83d\n")",
                             R"("\ud83d\u0041")", R"("\ud83d\ud83d\ude00")", R"("\ud83d\ude00\ude00")"}) {
        row(half);
        row("{\"data\":[" + QByteArray(half) + "]}");
        row('{' + QByteArray(half) + ":1}");
    }
    row(R"("\ud83d\ude00\x")", JsonError::Syntax); // the pair was whole
    row(R"(["\ud83d\ude00",])", JsonError::Syntax);
}

void TestJson::refusesHalfAPair()
{
    QFETCH(QByteArray, text);
    QFETCH(JsonError, error);
    const auto result = checkJson(text);
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code, error);
    QVERIFY(!result.error().text.isEmpty());
}

void TestJson::refusesEveryCutOfADocument()
{
    const QByteArray text = R"({"type":"move","data":{"x":-1.5e3,"s":"\u20ac\n","l":[true,false,null,{}]},"id":7})";
    QVERIFY(checkJson(text).ok());
    for (qsizetype size = 0; size < text.size(); ++size) {
        const QByteArray cut(text.constData(), size); // own memory: over-reads show
        QVERIFY2(!checkJson(cut).ok(), cut.constData());
    }
}

void TestJson::refusesEveryControlCharacterInAString()
{
    for (int place = 0; place < 20; ++place) {
        for (char c = 0; c < 0x20; ++c) {
            QByteArray text(22, 'a');
            text[0] = text[21] = '"';
            text[1 + place] = c;
            QVERIFY(!checkJson(text).ok());
        }
    }
}

void TestJson::countsDepth()
{
    const auto nested = [](int depth) { return QByteArray(QByteArray(depth, '[') + QByteArray(depth, ']')); };
    QVERIFY(checkJson(nested(32)).ok());
    QCOMPARE(checkJson(nested(33)).error().code, JsonError::TooDeep);
    QCOMPARE(checkJson(QByteArray(1'000'000, '[')).error().code, JsonError::TooDeep);
    QVERIFY(checkJson(nested(200), 200).ok());
    QCOMPARE(checkJson(nested(100'000), 1'000'000).error().code, JsonError::TooDeep); // never more than 512
    QVERIFY(checkJson("1", 0).ok());
    QVERIFY(!checkJson("[]", 0).ok());
    QVERIFY(checkJson("[[],[],{\"a\":[]},[[]]]", 3).ok()); // side by side is not deeper
    QByteArray mixed;                                      // the kinds of all levels are remembered
    for (int i = 0; i < 100; ++i)
        mixed += i % 3 == 0 ? "[" : "{\"k\":";
    mixed += '1';
    for (int i = 99; i >= 0; --i)
        mixed += i % 3 == 0 ? ']' : '}';
    QVERIFY(checkJson(mixed, 100).ok());
    mixed[mixed.size() - 50] = mixed[mixed.size() - 50] == ']' ? '}' : ']';
    QCOMPARE(checkJson(mixed, 100).error().code, JsonError::Syntax);
}

void TestJson::agreesWithQJsonDocumentOnGeneratedDocuments()
{
    Generator generator(8259);
    for (int round = 0; round < 3000; ++round) {
        const QByteArray text = generator.container(1, round % 2 == 0 ? '[' : '{', round % 2 == 0 ? ']' : '}');
        QVERIFY2(checkJson(text).ok(), text.constData());
        QVERIFY2(qtAccepts(text), text.constData());
    }
}

void TestJson::agreesWithQJsonDocumentOnDamagedDocuments()
{
    Generator generator(6455);
    int refused = 0;
    for (int round = 0; round < 10000; ++round) {
        QByteArray text = generator.container(2, '{', '}');
        for (int i = 1 + generator.below(2); i > 0; --i) {
            const int place = generator.below(int(text.size()));
            switch (generator.below(3)) {
            case 0:
                text.remove(place, 1);
                break;
            case 1:
                text.insert(place, generator.pick({",", ":", "{", "]", "\"", "\\", "0", "-", ".", "e", " "}));
                break;
            default:
                text[place] = text[generator.below(int(text.size()))];
                break;
            }
            if (text.isEmpty())
                text = " ";
        }
        const bool ours = checkJson(text, 100).ok();
        const bool theirs = qtAccepts(text);
        refused += ours ? 0 : 1;
        if (ours == theirs)
            continue;
        const bool isHalved = !ours && checkJson(text, 100).error().code == JsonError::LoneSurrogate;
        const bool known = ours ? isBeyondQt(text) || !(text.startsWith('{') || text.startsWith('['))
                                : isHalved || isLeniencyOfQt(text);
        QVERIFY2(known, text.constData());
    }
    QVERIFY(refused > 3000);
}

void TestJson::walksMembers()
{
    QByteArrayList seen;
    const auto note = [&seen](QByteArrayView key, QByteArrayView value) {
        seen.append(key.toByteArray() + '=' + value.toByteArray());
        return true;
    };
    QVERIFY(forEachMember(R"( { "a" : 1 , "b\"c":"}\",{", "":[1,{"x":"]"}],"d":{"e":null} ,"f":true} )", note));
    QCOMPARE(seen, (QByteArrayList{"a=1", "b\\\"c=\"}\\\",{\"", "=[1,{\"x\":\"]\"}]", "d={\"e\":null}", "f=true"}));
    seen.clear();
    QVERIFY(forEachMember("{}", note));
    QVERIFY(forEachMember("{ }", note));
    for (const char *other : {"[]", "1", "\"{}\"", "", "null"})
        QVERIFY(!forEachMember(other, note));
    QVERIFY(seen.isEmpty());
}

void TestJson::walksElements()
{
    QByteArrayList seen;
    const auto note = [&seen](QByteArrayView value) {
        seen.append(value.toByteArray());
        return true;
    };
    QVERIFY(forEachElement(R"([ 1 ,"]", [2,[3]],{"a":[]}, null,-1e5])", note));
    QCOMPARE(seen, (QByteArrayList{"1", "\"]\"", "[2,[3]]", "{\"a\":[]}", "null", "-1e5"}));
    seen.clear();
    QVERIFY(forEachElement("[ ]", note));
    QVERIFY(!forEachElement("{}", note));
    QVERIFY(!forEachElement("", note));
    QVERIFY(seen.isEmpty());
}

void TestJson::stopsWalkingWhenTold()
{
    int calls = 0;
    QVERIFY(!forEachElement("[1,2,3]", [&calls](QByteArrayView) { return ++calls < 2; }));
    QVERIFY(
        !forEachMember("{\"a\":1,\"b\":2,\"c\":3}", [&calls](QByteArrayView, QByteArrayView) { return ++calls < 4; }));
    QCOMPARE(calls, 4);
}

void TestJson::walkingDamagedTextEnds()
{
    Generator generator(1);
    for (int round = 0; round < 10000; ++round) {
        QByteArray text(1, round % 2 == 0 ? '{' : '[');
        for (int i = generator.below(12); i > 0; --i)
            text += generator.pick({"{", "}", "[", "]", "\"", "\\", ":", ",", " ", "a", "1"});
        int calls = 0;
        const auto count = [&calls](QByteArrayView value) {
            return !value.isEmpty() ? ++calls < 100 : (calls = 100) == 0;
        };
        (void)forEachMember(text, [&count](QByteArrayView, QByteArrayView value) { return count(value); });
        (void)forEachElement(text, count);
        QVERIFY(calls < 100);
        (void)jsonMember(text, "a");
        (void)jsonString(text);
    }
}

void TestJson::findsMembers_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QByteArray>("value"); // null: absent
    QTest::newRow("absent") << QByteArray("{\"b\":1}") << QByteArray();
    QTest::newRow("there") << QByteArray("{\"b\":1,\"key\":[2]}") << QByteArray("[2]");
    QTest::newRow("the first") << QByteArray("{\"key\":1,\"key\":2}") << QByteArray("1");
    QTest::newRow("not deeper") << QByteArray("{\"b\":{\"key\":1}}") << QByteArray();
    QTest::newRow("not in a string") << QByteArray("{\"b\":\"\\\"key\\\":1\"}") << QByteArray();
    QTest::newRow("written with escapes") << QByteArray("{\"\\u006bey\":1}") << QByteArray("1");
    QTest::newRow("other case") << QByteArray("{\"Key\":1}") << QByteArray();
    QTest::newRow("no object") << QByteArray("[\"key\"]") << QByteArray();
}

void TestJson::findsMembers()
{
    QFETCH(QByteArray, object);
    QFETCH(QByteArray, value);
    const QByteArrayView found = jsonMember(object, "key");
    QCOMPARE(found.isNull(), value.isNull());
    QCOMPARE(found.toByteArray(), value);
}

void TestJson::decodesStrings_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("text"); // null: nullopt
    QTest::newRow("empty") << QByteArray("\"\"") << QByteArray("");
    QTest::newRow("plain") << QByteArray("\"a longer plain text\"") << QByteArray("a longer plain text");
    QTest::newRow("escapes") << QByteArray(R"("\"\\\/\b\f\n\r\t")") << QByteArray("\"\\/\b\f\n\r\t");
    QTest::newRow("1, 2, 3 bytes") << QByteArray(R"("\u0041\u00e9\u20AC")") << QByteArray("A\xC3\xA9\xE2\x82\xAC");
    QTest::newRow("pair") << QByteArray(R"("\ud83d\ude00!")") << QByteArray("\xF0\x9F\x98\x80!");
    QTest::newRow("highest pair") << QByteArray(R"("\udbff\udfff")") << QByteArray("\xF4\x8F\xBF\xBF");
    QTest::newRow("NUL") << QByteArray(R"("a\u0000b")") << QByteArray("a\0b", 3);
    QTest::newRow("UTF-8") << QByteArray("\"\xE2\x82\xAC\"") << QByteArray("\xE2\x82\xAC");
    for (const char *value : {"", "\"", "1", "null", "{}", R"("\ud800")", R"("\ud800x")", R"("\ud800\n")",
                              R"("\ud800\u0041")", R"("\ud800\ud800")", R"("\udc00")", R"("\u12")", R"("\x")", R"("\)"})
        QTest::newRow(qPrintable(QString::fromLatin1(value) + u" refused"_s)) << QByteArray(value) << QByteArray();
}

void TestJson::decodesStrings()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, text);
    QCOMPARE(jsonString(value).has_value(), !text.isNull());
    QCOMPARE(jsonString(value).value_or(QByteArray()), text);
}

void TestJson::quotesWhatQJsonDocumentReads()
{
    QByteArray all;
    for (char c = 0; c >= 0 && c < 0x7F; ++c)
        all += c;
    all += "\x7F\xE2\x82\xAC\xF0\x9F\x98\x80 end";
    const QByteArray quoted = jsonQuoted(all);
    QVERIFY(checkJson(quoted).ok());
    QCOMPARE(jsonString(quoted).value_or(QByteArray()), all);
    const QByteArray wrapped = '[' + quoted + ']';
    QCOMPARE(QJsonDocument::fromJson(wrapped).array().at(0).toString(), QString::fromUtf8(all));
    QCOMPARE(jsonQuoted({}), QByteArray("\"\""));
    QByteArray out = "x";
    appendJsonQuoted(out, "y\"");
    QCOMPARE(out, QByteArray("x\"y\\\"\""));
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
