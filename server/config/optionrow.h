// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/optionfacts.h"
#include "server/config/units.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace glasshouse {

namespace option {

template <typename Value>
QVariant boxed(const Value &value)
{
    if constexpr (std::is_same_v<Value, QByteArray>) {
        return QString::fromUtf8(value);
    } else if constexpr (std::is_same_v<Value, QList<QByteArray>>) {
        QStringList texts;
        for (const QByteArray &one : value)
            texts += QString::fromUtf8(one);
        return texts;
    } else if constexpr (std::is_enum_v<Value> || (std::is_integral_v<Value> && !std::is_same_v<Value, bool>)) {
        return qint64(value);
    } else {
        return value;
    }
}

template <typename Value>
void unbox(const QVariant &boxed, Value &value)
{
    if constexpr (std::is_same_v<Value, QByteArray>) {
        value = boxed.toString().toUtf8();
    } else if constexpr (std::is_same_v<Value, QList<QByteArray>>) {
        value.clear();
        for (const QString &text : boxed.toStringList())
            value += text.toUtf8();
    } else if constexpr (std::is_enum_v<Value> || (std::is_integral_v<Value> && !std::is_same_v<Value, bool>)) {
        value = Value(boxed.toLongLong());
    } else {
        value = boxed.value<Value>();
    }
}

} // namespace option

/// Where the value of an option is kept in a `Target`. As a QVariant it is what OptionType says, or a QStringList.
template <typename Target>
struct OptionField
{
    std::function<QVariant(const Target &)> read;
    std::function<void(Target &, const QVariant &)> write;
    qint64 most = std::numeric_limits<qint64>::max(); ///< of a number
    bool isEnum = false;                              ///< read as a number
};

/// That of a part of the target.
template <typename Target, typename Part>
OptionField<Target> partOf(Part Target::*part, const OptionField<Part> &field)
{
    return {[=](const Target &target) { return field.read(target.*part); },
            [=](Target &target, const QVariant &value) { field.write(target.*part, value); }, field.most, field.isEnum};
}

template <typename Target, typename Value>
OptionField<Target> fieldOf(Value Target::*member)
{
    OptionField<Target> field{[=](const Target &target) { return option::boxed(target.*member); },
                              [=](Target &target, const QVariant &value) { option::unbox(value, target.*member); }};
    field.isEnum = std::is_enum_v<Value>;
    if constexpr (std::is_integral_v<Value>)
        field.most = qint64(std::numeric_limits<Value>::max());
    return field;
}

template <typename Target, typename Part, typename Value>
OptionField<Target> fieldOf(Part Target::*part, Value Part::*member)
{
    return partOf(part, fieldOf(member));
}

/// A bool that is off where the flag is on.
template <typename Target>
OptionField<Target> oppositeOf(const OptionField<Target> &field)
{
    return {[=](const Target &target) { return QVariant(!field.read(target).toBool()); },
            [=](Target &target, const QVariant &value) { field.write(target, !value.toBool()); }};
}

/// One option: the single place that knows its name, what it takes, where it goes and how it is written. Command line,
/// environment, file, stored settings, the dialogue, check-config, reloads and the documentation all read it.
template <typename Target>
struct OptionRow : OptionFacts
{
    OptionField<Target> field;

    OptionRow(OptionFacts facts, OptionField<Target> where) : OptionFacts(std::move(facts)), field(std::move(where))
    {
        most = std::min(type == OptionType::Time ? maxSeconds : most, field.most);
        if (field.isEnum)
            field = worded(field, words);
    }

    /// Of a list: adds one. False: it is not a value for it, and the target is as it was.
    bool set(Target &target, const QString &text) const
    {
        const auto value = takes(text) ? valueOf(text) : std::nullopt;
        if (value)
            field.write(target, isList ? QVariant(field.read(target).toStringList() << value->toString()) : *value);
        return value.has_value();
    }
    /// As it would be written; nothing: it is not set. Of a secret: "(set)".
    [[nodiscard]] QStringList get(const Target &target) const { return written(field.read(target)); }
    /// Of a text or a list.
    void clear(Target &target) const { field.write(target, isList ? QVariant(QStringList()) : QVariant(QString())); }
    /// Whatever was written there in another way, by a file or a program: as it is kept. What is no value stays.
    void normalise(Target &target) const
    {
        if (normal == nullptr)
            return;
        QStringList texts = field.read(target).toStringList();
        for (QString &text : texts)
            text = text.isEmpty() ? text : normal(text).value_or(text);
        field.write(target, isList ? QVariant(texts) : QVariant(texts.value(0)));
    }
    [[nodiscard]] bool isSame(const Target &a, const Target &b) const { return field.read(a) == field.read(b); }
    void copy(const Target &from, Target &to) const { field.write(to, field.read(from)); }

private:
    static OptionField<Target> worded(const OptionField<Target> &field, const QStringList &words)
    {
        return {[=](const Target &target) { return QVariant(words.value(field.read(target).toLongLong())); },
                [=](Target &target, const QVariant &value) {
                    if (words.contains(value.toString()))
                        field.write(target, qint64(words.indexOf(value.toString())));
                }};
    }
};

/// The row of a part, for the whole.
template <typename Target, typename Part>
OptionRow<Target> partOf(Part Target::*part, const OptionRow<Part> &row)
{
    return {row, partOf(part, row.field)};
}

template <typename Target>
const OptionRow<Target> *findRow(const std::vector<OptionRow<Target>> &rows, QStringView name)
{
    const auto found = std::find_if(
        rows.begin(), rows.end(), [name](const OptionRow<Target> &row) { return name == QLatin1StringView(row.name); });
    return found == rows.end() ? nullptr : &*found;
}

/// Gives `wanted` what a running program can not change, from what is in force. Names of the options that were to change.
template <typename Target>
QStringList keepForRestart(const std::vector<OptionRow<Target>> &rows, const Target &inForce, Target &wanted)
{
    QStringList names;
    for (const OptionRow<Target> &row : rows) {
        if (!row.needsRestart || row.isSame(inForce, wanted))
            continue;
        names += QString::fromLatin1(row.name);
        row.copy(inForce, wanted);
    }
    return names;
}

} // namespace glasshouse
