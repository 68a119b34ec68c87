// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/payloadtext.h"

#include "protocol/frame.h"
#include "ui/base/formats.h"
#include "ui/models/messagecells.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString words(const char *text) { return QCoreApplication::translate("Frame", text); }

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
    return words("Byte 0").leftJustified(16) + bits(byte) + u'\n'
        + line(u"FIN"_s, QString::number(int(fin)),
               fin ? words("the last frame of its message") : words("more frames follow"))
        + line(u"RSV1–3"_s, QString::number(reserved, 2).rightJustified(3, u'0'),
               reserved == 0 ? words("no extension") : words("reserved bits without an extension"))
        + line(u"opcode"_s, u"0x%1"_s.arg(row.opcode(), 0, 16), kindText(row));
}

/// Rebuilt from what was kept of it: the length decides the second byte, unless the sender chose a longer form.
QString secondByte(const FrameRecord &record)
{
    const bool masked = (record.flags & RecordMasked) != 0;
    const int extended = record.headerSize - 2 - (masked ? 4 : 0);
    const quint8 seven = extended == 8 ? 127 : extended == 2 ? 126 : quint8(record.wireLength);
    const quint8 byte = quint8((masked ? 0x80 : 0) | (seven & 0x7F));
    const QString form = extended == 8 ? words("64-bit length follows")
        : extended == 2                ? words("16-bit length follows")
                                       : words("7-bit length");
    QString text = words("Byte 1").leftJustified(16) + bits(byte) + u'\n'
        + line(u"MASK"_s, QString::number(int(masked)),
               masked ? words("masked, as a client must") : words("not masked, as a server must"))
        + line(u"length"_s, QString::number(seven & 0x7F), form);
    if (extended > 0)
        text += line(words("extended"), QString::number(record.wireLength), formatBytes(record.wireLength));
    if (masked)
        text += line(words("mask key"), u"0x"_s + QString::number(record.key, 16).rightJustified(8, u'0'));
    return text;
}

QString sums(const FrameRecord &record)
{
    QString text = u'\n' + line(words("header"), formatBytes(record.headerSize))
        + line(words("payload"), formatBytes(record.wireLength))
        + line(words("on the wire"), formatBytes(qint64(record.headerSize) + record.wireLength));
    if (record.storedLength != record.wireLength && (record.flags & RecordSequenced) == 0)
        text += line(words("stored"), formatBytes(record.storedLength));
    return text;
}

QString remarks(const FrameRecord &record)
{
    QString text;
    if ((record.flags & RecordBroken) != 0)
        text += u'\n'
            + words("Broken: %1").arg(QString::fromLatin1(describe(static_cast<FrameViolation>(record.violation))))
            + u'\n';
    if ((record.flags & RecordSequenced) != 0)
        text += u'\n' + words("Sequence number of this recipient: %1").arg(formatNumber(record.key)) + u'\n';
    if ((record.flags & RecordPayloadOmitted) != 0)
        text += u'\n' + words("The payload was not stored: the capture could not keep up.") + u'\n';
    if ((record.flags & RecordRedacted) != 0)
        text += u'\n' + words("A token was replaced in the payload.") + u'\n';
    return text;
}

void appendHexLine(QString &out, QByteArrayView bytes, qsizetype offset)
{
    QString hex, text;
    for (qsizetype i = 0; i < 16; ++i) {
        if (i == 8)
            hex += u' ';
        if (offset + i >= bytes.size()) {
            hex += u"   "_s;
            continue;
        }
        const uchar byte = uchar(bytes[offset + i]);
        hex += QString::number(byte, 16).rightJustified(2, u'0') + u' ';
        text += byte >= 0x20 && byte < 0x7F ? QChar(ushort(byte)) : QChar(u'·');
    }
    out += QString::number(offset, 16).rightJustified(8, u'0') + u"  "_s + hex + u' ' + text + u'\n';
}

} // namespace

QString hexDump(QByteArrayView bytes)
{
    QString out;
    out.reserve(bytes.size() * 5);
    for (qsizetype offset = 0; offset < bytes.size(); offset += 16)
        appendHexLine(out, bytes, offset);
    return out;
}

QString explainFrame(const CapturedRow &row)
{
    if (row.isEvent())
        return words("Not a frame: an event that was noted between the frames.");
    return firstByte(row) + secondByte(row.record) + sums(row.record) + remarks(row.record);
}

} // namespace glasshouse
