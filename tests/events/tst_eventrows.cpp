// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventrows.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ConnectionInfo someone()
{
    ConnectionInfo info;
    info.address = u"192.0.2.1"_s;
    info.port = 4711;
    info.requestHead = "GET /ws/blue HTTP/1.1\r\nHost: a\r\nuser-agent:  \"Browser\" 1\r\n\r\n";
    info.responseHead = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
    info.userAgent = u"\"Browser\" 1"_s;
    return info;
}

ConnectionInfo someoneBehindAProxy()
{
    ConnectionInfo info = someone();
    info.via = u"198.51.100.7"_s;
    info.tls = "TLSv1.3 TLS_AES_128_GCM_SHA256";
    info.subprotocol = "chat.v2";
    return info;
}

CapturedRow rowOf(EventKind kind, const QByteArray &json, quint32 connection = 0, qint64 timeMs = 0)
{
    CapturedRow row;
    row.record.flags = RecordEvent;
    row.record.firstByte = quint8(kind);
    row.record.connection = connection;
    row.record.timeUs = timeMs * 1000;
    row.payload = json;
    return row;
}

QByteArray room(const QString &id)
{
    RoomInfo info;
    info.id = id;
    info.code = u"K7QF"_s;
    info.game = u"relay"_s;
    return roomToJson(info);
}

} // namespace

Q_DECLARE_METATYPE(glasshouse::ConnectionInfo)

class TestEventRows final : public QObject
{
    Q_OBJECT

private slots:
    void opensAsItWas_data();
    void opensAsItWas();
    void endsAsItWas();
    void refusesAsItWas();
    void keepsOnlyTheBeginningOfARefusedRequest();
    void keepsRoomsAndLimits();
    void takesRowsOfOtherVersions_data();
    void takesRowsOfOtherVersions();
    void putsConnectionsTogether();
    void listsRefusedOnesButNoPages();
    void knowsTheRoomsThatAreOpen();
    void knowsWhoSitsInThem();
    void passesByWhatWasLeftOut_data();
    void passesByWhatWasLeftOut();
    void knowsWhereFromSomebodyWhoEndedCame();
};

void TestEventRows::opensAsItWas_data()
{
    QTest::addColumn<ConnectionInfo>("info");
    QTest::newRow("plain") << someone();
    QTest::newRow("all of it") << someoneBehindAProxy();
    QTest::newRow("nothing") << ConnectionInfo();
}

void TestEventRows::opensAsItWas()
{
    QFETCH(ConnectionInfo, info);
    const ConnectionInfo read = openedFromJson(openedToJson(info));
    QCOMPARE(read.address, info.address);
    QCOMPARE(read.via, info.via);
    QCOMPARE(read.port, info.port);
    QCOMPARE(read.requestHead, info.requestHead);
    QCOMPARE(read.responseHead, info.responseHead);
    QCOMPARE(read.subprotocol, info.subprotocol);
    QCOMPARE(read.userAgent, info.userAgent);
    QCOMPARE(read.tls, info.tls);
}

void TestEventRows::endsAsItWas()
{
    ConnectionEnded ended;
    ended.ending.cause = EndingCause::NoPong;
    ended.ending.side = EndingSide::Server;
    ended.ending.codeSent = 4007;
    ended.ending.bytesIn = 5'000'000'000;
    ended.ending.bytesOut = 7;
    ended.ending.rttMs = 12;
    ended.counters.player = u"Ada \"A\""_s;
    ended.counters.playerId = "p1";
    ended.counters.room = u"blue"_s;
    ended.counters.messagesIn = 6'000'000'000;
    ended.counters.messagesOut = 4;
    ended.counters.badMessages = 3;
    ended.counters.droppedMessages = 5;
    ended.counters.rateLimitHits = 2;
    const ConnectionEnded read = endedFromJson(endedToJson(ended));
    QCOMPARE(endingToJson(read.ending), endingToJson(ended.ending));
    QCOMPARE(read.counters.state, ConnectionState::Ended);
    QCOMPARE(read.counters.player, ended.counters.player);
    QCOMPARE(read.counters.playerId, ended.counters.playerId);
    QCOMPARE(read.counters.room, ended.counters.room);
    QCOMPARE(read.counters.messagesIn, ended.counters.messagesIn);
    QCOMPARE(read.counters.messagesOut, ended.counters.messagesOut);
    QCOMPARE(read.counters.badMessages, ended.counters.badMessages);
    QCOMPARE(read.counters.droppedMessages, ended.counters.droppedMessages);
    QCOMPARE(read.counters.rateLimitHits, ended.counters.rateLimitHits);
    QCOMPARE(read.counters.bytesIn, ended.ending.bytesIn);
    QCOMPARE(read.counters.bytesOut, ended.ending.bytesOut);
    QCOMPARE(read.counters.rttMs, 12);
}

