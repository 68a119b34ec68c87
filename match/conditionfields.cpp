// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditionfields.h"

#include "base/direction.h"
#include "protocol/frame.h"

#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

using Field = ConditionField;
using Kind = ConditionValueKind;
using Operator = ConditionOperator;

constexpr ConditionWord ways[] = {
    {QLatin1StringView("in"), int(Direction::In)},
    {QLatin1StringView("out"), int(Direction::Out)},
};
constexpr ConditionWord opcodes[] = {
    {QLatin1StringView("continuation"), int(Opcode::Continuation)},
    {QLatin1StringView("text"), int(Opcode::Text)},
    {QLatin1StringView("binary"), int(Opcode::Binary)},
    {QLatin1StringView("close"), int(Opcode::Close)},
    {QLatin1StringView("ping"), int(Opcode::Ping)},
    {QLatin1StringView("pong"), int(Opcode::Pong)},
};
constexpr ConditionWord groups[] = {
    {QLatin1StringView("message"), int(MessageGroup::Message)},
    {QLatin1StringView("control"), int(MessageGroup::Control)},
    {QLatin1StringView("event"), int(MessageGroup::Event)},
};

// In the order of ConditionField.
constexpr ConditionFieldRow rows[] = {
    {Field::Type, QLatin1StringView("type"), Kind::Text},
    {Field::Text, QLatin1StringView("text"), Kind::Content},
    {Field::Player, QLatin1StringView("player"), Kind::Text},
    {Field::From, QLatin1StringView("from"), Kind::Text},
    {Field::To, QLatin1StringView("to"), Kind::Text},
    {Field::Room, QLatin1StringView("room"), Kind::Text},
    {Field::Connection, QLatin1StringView("connection"), Kind::Connection},
    {Field::Way, QLatin1StringView("way"), Kind::Word, ways},
    {Field::Size, QLatin1StringView("size"), Kind::Size},
    {Field::Time, QLatin1StringView("time"), Kind::Time},
    {Field::Answer, QLatin1StringView("answer"), Kind::Duration},
    {Field::Number, QLatin1StringView("number"), Kind::Number},
    {Field::Opcode, QLatin1StringView("opcode"), Kind::Word, opcodes},
    {Field::Kind, QLatin1StringView("kind"), Kind::Word, groups},
    {Field::Error, QLatin1StringView("error"), Kind::Flag},
    {Field::Broken, QLatin1StringView("broken"), Kind::Flag},
    {Field::Omitted, QLatin1StringView("omitted"), Kind::Flag},
    {Field::Data, QLatin1StringView("data"), Kind::Json},
    {Field::Json, QLatin1StringView("json"), Kind::Json},
};

constexpr bool isInOrder()
{
    for (size_t i = 0; i < std::size(rows); ++i) {
        if (size_t(rows[i].field) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder());

constexpr Operator between[] = {Operator::Equal,    Operator::Unequal, Operator::Less, Operator::AtMost,
                                Operator::More,     Operator::AtLeast, Operator::In,   Operator::NotIn,
                                Operator::Contains, Operator::Fits};

bool hasOrder(Kind kind)
{
    return kind != Kind::Text && kind != Kind::Content && kind != Kind::Word && kind != Kind::Flag;
}

bool hasText(Kind kind) { return kind == Kind::Text || kind == Kind::Content || kind == Kind::Json; }

} // namespace

std::span<const ConditionFieldRow> conditionFields() { return rows; }
const ConditionFieldRow &rowOf(ConditionField field) { return rows[size_t(field)]; }

const ConditionFieldRow *conditionFieldNamed(QStringView name)
{
    const auto found = std::ranges::find_if(
        rows, [name](const ConditionFieldRow &row) { return name.compare(row.name, Qt::CaseInsensitive) == 0; });
    return found == std::end(rows) ? nullptr : found;
}

std::span<const ConditionOperator> conditionOperators() { return between; }

QLatin1StringView conditionOperatorText(ConditionOperator op)
{
    switch (op) {
    case Operator::Is:
        break;
    case Operator::Has:
        return QLatin1StringView("has");
    case Operator::Equal:
        return QLatin1StringView("==");
    case Operator::Unequal:
        return QLatin1StringView("!=");
    case Operator::Less:
        return QLatin1StringView("<");
    case Operator::AtMost:
        return QLatin1StringView("<=");
    case Operator::More:
        return QLatin1StringView(">");
    case Operator::AtLeast:
        return QLatin1StringView(">=");
    case Operator::In:
        return QLatin1StringView("in");
    case Operator::NotIn:
        return QLatin1StringView("not in");
    case Operator::Contains:
        return QLatin1StringView("contains");
    case Operator::Fits:
        return QLatin1StringView("~");
    }
    return {};
}

bool operatorFits(ConditionOperator op, ConditionValueKind kind)
{
    switch (op) {
    case Operator::Is:
        return kind == Kind::Flag;
    case Operator::Has:
    case Operator::Equal:
    case Operator::Unequal:
        return kind != Kind::Flag;
    case Operator::In:
    case Operator::NotIn:
        return kind != Kind::Flag && kind != Kind::Content;
    case Operator::Less:
    case Operator::AtMost:
    case Operator::More:
    case Operator::AtLeast:
        return hasOrder(kind);
    case Operator::Contains:
    case Operator::Fits:
        return hasText(kind);
    }
    return false;
}

QLatin1StringView opcodeWord(quint8 opcode)
{
    const auto found = std::ranges::find(opcodes, int(opcode), &ConditionWord::value);
    return found == std::end(opcodes) ? QLatin1StringView() : found->name;
}

} // namespace glasshouse
