// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/areasearch.h"

#include <QRandomGenerator>
#include <QTest>
#include <re2/re2.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const std::atomic<bool> goOn = false;

Expression made(const QString &words, bool isPattern)
{
    return isPattern ? Expression::pattern(words).value() : Expression::text(words).value();
}

/// What RE2 says of all bytes, without any short cut.
Found foundByRe2(const RE2 &re2, QByteArrayView bytes)
{
    return RE2::PartialMatch({bytes.data(), size_t(bytes.size())}, re2) ? Found::Yes : Found::No;
}

RE2::Options optionsOf(bool isPattern)
{
    RE2::Options options;
    options.set_literal(!isPattern);
    options.set_case_sensitive(false);
    return options;
}

/// Messages and fragments of messages, one behind the other.
QByteArray randomArea(QRandomGenerator &random, int pieces)
{
    static const QByteArrayList words{R"({"type":"chat","data":{"text":"Hello )",
                                      R"("}})",
                                      "so",
                                      "\xC5\xBF",
                                      "\xE2\x84\xAA",
                                      "such words",
                                      "SUCH",
                                      " ",
                                      "1234567890",
                                      "}",
                                      "größe",
                                      "GRÖSSE",
                                      "\xff",
                                      "\n",
                                      "hel",
                                      "lo w",
                                      "pass",
                                      "kick",
                                      R"({"type":"move","data":{"x":17,"y":3}})",
                                      "no such",
                                      "^"};
    QByteArray area;
    for (; pieces > 0; --pieces)
        area += words[random.bounded(int(words.size()))];
    return area;
}

void addExpressions()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isPattern");
    for (const QString &words : {u"hello"_s, u"no such words"_s, u"so"_s, u"ss"_s, u"k"_s, u"kick"_s, u"7}"_s, u"}"_s,
                                 u"0"_s, u"größe"_s, u"ß"_s, u"}}{"_s, u"lo w"_s, QString(), u"pass"_s})
        QTest::newRow(qPrintable(u"text: "_s + words)) << words << false;
    for (const QString &words : {u"hel+o"_s,
                                 u"no (such|other) words?"_s,
                                 u"^\\{\"type\":\"(chat|move)\""_s,
                                 u"\\}$"_s,
                                 u"[0-9]{12,}"_s,
                                 u"pass|kick"_s,
                                 u"(pass|kick)so"_s,
                                 u"\\bso\\b"_s,
                                 u"s+u?c"_s,
                                 u"x\":\\d+"_s,
                                 u"[st]o\\d"_s,
                                 u"[hj]el+o [nm]"_s,
                                 u"größe"_s,
                                 u"[^a-z]such"_s,
                                 u"(?-i)SUCH"_s,
                                 u"a*"_s,
                                 u"kick\\Q}\\E"_s,
                                 u"\\x73uch"_s,
                                 u"İ|hello"_s,
                                 u"\\pLuch words"_s,
                                 u"5678\\d*\\}"_s,
                                 u"."_s,
                                 u"(?s)hello.*move"_s})
        QTest::newRow(qPrintable(u"pattern: "_s + words)) << words << true;
}

} // namespace

class TestAreaSearch : public QObject
{
    Q_OBJECT
private slots:
    void findsWhatRe2Finds_data() { addExpressions(); }
    void findsWhatRe2Finds();
    void findsInPiecesWhatRe2Finds_data() { addExpressions(); }
    void findsInPiecesWhatRe2Finds();
    void findsNothingAcrossABorder();
    void searchesLongPieces();
    void knowsWhatHasToBeThere_data();
    void knowsWhatHasToBeThere();
    void isBrokenOff();
};

void TestAreaSearch::findsWhatRe2Finds()
{
    QFETCH(QString, words);
    QFETCH(bool, isPattern);
    const Expression expression = made(words, isPattern);
    const RE2 re2(words.toStdString(), optionsOf(isPattern));
    QRandomGenerator random(2);
    for (int round = 0; round < 2000; ++round) {
        const QByteArray bytes = randomArea(random, int(random.bounded(12)));
        QCOMPARE(expression.find(bytes), foundByRe2(re2, bytes));
    }
}

