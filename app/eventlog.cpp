// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/eventlog.h"

#include "server/events/eventtext.h"

#include <QDateTime>
#include <QHash>
#include <QJsonDocument>
#include <algorithm>

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

LogLevel levelFor(const Ending &ending) { return isFault(ending.cause) ? LogLevel::Warning : LogLevel::Info; }

QLatin1StringView nameOf(LogLevel level)
{
    constexpr const char *names[] = {"error", "warning", "info", "debug"};
    return QLatin1StringView(names[size_t(level)]);
}

bool isEnding(const ServerEvent &event)
{
    return event.code == EventCode::ConnectionEnded || event.code == EventCode::RequestRefused;
}

QString eventName(const ConnectionEnded &ended)
{
    if (ended.ending.cause == EndingCause::HttpServed)
        return u"http_served"_s;
    return ended.counters.state == ConnectionState::Refused ? u"request_refused"_s : u"connection_ended"_s;
}

/// One line of what a stranger sent: printable ASCII, and not much of it.
QString shown(QByteArrayView text)
{
    constexpr qsizetype most = 200;
    QString line = QString::fromLatin1(text.first(std::min(most, text.size())));
    std::ranges::replace_if(
        line, [](QChar c) { return c < u' ' || c > u'~'; }, QChar(u'?'));
    return text.size() > most ? line + u'…' : line;
}

/// What somebody asked for who did not get it, from the redacted head.
struct Asked
{
    QString target; ///< "GET /ws/blue"
    QString origin;
};

Asked askedBy(const QByteArray &head)
{
    Asked asked;
    const QList<QByteArray> lines = head.left(8192).split('\n');
    const QByteArray first = lines.first().trimmed();
    const qsizetype end = first.lastIndexOf(" HTTP/");
    asked.target = shown(end < 0 ? first : first.left(end)); // all of a line that is broken
    for (const QByteArray &line : lines) {
        if (const qsizetype colon = line.indexOf(':'); line.first(std::max<qsizetype>(colon, 0)).toLower() == "origin")
            asked.origin = shown(line.sliced(colon + 1).trimmed());
    }
    return asked;
}

/// Behind the numbers: what exactly was wrong, and with what.
QString causeOf(const ConnectionEnded &ended)
{
    const Ending &ending = ended.ending;
    const Asked asked = askedBy(ended.requestHead);
    QString text;
    if (!ending.detail.isEmpty() && isFault(ending.cause))
        text += u"; "_s + shown(ending.detail);
    if (!asked.target.isEmpty())
        text += u"; "_s + asked.target;
    if (!asked.origin.isEmpty())
        text += u", origin "_s + asked.origin;
    return text;
}

/// "code 1000, 12.3 s, 4 messages in, 7 out"; nobody looks it up elsewhere who has these lines only.
QString numbersOf(const ConnectionEnded &ended)
{
    const Ending &ending = ended.ending;
    const QString seconds = QString::number(double(ending.lifetimeMs) / 1000, 'f', 1) + u" s"_s;
    if (ended.counters.state == ConnectionState::Refused)
        return ending.httpStatus == 0 ? seconds : u"HTTP %1, %2"_s.arg(QString::number(ending.httpStatus), seconds);
    return u"code %1, %2, %3 messages in, %4 out"_s.arg(QString::number(ending.code()), seconds,
                                                        QString::number(ended.counters.messagesIn),
                                                        QString::number(ended.counters.messagesOut));
}

/// What is said of a connection, in its order: one that stays may be refused more than once.
class TextsOfConnections
{
public:
    void put(ConnectionId id, const QString &text) { m_texts[id].append(text); }
    /// Empty: there is none (any more).
    QString take(ConnectionId id)
    {
        const auto found = m_texts.find(id);
        return found == m_texts.end() || found->isEmpty() ? QString() : found->takeFirst();
    }

private:
    QHash<ConnectionId, QStringList> m_texts;
};

} // namespace

bool EventLog::open(const QString &file)
{
    m_file.setFileName(file);
    return m_file.open(QIODevice::WriteOnly | QIODevice::Append);
}

