// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/eventlog.h"

#include "base/visibletext.h"
#include "server/events/checkreport.h"
#include "server/events/eventtext.h"

#include <QDateTime>
#include <QHash>
#include <QHostAddress>
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

constexpr int tickMs = 1'000;

/// What comes as often as strangers like.
bool isFlood(EventCode code)
{
    return code == EventCode::AddressDoubted || code == EventCode::DeviceChecked || code == EventCode::PlayersLeftOut
        || code == EventCode::RequestsLeftOut || code == EventCode::EventsLeftOut;
}

/// Whoever has an IPv6 network of 64 bits has all its addresses.
QString networkOf(const QString &text)
{
    const QHostAddress address(text);
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return text;
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + 8, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes).toString() + u"/64"_s;
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
    const quint64 dropped = ended.counters.droppedMessages;
    return u"code %1, %2, %3 messages in, %4 out"_s.arg(QString::number(ending.code()), seconds,
                                                        QString::number(ended.counters.messagesIn),
                                                        QString::number(ended.counters.messagesOut))
        + (dropped == 0 ? QString() : u", %1 dropped"_s.arg(dropped));
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

EventLog::EventLog(LogLevel level, std::FILE *lines)
    : m_file(std::make_unique<LogFile>(lines)),
      m_level(level),
      m_format(Format::Lines)
{
    m_tick.callOnTimeout([this] { tick(); });
}

EventLog::EventLog(LogLevel level, std::unique_ptr<LogFile> file)
    : m_file(std::move(file)),
      m_level(level),
      m_format(Format::Objects)
{
    m_tick.callOnTimeout([this] { tick(); });
}

EventLog::~EventLog()
{
    putFolded(QDateTime::currentMSecsSinceEpoch(), m_strangers.takeAll(), m_floods.takeAll());
    writeBatch();
}

void EventLog::put(qint64 timeMs, LogLevel level, const QString &event, const QString &text, QJsonObject more)
{
    ++m_batchLines;
    if (m_format == Format::Lines) {
        m_batch += QDateTime::fromMSecsSinceEpoch(timeMs).toString(Qt::ISODateWithMs).toUtf8() + ' '
            + nameOf(level).data() + ' ' + visible(text).toUtf8() + '\n';
        return;
    }
    more.insert(u"time"_s, QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC).toString(Qt::ISODateWithMs));
    more.insert(u"level"_s, nameOf(level));
    more.insert(u"event"_s, event);
    more.insert(u"text"_s, text);
    m_batch += visibleJson(QJsonDocument(more).toJson(QJsonDocument::Compact)) + '\n';
}

void EventLog::writeBatch()
{
    const bool wasInTrouble = m_lostBefore >= 0;
    const qint64 lost = m_file->lost();
    if (wasInTrouble)
        putGap(lost - m_lostBefore);
    const QByteArray lines = std::exchange(m_batch, {});
    const qint64 count = std::exchange(m_batchLines, 0);
    if (!lines.isEmpty() && m_file->write(lines, count) == wasInTrouble) {
        m_lostBefore = wasInTrouble ? -1 : lost;
        sayTrouble();
    }
    const bool isBusy = m_lostBefore >= 0 || !m_strangers.isEmpty() || !m_floods.isEmpty();
    if (isBusy && !m_tick.isActive())
        m_tick.start(tickMs);
    else if (!isBusy)
        m_tick.stop();
}

/// In front of what waits: there the lines are missing. It is no line that can be lost.
void EventLog::putGap(qint64 lost)
{
    const QByteArray waiting = std::exchange(m_batch, {});
    put(QDateTime::currentMSecsSinceEpoch(), LogLevel::Error, u"log_goes_on"_s,
        u"The log could not be written; lines that are missing here: %1"_s.arg(lost));
    --m_batchLines;
    m_batch += waiting;
}

/// Once when it begins and once when it is over, where it can be read: the log itself is no such place.
void EventLog::sayTrouble() const
{
    const bool isWell = m_lostBefore < 0;
    if (const QString file = m_file->path(); !file.isEmpty() && isWell)
        std::fprintf(stderr, "glasshouse: %s can be written again\n", qPrintable(file));
    else if (!file.isEmpty())
        std::fprintf(stderr, "glasshouse: can not write %s: %s\n", qPrintable(file), qPrintable(errorString()));
    if (m_trouble)
        m_trouble(errorString(), m_file->lost());
}

void EventLog::tick()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    putFolded(now, m_strangers.due(now), m_floods.due(now));
    writeBatch();
}

