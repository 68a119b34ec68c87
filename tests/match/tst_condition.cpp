// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/condition.h"

#include "messages.h"

#include <QTest>

using namespace glasshouse;
using namespace glasshouse::messages;
using namespace Qt::StringLiterals;

namespace {

using Message = MatchedMessage (*)();

void addFoundRow(const char *words, Message message, Found found)
{
    QTest::addRow("%s", words) << QString::fromUtf8(words) << message().number << message << found;
}

void addColumns()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<quint64>("number");
    QTest::addColumn<Message>("message");
    QTest::addColumn<Found>("found");
}

void addRows(Message message, Found found, std::initializer_list<const char *> words)
{
    for (const char *one : words)
        addFoundRow(one, message, found);
}

MatchedMessage broken()
{
    MatchedMessage message = chat();
    message.isBroken = true;
    message.isError = true;
    return message;
}

MatchedMessage binary()
{
    MatchedMessage message = text(QByteArrayView("\x00\xff\xfe{\"data\":{\"x\":1}}", 19));
    message.opcode = quint8(Opcode::Binary);
    return message;
}

MatchedMessage batch() { return text(R"([{"type":"a","data":{"x":1}},{"type":"b","data":{"x":2}}])"); }

} // namespace

Q_DECLARE_METATYPE(Message)

class TestCondition : public QObject
{
    Q_OBJECT
private slots:
    void asksForFields_data();
    void asksForFields() { compare(); }
    void asksForJson_data();
    void asksForJson() { compare(); }
    void asksForTimes_data();
    void asksForTimes() { compare(); }
    void asksForAnswers_data();
    void asksForAnswers() { compare(); }
    void joins_data();
    void joins() { compare(); }
    void knowsWhatItDoesNotKnow_data();
    void knowsWhatItDoesNotKnow() { compare(); }
    void searchesForPlainText_data();
    void searchesForPlainText();
    void saysWhatItAsksFor_data();
    void saysWhatItAsksFor();
    void asksForTheDearestLast();
    void asksForNoTimeInVain();
    void stopsWhenAsked();
    void hasParts_data();
    void hasParts();
    void excludesWhatItMeant_data();
    void excludesWhatItMeant();
    void saysWhatIsSought_data();
    void saysWhatIsSought();
    void isAValue();

private:
    static void compare();
};

void TestCondition::compare()
{
    QFETCH(QString, words);
    QFETCH(Message, message);
    const auto read = Condition::read(words);
    QVERIFY2(read, faultOf(read).constData());
    QTEST(read.value().find(message(), never), "found");
    // However it is written out, it says the same.
    const auto again = Condition::read(read.value().words());
    QVERIFY2(again, (read.value().words().toUtf8() + faultOf(again)).constData());
    QCOMPARE(again.value().words(), read.value().words());
    QVERIFY(again.value() == read.value());
    QTEST(again.value().find(message(), never), "found");
}

