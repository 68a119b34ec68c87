// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventtext.h"

#include "server/events/checkreport.h"

#include <QCoreApplication>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

#define GH_TEXT(text) QT_TRANSLATE_NOOP("Fault", text)

const char *sourceText(FaultCode code)
{
    switch (code) {
    case FaultCode::ConnectionGone:
        return GH_TEXT("This connection has ended already");
    case FaultCode::RoomGone:
        return GH_TEXT("There is no room %1 any more");
    case FaultCode::NoEnvelope:
        return GH_TEXT("The message is no envelope: {\"type\": \"…\", \"data\": …}");
    case FaultCode::GameCanNotStart:
        return GH_TEXT("The game in room %1 can not start now");
    case FaultCode::BadRoomId:
        return GH_TEXT("a room id is 1-64 of A-Z a-z 0-9 _ -");
    case FaultCode::RoomExists:
        return GH_TEXT("there is such a room already");
    case FaultCode::TooManyRooms:
        return GH_TEXT("there are too many rooms");
    case FaultCode::UnknownGame:
    case FaultCode::BadGameOptions:
    case FaultCode::BadConfiguration:
        return "%1";
    case FaultCode::NoSuchAddress:
        return GH_TEXT("\"%1\" is no address of this machine");
    case FaultCode::PortTaken:
        return GH_TEXT("Port %1 is taken by another program");
    case FaultCode::PortTakenBy:
        return GH_TEXT("Port %1 is taken by %2");
    case FaultCode::PortNotAllowed:
        return GH_TEXT("Can not listen on port %1: %2. Ports below 1024 are the system's: take another one, or give "
                       "this program CAP_NET_BIND_SERVICE");
    case FaultCode::CanNotListen:
        return GH_TEXT("Can not listen on port %1: %2");
    case FaultCode::NoCapture:
        return GH_TEXT("The capture is off: %1");
    case FaultCode::DataNotWritable:
        return GH_TEXT("The data folder %1 can not be written: %2");
    case FaultCode::DataTaken:
        return GH_TEXT(
            "The data folder %1 is in use by another program. Stop that first, or name another folder (data)");
    case FaultCode::DataTakenBy:
        return GH_TEXT("The data folder %1 is in use by %2. Stop that first, or name another folder (data)");
    case FaultCode::FewDescriptors:
        return GH_TEXT("The system lets this program open %1 files and sockets; it needs at least %2 (ulimit -n, or "
                       "LimitNOFILE of the service)");
    }
    return "";
}

QString endingLine(const ServerEvent &event, Translate translate)
{
    const QString number = QString::number(quint32(event.connection));
    const QString who = event.player.isEmpty() ? u'#' + number : u"#%1 “%2”"_s.arg(number, event.player);
    QString line = translate("Ending", endingText(event.cause).sentence) + u' ' + who + u", "_s + event.address;
    if (!event.words.isEmpty())
        line += u", "_s + event.words;
    return event.host.isEmpty() ? line : line + u", --allow-host "_s + event.host;
}

/// "192.168.1.7 (Safari, iPhone): HTTP ✓ 12 ms, WebSocket ✗ 1006".
QString checkLine(const ServerEvent &event, Translate translate)
{
    if (!event.check)
        return event.address;
    QStringList steps;
    for (int i = 0; i < checkStepCount; ++i) {
        const CheckResult &result = event.check->at(CheckStep(i));
        if (result.outcome == CheckResult::Outcome::Open)
            continue;
        const bool passed = result.outcome == CheckResult::Outcome::Passed;
        QString step = translate("Check", textOf(CheckStep(i)).text) + (passed ? u" ✓"_s : u" ✗"_s);
        if (passed && result.ms >= 0)
            step += u" %1 ms"_s.arg(result.ms);
        if (!passed && result.code != 0)
            step += u" %1"_s.arg(result.code);
        steps += step;
    }
    const QString device = event.check->device.isEmpty() ? QString() : u" (%1)"_s.arg(event.check->device);
    return event.address + device + u": "_s + steps.join(u", "_s);
}

QString argumentOf(const ServerEvent &event, Translate translate)
{
    switch (eventType(event.code).fills) {
    case EventType::Fills::Nothing:
        return {};
    case EventType::Fills::Number:
        return QString::number(event.number);
    case EventType::Fills::Room:
        return event.room;
    case EventType::Fills::Connection:
        return QString::number(quint32(event.connection));
    case EventType::Fills::Doubt:
        return event.address + u": "_s + translate("Event", describe(event.doubt).constData());
    case EventType::Fills::Words:
        return event.words;
    case EventType::Fills::Ending:
        return endingLine(event, translate);
    case EventType::Fills::Check:
        return checkLine(event, translate);
    }
    return {};
}

} // namespace

QString inEnglish(const char * /*context*/, const char *text) { return QString::fromUtf8(text); }

QString eventText(const ServerEvent &event, Translate translate)
{
    const QString text = translate("Event", eventType(event.code).text);
    const bool isWhole = eventType(event.code).fills == EventType::Fills::Nothing;
    return isWhole ? text : text.arg(argumentOf(event, translate));
}

QString faultText(const Fault &fault, Translate translate)
{
    const QString text = translate("Fault", sourceText(fault.code));
    const QString first = fault.arguments.value(0);
    QString why = text.contains("%2"_L1) ? text.arg(first, fault.arguments.value(1))
        : text.contains("%1"_L1)         ? text.arg(first)
                                         : text;
    if (fault.freePort == 0)
        return why;
    return why + translate("Fault", GH_TEXT("; port %1 is free")).arg(fault.freePort);
}

} // namespace glasshouse