// One behind the other, shared, with tails of their own, and now and then from somewhere else.
void TestAreaSearch::findsInPiecesWhatRe2Finds()
{
    QFETCH(QString, words);
    QFETCH(bool, isPattern);
    const Expression expression = made(words, isPattern);
    const RE2 re2(words.toStdString(), optionsOf(isPattern));
    QRandomGenerator random(3);
    for (int round = 0; round < 60; ++round) {
        const QByteArray area = randomArea(random, round % 10 == 0 ? 3000 : 300);
        AreaSearch search(expression, area);
        qsizetype offset = 0, length = 0;
        for (int piece = 0; piece < 150; ++piece) {
            const bool again = random.bounded(3) == 0, elsewhere = random.bounded(40) == 0;
            if (!again)
                offset = elsewhere ? random.bounded(int(area.size())) : std::min(offset + length, area.size());
            if (!again)
                length = std::min<qsizetype>(random.bounded(round % 2 == 0 ? 30 : 200), area.size() - offset);
            const QByteArray tail =
                random.bounded(3) == 0 ? QByteArray::number(random.bounded(100'000)) + '}' : QByteArray();
            const QByteArray bytes = area.sliced(offset, length) + tail;
            QCOMPARE(search.find(offset, length, tail, goOn), foundByRe2(re2, bytes));
        }
    }
}

void TestAreaSearch::findsNothingAcrossABorder()
{
    const Expression hello = made(u"hello"_s, false);
    const QByteArray area = "xhelloxhello";
    AreaSearch search(hello, area);
    QCOMPARE(search.find(0, 4, {}, goOn), Found::No);
    QCOMPARE(search.find(0, 4, "lo", goOn), Found::Yes); // with what stands behind it
    QCOMPARE(search.find(4, 3, {}, goOn), Found::No);
    QCOMPARE(search.find(7, 4, {}, goOn), Found::No);
    QCOMPARE(search.find(7, 5, {}, goOn), Found::Yes);
    QCOMPARE(search.find(1, 5, {}, goOn), Found::Yes); // back
    QCOMPARE(search.find(12, 0, {}, goOn), Found::No);
    QCOMPARE(search.find(12, 0, "Hello", goOn), Found::Yes);
}

void TestAreaSearch::searchesLongPieces()
{
    const QByteArray area = QByteArray(300'000, '.') + "hello" + QByteArray(2'000'000, '.') + "Hello";
    for (const bool isPattern : {false, true}) {
        const Expression hello = made(isPattern ? u"hel+o"_s : u"hello"_s, isPattern);
        AreaSearch search(hello, area);
        QCOMPARE(search.find(0, 100'000, {}, goOn), Found::No);
        QCOMPARE(search.find(100'000, 200'005, {}, goOn), Found::Yes);
        // Beyond the reach of a pattern, which is said.
        QCOMPARE(search.find(300'005, 2'000'005, {}, goOn), isPattern ? Found::NotToTheEnd : Found::Yes);
        QCOMPARE(search.find(300'005, 2'000'004, "O", goOn), isPattern ? Found::NotToTheEnd : Found::Yes);
        QCOMPARE(search.find(2'299'990, 20, {}, goOn), Found::Yes);
    }
}

void TestAreaSearch::knowsWhatHasToBeThere_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("isPattern");
    QTest::addColumn<qsizetype>("size"); // of the needle; 0: there is none
    QTest::addColumn<bool>("isAll");
    QTest::newRow("a text") << u"hello"_s << false << qsizetype{5} << true;
    QTest::newRow("the longest piece of ASCII") << u"so größe"_s << false << qsizetype{5} << false;
    QTest::newRow("no ASCII") << u"größ"_s.right(2) << false << qsizetype{0} << false;
    QTest::newRow("nothing") << QString() << false << qsizetype{0} << false;
    QTest::newRow("a word") << u"^hello+$"_s << true << qsizetype{4} << false;
    QTest::newRow("with s, which has three cases") << u"passes .*yes"_s << true << qsizetype{7} << false;
    QTest::newRow("a word and a digit") << u"\"x\":[0-9]+"_s << true << qsizetype{4} << false;
    QTest::newRow("two of them") << u"\"x\":[0-9]+.*[a-c]lay[12]"_s << true << qsizetype{4} << false;
    QTest::newRow("the longest word") << u"no .* words"_s << true << qsizetype{6} << false;
    QTest::newRow("one or the other") << u"hello|world"_s << true << qsizetype{0} << false;
    QTest::newRow("maybe") << u"(hello)?"_s << true << qsizetype{0} << false;
    QTest::newRow("a pattern beyond ASCII") << u"İ.*hello"_s << true << qsizetype{0} << false;
    QTest::newRow("by numbers") << u"\\x{130}hello"_s << true << qsizetype{0} << false;
}

void TestAreaSearch::knowsWhatHasToBeThere()
{
    QFETCH(QString, words);
    QFETCH(bool, isPattern);
    QFETCH(bool, isAll);
    const Expression expression = made(words, isPattern);
    const Needle *needle = expression.needle();
    QTEST(needle == nullptr ? qsizetype{0} : needle->finder.size(), "size");
    QCOMPARE(needle != nullptr && needle->isAll, isAll);
}

void TestAreaSearch::isBrokenOff()
{
    const QByteArray area(8 * 1024 * 1024, '.');
    const std::atomic<bool> stop = true;
    const Expression hello = made(u"hello"_s, false);
    AreaSearch search(hello, area);
    QCOMPARE(search.find(0, area.size(), {}, stop), Found::NotToTheEnd);
    AreaSearch again(hello, area);
    QCOMPARE(again.find(0, area.size(), {}, goOn), Found::No);
}

QTEST_GUILESS_MAIN(TestAreaSearch)
#include "tst_areasearch.moc"
