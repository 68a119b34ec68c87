// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditionvalue.h"

#include "match/decimal.h"

#include <algorithm>
#include <cmath>

namespace glasshouse {

namespace {

using Value = ConditionValue;

constexpr qsizetype mostDigits = 18; // of what fits 64 bits in any case
constexpr double mostBytes = 1e15;   // whole numbers up to there

struct Unit
{
    QLatin1StringView name;
    qint64 bytes;
};
// The largest ones that are powers of two come first: a size is written out in the first that it is a multiple of.
constexpr Unit units[] =
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

const Unit *unitNamed(QStringView name)
{
    const auto found = std::ranges::find_if(
        units, [name](const Unit &unit) { return name.compare(unit.name, Qt::CaseInsensitive) == 0; });
    return found == std::end(units) ? nullptr : found;
}

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

QString sizeWords(qint64 bytes)
{
    for (const Unit &unit : std::span(units).first(binaryUnits)) {
        if (bytes >= unit.bytes && bytes % unit.bytes == 0)
            return QString::number(bytes / unit.bytes) + u' ' + unit.name;
    }
    return QString::number(bytes);
}

std::optional<Value> sizeValue(QStringView word)
{
    const auto end = std::ranges::find_if_not(word, [](QChar c) { return isDigit(c) || c == u'.'; });
    const QStringView figure = word.first(end - word.begin());
    const QStringView unitName = word.sliced(figure.size()).trimmed();
    const Unit *const unit = unitName.isEmpty() ? &units[std::size(units) - 1] : unitNamed(unitName);
    bool isNumber = false;
    const double bytes = figure.toDouble(&isNumber) * (unit == nullptr ? 0 : double(unit->bytes));
    if (unit == nullptr || !isNumber || bytes > mostBytes)
        return std::nullopt;
    const qint64 number = std::llround(bytes);
    return Value{.kind = Value::Kind::Number, .words = sizeWords(number), .number = number};
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

bool isSizeUnit(QStringView word) { return unitNamed(word) != nullptr; }

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
