// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditionbuilder.h"
#include "match/conditiontext.h"

#include "messages.h"

#include <QTest>

using namespace glasshouse;
using namespace glasshouse::messages;
using namespace Qt::StringLiterals;

namespace {

/// Texts as strangers send them.
void addTexts()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"chat"_s;
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("quotes") << u"say \"hello\" and 'good bye'"_s;
    QTest::newRow("backslashes") << u"C:\\new\\\\"_s;
    QTest::newRow("quote behind a backslash") << u"\\\""_s;
    QTest::newRow("looks like an escape") << u"\\n\\u{202E}\\u0041"_s;
    QTest::newRow("lines") << u"a\nb\r\nc\td"_s;
    QTest::newRow("a condition") << u"x\" || error || type == \"y"_s;
    QTest::newRow("keywords") << u"and"_s;
    QTest::newRow("slashes") << u"/a/b/"_s;
    QTest::newRow("parentheses") << u"((["_s;
    QTest::newRow("turned around") << u"abc\u202Edef"_s;
    QTest::newRow("not seen") << u"a\u200Bb\u2028c\u00ADd\uFEFF"_s;
    QTest::newRow("tags") << QString::fromUcs4(U"a\U000E0041\U000E007Fb");
    QTest::newRow("NUL") << QString(u"a"_s + QChar(0) + u'b');
    QTest::newRow("all controls") << [] {
        QString all;
        for (char16_t c = 0; c < 0xA0; ++c)
            all += QChar(c);
        return all;
    }();
    QTest::newRow("emoji") << u"👩‍🚀 ß"_s;
    QTest::newRow("half of a pair") << QString(u"a"_s + QChar(0xD83D) + u'b');
    QTest::newRow("the other half") << QString(u"a"_s + QChar(0xDE00) + u'b');
    QTest::newRow("halves the wrong way round") << QString(QString(QChar(0xDE00)) + QChar(0xD83D));
    QTest::newRow("a half at the end") << QString(u"a"_s + QChar(0xD83D));
    QTest::newRow("a half before a pair") << QString(QString(QChar(0xD83D)) + u"😀"_s);
    QTest::newRow("no character") << QString(QChar(0xFFFF));
    QTest::newRow("blanks") << u"  a  "_s;
    QTest::newRow("long") << QString(900, u'"');
}

} // namespace

class TestConditionBuilder : public QObject
{
    Q_OBJECT
private slots:
    void quotesAnyText_data() { addTexts(); }
    void quotesAnyText();
    void readsWhatItWrites_data() { addTexts(); }
    void readsWhatItWrites();
    void quotesAnyKey_data() { addTexts(); }
    void quotesAnyKey();
    void compares_data();
    void compares();
    void comparesJson_data();
    void comparesJson();
    void narrowsOnce();
    void readsEscapes_data();
    void readsEscapes();
};

void TestConditionBuilder::quotesAnyText()
{
    QFETCH(QString, text);
    const QString quoted = quotedText(text);
    const auto read = readQuoted(quoted + u"\"behind it"_s);
    QVERIFY(read);
    QCOMPARE(read->text, text);
    QCOMPARE(read->length, quoted.size());
    for (const QChar c : quoted)
        QVERIFY(c >= u' ' && c != QChar(0x7F) && c != QChar(0x202E));
}

void TestConditionBuilder::readsWhatItWrites()
{
    QFETCH(QString, text);
    using Field = ConditionField;
    const auto made = {comparison(Field::Type, text), comparison(Field::Room, text, ConditionOperator::In),
                       comparison(Field::Player, text, ConditionOperator::Unequal),
                       comparison(Field::Text, text, ConditionOperator::Contains), comparison(Field::Data, text)};
    for (const auto &condition : made) {
        QVERIFY(condition);
        const auto again = Condition::read(condition.value().words());
        QVERIFY2(again, qPrintable(condition.value().words()));
        QCOMPARE(again.value(), condition.value());
        QCOMPARE(again.value().parts().size(), 1);
    }
    if (!text.isValidUtf16())
        return;
    const QByteArray bytes = text.toUtf8();
    QCOMPARE(made.begin()->value().find(messages::text("{}", bytes), never), Found::Yes);
    QCOMPARE((made.begin() + 3)->value().find(messages::text("..." + bytes + "..."), never), Found::Yes);
    QCOMPARE(made.begin()->value().find(messages::text("{}", bytes + "x"), never), Found::No);
}

void TestConditionBuilder::quotesAnyKey()
{
    QFETCH(QString, text);
    const JsonPath path({{JsonPath::Step::Kind::Member, u"data"_s}, {JsonPath::Step::Kind::Member, text}});
    const auto made = comparison(path, "7");
    QVERIFY(made);
    const auto again = Condition::read(made.value().words());
    QVERIFY2(again, qPrintable(made.value().words()));
    QCOMPARE(again.value(), made.value());
}