void TestCondition::asksForFields_data()
{
    addColumns();
    addRows(chat, Found::Yes,
            {"type == \"chat\"",
             "type == chat",
             "type = chat",
             "TYPE == chat",
             "type == 'chat'",
             "type != move",
             "type in (chat, \"move\")",
             "type in chat",
             "type not in (move, state)",
             "type contains HA",
             "type ~ /^c.*t$/",
             "type ~ \"^CHAT$\"",
             "has type",
             "player == Ada",
             "from == \"Ada\"",
             "to != Ada",
             "room == main",
             "room in (K7QF, main)",
             "connection == 7",
             "connection == #7",
             "#7",
             "connection in (3, 7)",
             "connection > 6",
             "connection != 8",
             "way == in",
             "way != out",
             "way in (in, out)",
             "way == IN",
             "opcode == text",
             "opcode in (text, binary)",
             "kind == message",
             "kind != control",
             "size > 100",
             "size < 1 KiB",
             "size<1KiB",
             "size < 1k",
             "size >= 0.1 kB",
             "size != 0",
             "number == 12",
             "number >= 12",
             "number <= 12",
             "not error",
             "!broken",
             "not omitted",
             "text contains \"hello world\"",
             "text ~ /hello.world/",
             "\"HELLO\"",
             "/h[e]llo/",
             "has text",
             "has size",
             "has time",
             "has connection",
             "text != \"\""});
    addRows(chat, Found::No,
            {"type == Chat",
             "type == \"cha\"",
             "type == \"chatt\"",
             "type != chat",
             "type not in (chat, move)",
             "type ~ /^c$/",
             "player == ada",
             "to == Ada",
             "has to",
             "room == Main",
             "connection == 8",
             "#70",
             "way == out",
             "opcode == ping",
             "kind == control",
             "kind == event",
             "size > 10 MB",
             "size == 1",
             "number > 12",
             "number < 12",
             "error",
             "broken",
             "omitted",
             "\"goodbye\"",
             "text == \"Hello\""});
    addRows(outgoing, Found::Yes, {"to == Ada", "player == Ada", "way == out", "from != Ada", "json.seq == 12"});
    addRows(outgoing, Found::No, {"from == Ada", "has from", "way == in"});
    addRows(ping, Found::Yes,
            {"type != chat", "type == \"\"", "not has type", "kind == control", "opcode == ping", "size == 5",
             "text == hello", "not opcode == pong"});
    addRows(ping, Found::No, {"type == chat", "has type", "type in (a, b)", "kind == message", "text == HELLO"});
    addRows(eventRow, Found::Yes,
            {"kind == event", "way != in", "opcode != continuation", "not size >= 0", "json.room == main",
             "player == Ada", "from != Ada", "to != Ada", "connection == 7", "not has size", "\"main\""});
    addRows(eventRow, Found::No,
            {"way == in", "way == out", "opcode == continuation", "size >= 0", "size < 9", "from == Ada",
             "kind == message"});
    addRows(broken, Found::Yes, {"broken", "error", "error and broken", "error && type == chat"});
    addRows(nobodys, Found::Yes, {"player != Ada", "not has player", "room == ''", "player not in (Ada, Bob)"});
    addRows(nobodys, Found::No, {"player == Ada", "room == main", "has room", "from contains a", "player ~ /./"});
}

void TestCondition::asksForJson_data()
{
    addColumns();
    addRows(chat, Found::Yes,
            {"data.x > 300",
             "data.x>300",
             "data.x == 301",
             "data.x == 301.0",
             "data.x == 3.01e2",
             "data.x in (1, 301)",
             "data.x != 5",
             "data.x != \"301\"",
             "json.x == 5",
             "json.data.x == 301",
             "data.y < 0",
             "data.y >= -0.5",
             "data.ok == true",
             "data.ok != false",
             "data.no == null",
             "has data.no",
             "data[\"odd key\"] == \"o\"",
             "data['odd key'] == o",
             "data.list[2].name == \"x\"",
             "data.list[*].name == b",
             "data.list[*].n > 2",
             "data.list[*].n <= 1",
             "has data.list[2]",
             "not has data.list[3]",
             "data.big == 9007199254740993",
             "data.big > 9007199254740992",
             "data.big < 9007199254740994",
             "data.big in (9007199254740993)",
             "data.text == \"Hello World\"",
             "data.text contains hello",
             "data.text ~ /^hello .*d$/",
             "data.esc == \"tab\\there A\\u{1F600}\"",
             "data.esc contains \"here A\"",
             "data.esc ~ /\\t/",
             "data.list contains name",
             "data.x contains 30",
             "data.x ~ /^3/",
             "data[\"x.y\"] != 1",
             "has data",
             "has json",
             "json.type == chat",
             "data.missing != 3",
             "not data.missing == 3",
             "not data.missing > 3",
             "data.x not in (1, 2)",
             "data.text != null",
             "json.id == q1"});
    addRows(chat, Found::No,
            {"data.x > 301",
             "data.x == \"301\"",
             "data.x == 302",
             "data.x < 301",
             "data.ok == \"true\"",
             "data.ok == false",
             "data.no == \"null\"",
             "data.no == 0",
             "data.missing == null",
             "has data.missing",
             "data.missing == 3",
             "data.missing < 3",
             "data.missing >= 3",
             "data.big == 9007199254740992",
             "data.big > 9007199254740993",
             "data.big <= 9007199254740992",
             "data.text > 3",
             "data.text == \"hello world\"",
             "data.text == Hello",
             "data.list == 3",
             "data.list.name == x",
             "data.list[3].name == x",
             "data.list[0].name == x",
             "data.list[*].name == c",
             "data.list[*].name != b",
             "data.x.y == 1",
             "data.text[0] == H",
             "data == 1",
             "data.esc contains \"\\\\t\"",
             "json.data.list[*].n > 3"});
    addRows(binary, Found::No, {"data.x == 1", "has data", "has json.data", "has json"});
    addRows(batch, Found::Yes, {"json[*].data.x == 2", "json[0].type == a", "json[*].type == b", "has json[1]"});
    addRows(batch, Found::No, {"data.x == 1", "json[*].data.x == 3", "json[2].type == a"});
}

