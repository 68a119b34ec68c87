// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/eventlog.h"

#include <QDateTime>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

LogLevel levelFor(EventSeverity severity)
{
    switch (severity) {
    case EventSeverity::Info:
        return LogLevel::Info;
    case EventSeverity::Warning:
        return LogLevel::Warning;
    case EventSeverity::Error:
        return LogLevel::Error;
    }
    return LogLevel::Info;
}

QLatin1StringView nameOf(LogLevel level)
{
    constexpr const char *names[] = {"error", "warning", "info", "debug"};
    return QLatin1StringView(names[size_t(level)]);
}

bool isEnding(const ServerEvent &event) { return event.kind == "connection_ended" || event.kind == "request_refused"; }

QString eventName(const ConnectionEnded &ended)
{
    if (ended.ending.cause == EndingCause::HttpServed)
        return u"http_served"_s;
    return ended.counters.state == ConnectionState::Refused ? u"request_refused"_s : u"connection_ended"_s;
}

} // namespace

bool EventLog::open(const QString &file)
{
    m_file.setFileName(file);
    return m_file.open(QIODevice::WriteOnly | QIODevice::Append);
}

void EventLog::writeJson(qint64 timeMs, QJsonObject object)
{
    object.insert(u"time"_s, QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC).toString(Qt::ISODateWithMs));
    m_file.write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void EventLog::writeLine(qint64 timeMs, LogLevel level, const QString &text)
{
    const QByteArray line = QDateTime::fromMSecsSinceEpoch(timeMs).toString(Qt::ISODateWithMs).toUtf8() + ' '
        + nameOf(level).data() + ' ' + text.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
}

void EventLog::message(LogLevel level, const QString &text)
{
    if (!wants(level))
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (m_file.isOpen()) {
        writeJson(now, {{u"event"_s, u"message"_s}, {u"level"_s, nameOf(level)}, {u"text"_s, text}});
        m_file.flush();
    } else {
        writeLine(now, level, text);
    }
}

void EventLog::addEnded(qint64 timeMs, const ConnectionEnded &ended)
{
    const ConnectionCounters &counters = ended.counters;
    const bool refused = counters.state == ConnectionState::Refused;
    QJsonObject object{{u"event"_s, eventName(ended)},
                       {u"connection"_s, qint64(counters.id)},
                       {u"ending"_s, QJsonDocument::fromJson(endingToJson(ended.ending)).object()}};
    if (!ended.address.isEmpty())
        object.insert(u"address"_s, ended.address);
    if (!refused) {
        object.insert(u"room"_s, counters.room);
        object.insert(u"messagesIn"_s, qint64(counters.messagesIn));
        object.insert(u"messagesOut"_s, qint64(counters.messagesOut));
        object.insert(u"bytesIn"_s, qint64(counters.bytesIn));
        object.insert(u"bytesOut"_s, qint64(counters.bytesOut));
    }
    writeJson(timeMs, object);
}

void EventLog::add(const Snapshot &snapshot)
{
    if (!m_file.isOpen()) {
        for (const ServerEvent &event : snapshot.events) {
            if (wants(levelFor(event.severity)))
                writeLine(event.timeMs, levelFor(event.severity), event.text);
        }
        return;
    }
    for (const ConnectionInfo &info : snapshot.opened) {
        if (wants(LogLevel::Debug))
            writeJson(info.sinceMs,
                      {{u"event"_s, u"connection_opened"_s},
                       {u"connection"_s, qint64(info.id)},
                       {u"address"_s, info.address}});
    }
    for (const ConnectionEnded &ended : snapshot.ended) {
        if (wants(isFault(ended.ending.cause) ? LogLevel::Warning : LogLevel::Info))
            addEnded(snapshot.timeMs, ended);
    }
    for (const ServerEvent &event : snapshot.events) {
        if (wants(levelFor(event.severity)) && !isEnding(event))
            writeJson(event.timeMs,
                      {{u"event"_s, QString::fromLatin1(event.kind)},
                       {u"level"_s, nameOf(levelFor(event.severity))},
                       {u"text"_s, event.text}});
    }
    m_file.flush();
}

} // namespace glasshouse
