// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/textvariables.h"

#include <QTest>
#include <limits>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(TextForm)
Q_DECLARE_METATYPE(VariableFault)

namespace {

constexpr qint64 now = 1'772'366'400'123; // 2026-03-01T12:00:00.123Z

TextVariables variables()
{
    TextVariables made([] { return now; }, [] { return quint64(7); });
    made.setOwn(
        {{u"name"_s, u"Ada"_s}, {u"quoted"_s, u"a\"b\\"_s}, {u"braces"_s, u"{{name}}"_s}, {u"odd"_s, u"a&b=c d"_s}});
    made.setMissing({u"password"_s});
    made.setLast("{\"data\":{\"id\":\"k\\u00e4se \\\"7\\\"\",\"n\":12.50,\"list\":[1,{\"x\":null}]}}");
    return made;
}

} // namespace

class TestTextVariables final : public QObject
{
    Q_OBJECT
private slots:
    void fillsIn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<TextForm>("form");
        QTest::addColumn<QString>("filled");
        const auto row = [](const char *name, const QString &text, const QString &filled,
                            TextForm form = TextForm::Plain) { QTest::newRow(name) << text << form << filled; };
        row("nothing", u""_s, u""_s);
        row("no variable", u"{\"a\":{\"b\":{}}}"_s, u"{\"a\":{\"b\":{}}}"_s);
        row("one's own", u"Hello {{name}}!"_s, u"Hello Ada!"_s);
        row("blanks", u"{{ name }}"_s, u"Ada"_s);
        row("twice", u"{{name}}{{name}}"_s, u"AdaAda"_s);
        row("values are not filled in again", u"{{braces}}"_s, u"{{name}}"_s);
        row("braces", u"{{{{name}}"_s, u"{{name}}"_s);
        row("braces and a variable", u"{{{{{{name}}"_s, u"{{Ada"_s);
        row("an object's brace before", u"{{{name}}}"_s, u"{Ada}"_s);
        row("an object's brace behind", u"{\"n\":{{counter}}}"_s, u"{\"n\":1}"_s, TextForm::Json);
        row("a brace alone", u"a { b } c }} d"_s, u"a { b } c }} d"_s);
        row("time", u"{{now}}"_s, u"1772366400123"_s);
        row("seconds", u"{{now:s}}"_s, u"1772366400"_s);
        row("ISO 8601", u"{{now:iso}}"_s, u"2026-03-01T12:00:00.123Z"_s);
        row("counter", u"{{counter}} {{counter}}"_s, u"1 1"_s);
        row("random", u"{{random:1:6}}"_s, u"2"_s);
        row("random below zero", u"{{random:-3:-3}}"_s, u"-3"_s);
        row("random of all", u"{{random:-9223372036854775808:9223372036854775807}}"_s, u"-9223372036854775801"_s);
        row("uuid", u"{{uuid}}"_s, u"07000000-0000-4000-8700-000000000000"_s);
        row("last as text", u"{{last:/data/id}}"_s, u"käse \"7\""_s);
        row("last in quotes", u"{\"re\":\"{{last:/data/id}}\"}"_s, u"{\"re\":\"käse \\\"7\\\"\"}"_s, TextForm::Json);
        row("last as a value", u"{\"re\":{{last:/data/id}}}"_s, u"{\"re\":\"k\\u00e4se \\\"7\\\"\"}"_s, TextForm::Json);
        row("a number as it came", u"{{last:/data/n}}"_s, u"12.50"_s);
        row("an object", u"{{last:/data/list/1}}"_s, u"{\"x\":null}"_s, TextForm::Json);
        row("escaped in quotes", u"{\"a\":\"{{quoted}}\"}"_s, u"{\"a\":\"a\\\"b\\\\\"}"_s, TextForm::Json);
        row("quotes that are escaped", u"{\"\\\"\":\"{{quoted}}\"}"_s, u"{\"\\\"\":\"a\\\"b\\\\\"}"_s, TextForm::Json);
        row("as it is in plain text", u"{{quoted}}"_s, u"a\"b\\"_s);
        row("in a query", u"?q={{odd}}&x=1"_s, u"?q=a%26b%3Dc%20d&x=1"_s, TextForm::Query);
    }
    void fillsIn()
    {
        QFETCH(QString, text);
        QFETCH(TextForm, form);
        const FilledText filled = variables().preview(text, form);
        QVERIFY2(filled.ok(), qPrintable(faultText(filled)));
        QTEST(filled.text, "filled");
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<VariableFault>("fault");
        QTest::addColumn<int>("position");
        const auto row = [](const char *name, const QString &text, VariableFault fault, int position = 0) {
            QTest::newRow(name) << text << fault << position;
        };
        row("unknown", u"a {{nobody}}"_s, VariableFault::Unknown, 2);
        row("no name", u"{{}}"_s, VariableFault::Unknown);
        row("one's own has no argument", u"{{name:1}}"_s, VariableFault::Unknown);
        row("not closed", u"a {{name"_s, VariableFault::Unclosed, 2);
        row("half closed", u"{{name}"_s, VariableFault::Unclosed);
        row("behind another", u"{{name}} {{x}}"_s, VariableFault::Unknown, 9);
        row("uuid takes nothing", u"{{uuid:4}}"_s, VariableFault::BadArgument);
        row("no such form of time", u"{{now:local}}"_s, VariableFault::BadArgument);
        row("random without a range", u"{{random}}"_s, VariableFault::BadArgument);
        row("random the wrong way", u"{{random:6:1}}"_s, VariableFault::BadArgument);
        row("random of no numbers", u"{{random:a:b}}"_s, VariableFault::BadArgument);
        row("random of too large numbers", u"{{random:1:99999999999999999999}}"_s, VariableFault::BadArgument);
        row("no pointer", u"{{last:data}}"_s, VariableFault::BadArgument);
        row("leads nowhere", u"{{last:/data/nobody}}"_s, VariableFault::NoValue);
        row("to ask for", u"{{password}}"_s, VariableFault::Missing);
        row("a name without an end", u"{{"_s + QString(100'000, u'x') + u"}}"_s, VariableFault::Unknown);
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(VariableFault, fault);
        const FilledText filled = variables().preview(text);
        QVERIFY(!filled.ok());
        QVERIFY(filled.text.isEmpty());
        QCOMPARE(int(*filled.fault), int(fault));
        QTEST(int(filled.position), "position");
        QVERIFY(!faultText(filled).isEmpty());
    }

    void countsWhatIsSent()
    {
        TextVariables made = variables();
        QCOMPARE(made.preview(u"{{counter}}"_s).text, u"1"_s);
        QCOMPARE(made.fill(u"{{counter}}{{counter}}"_s).text, u"11"_s);
        QCOMPARE(made.fill(u"no number"_s).text, u"no number"_s);
        QVERIFY(!made.fill(u"{{counter}}{{nobody}}"_s).ok()); // was not sent
        QCOMPARE(made.fill(u"{{ counter }}"_s).text, u"2"_s);
        made.resetCounter();
        QCOMPARE(made.preview(u"{{counter}}"_s).text, u"1"_s);
    }

    void forgetsAMessageThatIsNoJson()
    {
        TextVariables made = variables();
        for (const QByteArray &payload :
             {"hello"_ba, "{\"data\":"_ba, "\xff"_ba, '"' + QByteArray(int(TextVariables::mostOfLast), 'x') + '"'}) {
            made.setLast("{}");
            made.setLast(payload);
            QCOMPARE(int(*made.preview(u"{{last:}}"_s).fault), int(VariableFault::NoMessage));
        }
    }

    void doesNotGrowWithoutAnEnd()
    {
        TextVariables made;
        made.setOwn({{u"big"_s, QString(1'000'000, u'x')}});
        const FilledText filled = made.preview(u"{{big}}"_s.repeated(100));
        QCOMPARE(int(*filled.fault), int(VariableFault::TooLong));
    }

    void escapedTextsStayAsTheyAre_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text :
             {u"{{name}}"_s, u"{"_s, u"{{{"_s, u"{{{{"_s, u"{{{{{x"_s, u"}}"_s, u"{\"a\":{{}}}"_s})
            QTest::newRow(qPrintable(text)) << text;
    }
    void escapedTextsStayAsTheyAre()
    {
        QFETCH(QString, text);
        QCOMPARE(variables().preview(TextVariables::escaped(text)).text, text);
    }

    void tellsOfTooMany()
    {
        QVERIFY(variables().preview(u"{{uuid}}"_s.repeated(256)).ok());
        const FilledText filled = variables().preview(u"{{uuid}}"_s.repeated(257));
        QVERIFY(!filled.ok());
        QCOMPARE(filled.position, 256 * 8);
        QVERIFY(faultText(filled).contains(u"256"_s));
    }

    /// What was found out about the last one holds for that one.
    void looksAtTheMessageThatCameLast()
    {
        TextVariables made;
        const auto id = [&] { return made.preview(u"{{last:/id}}"_s); };
        made.setLast("{\"id\":1}");
        QCOMPARE(id().text, u"1"_s);
        QCOMPARE(id().text, u"1"_s);
        const TextVariables before = made;
        made.setLast("{\"id\":22}");
        QCOMPARE(id().text, u"22"_s);
        made.setLast("{\"id\":");
        QCOMPARE(int(*id().fault), int(VariableFault::NoMessage));
        made.setLast({});
        QCOMPARE(int(*id().fault), int(VariableFault::NoMessage));
        QCOMPARE(before.preview(u"{{last:/id}}"_s).text, u"1"_s);
    }

    void knowsNames()
    {
        for (const QString &name : {u"a"_s, u"base-url"_s, u"x.y_1"_s})
            QVERIFY(TextVariables::isOwnName(name));
        for (const QString &name :
             {u""_s, u"a b"_s, u"ä"_s, u"uuid"_s, u"last"_s, u"a:b"_s, u"a}"_s, QString(65, u'a')})
            QVERIFY(!TextVariables::isOwnName(name));
    }

    void theExamplesAreRight()
    {
        TextVariables made = variables();
        for (const BuiltInVariable &one : TextVariables::builtIn())
            QVERIFY2(made.preview(one.example).ok(), qPrintable(one.example));
    }
};

QTEST_APPLESS_MAIN(TestTextVariables)
#include "tst_textvariables.moc"
