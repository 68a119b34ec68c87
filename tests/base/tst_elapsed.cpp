// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/elapsed.h"

#include <QTest>

using namespace glasshouse;

class TestElapsed final : public QObject
{
    Q_OBJECT
private slots:
    void isWhatLiesBetween_data()
    {
        constexpr qint64 first = std::numeric_limits<qint64>::min(), last = std::numeric_limits<qint64>::max();
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("to");
        QTest::addColumn<qint64>("us");
        QTest::newRow("on") << qint64(1'000) << qint64(52'300) << qint64(51'300);
        QTest::newRow("back") << qint64(52'300) << qint64(1'000) << qint64(-51'300);
        QTest::newRow("too far") << first << last << last;
        QTest::newRow("too far back") << last << first << -last;
        QTest::newRow("has a negative") << qint64(0) << first << -last;
        QTest::newRow("just too far") << qint64(-1) << last << last;
        QTest::newRow("none") << first << first << qint64(0);
    }
    void isWhatLiesBetween()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, to);
        QTEST(elapsedUs(from, to), "us");
    }
};

QTEST_APPLESS_MAIN(TestElapsed)
#include "tst_elapsed.moc"
