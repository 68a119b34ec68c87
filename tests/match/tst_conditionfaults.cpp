// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/condition.h"
#include "match/conditionvalue.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Kind = ConditionFault::Kind;

Q_DECLARE_METATYPE(std::optional<QString>)

class TestConditionFaults : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void tellsOfFaultsInExpressions();
    void boundsWhatIsTyped_data();
    void boundsWhatIsTyped();
    void knowsWhichNumberIsMeant_data();
    void knowsWhichNumberIsMeant();
    void takesTextsThatAreNoNumbers_data();
    void takesTextsThatAreNoNumbers();
    void takesWhatIsAtItsBounds_data();
    void takesWhatIsAtItsBounds();
    void boundsWhatIsJoined();
};

void TestConditionFaults::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("kind");
    QTest::addColumn<qsizetype>("position");
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("field");
    const auto row = [](const QString &words, Kind kind, qsizetype position, const QString &part,
                        const QString &field = {}) {
        QTest::newRow(words.isEmpty() ? "nothing" : qPrintable(words))
            << words << int(kind) << position << part << field;
    };
    row(u""_s, Kind::Empty, 0, {});
    row(u"  "_s, Kind::Empty, 2, {});
    row(u"type == \"chat"_s, Kind::QuoteOpen, 8, u"\"chat"_s, u"type"_s);
    row(u"text ~ /a"_s, Kind::QuoteOpen, 7, u"/a"_s, u"text"_s);
    row(u"type == \"a\\qb\" && x"_s, Kind::BadEscape, 10, u"\\qb\" && x"_s, u"type"_s);
    row(u"type == \"\\u{110000}\""_s, Kind::BadEscape, 9, u"\\u{110000}\""_s, u"type"_s);
    row(u"error && data[\"x == 3"_s, Kind::BracketOpen, 9, u"data[\"x == 3"_s);
    row(u"(type == chat"_s, Kind::ParenthesisOpen, 0, u"("_s);
    row(u"#7 && (error || (broken)"_s, Kind::ParenthesisOpen, 6, u"("_s);
    row(u"type in (a, b"_s, Kind::ParenthesisOpen, 8, u"("_s);
    row(u"type == chat)"_s, Kind::ParenthesisClosed, 12, u")"_s);
    row(u"error && )"_s, Kind::ParenthesisClosed, 9, u")"_s);
    row(u"data. == 3"_s, Kind::BadPath, 4, u"."_s);
    row(u"data.a..b > 3"_s, Kind::BadPath, 6, u"..b"_s);
    row(u"data[x] > 3"_s, Kind::BadPath, 4, u"[x]"_s);
    row(u"typo == 3"_s, Kind::UnknownField, 0, u"typo"_s);
    row(u"type == a && typo > 3"_s, Kind::UnknownField, 13, u"typo"_s);
    row(u"type.x == 3"_s, Kind::UnknownField, 0, u"type.x"_s);
    row(u"error && has hello"_s, Kind::UnknownField, 13, u"hello"_s);
    row(u"error && size"_s, Kind::OperatorMissing, 13, {}, u"size"_s);
    row(u"size && error"_s, Kind::OperatorMissing, 5, u"&&"_s, u"size"_s);
    row(u"error && type chat"_s, Kind::OperatorMissing, 14, u"chat"_s, u"type"_s);
    row(u"error && size & 3"_s, Kind::UnknownOperator, 14, u"&"_s, u"size"_s);
    row(u"type > 3"_s, Kind::OperatorUnfit, 5, u">"_s, u"type"_s);
    row(u"size contains 3"_s, Kind::OperatorUnfit, 5, u"contains"_s, u"size"_s);
    row(u"size ~ /3/"_s, Kind::OperatorUnfit, 5, u"~"_s, u"size"_s);
    row(u"text in (a)"_s, Kind::OperatorUnfit, 5, u"in"_s, u"text"_s);
    row(u"error == true"_s, Kind::OperatorUnfit, 6, u"=="_s, u"error"_s);
    row(u"#7 && has error"_s, Kind::OperatorUnfit, 6, u"has"_s, u"error"_s);
    row(u"way > in"_s, Kind::OperatorUnfit, 4, u">"_s, u"way"_s);
    row(u"size >"_s, Kind::ValueMissing, 6, {}, u"size"_s);
    row(u"size > && error"_s, Kind::ValueMissing, 7, u"&&"_s, u"size"_s);
    row(u"type in ()"_s, Kind::ValueMissing, 9, u")"_s, u"type"_s);
    row(u"type in (a,)"_s, Kind::ValueMissing, 11, u")"_s, u"type"_s);
    row(u"size > big"_s, Kind::ValueUnfit, 7, u"big"_s, u"size"_s);
    row(u"answer > soon"_s, Kind::ValueUnfit, 9, u"soon"_s, u"answer"_s);
    row(u"answer > 3 KiB"_s, Kind::Unexpected, 11, u"KiB"_s);
    row(u"answer ~ /3/"_s, Kind::OperatorUnfit, 7, u"~"_s, u"answer"_s);
    row(u"size > -1"_s, Kind::ValueUnfit, 7, u"-1"_s, u"size"_s);
    row(u"size > 1 XB"_s, Kind::Unexpected, 9, u"XB"_s);
    row(u"size > 1XB"_s, Kind::ValueUnfit, 7, u"1XB"_s, u"size"_s);
    row(u"size > 99999999999999999999"_s, Kind::ValueUnfit, 7, u"99999999999999999999"_s, u"size"_s);
    row(u"connection == Ada"_s, Kind::ValueUnfit, 14, u"Ada"_s, u"connection"_s);
    row(u"number == #7"_s, Kind::ValueUnfit, 10, u"#7"_s, u"number"_s);
    row(u"time > 25:00"_s, Kind::ValueUnfit, 7, u"25:00"_s, u"time"_s);
    row(u"time in last 5"_s, Kind::ValueUnfit, 8, u"last"_s, u"time"_s);
    row(u"time > 2026-02-30"_s, Kind::ValueUnfit, 7, u"2026-02-30"_s, u"time"_s);
    row(u"data.x > abc"_s, Kind::ValueUnfit, 9, u"abc"_s, u"data"_s);
    row(u"data.x > true"_s, Kind::ValueUnfit, 9, u"true"_s, u"data"_s);
    row(u"data.x <= \"3\""_s, Kind::ValueUnfit, 10, u"\"3\""_s, u"data"_s);
    for (const char *number : {".5", "-.5", "+5", "5.", "1e", "1e+", "0x1F", "-0x1f", "0x", "007", "+.5e3", "00"}) {
        const QString written = QString::fromLatin1(number);
        row(u"data.x == "_s + written, Kind::NumberUnfit, 10, written, u"data"_s);
        row(u"data.x < "_s + written, Kind::NumberUnfit, 9, written, u"data"_s);
        row(u"json.x in (3, "_s + written + u')', Kind::NumberUnfit, 14, written, u"json"_s);
    }
    row(u"type == /a/"_s, Kind::ValueUnfit, 8, u"/a/"_s, u"type"_s);
    row(u"way == up"_s, Kind::NotOneOf, 7, u"up"_s, u"way"_s);
    row(u"opcode in (text, pang)"_s, Kind::NotOneOf, 17, u"pang"_s, u"opcode"_s);
    row(u"error &&"_s, Kind::TermMissing, 8, {});
    row(u"&& error"_s, Kind::TermMissing, 0, u"&&"_s);
    row(u"error && or"_s, Kind::TermMissing, 9, u"or"_s);
    row(u"error || ()"_s, Kind::TermMissing, 10, u")"_s);
    row(u"error && not"_s, Kind::TermMissing, 12, {});
    row(u"error && & x"_s, Kind::Unexpected, 9, u"&"_s);
    row(u"size > 100 foo"_s, Kind::Unexpected, 11, u"foo"_s);
    row(u"hello world && error"_s, Kind::Unexpected, 6, u"world"_s);
    row(u"size > > 3"_s, Kind::Unexpected, 7, u">"_s, u"size"_s);
    row(u"type in (a b)"_s, Kind::Unexpected, 11, u"b"_s);
    row(u"(error && #7 x)"_s, Kind::Unexpected, 13, u"x"_s);
    row(u"error \"x\" && y"_s, Kind::Unexpected, 6, u"\"x\""_s);
    row(u"error && ==="_s, Kind::Unexpected, 9, u"=="_s);
}