void TestCondition::asksForTimes_data()
{
    addColumns();
    addRows(chat, Found::Yes, // 2026-11-30 11:57:41.204
            {"time > 11:57:41.2", "time > 11:57", "time >= 11:57:41.204", "time == 11:57:41.204", "time in 11:57",
             "time in 11:57:41", "time in (10:00, 11:57)", "time not in 11:58", "time < 11:58", "time <= 12:00",
             "time > 2026-11-30T11:57:41.2", "time > 2026-11-30 11:57:41.2", "time > 2026-11-30", "time in 2026-11-30",
             "time < 2026-12-01", "time != 11:57", "time > 2026-11-29 23:59 && time < 2026-11-30 11:58",
             "time > \"2026-11-30 11:57\"", "time > 1:00"});
    addRows(chat, Found::Yes, {"time in 2026-11-30 11", "time in (2026-11-29 11, 2026-11-30 11)"});
    addRows(chat, Found::No,
            {"time < 11:57:41.2", "time == 11:57", "time in 11:58", "time > 11:58", "time in 2026-11-29",
             "time > 2026-12-01", "time >= 11:57:41.205", "time in (10:00, 12:00)"});
}

void TestCondition::joins_data()
{
    addColumns();
    addRows(chat, Found::Yes,
            {"type == chat && size > 100 && from == Ada",
             "type == chat and size > 100 AND from == Ada",
             "type == move || type == chat",
             "type == move or way == in",
             "type == move && way == out || #7",
             "#7 || type == move && way == out",
             "(type == move || type == chat) && #7",
             "not (type == move || #8)",
             "!(type == move) && !(error)",
             "not not #7",
             "!!#7",
             "not not not error",
             "((((#7))))",
             "hello && type == chat",
             "type == chat && hello",
             "\"hello\" and not goodbye",
             "hello || goodbye",
             "(hello || goodbye) && has data.x",
             "not has data.q && has data.x",
             "/h.llo/ && size > 3"});
    addRows(chat, Found::No,
            {"type == move && way == out || #8", "type == chat && (#8 || error)", "not #7", "!#7", "not not error",
             "not (#7 || error)", "hello && goodbye", "goodbye || error", "!hello && #7"});
}

void TestCondition::knowsWhatItDoesNotKnow_data()
{
    addColumns();
    addRows(omitted, Found::NotToTheEnd,
            {"\"x\"", "not \"x\"", "data.x > 3", "data.x != 3", "not data.x > 3", "has data.x", "text == \"\"",
             "has text", "type == move && \"x\"", "type == chat || \"x\"", "\"x\" && data.x == 1",
             "not (\"x\" || type == chat)", "not (\"x\" && type == move)", "(\"x\" && #7) || error"});
    addRows(omitted, Found::Yes,
            {"omitted", "type == move", "size == 5000", "type == move || \"x\"", "\"x\" || type == move",
             "not (\"x\" && type == chat)", "omitted && way == in"});
    addRows(omitted, Found::No,
            {"type == chat && \"x\"", "\"x\" && type == chat", "not (\"x\" || type == move)", "\"x\" && not omitted"});
}

