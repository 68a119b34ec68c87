// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/checkreport.h"
#include "server/events/eventtext.h"

#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

ServerEvent fullEvent(EventCode code)
{
    ServerEvent event;
    event.code = code;
    event.connection = ConnectionId{7};
    event.cause = EndingCause::NoPong;
    event.doubt = AddressDoubt::Conflict;
    event.number = 4711;
    event.room = u"blue %1"_s; // text that looks like a place of ours is the user's all the same
    event.player = u"Ada %2"_s;
    event.address = u"192.0.2.1"_s;
    event.words = u"No space %1"_s;
    CheckReport check;
    check.device = u"Safari, %1"_s;
    check.results[0] = {CheckResult::Outcome::Passed, 12, 0};
    check.results[1] = {CheckResult::Outcome::Failed, -1, 1006};
    event.check = std::make_shared<const CheckReport>(check);
    return event;
}

QString shouted(const char *context, const char *text)
{
    return QString::fromLatin1(context) + u'/' + QString::fromUtf8(text).toUpper();
}

} // namespace

class TestServerEvent final : public QObject
{
    Q_OBJECT

private slots:
    void keepsItsPublicNames_data();
    void keepsItsPublicNames();
    void saysItInEnglish_data();
    void saysItInEnglish();
    void saysItInTheReadersLanguage();
    void saysHowToAllowAName();
    void foldsWhatBelongsTogether();
    void warnsOfEndingsThatAreFaults();
    void saysWhyNot_data();
    void saysWhyNot();
};

// Programs read them in the log.
void TestServerEvent::keepsItsPublicNames_data()
{
    QTest::addColumn<EventCode>("code");
    QTest::addColumn<QByteArray>("kind");
    const auto row = [](EventCode code, const char *kind) { QTest::newRow(kind) << code << QByteArray(kind); };
    row(EventCode::ServerStarted, "server_started");
    row(EventCode::ServerNotStarted, "server_not_started");
    row(EventCode::ServerDraining, "server_draining");
    row(EventCode::ServerStopping, "server_stopping");
    row(EventCode::Reconfigured, "reconfigured");
    row(EventCode::AcceptingPaused, "accepting_paused");
    row(EventCode::AcceptingResumed, "accepting_resumed");
    row(EventCode::CaptureStopped, "capture_stopped");
    row(EventCode::CaptureGoesOn, "capture_goes_on");
    row(EventCode::ResultsFailed, "results_failed");
    row(EventCode::ResultsGoOn, "results_go_on");
    row(EventCode::ResultsSetAside, "results_set_aside");
    row(EventCode::LogFailed, "log_failed");
    row(EventCode::LogGoesOn, "log_goes_on");
    row(EventCode::AddressDoubted, "address_doubted");
    row(EventCode::RoomCreated, "room_created");
    row(EventCode::RoomEnded, "room_ended");
    row(EventCode::GameFinished, "game_finished");
    row(EventCode::ConnectionEnded, "connection_ended");
    row(EventCode::RequestRefused, "request_refused");
    row(EventCode::DeviceChecked, "device_checked");
    row(EventCode::PlayersLeftOut, "players_left_out");
    row(EventCode::RequestsLeftOut, "requests_left_out");
    row(EventCode::EventsLeftOut, "events_left_out");
    for (int code = int(EventCode::OperatorKicked); code <= int(EventCode::OperatorEnded); ++code)
        QTest::addRow("operator %d", code) << EventCode(code) << QByteArray("operator");
}

void TestServerEvent::keepsItsPublicNames()
{
    QFETCH(EventCode, code);
    QCOMPARE(eventType(code).code, code);
    QTEST(QByteArray(eventType(code).kind), "kind");
}

