// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/optionfacts.h"

#include "server/config/units.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

template <typename Number>
std::optional<QVariant> boxed(const std::optional<Number> &number, qint64 most)
{
    return number && qint64(*number) <= most ? std::optional<QVariant>(qint64(*number)) : std::nullopt;
}

std::optional<QVariant> flagOf(const QString &text)
{
    if (text == "on"_L1 || text == "1"_L1 || text == "true"_L1)
        return true;
    if (text == "off"_L1 || text == "0"_L1 || text == "false"_L1)
        return false;
    return std::nullopt;
}

QString zeroText(Zero zero)
{
    switch (zero) {
    case Zero::NoLimit:
        return u" (0 = no limit)"_s;
    case Zero::Never:
        return u" (0 = never)"_s;
    case Zero::NotAtAll:
        return u" (0 = do not wait)"_s;
    case Zero::AnyFree:
        return u" (0 = any free)"_s;
    }
    return {};
}

} // namespace

bool isNumber(OptionType type) { return type >= OptionType::Number; }

std::optional<QVariant> OptionFacts::valueOf(const QString &text) const
{
    switch (type) {
    case OptionType::Text:
    case OptionType::Path:
        return normal == nullptr ? text : normal(text);
    case OptionType::Word:
        return words.contains(text) ? std::optional<QVariant>(text) : std::nullopt;
    case OptionType::Flag:
        return flagOf(text);
    case OptionType::Number:
        return boxed(parseNumber(text, 0, std::numeric_limits<int>::max()), most);
    case OptionType::Size:
        return boxed(parseSize(text), most);
    case OptionType::Time:
        return boxed(parseSeconds(text), most);
    case OptionType::Rate:
    case OptionType::ByteRate:
        return boxed(parseRate(text), most);
    }
    return std::nullopt;
}

bool OptionFacts::takes(const QString &text) const
{
    return valueOf(text).has_value() && (takesEmpty || !text.isEmpty()) && (isGood == nullptr || isGood(text));
}

QString OptionFacts::faultOf(const QString &text) const
{
    const QString reason = whyNot == nullptr ? QString() : whyNot(text);
    return reason.isEmpty() ? u"\"%1\" is not %2"_s.arg(text, expected()) : reason;
}

QString OptionFacts::expected() const
{
    if (expects != nullptr)
        return QString::fromUtf8(expects);
    switch (type) {
    case OptionType::Text:
        return u"a text"_s;
    case OptionType::Path:
        return u"a file"_s;
    case OptionType::Word:
        return words.mid(0, words.size() - 1).join(u", "_s) + u" or "_s + words.value(words.size() - 1);
    case OptionType::Flag:
        return u"on or off"_s;
    case OptionType::Number:
        return u"a whole number"_s + zeroText(zero);
    case OptionType::Size:
        return u"a size such as 65536, 64k, 1M"_s + zeroText(zero);
    case OptionType::Time:
        return u"a time such as 30, 30s, 2m"_s + zeroText(zero);
    case OptionType::Rate:
    case OptionType::ByteRate:
        return u"a rate such as 60 or 60/s"_s + zeroText(zero);
    }
    return {};
}

QStringList OptionFacts::written(const QVariant &value) const
{
    if (isSecret)
        return value.toString().isEmpty() ? QStringList() : QStringList{u"(set)"_s};
    switch (type) {
    case OptionType::Flag:
        return {value.toBool() ? u"on"_s : u"off"_s};
    case OptionType::Number:
    case OptionType::Time:
        return {QString::number(value.toLongLong())};
    case OptionType::Size:
    case OptionType::Rate:
    case OptionType::ByteRate:
        return {sizeText(value.toLongLong())};
    case OptionType::Text:
    case OptionType::Path:
    case OptionType::Word:
        break;
    }
    QStringList texts = value.toStringList();
    if (!isList)
        texts = texts.mid(0, 1);
    texts.removeAll(QString());
    return texts;
}

QString OptionFacts::placeholder() const
{
    if (metavar != nullptr)
        return QString::fromUtf8(metavar);
    switch (type) {
    case OptionType::Text:
        return u"TEXT"_s;
    case OptionType::Path:
        return u"FILE"_s;
    case OptionType::Word:
        return words.join(u'|');
    case OptionType::Flag:
        return {};
    case OptionType::Number:
        return u"N"_s;
    case OptionType::Size:
        return u"SIZE"_s;
    case OptionType::Time:
        return u"TIME"_s;
    case OptionType::Rate:
    case OptionType::ByteRate:
        return u"RATE"_s;
    }
    return {};
}

} // namespace glasshouse