// Of whoever never took a seat: what he does costs him nothing, and must not fill the disk.
bool EventLog::getsALine(const ConnectionEnded &ended, qint64 timeMs)
{
    const ConnectionCounters &counters = ended.counters;
    if (!folds() || !counters.playerId.isEmpty() || !counters.room.isEmpty())
        return true;
    const QString network = networkOf(ended.address);
    const bool isBad = isFault(ended.ending.cause);
    return m_strangers.takes((isBad ? "! " : "") + network.toUtf8(), network, levelFor(ended.ending), timeMs,
                             endingText(ended.ending.cause).name);
}

bool EventLog::getsALine(const ServerEvent &event)
{
    if (event.code == EventCode::LogFailed || event.code == EventCode::LogGoesOn)
        return false; // it says so itself
    if (event.check && !event.check->over)
        return false; // another report of the same device follows
    if (!folds() || !isFlood(event.code))
        return true;
    return m_floods.takes(foldKeyOf(event) + ' ' + eventType(event.code).kind, eventText(event),
                          levelFor(severityOf(event)), event.timeMs, {}, std::max<qint64>(1, event.number));
}

void EventLog::putFolded(qint64 timeMs, const QList<LineFold::Folded> &strangers, const QList<LineFold::Folded> &floods)
{
    for (const LineFold::Folded &folded : strangers) {
        QJsonObject causes;
        QStringList words;
        for (auto kind = folded.kinds.begin(); kind != folded.kinds.end(); ++kind) {
            causes.insert(QString::fromLatin1(kind.key()), kind.value());
            words += QString::fromLatin1(kind.key()) + u' ' + QString::number(kind.value());
        }
        const QString text = u"More from %1 within a minute that never took a seat: %2 (%3)"_s.arg(
            folded.text, QString::number(folded.count), words.join(u", "_s));
        put(timeMs, folded.level, u"strangers"_s, text,
            {{u"address"_s, folded.text}, {u"count"_s, folded.count}, {u"causes"_s, causes}});
    }
    for (const LineFold::Folded &folded : floods)
        put(timeMs, folded.level, u"repeated"_s,
            folded.text + u" (and "_s + QString::number(folded.count) + u" more within a minute)"_s,
            {{u"count"_s, folded.count}});
}

void EventLog::message(LogLevel level, const QString &text, const QString &category)
{
    if (!wants(level))
        return;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const QString shown = category.isEmpty() || m_format == Format::Objects ? text : category + u": "_s + text;
    // What libraries say may come with every message of a client.
    if (category.isEmpty() || !folds() || m_floods.takes((category + u' ' + text).toUtf8(), shown, level, now))
        put(now, level, u"message"_s, shown,
            category.isEmpty() ? QJsonObject() : QJsonObject{{u"category"_s, category}});
    writeBatch();
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
        object.insert(u"droppedMessages"_s, qint64(counters.droppedMessages));
        object.insert(u"bytesIn"_s, qint64(counters.bytesIn));
        object.insert(u"bytesOut"_s, qint64(counters.bytesOut));
    }
    put(timeMs, levelFor(ended.ending), eventName(ended), text, object);
}

// An event says who it was, and its ending the numbers: each has the other's connection.
void EventLog::addLines(const News &news)
{
    TextsOfConnections numbers;
    for (const ConnectionEnded &ended : news.ended) {
        if (ended.ending.cause == EndingCause::HttpServed)
            continue; // no event
        const bool isTold = wants(levelFor(ended.ending)) && getsALine(ended, news.timeMs);
        numbers.put(ended.counters.id, isTold ? u" ("_s + numbersOf(ended) + causeOf(ended) + u')' : QString());
    }
    for (const ServerEvent &event : news.events) {
        const QString behind = isEnding(event) ? numbers.take(event.connection) : QString();
        const LogLevel level = levelFor(severityOf(event));
        if (wants(level) && (isEnding(event) ? !behind.isEmpty() : getsALine(event)))
            put(event.timeMs, level, {}, eventText(event) + behind);
    }
}

void EventLog::addObjects(const News &news)
{
    for (const ConnectionInfo &info : news.opened) {
        if (wants(LogLevel::Debug))
            put(info.sinceMs, LogLevel::Debug, u"connection_opened"_s,
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
        if (wants(levelFor(ended.ending)) && getsALine(ended, news.timeMs))
            addEnded(news.timeMs, ended,
                     text.isEmpty() ? QString::fromLatin1(endingText(ended.ending.cause).sentence) : text);
    }
    for (const ServerEvent &event : news.events) {
        if (wants(levelFor(severityOf(event))) && !isEnding(event) && getsALine(event))
            put(event.timeMs, levelFor(severityOf(event)), QLatin1StringView(eventType(event.code).kind),
                eventText(event));
    }
}

void EventLog::add(const News &news)
{
    if (m_format == Format::Objects)
        addObjects(news);
    else
        addLines(news);
    writeBatch();
}

} // namespace glasshouse