void TestConditionFaults::saysWhatIsWrongAndWhere()
{
    QFETCH(QString, words);
    QFETCH(QString, part);
    const auto read = Condition::read(words);
    QVERIFY(!read);
    const ConditionFault &fault = read.error().code;
    QTEST(int(fault.kind), "kind");
    QTEST(fault.position, "position");
    QCOMPARE(fault.part, part);
    QCOMPARE(fault.length, part.size());
    QTEST(fault.field, "field");
    QVERIFY(!read.error().text.isEmpty());
}

void TestConditionFaults::tellsOfFaultsInExpressions()
{
    const auto read = Condition::read(u"error && text ~ /a(b/"_s);
    QVERIFY(!read);
    const ConditionFault &fault = read.error().code;
    QCOMPARE(int(fault.kind), int(Kind::ExpressionFaulty));
    QCOMPARE(fault.position, 16);
    QCOMPARE(fault.length, 5);
    QCOMPARE(fault.expression, (ExpressionFault{ExpressionFault::Kind::ParenthesisOpen, 1, u"("_s}));
    const auto text = Condition::read(QString(Expression::mostCharacters + 1, u'x'));
    QVERIFY(!text);
    QCOMPARE(int(text.error().code.kind), int(Kind::ExpressionFaulty));
    QCOMPARE(int(text.error().code.expression.kind), int(ExpressionFault::Kind::TooLong));
}