void TestEventRows::refusesAsItWas()
{
    Ending ending;
    ending.cause = EndingCause::BadHead;
    ending.httpStatus = 400;
    ending.detail = "a byte that may not stand there";
    const RefusedRequest read = refusedFromJson(refusedToJson(someoneBehindAProxy(), ending));
    QCOMPARE(endingToJson(read.ending), endingToJson(ending));
    QCOMPARE(read.info.address, u"192.0.2.1"_s);
    QCOMPARE(read.info.via, u"198.51.100.7"_s);
    QCOMPARE(read.info.requestHead, someone().requestHead);
}

void TestEventRows::keepsOnlyTheBeginningOfARefusedRequest()
{
    ConnectionInfo info = someone();
    info.requestHead += QByteArray(100'000, 'x');
    const RefusedRequest read = refusedFromJson(refusedToJson(info, {}));
    QVERIFY(info.requestHead.startsWith(read.info.requestHead));
    QCOMPARE(read.info.requestHead.size(), 2048);
}

void TestEventRows::keepsRoomsAndLimits()
{
    const RoomInfo read = roomFromJson(room(u"blue"_s));
    QCOMPARE(read.id, u"blue"_s);
    QCOMPARE(read.code, u"K7QF"_s);
    QCOMPARE(read.game, u"relay"_s);
    QCOMPARE(limitFromJson(limitToJson(EndingCause::ReadTooSlowly)), EndingCause::ReadTooSlowly);
    QCOMPARE(QJsonDocument::fromJson(actionToJson("kick")).object().value("action"_L1), u"kick"_s);
}

void TestEventRows::takesRowsOfOtherVersions_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("an old one") << QByteArray(R"({"address":"192.0.2.1","request":"GET /"})");
    QTest::newRow("a new one") << QByteArray(R"({"address":"192.0.2.1","request":"GET /","moon":{"full":true}})");
    QTest::newRow("other types") << QByteArray(R"({"address":"192.0.2.1","request":"GET /","port":"x","tls":[]})");
}

void TestEventRows::takesRowsOfOtherVersions()
{
    QFETCH(QByteArray, json);
    const ConnectionInfo info = openedFromJson(json);
    QCOMPARE(info.address, u"192.0.2.1"_s);
    QCOMPARE(info.requestHead, "GET /");
    QCOMPARE(info.port, 0);
    QVERIFY(info.tls.isEmpty());
    QCOMPARE(endedFromJson("no json").ending.cause, EndingCause::Unknown);
    QCOMPARE(endedFromJson(R"({"messagesIn":-1})").counters.messagesIn, 0U);
}

