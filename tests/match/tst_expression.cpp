// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/expression.h"

#include <QElapsedTimer>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Kind = ExpressionFault::Kind;

Q_DECLARE_METATYPE(glasshouse::ExpressionFault)

namespace {

Expression text(const QString &words) { return Expression::text(words).value(); }
Expression pattern(const QString &words) { return Expression::pattern(words).value(); }

} // namespace

class TestExpression : public QObject
{
    Q_OBJECT
private slots:
    void findsTextWithoutRegardToCase_data();
    void findsTextWithoutRegardToCase();
    void findsPatterns_data();
    void findsPatterns();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void boundsWhatIsTyped();
    void endsExpressionsThatNeverEnd_data();
    void endsExpressionsThatNeverEnd();
    void saysWhatItDidNotSearch();
    void searchesLongBytesForTextToTheEnd_data();
    void searchesLongBytesForTextToTheEnd();
    void breaksOffALongSearch();
    void saysWhere_data();
    void saysWhere();
    void endsWhereEachPlaceCostsAll();
    void isAValue();
};

void TestExpression::findsTextWithoutRegardToCase_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Found>("found");
    QTest::newRow("same") << u"hello"_s << "say hello"_ba << Found::Yes;
    QTest::newRow("other case") << u"HeLLo"_s << "say hEllO there"_ba << Found::Yes;
    QTest::newRow("nearly") << u"hello"_s << "helhelhell"_ba << Found::No;
    QTest::newRow("after a false start") << u"ab"_s << "aaAaB"_ba << Found::Yes;
    QTest::newRow("longer than the bytes") << u"hello"_s << "hell"_ba << Found::No;
    QTest::newRow("one letter") << u"z"_s << "xyZ"_ba << Found::Yes;
    QTest::newRow("no letter") << u"{\"7"_s << "{{\"7"_ba << Found::Yes;
    QTest::newRow("nothing in it means anything") << u"a.(b"_s << "A.(B"_ba << Found::Yes;
    QTest::newRow("a point is a point") << u"a.b"_s << "axb"_ba << Found::No;
    QTest::newRow("not ASCII") << u"größe"_s << QByteArray(u"die GRÖSSE GRÖßE"_s.toUtf8()) << Found::Yes;
    QTest::newRow("not ASCII, not there") << u"größe"_s << "groesse"_ba << Found::No;
    QTest::newRow("beyond 16 bits") << u"𐐨x"_s << QByteArray(u"𐐀X"_s.toUtf8()) << Found::Yes;
    QTest::newRow("in binary") << u"ab"_s << QByteArray("\xff\0AB\xfe", 5) << Found::Yes;
    QTest::newRow("a zero") << QString(QChar(0)) << QByteArray("a\0b", 3) << Found::Yes;
    QTest::newRow("nothing in nothing") << QString() << QByteArray() << Found::Yes;
    QTest::newRow("something in nothing") << u"a"_s << QByteArray() << Found::No;
}

void TestExpression::findsTextWithoutRegardToCase()
{
    QFETCH(QString, words);
    QFETCH(QByteArray, bytes);
    QTEST(text(words).find(bytes), "found");
}

void TestExpression::findsPatterns_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Found>("found");
    const QString number = u"^\\{\"n\":[0-9]+\\}$"_s;
    QTest::newRow("the whole") << number << R"({"n":123})"_ba << Found::Yes;
    QTest::newRow("not the whole") << number << R"({"n":"x"})"_ba << Found::No;
    QTest::newRow("without regard to case") << u"^HELLO$"_s << "hello"_ba << Found::Yes;
    QTest::newRow("a character is one, however many bytes") << u"^.$"_s << QByteArray("\xe2\x82\xac") << Found::Yes;
    QTest::newRow("letters of the world") << u"^\\p{Greek}+$"_s << QByteArray(u"ΑΒΓ"_s.toUtf8()) << Found::Yes;
    QTest::newRow("no UTF-8 is no character") << u"a.b"_s
                                              << QByteArray("a\xff"
                                                            "b")
                                              << Found::No;
    QTest::newRow("but a byte") << u"a\\Cb"_s
                                << QByteArray("a\xff"
                                              "b")
                                << Found::Yes;
    QTest::newRow("behind what is no UTF-8") << u"b+c"_s
                                             << QByteArray("\xff\xfe\x80"
                                                           "bbc")
                                             << Found::Yes;
}