void TestConditionFaults::boundsWhatIsTyped_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const QString &words, Kind kind) {
        QTest::newRow(name) << words << int(kind);
    };
    row("long", QString(Condition::mostCharacters + 1, u' '), Kind::TooLong);
    row("very long", QString(10'000'000, u'('), Kind::TooLong);
    row("long where it is written out", u"type == \""_s + QString(1000, QChar(0x202E)) + u'"', Kind::TooLong);
    row("parentheses", QString(51, u'(') + u"error"_s + QString(51, u')'), Kind::TooDeep);
    row("open parentheses", QString(3000, u'(') + u"error"_s, Kind::TooDeep);
    row("not", QString(51, u'!') + u"error"_s, Kind::TooDeep);
    row("both", u"!("_s.repeated(26) + u"error"_s + QString(26, u')'), Kind::TooDeep);
    row("terms", u"error||#1&&"_s.repeated(101) + u"#1"_s, Kind::TooManyTerms);
    row("values", u"number in ("_s + u"1,"_s.repeated(200) + u"1)"_s, Kind::TooManyTerms);
    row("steps", u"has data"_s + u".a"_s.repeated(17), Kind::PathTooLong);
}

void TestConditionFaults::boundsWhatIsTyped()
{
    QFETCH(QString, words);
    const auto read = Condition::read(words);
    QVERIFY(!read);
    QTEST(int(read.error().code.kind), "kind");
}

