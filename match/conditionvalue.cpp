// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditionvalue.h"

#include "match/decimal.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace glasshouse {

namespace {

using Value = ConditionValue;

constexpr qsizetype mostDigits = 18;     // of what fits 64 bits in any case
constexpr qsizetype longestNumber = 100; // of what is looked at for mistakes
constexpr double mostCounted = 1e15;     // bytes or microseconds: whole numbers up to there

/// How many bytes it is, or microseconds.
struct Unit
{
    QLatin1StringView name;
    qint64 count;
};
// The largest ones that are powers of two come first: a size is written out in the first that it is a multiple of.
constexpr Unit sizeUnits[] =
    {
        {QLatin1StringView("GiB"), 1 << 30},
        {QLatin1StringView("MiB"), 1 << 20},
        {QLatin1StringView("KiB"), 1 << 10},
        {QLatin1StringView("GB"), 1'000'000'000},
        {QLatin1StringView("MB"), 1'000'000},
        {QLatin1StringView("kB"), 1'000},
        {QLatin1StringView("G"), 1 << 30},
        {QLatin1StringView("M"), 1 << 20}, // as the options of the program have them
        {QLatin1StringView("k"), 1 << 10},
        {QLatin1StringView("B"), 1},
};
constexpr size_t binaryUnits = 3;
// The first one is meant where none is named.
constexpr Unit timeUnits[] = {
    {QLatin1StringView("ms"), 1'000},
    {QLatin1StringView("s"), 1'000'000},
    {QLatin1StringView("us"), 1},
    {QLatin1StringView("min"), 60'000'000},
};

const Unit *unitNamed(std::span<const Unit> units, QStringView name)
{
    const auto found = std::ranges::find_if(
        units, [name](const Unit &unit) { return name.compare(unit.name, Qt::CaseInsensitive) == 0; });
    return found == units.end() ? nullptr : &*found;
}

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

QString sizeWords(qint64 bytes)
{
    for (const Unit &unit : std::span(sizeUnits).first(binaryUnits)) {
        if (bytes >= unit.count && bytes % unit.count == 0)
            return QString::number(bytes / unit.count) + u' ' + unit.name;
    }
    return QString::number(bytes);
}

/// "2 s", "51.3 ms"
QString durationWords(qint64 us)
{
    if (us > 0 && us % 1'000'000 == 0)
        return QString::number(us / 1'000'000) + QLatin1StringView(" s");
    QString words = QString::number(us / 1'000);
    if (const qint64 rest = us % 1'000; rest != 0) {
        words += u'.' + QString::number(rest).rightJustified(3, u'0');
        while (words.endsWith(u'0'))
            words.chop(1);
    }
    return words + QLatin1StringView(" ms");
}

/// A number with a unit; `usual` where none stands there.
std::optional<qint64> countIn(QStringView word, std::span<const Unit> units, const Unit &usual)
{
    const auto end = std::ranges::find_if_not(word, [](QChar c) { return isDigit(c) || c == u'.'; });
    const QStringView figure = word.first(end - word.begin());
    const QStringView unitName = word.sliced(figure.size()).trimmed();
    const Unit *const unit = unitName.isEmpty() ? &usual : unitNamed(units, unitName);
    bool isNumber = false;
    const double count = figure.toDouble(&isNumber) * (unit == nullptr ? 0 : double(unit->count));
    return unit == nullptr || !isNumber || count > mostCounted ? std::nullopt : std::optional(std::llround(count));
}

std::optional<Value> sizeValue(QStringView word)
{
    const auto bytes = countIn(word, sizeUnits, std::span(sizeUnits).back());
    if (!bytes)
        return std::nullopt;
    return Value{.kind = Value::Kind::Number, .words = sizeWords(*bytes), .number = *bytes};
}

std::optional<Value> durationValue(QStringView word)
{
    const auto us = countIn(word, timeUnits, timeUnits[0]);
    if (!us)
        return std::nullopt;
    return Value{.kind = Value::Kind::Number, .words = durationWords(*us), .number = *us};
}

std::optional<Value> timeValue(QStringView word)
{
    const auto time = TimeSpan::read(word);
    if (!time)
        return std::nullopt;
    QString words = word.toString().toUpper();
    words.replace(u' ', u'T');
    return Value{.kind = Value::Kind::Time, .words = words, .time = *time};
}

std::optional<Value> wordValue(const ConditionFieldRow &row, QStringView word)
{
    const auto found = std::ranges::find_if(
        row.words, [word](const ConditionWord &known) { return word.compare(known.name, Qt::CaseInsensitive) == 0; });
    if (found == row.words.end())
        return std::nullopt;
    return Value{.kind = Value::Kind::Number, .words = found->name, .number = found->value};
}

std::optional<Value> jsonValue(QStringView word)
{
    if (word == u"true")
        return Value{.kind = Value::Kind::True, .words = word.toString()};
    if (word == u"false")
        return Value{.kind = Value::Kind::False, .words = word.toString()};
    if (word == u"null")
        return Value{.kind = Value::Kind::Null, .words = word.toString()};
    const QByteArray bytes = word.toUtf8();
    if (!Decimal::read(bytes))
        return std::nullopt;
    return Value{.kind = Value::Kind::Decimal, .words = word.toString(), .bytes = bytes};
}

} // namespace

std::optional<QString> numberMeant(const QString &word)
{
    static const QRegularExpression decimal(
        QStringLiteral("\\A([+-]?)([0-9]*)(?:(\\.)([0-9]*))?(?:([eE][+-]?)([0-9]*))?\\z"));
    static const QRegularExpression hexadecimal(QStringLiteral("\\A([+-]?)0[xX]([0-9a-fA-F]*)\\z"));
    if (word.size() > longestNumber || Decimal::read(word.toUtf8()))
        return std::nullopt;
    if (const auto hex = hexadecimal.match(word); hex.hasMatch()) {
        bool isThere = false;
        const qulonglong number = hex.capturedView(2).toULongLong(&isThere, 16);
        const QString sign = hex.captured(1) == QLatin1StringView("-") ? hex.captured(1) : QString();
        return isThere ? sign + QString::number(number) : QString();
    }
    const auto parts = decimal.match(word);
    const bool hasDigits = parts.capturedLength(2) > 0 || parts.capturedLength(4) > 0;
    const bool isBegun = parts.capturedLength(3) > 0 && parts.capturedLength(5) == 0; // "." on its way to ".5"
    if (!parts.hasMatch() || (!hasDigits && !isBegun))
        return std::nullopt;
    if (!hasDigits || (parts.capturedLength(5) > 0 && parts.capturedLength(6) == 0))
        return QString();
    QString whole = parts.captured(2);
    while (whole.size() > 1 && whole.startsWith(u'0'))
        whole.remove(0, 1);
    QString number = parts.captured(1) == QLatin1StringView("-") ? parts.captured(1) : QString();
    number += whole.isEmpty() ? QStringLiteral("0") : whole;
    if (parts.capturedLength(4) > 0)
        number += u'.' + parts.captured(4);
    return number + parts.captured(5) + parts.captured(6);
}

ConditionValue conditionText(const QString &text)
{
    return Value{.kind = Value::Kind::Text, .words = text, .bytes = text.toUtf8()};
}

std::optional<ConditionValue> conditionNumber(QStringView word, bool isConnection)
{
    if (isConnection && word.startsWith(u'#'))
        word = word.sliced(1);
    if (word.isEmpty() || word.size() > mostDigits || !std::ranges::all_of(word, isDigit))
        return std::nullopt;
    const qint64 number = word.toLongLong();
    return Value{.kind = Value::Kind::Number, .words = QString::number(number), .number = number};
}

bool isUnitOf(ConditionValueKind kind, QStringView word)
{
    return (kind == ConditionValueKind::Size && unitNamed(sizeUnits, word) != nullptr)
        || (kind == ConditionValueKind::Duration && unitNamed(timeUnits, word) != nullptr);
}

std::optional<ConditionValue> conditionValue(const ConditionFieldRow &row, const QString &word, bool quoted)
{
    switch (row.kind) {
    case ConditionValueKind::Text:
    case ConditionValueKind::Content:
        return conditionText(word);
    case ConditionValueKind::Number:
    case ConditionValueKind::Connection:
        return conditionNumber(word, row.kind == ConditionValueKind::Connection);
    case ConditionValueKind::Size:
        return sizeValue(word);
    case ConditionValueKind::Duration:
        return durationValue(word);
    case ConditionValueKind::Time:
        return timeValue(word);
    case ConditionValueKind::Word:
        return wordValue(row, word);
    case ConditionValueKind::Flag:
        return std::nullopt;
    case ConditionValueKind::Json:
        break;
    }
    const auto value = quoted ? std::nullopt : jsonValue(word);
    return value ? value : conditionText(word);
}

} // namespace glasshouse
