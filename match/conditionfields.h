// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>
#include <QString>
#include <span>

namespace glasshouse {

/// What can be asked of a message. Their help texts go by it (ui/log/conditionwords).
enum class ConditionField : quint8 {
    Type,
    Text,
    Player,
    From,
    To,
    Room,
    Connection,
    Way,
    Size,
    Time,
    Answer,
    Number,
    Opcode,
    Kind,
    Error,
    Broken,
    Omitted,
    Data,
    Json,
};

/// What a field is compared with.
enum class ConditionValueKind : quint8 {
    Text,
    Content, ///< of the payload
    Number,
    Connection, ///< a number, also as #7
    Size,       ///< a number, also with a unit
    Duration,   ///< a number of milliseconds, also with another unit
    Time,
    Word, ///< one of few
    Flag, ///< nothing: it stands alone
    Json, ///< a text, a number, true, false, null; a path leads to it
};

enum class ConditionOperator : quint8 {
    Is,  ///< a flag, alone
    Has, ///< stands before its field
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    In,
    NotIn,
    Contains, ///< a text, without regard to case
    Fits,     ///< an expression
};

struct ConditionWord
{
    QLatin1StringView name;
    int value;
};

struct ConditionFieldRow
{
    ConditionField field;
    QLatin1StringView name;
    ConditionValueKind kind;
    std::span<const ConditionWord> words{}; ///< that it can be (ConditionValueKind::Word)
};

/// All fields: the parser, the completion and the help read this.
[[nodiscard]] std::span<const ConditionFieldRow> conditionFields();
[[nodiscard]] const ConditionFieldRow &rowOf(ConditionField field);
/// Without regard to case; null: there is none.
[[nodiscard]] const ConditionFieldRow *conditionFieldNamed(QStringView name);
/// "ping": what the field opcode says, also for who writes it down; empty: RFC 6455 has no such opcode.
[[nodiscard]] QLatin1StringView opcodeWord(quint8 opcode);

/// Operators that stand between a field and its value, as they are written out.
[[nodiscard]] std::span<const ConditionOperator> conditionOperators();
[[nodiscard]] QLatin1StringView conditionOperatorText(ConditionOperator op);
[[nodiscard]] bool operatorFits(ConditionOperator op, ConditionValueKind kind);

/// The numbers of ConditionField::Kind.
enum class MessageGroup : quint8 { Message, Control, Event };

} // namespace glasshouse