void TestExpression::findsPatterns()
{
    QFETCH(QString, words);
    QFETCH(QByteArray, bytes);
    QTEST(pattern(words).find(bytes), "found");
}

void TestExpression::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<ExpressionFault>("fault");
    const auto row = [](const QString &words, Kind kind, qsizetype position, const QString &part) {
        QTest::newRow(qPrintable(words)) << words << ExpressionFault{kind, position, part};
    };
    row(u"(a)\\1"_s, Kind::NotKnown, 3, u"\\1"_s);
    row(u"\\\\1\\1"_s, Kind::NotKnown, 3, u"\\1"_s); // the first \\ is a backslash
    row(u"x(?=a)"_s, Kind::NotKnown, 1, u"(?="_s);
    row(u"x(?!a)"_s, Kind::NotKnown, 1, u"(?!"_s);
    row(u"a(?>b)"_s, Kind::NotKnown, 1, u"(?>"_s);
    row(u"\\u0041"_s, Kind::NotKnown, 0, u"\\u"_s);
    row(u"ab[z-a]"_s, Kind::BadClass, 3, u"z-a"_s);
    row(u"\\p{Nothing}"_s, Kind::BadClass, 0, u"\\p{Nothing}"_s);
    row(u"ab[cd"_s, Kind::BracketOpen, 2, u"[cd"_s);
    row(u"(a)(b"_s, Kind::ParenthesisOpen, 3, u"("_s);
    row(u"(a[(]\\("_s, Kind::ParenthesisOpen, 0, u"("_s);
    row(u"(a[])])b)"_s, Kind::ParenthesisClosed, 8, u")"_s);
    row(u"ab\\"_s, Kind::BackslashAtEnd, 2, u"\\"_s);
    row(u"a|*b"_s, Kind::NothingToRepeat, 2, u"*"_s);
    row(u"ab**"_s, Kind::RepeatsRepetition, 2, u"**"_s);
    row(u"ö{1001}"_s, Kind::RepeatsTooOften, 1, u"{1001}"_s);
    row(u"a{2,1}"_s, Kind::RepeatsTooOften, 1, u"{2,1}"_s);
    row(u"(\\pL{500}){2}"_s, Kind::TooLarge, -1, {});
}

void TestExpression::saysWhatIsWrongAndWhere()
{
    QFETCH(QString, words);
    QFETCH(ExpressionFault, fault);
    const auto made = Expression::pattern(words);
    QVERIFY(!made);
    QVERIFY(!made.error().text.isEmpty());
    QCOMPARE(int(made.error().code.kind), int(fault.kind));
    QCOMPARE(made.error().code.position, fault.position);
    QCOMPARE(made.error().code.part, fault.part);
}

