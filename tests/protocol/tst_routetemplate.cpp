// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/routetemplate.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// Which rooms are found with templates stands in tst_routes.
class TestRouteTemplate final : public QObject
{
    Q_OBJECT

private slots:
    void judgesTemplates_data();
    void judgesTemplates();
};

void TestRouteTemplate::judgesTemplates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    QTest::newRow("path") << u"/play/{room}"_s << true;
    QTest::newRow("path on both sides") << u"/play/{room}/socket"_s << true;
    QTest::newRow("query") << u"/play?match={room}"_s << true;
    QTest::newRow("no room") << u"/play"_s << false;
    QTest::newRow("two rooms") << u"/play/{room}/{room}"_s << false;
    QTest::newRow("no slash") << u"play/{room}"_s << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("room alone") << u"{room}"_s << false;
    QTest::newRow("query without a name") << u"/play?{room}"_s << false;
    QTest::newRow("query with an empty name") << u"/play?={room}"_s << false;
    QTest::newRow("two parameters") << u"/play?a=1&match={room}"_s << false;
    QTest::newRow("parameter behind") << u"/play?match={room}&a=1"_s << false;
    QTest::newRow("room in the path of a query") << u"/{room}?a=1"_s << false;
    QTest::newRow("another name") << u"/play/{match}"_s << false;
}

void TestRouteTemplate::judgesTemplates()
{
    QFETCH(QString, text);
    QTEST(RouteTemplate::parse(text).has_value(), "valid");
}

QTEST_GUILESS_MAIN(TestRouteTemplate)
#include "tst_routetemplate.moc"