void TestServerEvent::saysItInEnglish_data()
{
    QTest::addColumn<EventCode>("code");
    QTest::addColumn<QString>("text");
    const auto row = [](EventCode code, const QString &text) { QTest::newRow(qPrintable(text)) << code << text; };
    row(EventCode::ServerStarted, u"Listening on port 4711"_s);
    row(EventCode::ServerNotStarted, u"The server could not start: No space %1"_s);
    row(EventCode::ServerDraining, u"The server lets games end, for at most 4711 s"_s);
    row(EventCode::ServerStopping, u"The server is stopping"_s);
    row(EventCode::Reconfigured, u"The configuration was read anew"_s);
    row(EventCode::AcceptingPaused, u"Too few file descriptors: no new connections are accepted"_s);
    row(EventCode::AcceptingResumed, u"New connections are accepted again"_s);
    row(EventCode::CaptureStopped, u"The capture can not be written: No space %1"_s);
    row(EventCode::CaptureGoesOn, u"The capture is written again; rows lost since the start: 4711"_s);
    row(EventCode::ResultsFailed, u"Results of games are not kept: No space %1"_s);
    row(EventCode::ResultsGoOn, u"Results of games are kept again; games lost since the start: 4711"_s);
    row(EventCode::ResultsSetAside,
        u"The file with the results of earlier games was broken and is now No space %1; a new one has begun"_s);
    row(EventCode::LogFailed, u"The log can not be written: No space %1"_s);
    row(EventCode::LogGoesOn, u"The log is written again; lines lost since the start: 4711"_s);
    row(EventCode::AddressDoubted, u"192.0.2.1: The headers of a trusted proxy name different clients"_s);
    row(EventCode::RoomCreated, u"Room blue %1 was created"_s);
    row(EventCode::RoomEnded, u"Room blue %1 has ended"_s);
    row(EventCode::GameFinished, u"A game in room blue %1 has finished"_s);
    row(EventCode::ConnectionEnded, u"The client did not answer a ping. #7 “Ada %2”, 192.0.2.1, No space %1"_s);
    row(EventCode::DeviceChecked,
        u"A device has checked its way to this server: 192.0.2.1 (Safari, %1): HTTP ✓ 12 ms, WebSocket ✗ 1006"_s);
    row(EventCode::OperatorKicked, u"The operator removed connection 7"_s);
    row(EventCode::OperatorSent, u"The operator sent a message to connection 7"_s);
    row(EventCode::OperatorBroadcast, u"The operator sent a message to room blue %1"_s);
    row(EventCode::OperatorStarted, u"The operator started room blue %1"_s);
    row(EventCode::OperatorClosed, u"The operator closed room blue %1"_s);
    row(EventCode::OperatorPaused, u"The operator paused room blue %1"_s);
    row(EventCode::OperatorWentOn, u"The operator let room blue %1 go on"_s);
    row(EventCode::OperatorEnded, u"The operator ended the game in room blue %1"_s);
}

void TestServerEvent::saysItInEnglish()
{
    QFETCH(EventCode, code);
    QTEST(eventText(fullEvent(code)), "text");
    for (int i = 0; i < eventCodeCount; ++i)
        QVERIFY(!eventText(fullEvent(EventCode(i))).isEmpty());
}

void TestServerEvent::saysItInTheReadersLanguage()
{
    QCOMPARE(eventText(fullEvent(EventCode::RoomEnded), shouted), u"Event/ROOM blue %1 HAS ENDED"_s);
    QVERIFY(eventText(fullEvent(EventCode::RequestRefused), shouted).contains(u"Ending/THE CLIENT DID NOT"_s));
    QCOMPARE(faultText({FaultCode::RoomGone, {u"blue"_s}}, shouted), u"Fault/THERE IS NO ROOM blue ANY MORE"_s);
}

void TestServerEvent::saysHowToAllowAName()
{
    ServerEvent event = fullEvent(EventCode::RequestRefused);
    event.cause = EndingCause::HostNotAllowed;
    event.host = u"game.lan"_s;
    QVERIFY(eventText(event).endsWith(u", --allow-host game.lan"_s));
    ServerEvent other = event;
    other.host = u"evil.example"_s;
    QVERIFY(foldKeyOf(event) != foldKeyOf(other));
}

