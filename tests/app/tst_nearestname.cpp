// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nearestname.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestNearestName final : public QObject
{
    Q_OBJECT

private slots:
    void findsTheNearestName_data();
    void findsTheNearestName();
};

void TestNearestName::findsTheNearestName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("nearest");
    QTest::newRow("a letter too few") << u"prt"_s << u"port"_s;
    QTest::newRow("a letter too many") << u"portt"_s << u"port"_s;
    QTest::newRow("letters swapped") << u"prot"_s << u"port"_s;
    QTest::newRow("a long one") << u"max-conections"_s << u"max-connections"_s;
    QTest::newRow("the same") << u"bind"_s << u"bind"_s;
    QTest::newRow("the beginning of one") << u"max-conn"_s << u"max-connections"_s;
    QTest::newRow("the beginning of two") << u"max-"_s << QString();
    QTest::newRow("nothing like it") << u"xylophone"_s << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestNearestName::findsTheNearestName()
{
    QFETCH(QString, name);
    QTEST(nearestName(name, {u"port"_s, u"bind"_s, u"max-connections"_s, u"max-rooms"_s}), "nearest");
}

QTEST_GUILESS_MAIN(TestNearestName)
#include "tst_nearestname.moc"
