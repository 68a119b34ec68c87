// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/payloadcheck.h"

#include "protocol/json.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PayloadCheck)
};

/// Our checker says whether, Qt's parser says where.
qsizetype faultIn(const QByteArray &json)
{
    QJsonParseError error;
    std::ignore = QJsonDocument::fromJson('[' + json + ']', &error); // brackets: a lone number is JSON, too
    if (error.error == QJsonParseError::NoError)
        return -1;
    return QString::fromUtf8(json.left(error.offset - 1)).size();
}

PayloadCheck checkJsonText(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    if (bytes.trimmed().isEmpty())
        return {{}, Words::tr("Nothing to send yet"), -1};
    if (checkJson(bytes).ok())
        return {bytes, {}, -1};
    const qsizetype position = faultIn(bytes);
    const QString place = position < 0 ? QString() : u": "_s + placeIn(text, position);
    return {{}, Words::tr("Not valid JSON") + place, position};
}

bool isSeparator(QChar c) { return c.isSpace() || c == u',' || c == u':' || c == u'-'; }

int hexDigit(QChar c)
{
    const int value = c.isDigit() ? c.digitValue() : c.toLower().unicode() - 'a' + 10;
    return c.unicode() < 0x80 && c.isLetterOrNumber() && value < 16 ? value : -1;
}

PayloadCheck checkHex(const QString &text)
{
    PayloadCheck result;
    int high = -1;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool prefix = text[i] == u'0' && i + 1 < text.size() && text[i + 1].toLower() == u'x' && high < 0;
        if (prefix)
            ++i;
        if (prefix || (isSeparator(text[i]) && high < 0))
            continue;
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return {{},
                    (isSeparator(text[i]) ? Words::tr("Half a byte") : Words::tr("Not a hexadecimal digit")) + u": "_s
                        + placeIn(text, i),
                    i};
        if (high >= 0)
            result.bytes.append(char(high * 16 + digit));
        high = high >= 0 ? -1 : digit;
    }
    return high < 0 ? result : PayloadCheck{{}, Words::tr("Half a byte at the end"), text.size()};
}

PayloadCheck checkBase64(const QString &text)
{
    QString digits = text;
    digits.remove(QRegularExpression(u"\\s"_s)).replace(u'-', u'+').replace(u'_', u'/');
    const auto decoded = QByteArray::fromBase64Encoding(digits.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    const bool isPlain = std::ranges::all_of(digits, [](QChar c) { return c.unicode() < 0x80; });
    return decoded && isPlain ? PayloadCheck{*decoded, {}, -1} : PayloadCheck{{}, Words::tr("Not valid base64"), -1};
}

/// What has no size of its own, such as a pipe, would keep the window waiting.
PayloadCheck checkFile(const QString &text)
{
    const QFileInfo file(text.trimmed());
    if (text.trimmed().isEmpty())
        return {{}, Words::tr("Choose a file"), -1};
    if (!file.isFile() || !file.isReadable())
        return {{}, Words::tr("There is no file of that name that can be read"), -1};
    if (file.size() > largestPayloadFile)
        return {{}, Words::tr("The file is larger than 16 MiB"), -1};
    return {{}, {}, -1, file.size()};
}

} // namespace

PayloadCheck checkPayload(PayloadKind kind, const QString &text)
{
    switch (kind) {
    case PayloadKind::Text:
        return {text.toUtf8(), {}, -1};
    case PayloadKind::Json:
        return checkJsonText(text);
    case PayloadKind::Binary:
        return checkHex(text);
    case PayloadKind::Base64:
        return checkBase64(text);
    case PayloadKind::File:
        return checkFile(text);
    }
    Q_UNREACHABLE();
}

PayloadCheck loadPayload(PayloadKind kind, const QString &text)
{
    PayloadCheck check = checkPayload(kind, text);
    if (kind != PayloadKind::File || !check.ok())
        return check;
    QFile file(text.trimmed());
    const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.read(largestPayloadFile + 1) : QByteArray();
    if (file.error() != QFileDevice::NoError)
        return {{}, Words::tr("The file can not be read: %1").arg(file.errorString()), -1};
    if (bytes.size() > largestPayloadFile)
        return {{}, Words::tr("The file is larger than 16 MiB"), -1};
    return {bytes, {}, -1};
}

QString placeIn(const QString &text, qsizetype position)
{
    const QString before = text.left(position);
    const qsizetype line = before.count(u'\n') + 1;
    const qsizetype column = position - before.lastIndexOf(u'\n');
    return Words::tr("line %1, column %2").arg(line).arg(column);
}

} // namespace glasshouse