void TestCondition::searchesForPlainText_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("searched"); // empty: it is a condition
    const auto plain = [](const char *words) {
        QTest::addRow("%s", words) << QString::fromUtf8(words) << QString::fromUtf8(words).trimmed();
    };
    for (const char *words : {"hello",
                              "hello world",
                              "  hello  ",
                              "type",
                              "size",
                              "data.x",
                              "hello and world",
                              "not found",
                              "not",
                              "has",
                              "or",
                              "in",
                              "salt or pepper",
                              "from here on",
                              "time flies",
                              "error in line 5",
                              "errors",
                              "error!",
                              "size matters",
                              "{\"type\":\"move\",\"data\":{\"x\":1}}",
                              "\"type\":\"move\"",
                              "\"hello",
                              "'tis",
                              "don't",
                              "/hello",
                              "/api/x",
                              "a/b",
                              "#7 Ada",
                              "#x",
                              "#",
                              "(hello)",
                              "(",
                              ")",
                              ":)",
                              "()",
                              "[1,2]",
                              "{",
                              "a, b",
                              "!important",
                              "!",
                              "a=b",
                              "a = b",
                              "5 > 3",
                              "<div>",
                              "->",
                              "x->y",
                              "\"a\" b",
                              "\"a\" == b",
                              "/a/b/",
                              "what?",
                              "100%",
                              "a & b",
                              "a | b",
                              "has hello",
                              "not has hello",
                              "&",
                              "~",
                              "Grün",
                              "\xf0\x9f\x98\x80",
                              "data[\"x",
                              "\\",
                              "\"a\\qb\"",
                              "text",
                              "7",
                              "11:57",
                              "12 KiB",
                              "contains",
                              "json",
                              "data[0]",
                              "broken glass",
                              "\"it's\" \"so\""})
        plain(words);
    for (const char *words : {"error",     "not error",   "(error)",         "!error",      "error and warning",
                              "\"hello\"", "\"a\" and b", "/hello/",         "#7",          "a && b",
                              "a || b",    "type == x",   "type=x",          "type in (a)", "has type",
                              "x && size", "data.x == 1", "type contains x", "not #7",      "(\"a\")"})
        QTest::addRow("%s", words) << QString::fromUtf8(words) << QString();
}

void TestCondition::searchesForPlainText()
{
    QFETCH(QString, words);
    QFETCH(QString, searched);
    const auto read = Condition::read(words);
    const bool isPlain = read && !searched.isEmpty();
    if (!searched.isEmpty()) {
        QVERIFY(isPlain);
        const QByteArray payload = "..." + searched.toUpper().toUtf8() + "...";
        QCOMPARE(read.value().find(text(payload), never), Found::Yes);
        QCOMPARE(read.value().find(text(payload.chopped(4)), never), Found::No);
        QCOMPARE(read.value().parts().size(), 1);
        QVERIFY(read.value().asksForContent());
        QCOMPARE(Condition::read(read.value().words()).value(), read.value());
    } else if (read) {
        QCOMPARE(read.value().find(text(words.toUtf8()), never) == Found::Yes
                     && read.value().words() == u'"' + words + u'"',
                 false);
    } // else it is a condition, and a wrong one
}

