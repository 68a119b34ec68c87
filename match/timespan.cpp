// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/timespan.h"

#include <QDateTime>

namespace glasshouse {

namespace {

constexpr qint64 second = 1'000'000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

/// Takes between `least` and `most` digits away from the beginning of `text`; −1: they are not there.
int takeNumber(QStringView &text, int least, int most)
{
    int number = 0;
    int count = 0;
    for (; count < most && count < text.size() && text[count] >= u'0' && text[count] <= u'9'; ++count)
        number = number * 10 + (text[count].unicode() - u'0');
    text = text.sliced(count);
    return count < least ? -1 : number;
}

bool take(QStringView &text, QChar c)
{
    if (!text.startsWith(c))
        return false;
    text = text.sliced(1);
    return true;
}

struct TimeOfDay
{
    qint64 start = 0;
    qint64 length = minute;
};

/// What stands behind the point of the seconds.
bool takeFraction(QStringView &text, TimeOfDay &time)
{
    const qsizetype before = text.size();
    qint64 fraction = takeNumber(text, 1, 6);
    if (fraction < 0)
        return false;
    time.length = second;
    for (qsizetype i = text.size(); i < before; ++i)
        time.length /= 10;
    time.start += fraction * time.length;
    return true;
}

std::optional<TimeOfDay> takeTime(QStringView &text)
{
    const int hours = takeNumber(text, 1, 2);
    if (hours < 0 || hours > 23)
        return std::nullopt;
    if (!take(text, u':'))
        return TimeOfDay{hours * hour, hour};
    const int minutes = takeNumber(text, 2, 2);
    if (minutes < 0 || minutes > 59)
        return std::nullopt;
    TimeOfDay time{hours * hour + minutes * minute};
    if (!take(text, u':'))
        return time;
    const int seconds = takeNumber(text, 2, 2);
    if (seconds < 0 || seconds > 59)
        return std::nullopt;
    time.start += seconds * second;
    time.length = second;
    if (take(text, u'.') && !takeFraction(text, time))
        return std::nullopt;
    return time;
}

QDate takeDate(QStringView &text)
{
    const int year = takeNumber(text, 4, 4);
    if (!take(text, u'-'))
        return {};
    const int month = takeNumber(text, 2, 2);
    if (!take(text, u'-'))
        return {};
    return {year, month, takeNumber(text, 2, 2)};
}

/// Seconds east of Greenwich, of all that is left of `text`.
std::optional<int> zoneIn(QStringView text)
{
    if (text.compare(QLatin1StringView("Z"), Qt::CaseInsensitive) == 0)
        return 0;
    const int sign = take(text, u'+') ? 1 : take(text, u'-') ? -1 : 0;
    const int hours = takeNumber(text, 2, 2);
    take(text, u':');
    const int minutes = text.isEmpty() ? 0 : takeNumber(text, 2, 2);
    if (sign == 0 || hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || !text.isEmpty())
        return std::nullopt;
    return sign * (hours * 3600 + minutes * 60);
}

std::optional<TimeSpan> ofDate(QDate date, QStringView rest)
{
    if (rest.isEmpty())
        return TimeSpan{false, date.startOfDay().toMSecsSinceEpoch() * 1000,
                        date.addDays(1).startOfDay().toMSecsSinceEpoch() * 1000};
    if (!take(rest, u'T') && !take(rest, u't') && !take(rest, u' '))
        return std::nullopt;
    const auto time = takeTime(rest);
    const std::optional<int> zone = rest.isEmpty() ? std::optional(0) : zoneIn(rest);
    if (!time || !zone)
        return std::nullopt;
    const QTime clock = QTime::fromMSecsSinceStartOfDay(int(time->start / 1000));
    const QDateTime moment = rest.isEmpty() ? QDateTime(date, clock) : QDateTime(date, clock, Qt::OffsetFromUTC, *zone);
    if (!moment.isValid())
        return std::nullopt; // an hour that was left out in spring
    const qint64 start = moment.toMSecsSinceEpoch() * 1000 + time->start % 1000;
    return TimeSpan{false, start, start + time->length};
}

/// Microseconds. A search looks at rows in the order of their times, and offsets change at quarters of hours only.
qint64 localOffset(qint64 timeUs)
{
    struct Last
    {
        qint64 quarter = std::numeric_limits<qint64>::min();
        qint64 offset = 0;
    };
    thread_local Last last;
    const qint64 quarter = timeUs / (15 * minute);
    if (last.quarter != quarter)
        last = {quarter, QDateTime::fromMSecsSinceEpoch(timeUs / 1000).offsetFromUtc() * second};
    return last.offset;
}

} // namespace

std::optional<TimeSpan> TimeSpan::read(QStringView text)
{
    QStringView rest = text;
    if (const QDate date = takeDate(rest); date.isValid())
        return ofDate(date, rest);
    rest = text;
    const auto time = takeTime(rest);
    if (!time || !rest.isEmpty())
        return std::nullopt;
    return TimeSpan{true, time->start, time->start + time->length};
}

qint64 TimeSpan::comparable(qint64 timeUs) const
{
    if (!isOfDay)
        return timeUs;
    const qint64 inDay = (timeUs % day + localOffset(timeUs)) % day;
    return inDay < 0 ? inDay + day : inDay;
}

} // namespace glasshouse
