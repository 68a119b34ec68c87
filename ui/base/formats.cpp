// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/formats.h"

#include "base/visibletext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <cmath>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Formats)
};

QString decimal(double value)
{
    const int digits = value < 10 ? 2 : value < 100 ? 1 : 0;
    return QLocale().toString(value, 'f', digits);
}

QChar standIn(char32_t c)
{
    if (c == U'\n' || c == U'\r')
        return QChar(0x23CE); // return symbol
    return c == U'\t' ? u' ' : u'·';
}

/// `keeps`: of what isUnseen(), and the tab.
QString shown(QStringView text, QStringView keeps = {})
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t c = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        if ((c == U'\t' || isUnseen(c)) && !keeps.contains(text[i]))
            out += standIn(c);
        else
            out += text.sliced(i, isPair ? 2 : 1);
        i += isPair ? 1 : 0;
    }
    return out;
}

} // namespace

QString formatNumber(qint64 number) { return QLocale().toString(number); }
QString formatCount(quint64 number) { return QLocale().toString(number); }

QString formatAbout(quint64 number)
{
    if (number < 1'000'000)
        return formatCount(number);
    if (number < 1'000'000'000)
        return Words::tr("%1 M").arg(QLocale().toString(double(number) / 1e6, 'f', 1));
    return Words::tr("%1 G").arg(QLocale().toString(double(number) / 1e9, 'f', 1));
}

QString formatBytes(qint64 bytes)
{
    if (bytes < 1024)
        return Words::tr("%1 B").arg(formatNumber(bytes));
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
}

QString formatRate(double perSecond)
{
    if (perSecond < 0.05)
        return {};
    return QLocale().toString(perSecond, 'f', perSecond < 10 ? 1 : 0);
}

QString formatDuration(qint64 ms)
{
    if (ms == 0)
        return Words::tr("< 1 ms");
    if (ms < 1000)
        return Words::tr("%1 ms").arg(formatNumber(ms));
    if (ms < 60'000)
        return Words::tr("%1 s").arg(QLocale().toString(double(ms) / 1000, 'f', 1));
    const qint64 seconds = ms / 1000;
    if (seconds < 3600)
        return Words::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    if (seconds < 86'400)
        return Words::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
    return Words::tr("%1 d %2 h").arg(formatNumber(seconds / 86'400)).arg(seconds % 86'400 / 3600);
}

QString formatSecondsLeft(qint64 ms)
{
    const qint64 seconds = (std::max<qint64>(ms, 0) + 999) / 1000;
    return seconds < 60 ? Words::tr("%1 s").arg(seconds) : formatDuration(seconds * 1000);
}

QString formatClock(qint64 timeUs) { return QDateTime::fromMSecsSinceEpoch(timeUs / 1000).toString(u"HH:mm:ss.zzz"_s); }

QString formatExactTime(qint64 timeUs)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(timeUs / 1000);
    const QString micros = QString::number(timeUs % 1'000'000).rightJustified(6, u'0');
    return local.toString(u"yyyy-MM-dd HH:mm:ss."_s) + micros + u'\n'
        + local.toUTC().toString(u"yyyy-MM-dd HH:mm:ss."_s) + micros + u" UTC"_s;
}

QString formatDayAndTime(qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms).toString(u"yyyy-MM-dd HH:mm"_s); }

QString formatScore(double score)
{
    const double rounded = std::round(score * 10) / 10;
    return QLocale().toString(rounded, 'f', rounded == std::floor(rounded) ? 0 : 1);
}

QString formatSpan(qint64 us)
{
    if (us < 1'000'000)
        return Words::tr("%1 ms").arg(decimal(double(us) / 1e3));
    return us < 60'000'000 ? Words::tr("%1 s").arg(decimal(double(us) / 1e6)) : formatDuration(us / 1000);
}

QString formatDelta(qint64 us)
{
    return (us < 0 ? u"−"_s : u"+"_s) + formatSpan(qAbs(us)); // a real minus sign
}

QString oneLine(const QString &text, int maxLength)
{
    if (text.size() <= maxLength)
        return shown(text);
    const bool isPair = maxLength > 1 && text.at(maxLength - 2).isHighSurrogate();
    return shown(QStringView(text).first(maxLength - (isPair ? 2 : 1))) + u'…';
}

QString harmless(const QString &text) { return shown(text, u"\n\t"); }

} // namespace glasshouse