void TestCondition::asksForAnswers_data()
{
    addColumns();
    addRows(pong, Found::Yes,
            {"answer > 50 ms", "answer > 50ms", "answer > 50", "answer < 52", "answer == 51.3 ms", "answer == 51300 us",
             "answer == 51300US", "answer >= 0.0513 s", "answer <= 0.01 min", "answer in (3 s, 51.3 ms)",
             "answer not in (51 ms, 51.4)", "answer != 51", "has answer",
             "opcode == pong and answer > 50 ms and answer < 1 min", "answer > 50 ms or error"});
    addRows(pong, Found::No, {"answer > 1.5 s", "answer > 51.3 ms", "answer == 51", "not has answer", "answer > 60"});
    for (const Message none : {ping, latePong, eventRow}) {
        addRows(none, Found::Yes, {"answer != 3", "answer not in (3, 4)", "not has answer", "not answer > 3"});
        addRows(none, Found::No, {"answer == 3", "answer > 0", "answer < 1 min", "has answer", "answer in (0, 1)"});
    }
}

void TestCondition::saysWhatItAsksFor_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("content");
    QTest::addColumn<bool>("players");
    QTest::addColumn<bool>("answers");
    const auto row = [](const char *words, bool content, bool players, bool answers = false) {
        QTest::addRow("%s", words) << QString::fromUtf8(words) << content << players << answers;
    };
    row("answer > 3", false, false, true);
    row("type == x || not (has answer)", false, false, true);
    row("type == x && size > 3 && #7 && way == in && not error && time > 11:57", false, false);
    row("opcode == text || kind == event || broken || omitted || number > 3", false, false);
    row("player == x", false, true);
    row("not (type == x || from == x)", false, true);
    row("to == x", false, true);
    row("room == x", false, true);
    row("hello", true, false);
    row("type == x || text ~ /x/", true, false);
    row("not data.x > 3", true, false);
    row("has json.x and room == main", true, true);
}

void TestCondition::saysWhatItAsksFor()
{
    QFETCH(QString, words);
    const Condition condition = Condition::read(words).value();
    QTEST(condition.asksForContent(), "content");
    QTEST(condition.asksForPlayers(), "players");
    QTEST(condition.asksForAnswers(), "answers");
}

void TestCondition::asksForTheDearestLast()
{
    const Players players("Bob", "main");
    MatchedMessage message = chat();
    message.context.players = &players;
    const auto asked = [&](const char *words) {
        players.asked = 0;
        [[maybe_unused]] const Found found = find(QString::fromLatin1(words), message);
        return players.asked;
    };
    QCOMPARE(asked("from == Bob && type == move"), 0);
    QCOMPARE(asked("from == Bob || type == chat"), 0);
    QCOMPARE(asked("from == Bob && type == chat"), 1);
    QCOMPARE(asked("to == Bob"), 0); // it came in
    QCOMPARE(asked("\"hello\" && room == other"), 1);
}

void TestCondition::asksForNoTimeInVain()
{
    const auto asked = [](const char *words, const MatchedMessage &message) {
        const int before = messages::times.asked;
        [[maybe_unused]] const Found found = find(QString::fromLatin1(words), message);
        return messages::times.asked - before;
    };
    QCOMPARE(asked("answer > 3 && opcode == pong", pong()), 1);
    QCOMPARE(asked("answer > 3 && opcode == ping", pong()), 0);
    QCOMPARE(asked("answer > 3", ping()), 0);
    QCOMPARE(asked("opcode == pong && time > 11:57", pong()), 0);
}

void TestCondition::stopsWhenAsked()
{
    const std::atomic<bool> stop = true;
    for (const char *words : {"hello", "type == chat", "not hello", "hello || goodbye", "data.x > 3"})
        QCOMPARE(Condition::read(QString::fromLatin1(words)).value().find(chat(), stop), Found::NotToTheEnd);
}

