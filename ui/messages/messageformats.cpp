// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/csv.h"
#include "match/conditionfields.h"
#include "protocol/frame.h"
#include "protocol/json.h"
#include "protocol/utf8check.h"
#include "server/events/eventrows.h"
#include "ui/base/formats.h"
#include "ui/messages/messagewriter.h"
#include "ui/messages/openinglines.h"
#include "ui/models/payloadtext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace glasshouse {

// The table of the forms, and those of them that say what a message holds. What is read by programs is the same in every language.

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MessageFormats)
};

constexpr int microseconds = 1'000'000;

/// ISO 8601, UTC, with microseconds.
QByteArray isoTime(qint64 timeUs)
{
    const qint64 seconds = timeUs / microseconds - (timeUs % microseconds < 0 ? 1 : 0);
    const QByteArray fraction = QByteArray::number(timeUs - seconds * microseconds).rightJustified(6, '0');
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss"_s).toLatin1() + '.'
        + fraction + 'Z';
}

QByteArray wayWord(const CapturedRow &row, Viewpoint viewpoint)
{
    const bool in = row.direction() == Direction::In;
    if (viewpoint == Viewpoint::Client)
        return in ? "sent" : "received";
    return in ? "in" : "out";
}

QByteArray kindWord(const CapturedRow &row)
{
    if (row.isEvent())
        return "event";
    const QLatin1StringView word = opcodeWord(row.opcode());
    return word.isEmpty() ? "opcode " + QByteArray::number(row.opcode()) : QByteArray(word.data(), word.size());
}

/// Of the envelope, or which event it is.
QByteArray typeWord(const CapturedRow &row)
{
    if (!row.isEvent())
        return row.type().toByteArray();
    const QLatin1StringView name = eventKindName(EventKind(row.record.firstByte));
    return {name.data(), name.size()};
}

QByteArray payload(const CapturedRow &row, MessageWriter &) { return copyText(row).toUtf8(); }

QByteArray text(const CapturedRow &row, MessageWriter &writer)
{
    return (messageCaption(row, writer.viewpoint()) + u"  "_s + cellsOf(row).preview).toUtf8();
}

void addPayload(QByteArray &json, const CapturedRow &row)
{
    const QByteArray &bytes = row.payload;
    if (row.isEvent() && checkJson(bytes))
        json += ",\"data\":" + bytes;
    else if (row.opcode() == quint8(Opcode::Binary) || !Utf8Check::isValid(bytes))
        json += ",\"base64\":\"" + bytes.toBase64() + '"';
    else
        json += ",\"text\":" + jsonQuoted(bytes);
}

QByteArray json(const CapturedRow &row, MessageWriter &writer)
{
    QByteArray json =
        "{\"number\":" + QByteArray::number(row.number) + ",\"time\":\"" + isoTime(row.record.timeUs) + '"';
    if (row.connection() != ConnectionId{})
        json += ",\"connection\":" + QByteArray::number(row.record.connection);
    if (const QByteArray player = writer.playerOf(row); !player.isEmpty())
        json += ",\"player\":" + jsonQuoted(player);
    if (!row.isEvent())
        json += ",\"way\":\"" + wayWord(row, writer.viewpoint()) + '"';
    json += ",\"kind\":\"" + kindWord(row) + '"';
    if (const QByteArray type = typeWord(row); !type.isEmpty())
        json += ",\"type\":" + jsonQuoted(type);
    if (!row.isEvent())
        json += ",\"size\":" + QByteArray::number(row.record.wireLength);
    if (row.broken())
        json += ",\"broken\":" + jsonQuoted(describe(static_cast<FrameViolation>(row.record.violation)));
    if ((row.record.flags & RecordPayloadOmitted) != 0)
        json += ",\"omitted\":true";
    else
        addPayload(json, row);
    return json + '}';
}

QByteArray csv(const CapturedRow &row, MessageWriter &writer)
{
    const QByteArray connection =
        row.connection() == ConnectionId{} ? QByteArray() : QByteArray::number(row.record.connection);
    const QByteArray way = row.isEvent() ? QByteArray() : wayWord(row, writer.viewpoint());
    const QByteArray size = row.isEvent() ? QByteArray() : QByteArray::number(row.record.wireLength);
    return QByteArray::number(row.number) + ',' + isoTime(row.record.timeUs) + ',' + connection + ','
        + csvCell(writer.playerOf(row)) + ',' + way + ',' + kindWord(row) + ',' + csvCell(typeWord(row)) + ',' + size
        + ',' + csvCell(copyText(row).toUtf8()) + "\r\n";
}

QByteArray hex(const CapturedRow &row, MessageWriter &writer)
{
    return messageCaption(row, writer.viewpoint()).toUtf8() + '\n' + hexDump(row.payload).toUtf8();
}

using Asks = MessageFormat::Asks;

QList<MessageFormat> makeFormats()
{
    return {
        {"payload",
         Words::tr("&Payload"),
         Words::tr("What the messages hold: text as it is, binary in hexadecimal"),
         u"txt"_s,
         {},
         "\n",
         {},
         Asks::Nothing,
         payload},
        {"text",
         Words::tr("&Text"),
         Words::tr("A line for each message: time, way, kind and the beginning of it"),
         u"txt"_s,
         {},
         "\n",
         {},
         Asks::Nothing,
         text},
        {"json", Words::tr("&JSON"), Words::tr("An array with an object for each message; binary as Base64"), u"json"_s,
         "[\n", ",\n", "\n]\n", Asks::Players, json},
        {"json-lines",
         Words::tr("JSON &Lines"),
         Words::tr("An object on each line, for programs such as jq"),
         u"jsonl"_s,
         {},
         "\n",
         "\n",
         Asks::Players,
         json},
        {"csv",
         Words::tr("Table (&CSV)"),
         Words::tr("A line for each message, for spreadsheets"),
         u"csv"_s,
         "number,time,connection,player,way,kind,type,size,payload\r\n",
         {},
         {},
         Asks::Players,
         csv},
        {"hex",
         Words::tr("&Hex"),
         Words::tr("Every byte in hexadecimal, 16 a line"),
         u"txt"_s,
         {},
         "\n",
         {},
         Asks::Nothing,
         hex},
        {"wscat",
         Words::tr("&wscat lines"),
         Words::tr("A line for a shell that connects and sends the text again"),
         u"sh"_s,
         {},
         "\n",
         "\n",
         Asks::Origins,
         wscatLine},
        {"curl",
         Words::tr("c&URL lines"),
         Words::tr("A line for a shell that opens the connection again, one for each; cURL sends no messages"),
         u"sh"_s,
         {},
         "\n",
         "\n",
         Asks::Origins,
         curlLine},
    };
}

} // namespace

QString messageCaption(const CapturedRow &row, Viewpoint viewpoint)
{
    QStringList parts{formatClock(row.record.timeUs)};
    if (viewpoint == Viewpoint::Server && row.connection() != ConnectionId{})
        parts << u"#%1"_s.arg(row.record.connection);
    if (!row.isEvent())
        parts << wayText(row.direction(), viewpoint);
    return (parts << kindText(row)).join(u"  "_s);
}

const QList<MessageFormat> &messageFormats()
{
    static const QList<MessageFormat> formats = makeFormats();
    return formats;
}

} // namespace glasshouse
