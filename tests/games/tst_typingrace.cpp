// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/typingrace.h"

#include <QTest>

using namespace glasshouse;

class TestTypingRace final : public QObject
{
    Q_OBJECT

private slots:
    void countsInWholeNumbers_data();
    void countsInWholeNumbers();
    void tidiesCode_data();
    void tidiesCode();
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

QTEST_GUILESS_MAIN(TestTypingRace)
#include "tst_typingrace.moc"