void TestCondition::hasParts_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("one") << u"type=chat"_s << QStringList{u"type == \"chat\""_s};
    QTest::newRow("text") << u"hello world"_s << QStringList{u"\"hello world\""_s};
    QTest::newRow("some") << u"#7 and type != chat && data.x>3 && (error || broken)"_s
                          << QStringList{u"#7"_s, u"type != \"chat\""_s, u"data.x > 3"_s, u"error || broken"_s};
    QTest::newRow("nested") << u"(#7 && error) && (broken && (hello && has json.data.x))"_s
                            << QStringList{u"#7"_s, u"error"_s, u"broken"_s, u"\"hello\""_s, u"has data.x"_s};
    QTest::newRow("or") << u"#7 || error && broken"_s << QStringList{u"#7 || error && broken"_s};
    QTest::newRow("not") << u"not (#7 && error)"_s << QStringList{u"not (#7 && error)"_s};
    QTest::newRow("values") << u"size > 2048 && size < 1.5KiB && time > 9:00:00 && way = OUT && #007"_s
                            << QStringList{u"size > 2 KiB"_s, u"size < 1536"_s, u"time > 9:00:00"_s, u"way == out"_s,
                                           u"#7"_s};
    QTest::newRow("expressions") << u"/a\\d/ && text ~ \"x/y\" && type ~ 'z'"_s
                                 << QStringList{u"/a\\d/"_s, u"text ~ \"x/y\""_s, u"type ~ /z/"_s};
}

void TestCondition::hasParts()
{
    QFETCH(QString, words);
    QFETCH(QStringList, parts);
    const Condition whole = Condition::read(words).value();
    QStringList written;
    for (const Condition &part : whole.parts())
        written += part.words();
    QCOMPARE(written, parts);
    QCOMPARE(Condition::all(whole.parts()).value(), whole);
}

void TestCondition::excludesWhatItMeant_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("excluded");
    QTest::newRow("==") << u"type == chat"_s << u"type != \"chat\""_s;
    QTest::newRow("!=") << u"type != chat"_s << u"type == \"chat\""_s;
    QTest::newRow("in") << u"type in (a, b)"_s << u"type not in (\"a\", \"b\")"_s;
    QTest::newRow("connection") << u"#7"_s << u"connection != 7"_s;
    QTest::newRow("what has no opposite") << u"data.x > 3"_s << u"not data.x > 3"_s;
    QTest::newRow("text") << u"hello"_s << u"not \"hello\""_s;
    QTest::newRow("not") << u"not \"hello\""_s << u"\"hello\""_s;
    QTest::newRow("several") << u"error && #7"_s << u"not (error && #7)"_s;
}

void TestCondition::excludesWhatItMeant()
{
    QFETCH(QString, words);
    const Condition condition = Condition::read(words).value();
    const Condition excluded = condition.excluded().value();
    QTEST(excluded.words(), "excluded");
    QCOMPARE(excluded.excluded().value(), condition);
    for (const Message message : std::initializer_list<Message>{chat, outgoing, ping, eventRow, broken, nobodys})
        QVERIFY(condition.find(message(), never) != excluded.find(message(), never));
    QCOMPARE(condition.find(omitted(), never) == Found::NotToTheEnd,
             excluded.find(omitted(), never) == Found::NotToTheEnd);
}

void TestCondition::saysWhatIsSought_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("text") << u"hello"_s << QStringList(u"hello"_s);
    QTest::newRow("both") << u"\"a\" && (data.x contains b || type == c)"_s << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("not there") << u"not \"a\" && not (text ~ /b/ || \"c\")"_s << QStringList();
    QTest::newRow("no payload") << u"type contains a && from == Ada"_s << QStringList();
}

void TestCondition::saysWhatIsSought()
{
    QFETCH(QString, words);
    QFETCH(QStringList, texts);
    QList<Expression> sought;
    for (const QString &text : texts)
        sought << Expression::text(text).value();
    QCOMPARE(Condition::read(words).value().sought(), sought);
}

void TestCondition::isAValue()
{
    Condition one = Condition::read(u"#7"_s).value();
    const Condition other = one;
    one = Condition::read(u"#8"_s).value();
    QCOMPARE(other.find(chat(), never), Found::Yes);
    QCOMPARE(one.find(chat(), never), Found::No);
    QVERIFY(!(one == other));
    QCOMPARE(other, Condition::read(u"( connection = #7 )"_s).value());
    QVERIFY(!Condition::all({}));
}

QTEST_GUILESS_MAIN(TestCondition)
#include "tst_condition.moc"
