// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/textfinder.h"

#include <QRandomGenerator>
#include <QTest>
#include <re2/re2.h>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Place = std::pair<qsizetype, qsizetype>;

namespace {

constexpr Place nowhere{-1, -1};

Place placeOf(const TextFinder &finder, QByteArrayView bytes, qsizetype from)
{
    const std::optional<TextFinder::Place> place = finder.find(bytes, from);
    return place ? Place{place->begin, place->end} : nowhere;
}

/// What RE2 says, which everything else is searched by.
Place placeByRe2(const RE2 &words, QByteArrayView bytes, qsizetype from)
{
    const re2::StringPiece all(bytes.data(), size_t(bytes.size()));
    re2::StringPiece found;
    if (!words.Match(all, size_t(from), all.size(), RE2::UNANCHORED, &found, 1))
        return nowhere;
    const qsizetype begin = found.data() - bytes.data();
    return {begin, begin + qsizetype(found.size())};
}

RE2::Options asText()
{
    RE2::Options options;
    options.set_literal(true);
    options.set_case_sensitive(false);
    return options;
}

} // namespace

class TestTextFinder : public QObject
{
    Q_OBJECT
private slots:
    void findsTheFirstPlace_data();
    void findsTheFirstPlace();
    void knowsWhatItCanNotFind_data();
    void knowsWhatItCanNotFind();
    void findsWhatRe2Finds_data();
    void findsWhatRe2Finds();
    void knowsWhatMayEndThere();
};

void TestTextFinder::findsTheFirstPlace_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qsizetype>("from");
    QTest::addColumn<Place>("place");
    const QByteArray far(1000, '.');
    QTest::newRow("there") << "abc"_ba
                           << "xxabcabc"_ba << qsizetype{0} << Place{2, 5};
    QTest::newRow("the next one") << "abc"_ba
                                  << "xxabcabc"_ba << qsizetype{3} << Place{5, 8};
    QTest::newRow("other case") << "AbC"_ba
                                << "xxaBc"_ba << qsizetype{0} << Place{2, 5};
    QTest::newRow("no letters") << "{\"@"_ba
                                << "[b`{\"@"_ba << qsizetype{0} << Place{3, 6};
    QTest::newRow("of these only letters have a case") << "[a@"_ba
                                                       << "{a`[A@"_ba << qsizetype{0} << Place{3, 6};
    QTest::newRow("over itself") << "aba"_ba
                                 << "xababa"_ba << qsizetype{2} << Place{3, 6};
    QTest::newRow("cut off") << "abc"_ba
                             << "xxab"_ba << qsizetype{0} << nowhere;
    QTest::newRow("begins before") << "abc"_ba
                                   << "abc"_ba << qsizetype{1} << nowhere;
    QTest::newRow("at the end") << "abc"_ba
                                << "abc"_ba << qsizetype{3} << nowhere;
    QTest::newRow("far behind") << "abc"_ba << QByteArray(far + "abc") << qsizetype{0} << Place{1000, 1003};
    QTest::newRow("one letter") << "q"_ba << QByteArray(far + "Q") << qsizetype{7} << Place{1000, 1001};
    QTest::newRow("long s") << "aswas"_ba
                            << "xa\xC5\xBFwa\xC5\xBF."_ba << qsizetype{0} << Place{1, 8};
    QTest::newRow("kelvin") << "ok k"_ba
                            << "xo\xE2\x84\xAA \xE2\x84\xAA"_ba << qsizetype{0} << Place{1, 9};
    QTest::newRow("half of a long s") << "as"_ba
                                      << "a\xC5"_ba << qsizetype{0} << nowhere;
    QTest::newRow("zeros") << QByteArray("\0b", 2) << QByteArray("a\0\0b", 4) << qsizetype{0} << Place{2, 4};
}

void TestTextFinder::findsTheFirstPlace()
{
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, bytes);
    QFETCH(qsizetype, from);
    const std::optional<TextFinder> finder = TextFinder::of(words);
    QVERIFY(finder);
    QTEST(placeOf(*finder, bytes, from), "place");
}

void TestTextFinder::knowsWhatItCanNotFind_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<bool>("can");
    QTest::newRow("nothing") << ""_ba << false;
    QTest::newRow("not ASCII") << "gr\xC3\xB6\xC3\x9F"_ba << false;
    QTest::newRow("k and s only") << "kSs"_ba << false;
    QTest::newRow("some other letter") << "kSsa"_ba << true;
    QTest::newRow("as long as may be") << QByteArray(64, 'a') << true;
    QTest::newRow("longer") << QByteArray(65, 'a') << false;
}

void TestTextFinder::knowsWhatItCanNotFind()
{
    QFETCH(QByteArray, words);
    QTEST(TextFinder::of(words).has_value(), "can");
}

void TestTextFinder::findsWhatRe2Finds_data()
{
    QTest::addColumn<QByteArray>("words");
    for (const auto *words : {"a", "as", "sa", "kak", "Ask", "skis a", "aaab", "}7", "ss-kk", "s1k2s", "abcabcabcd"})
        QTest::newRow(words) << QByteArray(words);
}

void TestTextFinder::findsWhatRe2Finds()
{
    QFETCH(QByteArray, words);
    const TextFinder finder = TextFinder::of(words).value();
    const RE2 re2(words.toStdString(), asText());
    const QByteArray letters = words + words.toUpper() + words.toLower();
    QRandomGenerator random(1);
    for (int round = 0; round < 3000; ++round) {
        QByteArray bytes(random.bounded(round % 10 == 0 ? 300 : 3), '.');
        for (int left = random.bounded(40); left > 0; --left) {
            switch (random.bounded(12)) {
            case 0:
                bytes += "\xC5\xBF";
                break;
            case 1:
                bytes += "\xE2\x84\xAA";
                break;
            case 2:
                bytes += random.bounded(2) == 0 ? words : words.toUpper();
                break;
            case 3:
                bytes += char(random.bounded(256));
                break;
            default:
                bytes += letters[random.bounded(int(letters.size()))];
            }
        }
        const qsizetype from = random.bounded(int(bytes.size()) + 1);
        QCOMPARE(placeOf(finder, bytes, from), placeByRe2(re2, bytes, from));
    }
}

void TestTextFinder::knowsWhatMayEndThere()
{
    QVERIFY(TextFinder::of("x7")->mayEndIn("123456789}"));
    QVERIFY(TextFinder::of("xA")->mayEndIn("a"));
    QVERIFY(TextFinder::of("xs")->mayEndIn("\xC5\xBF"));
    QVERIFY(!TextFinder::of("7x")->mayEndIn("123456789}"));
    QVERIFY(!TextFinder::of("x")->mayEndIn(""));
}

QTEST_GUILESS_MAIN(TestTextFinder)
#include "tst_textfinder.moc"
