// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/report/doctorreportparts.h"

#include "base/visibletext.h"
#include "protocol/utf8check.h"

#include <QCoreApplication>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype textShown = 1024; // bytes
constexpr qsizetype hexShown = 256;
constexpr qsizetype hexRow = 16;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DoctorReport)
};

/// Text with line breaks; what is no text has other bytes below space.
bool isText(const QByteArray &bytes)
{
    const auto isBinary = [](char c) { return quint8(c) < 0x20 && c != '\n' && c != '\r' && c != '\t'; };
    return Utf8Check::isValid(bytes) && std::ranges::none_of(bytes, isBinary);
}

QByteArray hexRows(const QByteArray &bytes)
{
    QByteArrayList rows;
    for (qsizetype at = 0; at < bytes.size(); at += hexRow) {
        const QByteArray row = bytes.mid(at, hexRow);
        QByteArray letters = row;
        for (char &letter : letters)
            letter = letter >= ' ' && letter <= '~' ? letter : '.';
        rows += row.toHex(' ').leftJustified(hexRow * 3) + letters;
    }
    return rows.join('\n');
}

/// A character that is cut in two is no text.
QByteArray withoutHalfCharacter(QByteArray text)
{
    while (!text.isEmpty() && !Utf8Check::isValid(text))
        text.chop(1);
    return text;
}

} // namespace

bool hasEnded(const DoctorStageResult &result)
{
    return result.verdict != DoctorVerdict::Waiting && result.verdict != DoctorVerdict::Running;
}

QString durationText(qint64 us)
{
    if (us < 0)
        return {};
    if (us < 1000)
        return u"< 1 ms"_s;
    const qint64 ms = us / 1000;
    return ms < 1000 ? QString::number(ms) + u" ms"_s : QString::number(double(ms) / 1000, 'f', 1) + u" s"_s;
}

QString shownAddress(const QUrl &url) { return url.toString(QUrl::RemoveUserInfo); }

QByteArray shownBytes(const QByteArray &bytes)
{
    const bool text = isText(bytes);
    QByteArray shown = bytes.first(std::min(bytes.size(), text ? textShown : hexShown));
    if (text)
        shown = withoutHalfCharacter(shown);
    const qsizetype more = bytes.size() - shown.size();
    QByteArray lines = text ? visibleLines(shown.replace("\r\n", "\n")) : hexRows(shown);
    while (lines.endsWith('\n'))
        lines.chop(1);
    return more == 0 ? lines : lines + '\n' + Words::tr("… %1 more bytes").arg(more).toUtf8();
}

QByteArray plainMarkdown(const QString &text)
{
    QString out;
    for (const QChar c : visible(text)) {
        if (c == u'&')
            out += "&amp;"_L1;
        else if (c == u'<')
            out += "&lt;"_L1;
        else if (c == u'@' || c == u'#') // a person or an issue of where it is pasted
            out += c + "<!-- -->"_L1;
        else
            out += u"\\`*_{}[]()|~!>"_s.contains(c) ? u"\\"_s + c : QString(c);
    }
    return out.toUtf8();
}

QByteArray fenced(const QByteArray &lines)
{
    QByteArray fence = "```";
    while (lines.contains(fence))
        fence += '`';
    return fence + '\n' + lines + (lines.endsWith('\n') ? "" : "\n") + fence + '\n';
}

} // namespace glasshouse
