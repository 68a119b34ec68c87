// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/routes.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Kind = RouteMatch::Kind;

class TestRoutes final : public QObject
{
    Q_OBJECT

private slots:
    void findsRooms_data();
    void findsRooms();
    void listsItsTemplates();
    void leadsToARoomByTheFirstRoute();
};

void TestRoutes::findsRooms_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("room");
    const auto row = [](const char *name, const char *target, Kind kind, const char *room = "") {
        QTest::newRow(name) << QByteArray(target) << kind << QByteArray(room);
    };
    row("path", "/ws/blue", Kind::Room, "blue");
    row("path with a query", "/ws/blue?name=Anna&game=relay", Kind::Room, "blue");
    row("UUID", "/ws/6a9c7d0e-1b2f-4c3d-8e4f-0123456789ab", Kind::Room, "6a9c7d0e-1b2f-4c3d-8e4f-0123456789ab");
    row("encoded", "/ws/%62lue", Kind::Room, "blue");
    row("match id", "/api/game?matchId=42", Kind::Room, "42");
    row("match id behind others", "/api/game?name=a&matchId=42&x=1", Kind::Room, "42");
    row("the other match id", "/api/match/game?matchId=42", Kind::Room, "42");
    row("SockJS-like", "/connection/websocket?room=blue", Kind::Room, "blue");
    row("SockJS-like without a room", "/connection/websocket", Kind::Room, "main");
    row("extra path", "/play/blue/socket", Kind::Room, "blue");
    row("extra query", "/join?code=blue", Kind::Room, "blue");
    row("echo", "/echo", Kind::Echo);
    row("echo with a query", "/echo?x=1", Kind::Echo);

    row("a slash behind", "/ws/blue/", Kind::Room, "blue");
    row("a slash behind, and a query", "/ws/blue/?name=Anna", Kind::Room, "blue");
    row("a slash behind a match id's path", "/api/game/?matchId=42", Kind::Room, "42");
    row("a slash behind the other", "/api/match/game/?matchId=42", Kind::Room, "42");
    row("a slash behind a route with a fallback", "/connection/websocket/", Kind::Room, "main");
    row("a slash behind an extra path", "/play/blue/socket/", Kind::Room, "blue");
    row("a slash behind an extra query", "/join/?code=blue", Kind::Room, "blue");
    row("the echo of the check", "/check/echo", Kind::Check);
    row("the same with a slash", "/check/echo/", Kind::Check);
    row("the page of the check", "/check", Kind::None);
    row("a slash behind echo", "/echo/", Kind::Echo);
    row("an extra path that ends with a slash", "/arena/blue/", Kind::Room, "blue");
    row("and without it", "/arena/blue", Kind::Room, "blue");
    row("a lone percent", "/ws/100%", Kind::BadRoom);
    row("brackets", "/ws/[a]", Kind::BadRoom);

    row("no room", "/ws/", Kind::BadRoom);
    row("no room at all", "/ws//", Kind::BadRoom);
    row("room of a bad character", "/ws/a.b", Kind::BadRoom);
    row("room with a space", "/ws/a%20b", Kind::BadRoom);
    row("NUL", "/ws/a%00b", Kind::BadRoom);
    row("letters of another script", "/ws/%C3%A4", Kind::BadRoom);
    row("no match id", "/api/game", Kind::BadRoom);
    row("an empty match id", "/api/game?matchId=", Kind::BadRoom);
    row("an empty room", "/connection/websocket?room=", Kind::BadRoom);
    row("a match id in the wrong case", "/api/game?matchid=42", Kind::BadRoom);
    row("64", "/ws/0123456789012345678901234567890123456789012345678901234567890123", Kind::Room,
        "0123456789012345678901234567890123456789012345678901234567890123");
    row("65", "/ws/01234567890123456789012345678901234567890123456789012345678901234", Kind::BadRoom);

    row("root", "/", Kind::None);
    row("health", "/health", Kind::None);
    row("without the last part", "/ws", Kind::None);
    row("something behind", "/ws/blue/more", Kind::None);
    row("two slashes behind", "/ws/blue//", Kind::None);
    row("an encoded slash", "/ws/a%2Fb", Kind::None);
    row("another case", "/WS/blue", Kind::None);
    row("something behind the query route", "/api/game/x?matchId=42", Kind::None);
    row("half an extra path", "/play/blue", Kind::None);
}

void TestRoutes::findsRooms()
{
    QFETCH(QByteArray, target);
    const Routes routes({u"/play/{room}/socket"_s, u"/join?code={room}"_s, u"/arena/{room}/"_s});
    const HttpHead head = requestHead("GET", target);
    QVERIFY(!head.target.isEmpty());
    const RouteMatch match = routes.match(head);
    QTEST(match.kind, "kind");
    QTEST(match.room, "room");
}

void TestRoutes::listsItsTemplates()
{
    const QStringList templates = Routes({u"/play/{room}"_s}).templates();
    for (const auto &text :
         {u"/ws/{room}"_s, u"/api/game?matchId={room}"_s, u"/api/match/game?matchId={room}"_s, u"/play/{room}"_s})
        QVERIFY2(templates.contains(text), qPrintable(text));
    QVERIFY(templates.join(u' ').contains(u"/connection/websocket"_s));
}

void TestRoutes::leadsToARoomByTheFirstRoute()
{
    const RouteMatch match = Routes().match(requestHead("GET", Routes::targetFor("blue")));
    QCOMPARE(match.kind, Kind::Room);
    QCOMPARE(match.room, "blue");
}

QTEST_GUILESS_MAIN(TestRoutes)
#include "tst_routes.moc"
