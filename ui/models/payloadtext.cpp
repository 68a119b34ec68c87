// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/payloadtext.h"

#include "protocol/closecode.h"
#include "protocol/frame.h"
#include "protocol/utf8check.h"
#include "server/capture/secrethider.h"
#include "ui/base/formats.h"
#include "ui/models/messagecells.h"

#include <QCoreApplication>
#include <QtEndian>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Frame)
};

QString bits(quint8 byte)
{
    const QString all = QString::number(byte, 2).rightJustified(8, u'0');
    return all.left(4) + u' ' + all.mid(4);
}

QString line(const QString &name, const QString &value, const QString &meaning = {})
{
    const QString left = u"  "_s + name.leftJustified(14) + value.leftJustified(14);
    return (meaning.isEmpty() ? left.trimmed().prepend(u"  "_s) : left + meaning) + u'\n';
}

QString firstByte(const CapturedRow &row)
{
    const quint8 byte = row.record.firstByte;
    const bool fin = (byte & 0x80) != 0;
    const int reserved = (byte >> 4) & 7;
    constexpr int rsv1 = 4;
    return Words::tr("Byte 0").leftJustified(16) + bits(byte) + u'\n'
        + line(u"FIN"_s, QString::number(int(fin)),
               fin ? Words::tr("the last frame of its message") : Words::tr("more frames follow"))
        + line(u"RSV1–3"_s, QString::number(reserved, 2).rightJustified(3, u'0'),
               reserved == 0                ? Words::tr("no extension")
                   : (reserved & rsv1) != 0 ? Words::tr("RSV1: compressed, if that had been agreed on; it was not")
                                            : Words::tr("reserved bits without an extension"))
        + line(u"opcode"_s, u"0x%1"_s.arg(row.opcode(), 0, 16), kindText(row));
}

/// Rebuilt from what was kept of it: the length decides the second byte, unless the sender chose a longer form.
QString secondByte(const FrameRecord &record)
{
    const bool masked = (record.flags & RecordMasked) != 0;
    const int extended = record.headerSize - 2 - (masked ? 4 : 0);
    const quint8 seven = extended == 8 ? 127 : extended == 2 ? 126 : quint8(record.wireLength);
    const quint8 byte = quint8((masked ? 0x80 : 0) | (seven & 0x7F));
    const QString form = extended == 8 ? Words::tr("64-bit length follows")
        : extended == 2                ? Words::tr("16-bit length follows")
                                       : Words::tr("7-bit length");
    QString text = Words::tr("Byte 1").leftJustified(16) + bits(byte) + u'\n'
        + line(u"MASK"_s, QString::number(int(masked)),
               masked ? Words::tr("masked, as a client must") : Words::tr("not masked, as a server must"))
        + line(u"length"_s, QString::number(seven & 0x7F), form);
    if (extended > 0)
        text += line(Words::tr("extended"), QString::number(record.wireLength), formatBytes(record.wireLength));
    if (masked)
        text += line(Words::tr("mask key"), u"0x"_s + QString::number(record.key, 16).rightJustified(8, u'0'));
    return text;
}

QString sums(const FrameRecord &record)
{
    QString text = u'\n' + line(Words::tr("header"), formatBytes(record.headerSize))
        + line(Words::tr("payload"), formatBytes(record.wireLength))
        + line(Words::tr("on the wire"), formatBytes(qint64(record.headerSize) + record.wireLength));
    if (record.storedLength != record.wireLength && (record.flags & RecordSequenced) == 0)
        text += line(Words::tr("stored"), formatBytes(record.storedLength));
    return text;
}

/// RFC 6455 section 5.5.1: two bytes of code, and a reason.
QString closing(const CapturedRow &row)
{
    if (row.opcode() != quint8(Opcode::Close) || row.payload.size() == 1
        || (row.record.flags & RecordPayloadOmitted) != 0)
        return {};
    const QByteArrayView payload = row.payload;
    if (payload.isEmpty())
        return u'\n' + line(Words::tr("close code"), Words::tr("none"), Words::tr("nothing was said about why"));
    const quint16 code = qFromBigEndian<quint16>(payload.data());
    const QString name = QString::fromLatin1(closeCodeName(code));
    const QString meaning = !isValidCloseCode(code) ? Words::tr("may not be in a close frame")
        : name.isEmpty()                            ? Words::tr("of an application of its own")
                                                    : name;
    const QString reason = oneLine(QString::fromUtf8(payload.sliced(2)));
    return u'\n' + line(Words::tr("close code"), QString::number(code), meaning)
        + line(Words::tr("reason"), reason.isEmpty() ? Words::tr("none") : reason);
}

