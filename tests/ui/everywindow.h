// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"
#include "protocol/json.h"
#include "server/events/checkreport.h"
#include "tests/ui/diagnoses.h"
#include "tests/ui/fakehost.h"
#include "tests/ui/gamestates.h"
#include "ui/client/clientstatusline.h"
#include "ui/client/handshakepage.h"
#include "ui/client/importdialog.h"
#include "ui/client/testclientwindow.h"
#include "ui/client/variablesdialog.h"
#include "ui/connections/connectionspanel.h"
#include "ui/doctor/doctorpanel.h"
#include "ui/doctor/phonecheckpanel.h"
#include "ui/log/comparewindow.h"
#include "ui/log/messagelogpanel.h"
#include "ui/log/typeswindow.h"
#include "ui/mainwindow.h"
#include "ui/models/memorysource.h"
#include "ui/panels/keysdialog.h"
#include "ui/panels/newroomdialog.h"
#include "ui/panels/roomspanel.h"
#include "ui/panels/settingsdialog.h"
#include "ui/windows/doctorwindow.h"
#include "ui/windows/endingswindow.h"
#include "ui/windows/proxywindow.h"
#include "ui/windows/resultswindow.h"
#include "ui/windows/sharewindow.h"

#include <QAbstractButton>
#include <QDialogButtonBox>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>