void TestEventRows::putsConnectionsTogether()
{
    EventRowReader reader;
    reader.add(rowOf(EventKind::ConnectionOpened, openedToJson(someone()), 7, 1'000));
    CapturedRow frame;
    frame.record.firstByte = 0x81;
    frame.payload = "{}";
    reader.add(frame);
    Snapshot read = reader.take();
    QCOMPARE(read.opened.size(), 1);
    QCOMPARE(read.opened.first().id, ConnectionId{7});
    QCOMPARE(read.opened.first().sinceMs, 1'000);
    QCOMPARE(read.timeMs, 1'000);
    QVERIFY(read.ended.isEmpty());
    reader.add(rowOf(EventKind::ConnectionEnded, endedToJson({}), 7, 3'000));
    read = reader.take();
    QVERIFY(read.opened.isEmpty());
    QCOMPARE(read.ended.size(), 1);
    QCOMPARE(read.ended.first().counters.id, ConnectionId{7});
    QCOMPARE(read.timeMs, 3'000);
}

void TestEventRows::listsRefusedOnesButNoPages()
{
    Ending refused;
    refused.cause = EndingCause::BadHead;
    refused.lifetimeMs = 400;
    Ending served;
    served.cause = EndingCause::HttpServed;
    EventRowReader reader;
    reader.add(rowOf(EventKind::RequestRefused, refusedToJson(someone(), served), 1, 1'000));
    reader.add(rowOf(EventKind::RequestRefused, refusedToJson(someone(), refused), 2, 1'000));
    const Snapshot read = reader.take();
    QCOMPARE(read.opened.size(), 1);
    QCOMPARE(read.opened.first().id, ConnectionId{2});
    QCOMPARE(read.opened.first().sinceMs, 600);
    QCOMPARE(read.ended.size(), 1);
    QCOMPARE(read.ended.first().counters.state, ConnectionState::Refused);
    QCOMPARE(read.ended.first().ending.cause, EndingCause::BadHead);
}

void TestEventRows::knowsTheRoomsThatAreOpen()
{
    EventRowReader reader;
    reader.add(rowOf(EventKind::RoomCreated, room(u"red"_s), 0, 2'000));
    reader.add(rowOf(EventKind::RoomCreated, room(u"blue"_s), 0, 3'000));
    reader.add(rowOf(EventKind::RoomEnded, room(u"red"_s), 0, 4'000));
    const Snapshot read = reader.take();
    QCOMPARE(read.rooms.size(), 1);
    QCOMPARE(read.rooms.first().id, u"blue"_s);
    QCOMPARE(read.rooms.first().createdMs, 3'000);
}

void TestEventRows::knowsWhoSitsInThem()
{
    const auto seat = [](quint32 number, const QString &name) {
        return seatToJson(
            {.room = u"blue"_s, .seat = number, .playerId = "p" + QByteArray::number(number), .name = name});
    };
    EventRowReader reader;
    reader.add(rowOf(EventKind::RoomCreated, room(u"blue"_s)));
    reader.add(rowOf(EventKind::SeatTaken, seat(1, u"Anna"_s), 7));
    reader.add(rowOf(EventKind::SeatTaken, seat(2, u"Ben"_s), 8));
    reader.add(rowOf(EventKind::SeatDropped, seat(1, u"Anna"_s), 7));
    const Snapshot first = reader.take();
    QCOMPARE(first.changed.size(), 2);
    QCOMPARE(first.changed[0].id, ConnectionId{7});
    QCOMPARE(first.changed[0].player, u"Anna"_s);
    QCOMPARE(first.changed[0].playerId, "p1"_ba);
    QCOMPARE(first.changed[0].room, u"blue"_s);
    QCOMPARE(first.rooms[0].players, 2);
    QCOMPARE(first.rooms[0].dropped, 1);
    reader.add(rowOf(EventKind::SeatResumed, seat(1, u"Anna"_s), 9));
    reader.add(rowOf(EventKind::SeatLeft, seat(2, u"Ben"_s), 8));
    reader.add(rowOf(EventKind::SeatLeft, seat(2, u"Ben"_s), 8));
    reader.add(rowOf(EventKind::SeatTaken, R"({"room":"green"})"_ba, 8)); // whose beginning was discarded
    const Snapshot second = reader.take();
    QCOMPARE(second.changed[0].id, ConnectionId{9});
    QCOMPARE(second.rooms.size(), 1);
    QCOMPARE(second.rooms[0].players, 1);
    QCOMPARE(second.rooms[0].dropped, 0);
}

void TestEventRows::passesByWhatWasLeftOut_data()
{
    QTest::addColumn<EventKind>("kind");
    QTest::newRow("opened") << EventKind::ConnectionOpened;
    QTest::newRow("ended") << EventKind::ConnectionEnded;
    QTest::newRow("refused") << EventKind::RequestRefused;
    QTest::newRow("room") << EventKind::RoomCreated;
    QTest::newRow("seat") << EventKind::SeatTaken;
    QTest::newRow("resumed") << EventKind::SeatResumed;
}

// Earlier versions left out what events say where the disk was too slow.
void TestEventRows::passesByWhatWasLeftOut()
{
    QFETCH(EventKind, kind);
    EventRowReader reader;
    CapturedRow row = rowOf(kind, {}, 7);
    row.record.flags |= RecordPayloadOmitted;
    reader.add(row);
    const Snapshot read = reader.take();
    QCOMPARE(read.opened.size() + read.ended.size() + read.changed.size() + read.rooms.size(), 0);
}

void TestEventRows::knowsWhereFromSomebodyWhoEndedCame()
{
    EventRowReader reader;
    reader.add(rowOf(EventKind::ConnectionOpened, openedToJson(someone()), 7));
    static_cast<void>(reader.take());
    reader.add(rowOf(EventKind::ConnectionEnded, endedToJson({}), 7));
    reader.add(rowOf(EventKind::ConnectionEnded, endedToJson({}), 8)); // whose beginning was discarded
    const Snapshot read = reader.take();
    QCOMPARE(read.ended.at(0).address, someone().address);
    QCOMPARE(read.ended.at(1).address, QString());
}

QTEST_GUILESS_MAIN(TestEventRows)
#include "tst_eventrows.moc"