void TestConditionFaults::knowsWhichNumberIsMeant_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<std::optional<QString>>("number");
    const auto row = [](const char *word, const std::optional<QString> &number) {
        QTest::addRow("%s", word) << QString::fromUtf8(word) << number;
    };
    row(".5", u"0.5"_s);
    row("-.5", u"-0.5"_s);
    row("+5", u"5"_s);
    row("+.5", u"0.5"_s);
    row("5.", u"5"_s);
    row("5.e3", u"5e3"_s);
    row("007", u"7"_s);
    row("-00.50", u"-0.50"_s);
    row("+1E-3", u"1E-3"_s);
    row("0x1F", u"31"_s);
    row("-0X1f", u"-31"_s);
    row("0x", QString());
    row("0xfffffffffffffffff", QString());
    row("1e", QString());
    row(".", QString());
    row("-.", QString());
    row("1e+", QString());
    for (const char *word : {"5", "-0.5", "1e3", "", "+", "-", "e5", ".e5", "1.2.3", "3D", "abc", "+a", "0b1", "1_000",
                             "10:00", "2026-11-30", "--5"})
        row(word, std::nullopt);
}

void TestConditionFaults::knowsWhichNumberIsMeant()
{
    QFETCH(QString, word);
    QFETCH(std::optional<QString>, number);
    const auto meant = numberMeant(word);
    QCOMPARE(meant.has_value(), number.has_value());
    QCOMPARE(meant.value_or(QString()), number.value_or(QString()));
    if (meant && !meant->isEmpty())
        QVERIFY(Condition::read(u"data.x > "_s + *meant));
}

void TestConditionFaults::takesTextsThatAreNoNumbers_data()
{
    QTest::addColumn<QString>("words");
    for (const char *words : {"data.x == \".5\"", "data.x == '0x1F'", "data.x in (\"007\", a)", "data.x == 1.2.3",
                              "data.x == 3D", "data.x contains .5", "text contains .5", "type == .5", "size > .5 KiB",
                              "data.x == 0.5", "data.x == -5e+3", "data.x ~ /.5/"})
        QTest::addRow("%s", words) << QString::fromUtf8(words);
}

void TestConditionFaults::takesTextsThatAreNoNumbers()
{
    QFETCH(QString, words);
    const auto read = Condition::read(words);
    QVERIFY(read);
    QCOMPARE(Condition::read(read.value().words()).value(), read.value());
}

void TestConditionFaults::takesWhatIsAtItsBounds_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("parentheses") << QString(QString(50, u'(') + u"error"_s + QString(50, u')'));
    QTest::newRow("not") << QString(QString(50, u'!') + u"error"_s);
    QTest::newRow("terms") << QString(u"error||#1&&"_s.repeated(99) + u"error||#1"_s);
    QTest::newRow("values") << QString(u"number in ("_s + u"1,"_s.repeated(199) + u"1)"_s);
    QTest::newRow("steps") << QString(u"has json"_s + u".a"_s.repeated(16));
    QTest::newRow("alternately") << QString(u"(!("_s.repeated(16) + u"error && (#7"_s + QString(33, u')'));
    QTest::newRow("and in or in and") << QString(u"(error || #7 && "_s.repeated(40) + u"error"_s + QString(40, u')'));
}

void TestConditionFaults::takesWhatIsAtItsBounds()
{
    QFETCH(QString, words);
    const auto read = Condition::read(words);
    QVERIFY(read);
    const auto again = Condition::read(read.value().words());
    QVERIFY(again);
    QCOMPARE(again.value(), read.value());
}

void TestConditionFaults::boundsWhatIsJoined()
{
    const Condition many = Condition::read(u"number in ("_s + u"1,"_s.repeated(199) + u"1)"_s).value();
    QVERIFY(Condition::all({many}));
    const auto more = Condition::all({many, Condition::read(u"error"_s).value()});
    QVERIFY(!more);
    QCOMPARE(int(more.error().code.kind), int(Kind::TooManyTerms));
    const auto none = Condition::all({});
    QVERIFY(!none);
    QCOMPARE(int(none.error().code.kind), int(Kind::Empty));
}

QTEST_GUILESS_MAIN(TestConditionFaults)
#include "tst_conditionfaults.moc"
