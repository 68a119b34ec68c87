// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/typingrace.h"

#include <QTest>
#include <algorithm>

using namespace glasshouse;

class TestTypingRace final : public QObject
{
    Q_OBJECT

private slots:
    void countsInWholeNumbers_data();
    void countsInWholeNumbers();
    void tidiesCode_data();
    void tidiesCode();
    void refusesAWholeSnippetAtOnce_data();
    void refusesAWholeSnippetAtOnce();
    void refusesImpossibleSpeedInAnyStretch();
    void takesFastTypists();
    void takesNoCodeThatWasTypedTooFast();
    void takesNoCodeWithoutItsEnd();

private:
    static constexpr Snippet m_short{"sql", SnippetLength::Short, "",
                                     "SELECT name, total FROM orders WHERE shipped_at IS NULL LIMIT 20;"};

    /// Of "anna", milliseconds after the start.
    static bool report(TypingRace &race, int position, qint64 ms)
    {
        return race.progress("anna", "{\"position\":" + QByteArray::number(position) + ",\"errors\":0}", ms).ok();
    }
    static bool submit(TypingRace &race, qint64 ms)
    {
        return race.submit("anna", "{\"code\":" + jsonQuoted(m_short.text) + '}', ms).ok();
    }
    static int length() { return int(m_short.text.size()); }
    static TypingRace started() { return {m_short, QList<Player>{Player{"anna", {}}}, 0, 60}; }
};

void TestTypingRace::countsInWholeNumbers_data()
{
    QTest::addColumn<int>("characters");
    QTest::addColumn<int>("errors");
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QByteArray>("wpm");
    QTest::addColumn<QByteArray>("accuracy");
    QTest::newRow("nothing") << 0 << 0 << qint64{0} << QByteArray("0.0") << QByteArray("0.0000");
    QTest::newRow("a minute") << 200 << 0 << qint64{60'000} << QByteArray("40.0") << QByteArray("1.0000");
    QTest::newRow("rounded up") << 2 << 1 << qint64{7'000} << QByteArray("3.4") << QByteArray("0.6667");
    QTest::newRow("the first instant") << 20 << 0 << qint64{1} << QByteArray("240.0") << QByteArray("1.0000");
    QTest::newRow("errors alone") << 0 << 1'000'000 << qint64{5'000} << QByteArray("0.0") << QByteArray("0.0000");
}

void TestTypingRace::countsInWholeNumbers()
{
    QFETCH(int, characters);
    QFETCH(int, errors);
    QFETCH(qint64, ms);
    QTEST(wordsPerMinute(characters, ms), "wpm");
    QTEST(typingAccuracy(characters, errors), "accuracy");
}

void TestTypingRace::tidiesCode_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("tidy");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("nothing but white space") << QByteArray(" \r\n\t\n") << QByteArray();
    QTest::newRow("as it should be") << QByteArray("a {\n    b\n}") << QByteArray("a {\n    b\n}");
    QTest::newRow("line ends") << QByteArray("a\r\nb\r\n") << QByteArray("a\nb");
    QTest::newRow("ends of lines") << QByteArray("a \t\n\nb  \n \n") << QByteArray("a\n\nb");
    QTest::newRow("beginnings of lines") << QByteArray(" a\n\tb") << QByteArray(" a\n\tb");
    QTest::newRow("an empty line in front") << QByteArray("\na") << QByteArray("\na");
    QTest::newRow("a zero") << QByteArray("a\0 ", 3) << QByteArray("a\0", 2);
}

void TestTypingRace::tidiesCode()
{
    QFETCH(QByteArray, code);
    QTEST(tidyCode(code), "tidy");
}

void TestTypingRace::refusesAWholeSnippetAtOnce_data()
{
    QTest::addColumn<int>("typed"); // before it
    QTest::addColumn<qint64>("ms");
    QTest::newRow("in the beginning") << 0 << qint64{100};
    QTest::newRow("after a while") << 0 << qint64{30'000};
    QTest::newRow("at the last moment") << 0 << qint64{59'000};
    QTest::newRow("behind some that was typed") << 5 << qint64{30'000};
}

// Nobody's fingers, however long they waited before.
void TestTypingRace::refusesAWholeSnippetAtOnce()
{
    QFETCH(int, typed);
    QFETCH(qint64, ms);
    TypingRace race = started();
    if (typed > 0)
        QVERIFY(report(race, typed, ms - 200));
    QVERIFY(!report(race, length(), ms));
    QVERIFY(!submit(race, ms));
    QCOMPARE(race.positionOf("anna"), typed);
    QVERIFY(report(race, typed + 10, ms + 500)); // and goes on from there
    QCOMPARE(race.positionOf("anna"), typed + 10);
    QCOMPARE(race.positionOf("ben"), -1);
}

// Whoever waited has saved up one burst and no more.
void TestTypingRace::refusesImpossibleSpeedInAnyStretch()
{
    TypingRace race = started();
    int refused = 0;
    for (qint64 ms = 20'000; ms < 20'200; ms += 10)
        refused += report(race, std::min(race.positionOf("anna") + 8, length()), ms) ? 0 : 1;
    QVERIFY2(race.positionOf("anna") <= 50 + 8, qPrintable(QString::number(race.positionOf("anna"))));
    QVERIFY(refused > 10);
}

// Up to 40 characters a second, words that are completed, lines that are indented, and a network that stumbles.
void TestTypingRace::takesFastTypists()
{
    TypingRace even = started();
    int position = 0;
    qint64 heldBackUntil = 0;
    for (qint64 ms = 0; position < length(); ms += 125) {
        position = std::min(length(), int(ms / 25));
        QVERIFY(report(even, position, std::max(ms, heldBackUntil)));
        if (ms % 1'000 == 0)
            heldBackUntil = ms + 700;
    }
    TypingRace phone = started();
    QVERIFY(report(phone, 5, 500));
    QVERIFY(report(phone, 30, 3'000)); // a long word that the keyboard completes
    QVERIFY(report(phone, 50, 3'500)); // and an indentation behind it
    TypingRace bunch = started();
    for (position = 0; position <= 50; position += 2) // of five seconds that the network held back
        QVERIFY(report(bunch, position, 6'000));
}

// As fast as reports may be from the first instant on, with the burst that is for those who come late.
void TestTypingRace::takesNoCodeThatWasTypedTooFast()
{
    TypingRace race = started();
    for (int position = 20; position <= length(); ++position)
        QVERIFY(report(race, position, (position - 20) * 25));
    QVERIFY(!submit(race, (length() - 20) * 25));
    QVERIFY(submit(race, length() * 25));
}

void TestTypingRace::takesNoCodeWithoutItsEnd()
{
    TypingRace race = started();
    QVERIFY(report(race, 40, 10'000));
    QVERIFY(!submit(race, 30'000)); // not nine tenths
    QVERIFY(report(race, length() - 3, 31'000));
    QVERIFY(submit(race, 31'100));
}

QTEST_GUILESS_MAIN(TestTypingRace)
#include "tst_typingrace.moc"