void TestServerEvent::foldsWhatBelongsTogether()
{
    const auto folds = [](const ServerEvent &a, const ServerEvent &b) {
        return !foldKeyOf(a).isEmpty() && foldKeyOf(a) == foldKeyOf(b);
    };
    const auto other = [](EventCode code) {
        ServerEvent event = fullEvent(code);
        event.room = u"red"_s;
        event.address = u"192.0.2.2"_s;
        event.connection = ConnectionId{8};
        return event;
    };
    QVERIFY(!folds(fullEvent(EventCode::ServerStarted), fullEvent(EventCode::ServerStopping))); // each comes once a run
    QVERIFY(folds(fullEvent(EventCode::AcceptingPaused), fullEvent(EventCode::AcceptingResumed)));
    QVERIFY(folds(fullEvent(EventCode::RoomCreated), other(EventCode::RoomCreated)));
    QVERIFY(!folds(fullEvent(EventCode::RoomCreated), fullEvent(EventCode::RoomEnded)));
    QVERIFY(!folds(fullEvent(EventCode::GameFinished), other(EventCode::GameFinished)));
    QVERIFY(!folds(fullEvent(EventCode::AddressDoubted), other(EventCode::AddressDoubted)));
    QVERIFY(folds(fullEvent(EventCode::OperatorKicked), other(EventCode::OperatorKicked)));
    QVERIFY(!folds(fullEvent(EventCode::OperatorKicked), fullEvent(EventCode::OperatorSent)));
    QVERIFY(!folds(fullEvent(EventCode::ConnectionEnded), other(EventCode::ConnectionEnded)));
    ServerEvent again = fullEvent(EventCode::ConnectionEnded);
    again.connection = ConnectionId{8};
    QVERIFY(folds(fullEvent(EventCode::ConnectionEnded), again)); // the same player, for the same reason
    QVERIFY(!folds(fullEvent(EventCode::EventsLeftOut), fullEvent(EventCode::EventsLeftOut)));
}

void TestServerEvent::warnsOfEndingsThatAreFaults()
{
    ServerEvent event = fullEvent(EventCode::ConnectionEnded);
    QCOMPARE(severityOf(event), EventSeverity::Warning);
    event.cause = EndingCause::ClientClosed;
    QCOMPARE(severityOf(event), EventSeverity::Info);
    QCOMPARE(severityOf(fullEvent(EventCode::AcceptingPaused)), EventSeverity::Error);
    ServerEvent check = fullEvent(EventCode::DeviceChecked);
    QCOMPARE(severityOf(check), EventSeverity::Warning); // a step failed
    check.check = std::make_shared<const CheckReport>();
    QCOMPARE(severityOf(check), EventSeverity::Info);
}

void TestServerEvent::saysWhyNot_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QString>("text");
    const auto row = [](const Fault &fault, const QString &text) { QTest::newRow(qPrintable(text)) << fault << text; };
    row({FaultCode::ConnectionGone}, u"This connection has ended already"_s);
    row({FaultCode::RoomGone, {u"blue"_s}}, u"There is no room blue any more"_s);
    row({FaultCode::NoEnvelope}, u"The message is no envelope: {\"type\": \"…\", \"data\": …}"_s);
    row({FaultCode::RoomExists, {u"blue"_s}}, u"there is such a room already"_s);
    row({FaultCode::BadGameOptions, {u"no %1"_s}}, u"no %1"_s);
    row({FaultCode::PortTaken, {u"80"_s}}, u"Port 80 is taken by another program"_s);
    row({FaultCode::PortTakenBy, {u"80"_s, u"%1 (PID 7)"_s}}, u"Port 80 is taken by %1 (PID 7)"_s);
    row({FaultCode::PortTakenBy, {u"80"_s, u"%1 (PID 7)"_s}, 8080},
        u"Port 80 is taken by %1 (PID 7); port 8080 is free"_s);
    row({FaultCode::CanNotListen, {u"80"_s, u"no"_s}}, u"Can not listen on port 80: no"_s);
    row({FaultCode::DataTaken, {u"/a %2"_s}},
        u"The data folder /a %2 is in use by another program. Stop that first, or name another folder (data)"_s);
    row({FaultCode::DataNotWritable, {u"/a %2"_s, u"no"_s}}, u"The data folder /a %2 can not be written: no"_s);
}

void TestServerEvent::saysWhyNot()
{
    QFETCH(Fault, fault);
    QTEST(faultText(fault), "text");
    for (int i = 0; i < faultCodeCount; ++i)
        QVERIFY(!faultText({FaultCode(i), {u"a"_s, u"b"_s}}).isEmpty());
}

QTEST_GUILESS_MAIN(TestServerEvent)
#include "tst_serverevent.moc"