namespace glasshouse {

/// Opens a file in whatever takes it for HTML.
const QString markedUp = QStringLiteral("<img src=\"file:///etc/hostname\"><b>&Ada</b>");

/// Those of the texts that say nothing of what a button does, such as "OK", as the platform writes them.
inline QStringList noVerbsAmong(const QStringList &buttons)
{
    using Box = QDialogButtonBox;
    const Box standard(Box::Ok | Box::Yes | Box::YesToAll | Box::No | Box::NoToAll);
    QStringList none;
    const auto words = standard.buttons();
    for (const QString &text : buttons) {
        for (const QAbstractButton *word : words) {
            if (QString(text).remove(u'&') == word->text().remove(u'&'))
                none << text;
        }
    }
    return none;
}

inline Ending markedUpEnding(EndingCause cause)
{
    Ending ending;
    ending.cause = cause;
    ending.codeReceived = 1000;
    ending.codeSent = 1000;
    ending.reasonReceived = ending.reasonSent = ending.detail = markedUp.toUtf8();
    ending.lastFrames = {{.direction = Direction::In, .opcode = 1, .size = 40, .beforeEndMs = 60'300}};
    return ending;
}

/// Two connections, the second one ended; a room; an event of each code.
inline Snapshot markedUpSnapshot()
{
    Snapshot snapshot = roomSnapshot(QStringLiteral("code-racer"), codeRacerState("racing"));
    for (const quint32 id : {1U, 2U}) {
        ConnectionInfo info;
        info.id = ConnectionId{id};
        info.address = info.via = info.userAgent = markedUp;
        info.requestHead = info.responseHead = info.subprotocol = info.tls = markedUp.toUtf8();
        snapshot.opened << info;
        ConnectionCounters counters;
        counters.id = info.id;
        counters.player = counters.room = markedUp;
        counters.playerId = markedUp.toUtf8();
        counters.droppedMessages = 1;
        snapshot.changed << counters;
    }
    snapshot.ended = {{.counters = snapshot.changed.at(1), .ending = markedUpEnding(EndingCause::ClientClosed)}};
    RoomInfo &room = snapshot.rooms.first();
    room.code = room.game = room.state = markedUp;
    room.id = snapshot.watched->id = markedUp;
    for (PlayerInfo &player : snapshot.watched->players) {
        player.name = markedUp;
        player.id = markedUp.toUtf8() + player.id;
    }
    for (int code = 0; code < eventCodeCount; ++code) {
        ServerEvent event;
        event.code = EventCode(code);
        event.room = event.player = event.address = event.words = event.host = markedUp;
        snapshot.events << event;
    }
    snapshot.capture.failed = true;
    snapshot.capture.errorText = markedUp;
    return snapshot;
}

inline HistoryView markedUpHistory()
{
    HistoryView view;
    PlayedGame game;
    game.number = 1;
    game.result.room = game.result.game = markedUp;
    game.players = {{markedUp.toUtf8(), markedUp, 1, 10}};
    view.games = {game};
    view.rankings = {{.game = markedUp, .name = markedUp, .games = 1, .wins = 1}};
    view.errorText = view.setAside = markedUp;
    return view;
}

inline CapturedRow markedUpRow(const QByteArray &end)
{
    CapturedRow row;
    row.record.firstByte = 0x81;
    row.payload = "{\"type\":" + jsonQuoted(markedUp.toUtf8()) + ",\"data\":" + end + '}';
    return row;
}

inline ListenInfo oneListenInfo()
{
    ListenInfo info;
    info.port = 8080;
    info.lanAddresses = {QStringLiteral("192.168.1.20"), QStringLiteral("10.0.0.5")};
    info.fingerprint = QByteArray("AB:").repeated(31) + "CD";
    info.selfSigned = info.secure = true;
    return info;
}

/// Both windows, the windows beside them and the dialogues, with marked-up text wherever text comes from outside.
class EveryWindow
{
public:
    EveryWindow()
        : m_settings(m_dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
          main(host, m_settings),
          client(m_settings),
          proxy(m_settings),
          settings(markedUpConfig(), true),
          settingsBefore(markedUpConfig(), false),
          newRoom({QStringLiteral("code-racer"), QStringLiteral("horse-race")}, {}),
          types(client.findChild<MemorySource *>(), nullptr),
          compare(markedUpRow("1"), markedUpRow("2"), Viewpoint::Server, nullptr),
          keysOfMain(main),
          keysOfClient(client)
    {
        host.itsInfo = oneListenInfo();
        host.itsFault = Fault{FaultCode::CanNotListen, {markedUp, markedUp}};
        host.become(ServerState::Running);
        const Snapshot snapshot = markedUpSnapshot();
        emit host.snapshot(snapshot);
        main.statusBar()->showMessage(markedUp);
        main.findChild<RoomsPanel *>()->select(markedUp);
        emit host.snapshot(markedUpRoom(snapshot));
        main.findChild<ConnectionsPanel *>()->select(ConnectionId{2});
        fillClient();
        share.setServer(ServerState::Running, oneListenInfo());
        share.setRooms(snapshot.rooms);
        share.chooseRoom(markedUp);
        results.apply(std::make_shared<HistoryView>(markedUpHistory()));
        results.showExported(markedUp, markedUp);
        endings.apply(EndingStatistics{});
        proxy.setServer(ServerState::Running, oneListenInfo(), markedUpConfig());
        fillDoctor();
        import.setLine(QStringLiteral("curl 'http://h/' -H '%1: %1' --%1").arg(markedUp));
        variables.setVariables({{QStringLiteral("name"), markedUp}});
    }

    [[nodiscard]] QList<QWidget *> all()
    {
        return {&main,     &client,         &share,   &results, &endings, &proxy,      &doctor,       &import,
                &settings, &settingsBefore, &newRoom, &types,   &compare, &keysOfMain, &keysOfClient, &variables};
    }

private:
    QTemporaryDir m_dir;
    QSettings m_settings;

    static ServerConfig markedUpConfig()
    {
        ServerConfig config;
        config.bindAddress = markedUp;
        config.token.issuer = config.publicUrl = config.basePath = markedUp.toUtf8();
        config.allowedOrigins = {markedUp.toUtf8()};
        return config;
    }

    static Snapshot markedUpRoom(const Snapshot &all)
    {
        Snapshot next;
        next.timeMs = all.timeMs + 100;
        next.rooms = all.rooms;
        next.watched = all.watched;
        return next;
    }

    void fillDoctor()
    {
        Diagnosis diagnosis = illDiagnosis(markedUp.toUtf8());
        diagnosis.behind = {markedUp.toUtf8()};
        doctor.doctor()->showDiagnosis(diagnosis);
        client.findChild<DoctorPanel *>()->showDiagnosis(diagnosis);
        CheckReport report;
        report.run = "0123456789abcdef";
        report.address = report.device = markedUp;
        ServerEvent event;
        event.code = EventCode::DeviceChecked;
        event.check = std::make_shared<const CheckReport>(report);
        doctor.phones()->setServer(ServerState::Running, oneListenInfo());
        doctor.phones()->take({event});
    }

    void fillClient()
    {
        TestClientEnding ending;
        ending.fault = TestClientFault::ClosedByServer;
        ending.codeReceived = 1000;
        ending.reasonReceived = ending.detail = ending.requestHead = ending.responseHead = ending.responseBody =
            markedUp.toUtf8();
        ending.suggestion = QUrl(QStringLiteral("ws://localhost/<b>"));
        client.findChild<ClientStatusLine *>()->setEnding(ending);
        client.findChild<HandshakePage *>()->showEnding(ending);
        for (const quint8 firstByte : {0x81, 0x82, 0x88, 0x89}) {
            FrameRecord record;
            record.firstByte = firstByte;
            client.findChild<MemorySource *>()->append(record, "  " + markedUp.toUtf8());
        }
        for (quint8 kind = 0; kind <= quint8(EventKind::Sample); ++kind) {
            FrameRecord record;
            record.firstByte = kind;
            record.flags = RecordEvent;
            client.findChild<MemorySource *>()->append(record, markedUp.toUtf8());
        }
    }

public:
    FakeHost host;
    MainWindow main;
    TestClientWindow client;
    ShareWindow share;
    ResultsWindow results;
    EndingsWindow endings;
    ProxyWindow proxy;
    DoctorWindow doctor;
    SettingsDialog settings;
    SettingsDialog settingsBefore;
    NewRoomDialog newRoom;
    TypesWindow types;
    CompareWindow compare;
    KeysDialog keysOfMain;
    KeysDialog keysOfClient;
    ImportDialog import;
    VariablesDialog variables;
};

} // namespace glasshouse