/// What a frame says about the message that it is a part of.
QString part(const CapturedRow &row)
{
    const bool fin = (row.record.firstByte & 0x80) != 0;
    const bool continues = row.opcode() == quint8(Opcode::Continuation);
    if (isControl(row.opcode()) || (fin && !continues))
        return {};
    return u'\n'
        + (!continues ? Words::tr("The first fragment of a message.")
               : fin  ? Words::tr("The last fragment of a message.")
                      : Words::tr("A fragment in the middle of a message."))
        + u'\n';
}

QString remarks(const FrameRecord &record)
{
    QString text;
    if ((record.flags & RecordBroken) != 0)
        text += u'\n'
            + Words::tr("Broken: %1").arg(QString::fromLatin1(describe(static_cast<FrameViolation>(record.violation))))
            + u'\n';
    if ((record.flags & RecordSequenced) != 0)
        text += u'\n' + Words::tr("Sequence number of this recipient: %1").arg(formatNumber(record.key)) + u'\n';
    if ((record.flags & RecordPayloadOmitted) != 0)
        text += u'\n' + Words::tr("The payload was not stored: the capture could not keep up.") + u'\n';
    if ((record.flags & RecordRedacted) != 0)
        text += u'\n' + Words::tr("A token was replaced in the payload.") + u'\n';
    return text;
}

/// May be a piece out of the middle of a text, with a letter cut in two at either end.
bool mayBeText(QByteArrayView piece)
{
    constexpr qsizetype mostTrailing = 3; // bytes of a letter behind its first one
    const auto isTrailing = [](char c) { return (c & 0xC0) == 0x80; };
    const auto last = piece.begin() + std::min(mostTrailing, piece.size());
    return Utf8Check().feed(piece.sliced(std::find_if_not(piece.begin(), last, isTrailing) - piece.begin()));
}

/// The name of a secret may stand in the frame before: of text nothing is sure. Binary is whole or not there at all, since what
/// is replaced in it would make other bytes of it.
QByteArray continuationWithoutSecrets(const Redactor &redactor, const QByteArray &payload)
{
    const bool mayHoldOne = !payload.isEmpty() && (mayBeText(payload) || redactor.mayNameSecret(payload));
    return mayHoldOne ? redactedMark.toByteArray() : payload;
}

} // namespace

CapturedRow withoutSecrets(CapturedRow row)
{
    static const Redactor redactor;
    if (row.isEvent())
        return row; // was noted without
    FrameHeader header;
    header.firstByte = row.record.firstByte;
    if (row.opcode() == quint8(Opcode::Continuation))
        row.payload = continuationWithoutSecrets(redactor, row.payload);
    else if (const auto hidden = SecretHider(redactor).sent(header, row.payload))
        row.payload = *hidden;
    return row;
}

QString copyText(const CapturedRow &row)
{
    const CapturedRow safe = withoutSecrets(row);
    // A piece in the middle does not say whose it is; what is left of one that is text is the mark.
    const bool isText = row.opcode() == quint8(Opcode::Text)
        || (row.opcode() == quint8(Opcode::Continuation) && Utf8Check::isValid(safe.payload));
    if (row.isEvent() || isControl(row.opcode()))
        return cellsOf(safe).preview;
    return isText ? QString::fromUtf8(safe.payload) : QString::fromLatin1(safe.payload.toHex(' '));
}

QString hexLine(QByteArrayView bytes, qsizetype offset)
{
    QString hex, text;
    for (qsizetype i = 0; i < hexBytesALine; ++i) {
        if (i == hexBytesALine / 2)
            hex += u' ';
        if (offset + i >= bytes.size()) {
            hex += u"   "_s;
            continue;
        }
        const uchar byte = uchar(bytes[offset + i]);
        hex += QString::number(byte, 16).rightJustified(2, u'0') + u' ';
        text += byte >= 0x20 && byte < 0x7F ? QChar(ushort(byte)) : QChar(u'·');
    }
    return QString::number(offset, 16).rightJustified(8, u'0') + u"  "_s + hex + u' ' + text;
}

QString hexDump(QByteArrayView bytes)
{
    QString out;
    out.reserve(bytes.size() * 5);
    for (qsizetype offset = 0; offset < bytes.size(); offset += hexBytesALine)
        out += hexLine(bytes, offset) + u'\n';
    return out;
}

QString explainFrame(const CapturedRow &row)
{
    if (row.isEvent())
        return Words::tr("Not a frame: an event that was noted between the frames.");
    return firstByte(row) + secondByte(row.record) + sums(row.record) + closing(row) + part(row) + remarks(row.record);
}

} // namespace glasshouse
