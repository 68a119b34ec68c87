// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/messagecells.h"

#include "protocol/closecode.h"
#include "protocol/frame.h"
#include "ui/base/formats.h"

#include <QCoreApplication>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int previewCharacters = 256;
constexpr qsizetype previewBytes = qsizetype(previewCharacters) * 4; // no character has more in UTF-8

QString words(const char *text) { return QCoreApplication::translate("Messages", text); }

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

QString previewOf(const CapturedRow &row)
{
    if ((row.record.flags & RecordPayloadOmitted) != 0)
        return words("payload not stored: the capture could not keep up");
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

QString directionText(Direction direction, Viewpoint viewpoint)
{
    if (viewpoint == Viewpoint::Client)
        return direction == Direction::In ? words("sent") : words("received");
    return direction == Direction::In ? words("in") : words("out");
}

QString wayText(Direction direction, Viewpoint viewpoint)
{
    return (direction == Direction::In ? u"→ "_s : u"← "_s) + directionText(direction, viewpoint);
}

QString eventText(EventKind kind)
{
    switch (kind) {
    case EventKind::Note:
        return words("note");
    case EventKind::ConnectionOpened:
        return words("opened");
    case EventKind::ConnectionEnded:
        return words("ended");
    case EventKind::RequestRefused:
        return words("refused");
    case EventKind::LimitHit:
        return words("limit hit");
    case EventKind::RoomCreated:
        return words("room created");
    case EventKind::RoomEnded:
        return words("room ended");
    case EventKind::Operator:
        return words("operator");
    case EventKind::Server:
        return words("server");
    case EventKind::SeatTaken:
        return words("seat taken");
    case EventKind::SeatResumed:
        return words("seat resumed");
    case EventKind::SeatDropped:
        return words("seat dropped");
    case EventKind::SeatLeft:
        return words("seat left");
    case EventKind::HttpRequest:
        return words("HTTP request");
    case EventKind::HttpAnswer:
        return words("HTTP answer");
    case EventKind::Sample:
        return words("sample");
    }
    return words("event"); // from a newer file
}

QString kindText(const CapturedRow &row)
{
    if (row.isEvent())
        return eventText(row.eventKind());
    switch (static_cast<Opcode>(row.opcode())) {
    case Opcode::Continuation:
        return words("continued");
    case Opcode::Text:
        return words("text");
    case Opcode::Binary:
        return words("binary");
    case Opcode::Close:
        return words("close");
    case Opcode::Ping:
        return words("ping");
    case Opcode::Pong:
        return words("pong");
    }
    return words("opcode 0x%1").arg(row.opcode(), 0, 16);
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
    cells.kind = kindText(row);
    cells.type = typeOf(row);
    cells.preview = previewOf(row);
    return cells;
}

} // namespace glasshouse