void TestExpression::boundsWhatIsTyped()
{
    QVERIFY(Expression::text(QString(1000, u'a')).ok());
    for (const auto &made : {Expression::text(QString(1001, u'a')), Expression::pattern(QString(100'000, u'('))}) {
        QVERIFY(!made);
        QCOMPARE(made.error().code, ExpressionFault{Kind::TooLong});
    }
}

// Each took minutes, or for ever, where an expression is tried one way after the other.
void TestExpression::endsExpressionsThatNeverEnd_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("repeated repetition") << u"(a+)+$"_s;
    QTest::newRow("two ways") << u"(a|a)*b"_s;
    QTest::newRow("many optional ones") << QString(u"(a?){500}(a?){500}"_s + QString(200, u'a') + u'b');
    QTest::newRow("a count of states") << u"[ab]*a[ab]{900}c"_s;
    QTest::newRow("counts of counts") << u"((a.{30}){5}|(a?){900})+c"_s;
    QTest::newRow("many large classes") << u"(\\pL{1,4}){3}\\d"_s;
}

void TestExpression::endsExpressionsThatNeverEnd()
{
    QFETCH(QString, words);
    const QByteArray bytes = QByteArray(64 * 1024, 'a') + '!';
    const Expression expression = pattern(words);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(expression.find(bytes) != Found::Yes);
    QVERIFY2(timer.elapsed() < 20'000, QByteArray::number(timer.elapsed()).constData()); // slow machines, sanitizers
}

void TestExpression::saysWhatItDidNotSearch()
{
    const Expression end = pattern(u"[e]nd$"_s);
    QCOMPARE(end.reach(), Expression::mostBytes);
    const QByteArray longest(Expression::mostBytes - 3, 'x');
    QCOMPARE(end.find(longest + "end"), Found::Yes);
    QCOMPARE(end.find(longest + "enx"), Found::No);
    QCOMPARE(end.find(longest + "xend"), Found::NotToTheEnd);
    QCOMPARE(end.find(longest + "endx"), Found::NotToTheEnd); // where it stops looking is no end
    QCOMPARE(pattern(u"[e]nd"_s).find(longest + "endx"), Found::Yes);
    const Expression large = pattern(u"a.{900}c"_s);
    QVERIFY(large.reach() < 64 * 1024 && large.reach() > 1024);
    QCOMPARE(large.find(QByteArray(large.reach() + 1, 'a')), Found::NotToTheEnd);
}

void TestExpression::searchesLongBytesForTextToTheEnd_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("short") << u"needle"_s;
    QTest::newRow("long") << QString(u"needle"_s + QString(994, u'x'));
    QTest::newRow("long, of many bytes") << QString(u"𐐨"_s.repeated(250));
}

void TestExpression::searchesLongBytesForTextToTheEnd()
{
    QFETCH(QString, words);
    const Expression needle = text(words);
    const QByteArray bytes = words.toUpper().toUtf8();
    for (qsizetype before = 0; before < 3 * 1024 * 1024 + 100; before += 262'139) { // across every border
        QByteArray hay(before, '.');
        QCOMPARE(needle.find(hay + bytes), Found::Yes);
        QCOMPARE(needle.find(hay + bytes.chopped(1)), Found::No);
    }
    for (qsizetype cut = 0; cut <= bytes.size(); cut += std::max<qsizetype>(1, bytes.size() / 7)) {
        const QByteArray hay(needle.reach() - cut, '.');
        QCOMPARE(needle.find(hay + bytes + hay), Found::Yes);
    }
}

void TestExpression::breaksOffALongSearch()
{
    const std::atomic<bool> stop = true;
    const QByteArray bytes(4 * Expression::mostBytes, 'x');
    QCOMPARE(text(u"y"_s).find(bytes, stop), Found::NotToTheEnd);
    QCOMPARE(text(u"y"_s).find(bytes), Found::No);
}

void TestExpression::saysWhere_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isPattern");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<Expression::Place>>("places");
    using Places = QList<Expression::Place>;
    QTest::newRow("text") << u"ab"_s << false << "xABxab"_ba << Places{{1, 3}, {4, 6}};
    QTest::newRow("one beside the other") << u"aa"_s << false << "aaaaa"_ba << Places{{0, 2}, {2, 4}};
    QTest::newRow("pattern") << u"a+"_s << true << "aab a"_ba << Places{{0, 2}, {4, 5}};
    QTest::newRow("beginning") << u"^a"_s << true << "aa"_ba << Places{{0, 1}};
    QTest::newRow("no length") << u"x*"_s << true << "axxa"_ba << Places{{1, 3}};
    QTest::newRow("at most three") << u"a"_s << false << "aaaa"_ba << Places{{0, 1}, {1, 2}, {2, 3}};
    QTest::newRow("none") << u"b"_s << false << "aaaa"_ba << Places{};
    QTest::newRow("no bytes") << u"b"_s << false << QByteArray() << Places{};
}

void TestExpression::saysWhere()
{
    QFETCH(QString, words);
    QFETCH(bool, isPattern);
    QFETCH(QByteArray, bytes);
    QTEST((isPattern ? pattern(words) : text(words)).places(bytes, 3), "places");
}

void TestExpression::endsWhereEachPlaceCostsAll()
{
    const QByteArray bytes(256 * 1024, 'x');
    const auto places = pattern(u"x(x+y)?"_s).places(bytes, 10'000);
    QVERIFY(!places.isEmpty() && places.size() < 10'000); // 10 seconds
    QCOMPARE(places.first(), (Expression::Place{0, 1}));
    QCOMPARE(text(u"x"_s).places(bytes, 10'000).size(), 10'000);
}

void TestExpression::isAValue()
{
    QCOMPARE(text(u"a.b"_s), text(u"a.b"_s));
    QVERIFY(!(text(u"a.b"_s) == pattern(u"a.b"_s)));
    QVERIFY(!(text(u"a"_s) == text(u"A"_s)));
    Expression one = text(u"a"_s);
    const Expression other = one;
    one = text(u"b"_s);
    QCOMPARE(other.find("a"), Found::Yes);
    QCOMPARE(one.find("a"), Found::No);
}

QTEST_GUILESS_MAIN(TestExpression)
#include "tst_expression.moc"