void EventLog::writeJson(qint64 timeMs, LogLevel level, const QString &event, const QString &text, QJsonObject more)
{
    more.insert(u"time"_s, QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC).toString(Qt::ISODateWithMs));
    more.insert(u"level"_s, nameOf(level));
    more.insert(u"event"_s, event);
    more.insert(u"text"_s, text);
    m_file.write(QJsonDocument(more).toJson(QJsonDocument::Compact) + '\n');
}

void EventLog::writeLine(qint64 timeMs, LogLevel level, const QString &text)
{
    const QByteArray line = QDateTime::fromMSecsSinceEpoch(timeMs).toString(Qt::ISODateWithMs).toUtf8() + ' '
        + nameOf(level).data() + ' ' + text.toUtf8() + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), m_lines);
}

void EventLog::message(LogLevel level, const QString &text)
{
    if (!wants(level))
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (m_file.isOpen()) {
        writeJson(now, level, u"message"_s, text);
        m_file.flush();
    } else {
        writeLine(now, level, text);
    }
}

void EventLog::addEnded(qint64 timeMs, const ConnectionEnded &ended, const QString &text)
{
    const ConnectionCounters &counters = ended.counters;
    const bool refused = counters.state == ConnectionState::Refused;
    QJsonObject object{{u"connection"_s, qint64(counters.id)}, {u"ending"_s, endingObject(ended.ending)}};
    const Asked asked = askedBy(ended.requestHead);
    if (!asked.target.isEmpty())
        object.insert(u"request"_s, asked.target);
    if (!asked.origin.isEmpty())
        object.insert(u"origin"_s, asked.origin);
    if (!ended.address.isEmpty())
        object.insert(u"address"_s, ended.address);
    if (!refused) {
        object.insert(u"room"_s, counters.room);
        object.insert(u"messagesIn"_s, qint64(counters.messagesIn));
        object.insert(u"messagesOut"_s, qint64(counters.messagesOut));
        object.insert(u"bytesIn"_s, qint64(counters.bytesIn));
        object.insert(u"bytesOut"_s, qint64(counters.bytesOut));
    }
    writeJson(timeMs, levelFor(ended.ending), eventName(ended), text, object);
}

// An event says who it was, and its ending the numbers: each has the other's connection.
void EventLog::addLines(const News &news)
{
    TextsOfConnections numbers;
    for (const ConnectionEnded &ended : news.ended) {
        if (ended.ending.cause != EndingCause::HttpServed) // no event
            numbers.put(ended.counters.id, u" ("_s + numbersOf(ended) + causeOf(ended) + u')');
    }
    for (const ServerEvent &event : news.events) {
        const QString behind = isEnding(event) ? numbers.take(event.connection) : QString();
        if (wants(levelFor(severityOf(event))))
            writeLine(event.timeMs, levelFor(severityOf(event)), eventText(event) + behind);
    }
}

void EventLog::addObjects(const News &news)
{
    for (const ConnectionInfo &info : news.opened) {
        if (wants(LogLevel::Debug))
            writeJson(info.sinceMs, LogLevel::Debug, u"connection_opened"_s,
                      u"Somebody connected: #%1, %2"_s.arg(QString::number(quint32(info.id)), info.address),
                      {{u"connection"_s, qint64(info.id)}, {u"address"_s, info.address}});
    }
    TextsOfConnections texts;
    for (const ServerEvent &event : news.events) {
        if (isEnding(event))
            texts.put(event.connection, eventText(event));
    }
    for (const ConnectionEnded &ended : news.ended) {
        const bool wasServed = ended.ending.cause == EndingCause::HttpServed;
        const QString text = wasServed ? QString() : texts.take(ended.counters.id);
        if (wants(levelFor(ended.ending)))
            addEnded(news.timeMs, ended,
                     text.isEmpty() ? QString::fromLatin1(endingText(ended.ending.cause).sentence) : text);
    }
    for (const ServerEvent &event : news.events) {
        if (wants(levelFor(severityOf(event))) && !isEnding(event))
            writeJson(event.timeMs, levelFor(severityOf(event)), QLatin1StringView(eventType(event.code).kind),
                      eventText(event));
    }
    m_file.flush();
}

void EventLog::add(const News &news)
{
    if (m_file.isOpen())
        addObjects(news);
    else
        addLines(news);
}

} // namespace glasshouse
