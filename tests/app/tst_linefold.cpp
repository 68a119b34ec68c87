// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/linefold.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestLineFold final : public QObject
{
    Q_OBJECT

private slots:
    void letsOneAMinuteThrough();
    void tellsAMinuteAtATime();
    void forgetsWhoIsQuiet();
    void takesNoMoreMemoryThanItMay();
    void tellsAllAtTheEnd();
};

void TestLineFold::letsOneAMinuteThrough()
{
    LineFold fold;
    QVERIFY(fold.takes("a", u"A"_s, LogLevel::Info, 0, "bad"));
    QVERIFY(fold.takes("b", u"B"_s, LogLevel::Info, 0, "bad"));
    for (int i = 0; i < 100; ++i)
        QVERIFY(!fold.takes("a", u"A"_s, LogLevel::Info, 1'000, i % 4 == 0 ? "worse" : "bad"));
    QVERIFY(fold.due(59'999).isEmpty());
    const QList<LineFold::Folded> told = fold.due(60'000);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().text, u"A"_s);
    QCOMPARE(told.first().count, 100);
    QCOMPARE(told.first().kinds, (QMap<QByteArray, qint64>{{"bad", 75}, {"worse", 25}}));
}

// However long it goes on: a line a minute.
void TestLineFold::tellsAMinuteAtATime()
{
    LineFold fold;
    int lines = 0;
    for (qint64 now = 0; now < 600'000; now += 100) {
        lines += fold.takes("a", u"A"_s, LogLevel::Info, now) ? 1 : 0;
        lines += int(fold.due(now).size());
    }
    QCOMPARE(lines, 10);
}

void TestLineFold::forgetsWhoIsQuiet()
{
    LineFold fold;
    QVERIFY(fold.takes("a", u"A"_s, LogLevel::Info, 0));
    QVERIFY(fold.due(60'000).isEmpty());
    QVERIFY(fold.isEmpty());
    QVERIFY(fold.takes("a", u"A"_s, LogLevel::Info, 60'000));
}

void TestLineFold::takesNoMoreMemoryThanItMay()
{
    LineFold fold;
    int lines = 0;
    for (int i = 0; i < 100'000; ++i)
        lines += fold.takes(QByteArray::number(i), u"one"_s, LogLevel::Info, 0) ? 1 : 0;
    QCOMPARE(lines, int(LineFold::mostKeys) + 1);
    const QList<LineFold::Folded> told = fold.due(60'000);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().text, u"others"_s);
    QCOMPARE(told.first().count, 100'000 - LineFold::mostKeys - 1);
}

void TestLineFold::tellsAllAtTheEnd()
{
    LineFold fold;
    QVERIFY(fold.takes("a", u"A"_s, LogLevel::Info, 0));
    QVERIFY(fold.takes("b", u"B"_s, LogLevel::Info, 0));
    QVERIFY(!fold.takes("b", u"B"_s, LogLevel::Warning, 0, {}, 7));
    const QList<LineFold::Folded> all = fold.takeAll();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first().count, 7);
    QCOMPARE(all.first().level, LogLevel::Warning);
    QVERIFY(fold.takeAll().isEmpty());
}

QTEST_GUILESS_MAIN(TestLineFold)
#include "tst_linefold.moc"
