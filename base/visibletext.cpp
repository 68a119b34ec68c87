// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/visibletext.h"

#include <QChar>
#include <algorithm>

namespace glasshouse {

namespace {

bool isPlain(QChar c) { return c >= u' ' && c <= u'~'; }

template <typename Escape>
QString escaped(const QString &text, const Escape &escape)
{
    if (std::all_of(text.begin(), text.end(), isPlain))
        return text;
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t c = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        const qsizetype size = isPair ? 2 : 1;
        if (isUnseen(c))
            out += escape(c, QStringView(text).sliced(i, size));
        else
            out += QStringView(text).sliced(i, size);
        i += size - 1;
    }
    return out;
}

} // namespace

bool isUnseen(char32_t c)
{
    if (c == U'\t')
        return false;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_Surrogate:
        return true;
    case QChar::Other_Format: // bidi among them
        return c != 0x200C && c != 0x200D;
    default:
        return false;
    }
}

QString visible(const QString &text)
{
    return escaped(text, [](char32_t c, QStringView) {
        return QStringLiteral("\\u{%1}").arg(QString::number(quint32(c), 16).toUpper());
    });
}

QByteArray visible(const QByteArray &text) { return visible(QString::fromUtf8(text)).toUtf8(); }

QByteArray visibleLines(const QByteArray &text)
{
    QByteArray out;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = text.indexOf('\n', at);
        out += visible(text.mid(at, end < 0 ? -1 : end - at));
        if (end < 0)
            break;
        out += '\n';
        at = end + 1;
    }
    return out;
}

QByteArray visibleJson(const QByteArray &json)
{
    return escaped(QString::fromUtf8(json),
                   [](char32_t, QStringView units) {
                       QString out;
                       for (const QChar unit : units)
                           out += QStringLiteral("\\u%1").arg(unit.unicode(), 4, 16, QChar(u'0'));
                       return out;
                   })
        .toUtf8();
}

} // namespace glasshouse
