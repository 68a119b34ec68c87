// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/messagecells.h"

#include "protocol/closecode.h"
#include "protocol/frame.h"
#include "protocol/json.h"
#include "ui/base/eventsentence.h"
#include "ui/base/formats.h"

#include <QCoreApplication>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int previewCharacters = 256;
constexpr int valueCharacters = 64;
constexpr qsizetype mostSearched = qsizetype(32) * 1024; // for values: some rows are read ahead
constexpr int deepest = 64;
constexpr qsizetype previewBytes = qsizetype(previewCharacters) * 4; // no character has more in UTF-8

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Messages)
};

bool hasText(const CapturedRow &row)
{
    return row.isEvent() || row.opcode() == quint8(Opcode::Text) || row.opcode() == quint8(Opcode::Continuation);
}

quint16 closeCodeOf(QByteArrayView payload)
{
    return payload.size() < 2 ? quint16(CloseCode::NoStatus) : qFromBigEndian<quint16>(payload.data());
}

QString closePreview(QByteArrayView payload)
{
    const QString name = QString::fromLatin1(closeCodeName(closeCodeOf(payload)));
    const QString reason = QString::fromUtf8(payload.sliced(std::min<qsizetype>(2, payload.size())));
    return reason.isEmpty() ? name : name.isEmpty() ? reason : name + u": "_s + reason;
}

bool isPrintable(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

QString payloadPreview(const CapturedRow &row)
{
    const QByteArrayView payload = row.payload;
    if (hasText(row))
        return QString::fromUtf8(payload.first(std::min(payload.size(), previewBytes)));
    if (row.opcode() == quint8(Opcode::Close))
        return closePreview(payload);
    if (isControl(row.opcode()) && isPrintable(payload))
        return QString::fromLatin1(payload);
    return hexPreview(payload);
}

QString previewOf(const CapturedRow &row, const EventSentence &event)
{
    if ((row.record.flags & RecordPayloadOmitted) != 0)
        return Words::tr("payload not stored: the capture could not keep up");
    if (!event.text.isEmpty())
        return oneLine(event.text, previewCharacters);
    const QString payload = payloadPreview(row);
    if (!row.broken())
        return oneLine(payload, previewCharacters);
    const QString fault = QString::fromLatin1(describe(static_cast<FrameViolation>(row.record.violation)));
    return oneLine(payload.isEmpty() ? fault : fault + u" – "_s + payload, previewCharacters);
}

QByteArray typeOf(const CapturedRow &row)
{
    if (row.isEvent())
        return {};
    if (row.opcode() == quint8(Opcode::Close))
        return QByteArray::number(closeCodeOf(row.payload));
    return row.type().toByteArray();
}

} // namespace

QStringList valuesIn(const CapturedRow &row, const QList<JsonPath> &paths)
{
    if (paths.isEmpty() || !hasText(row) || row.payload.isEmpty() || row.payload.size() > mostSearched)
        return {};
    const auto checked = checkJson(row.payload, deepest);
    if (!checked)
        return {};
    QStringList values;
    for (const JsonPath &path : paths) {
        const QByteArrayView value = path.value(checked.value());
        const auto string = value.startsWith('"') ? jsonString(value) : std::nullopt;
        const QByteArrayView shown = string ? QByteArrayView(*string) : value;
        values << oneLine(QString::fromUtf8(shown.first(std::min(shown.size(), previewBytes))), valueCharacters);
    }
    return values;
}

QString directionText(Direction direction, Viewpoint viewpoint)
{
    if (viewpoint == Viewpoint::Client)
        return direction == Direction::In ? Words::tr("sent") : Words::tr("received");
    return direction == Direction::In ? Words::tr("in") : Words::tr("out");
}

QString wayText(Direction direction, Viewpoint viewpoint)
{
    return (direction == Direction::In ? u"→ "_s : u"← "_s) + directionText(direction, viewpoint);
}

QString eventText(EventKind kind)
{
    switch (kind) {
    case EventKind::Note:
        return Words::tr("note");
    case EventKind::ConnectionOpened:
        return Words::tr("opened");
    case EventKind::ConnectionEnded:
        return Words::tr("ended");
    case EventKind::RequestRefused:
        return Words::tr("refused");
    case EventKind::LimitHit:
        return Words::tr("limit hit");
    case EventKind::RoomCreated:
        return Words::tr("room created");
    case EventKind::RoomEnded:
        return Words::tr("room ended");
    case EventKind::Operator:
        return Words::tr("operator");
    case EventKind::Server:
        return Words::tr("server");
    case EventKind::SeatTaken:
        return Words::tr("seat taken");
    case EventKind::SeatResumed:
        return Words::tr("seat resumed");
    case EventKind::SeatDropped:
        return Words::tr("seat dropped");
    case EventKind::SeatLeft:
        return Words::tr("seat left");
    case EventKind::HttpRequest:
        return Words::tr("HTTP request");
    case EventKind::HttpAnswer:
        return Words::tr("HTTP answer");
    case EventKind::Sample:
        return Words::tr("sample");
    }
    return Words::tr("event"); // from a newer file
}

QString kindText(const CapturedRow &row)
{
    if (row.isEvent())
        return eventText(row.eventKind());
    switch (static_cast<Opcode>(row.opcode())) {
    case Opcode::Continuation:
        return Words::tr("continued");
    case Opcode::Text:
        return Words::tr("text");
    case Opcode::Binary:
        return Words::tr("binary");
    case Opcode::Close:
        return Words::tr("close");
    case Opcode::Ping:
        return Words::tr("ping");
    case Opcode::Pong:
        return Words::tr("pong");
    }
    return Words::tr("opcode 0x%1").arg(row.opcode(), 0, 16);
}

QString hexPreview(QByteArrayView bytes, int count)
{
    const QByteArrayView shown = bytes.first(std::min<qsizetype>(bytes.size(), count));
    QString hex = QString::fromLatin1(shown.toByteArray().toHex(' '));
    return bytes.size() > shown.size() ? hex + u" …"_s : hex;
}

MessageCells cellsOf(const CapturedRow &row)
{
    MessageCells cells;
    cells.timeUs = row.record.timeUs;
    cells.connection = row.connection();
    cells.direction = row.direction();
    cells.size = row.record.wireLength;
    cells.event = row.isEvent();
    cells.control = !cells.event && isControl(row.opcode());
    cells.broken = row.broken();
    cells.answered = row.answered();
    cells.kind = kindText(row);
    cells.type = typeOf(row);
    const EventSentence event = row.isEvent() ? eventSentence(row) : EventSentence();
    cells.fault = event.fault;
    cells.preview = previewOf(row, event);
    return cells;
}

} // namespace glasshouse