void TestConditionBuilder::compares_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("op");
    QTest::addColumn<QString>("words");
    using Field = ConditionField;
    using Operator = ConditionOperator;
    const auto row = [](Field field, Operator op, const QString &value, const QString &words) {
        QTest::newRow(qPrintable(words)) << int(field) << value << int(op) << words;
    };
    row(Field::Type, Operator::Equal, u"chat"_s, u"type == \"chat\""_s);
    row(Field::Type, Operator::NotIn, u"chat"_s, u"type not in (\"chat\")"_s);
    row(Field::Connection, Operator::Equal, u"7"_s, u"#7"_s);
    row(Field::Number, Operator::AtLeast, u"1200"_s, u"number >= 1200"_s);
    row(Field::Way, Operator::Equal, u"in"_s, u"way == in"_s);
    row(Field::Time, Operator::AtMost, u"2026-11-30T11:57:41.204051Z"_s, u"time <= 2026-11-30T11:57:41.204051Z"_s);
    row(Field::Error, Operator::Equal, {}, u"error"_s);
    row(Field::Text, Operator::Fits, u"a.b"_s, u"/a.b/"_s);
    row(Field::Size, Operator::More, u"4096"_s, u"size > 4 KiB"_s);
}

void TestConditionBuilder::compares()
{
    QFETCH(int, field);
    QFETCH(QString, value);
    QFETCH(int, op);
    const auto made = comparison(ConditionField(field), value, ConditionOperator(op));
    QVERIFY(made);
    QTEST(made.value().words(), "words");
}

void TestConditionBuilder::comparesJson_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("words");
    const auto row = [](const QString &path, const char *json, const QString &words) {
        QTest::newRow(qPrintable(words)) << path << QByteArray(json) << words;
    };
    row(u".data.x"_s, "301", u"data.x == 301"_s);
    row(u".data.x"_s, "9007199254740993.000", u"data.x == 9007199254740993.000"_s);
    row(u".data.name"_s, R"("a \"b\" \u0041")", u"data.name == \"a \\\"b\\\" A\""_s);
    row(u".data.name"_s, R"("true")", u"data.name == \"true\""_s);
    row(u".data.ok"_s, "true", u"data.ok == true"_s);
    row(u".data.no"_s, "null", u"data.no == null"_s);
    row(u".data.list"_s, "[1,2]", u"has data.list"_s);
    row(u".seq"_s, "12", u"json.seq == 12"_s);
    row(u"[0].type"_s, R"("a")", u"json[0].type == \"a\""_s);
    row(u""_s, "7", u"json == 7"_s);
}

void TestConditionBuilder::comparesJson()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, json);
    const auto made = comparison(JsonPath::read(path).value(), json);
    QVERIFY(made);
    QTEST(made.value().words(), "words");
}

void TestConditionBuilder::narrowsOnce()
{
    const auto read = [](const QString &words) { return Condition::read(words).value(); };
    const Condition connection = narrowed({}, read(u"#7"_s)).value();
    const Condition both = narrowed(connection, read(u"type == chat"_s)).value();
    QCOMPARE(both.words(), u"#7 && type == \"chat\""_s);
    QCOMPARE(narrowed(both, read(u"connection == 7"_s)).value(), both);
    QCOMPARE(narrowed(both, read(u"error && type==chat"_s)).value().words(), u"#7 && type == \"chat\" && error"_s);
    QCOMPARE(narrowed(read(u"error || #7"_s), connection).value().words(), u"(error || #7) && #7"_s);
    QVERIFY(!narrowed(both, Condition::read(u"type == \""_s + QString(3970, u'x') + u'"').value()));
}

void TestConditionBuilder::readsEscapes_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("text");
    QTest::newRow("all") << u"\"\\\"\\'\\\\\\/\\n\\r\\t\""_s << u"\"'\\/\n\r\t"_s;
    QTest::newRow("single") << u"'a\"b\\'c'"_s << u"a\"b'c"_s;
    QTest::newRow("units") << u"\"\\u0041\\uD83D\\uDE00\""_s << u"A😀"_s;
    QTest::newRow("code points") << u"\"\\u{41}\\u{1F600}\\u{0}\""_s << QString(u"A😀"_s + QChar(0));
    for (const char *wrong : {"\"\\", "\"\\q\"", "\"\\u12\"", "\"\\u{}\"", "\"\\u{110000}\"", "\"\\u{12",
                              "\"\\u{1234567}\"", "\"\\x41\"", "\"abc", "\"", "abc\"", ""})
        QTest::newRow(wrong) << QString::fromLatin1(wrong) << QString();
}

void TestConditionBuilder::readsEscapes()
{
    QFETCH(QString, written);
    QFETCH(QString, text);
    const auto read = readQuoted(written);
    QCOMPARE(read.has_value(), !text.isNull());
    if (read)
        QCOMPARE(read->text, text);
}

QTEST_GUILESS_MAIN(TestConditionBuilder)
#include "tst_conditionbuilder.moc"
