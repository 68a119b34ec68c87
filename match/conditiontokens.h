// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditionfault.h"

#include <QList>
#include <optional>

namespace glasshouse {

/// A piece of the words of a condition.
struct ConditionToken
{
    enum class Kind : quint8 {
        Word,    ///< a field with its path, a keyword, a number, a time, a text without quotes
        Text,    ///< in quotes
        Pattern, ///< between slashes
        Symbol,  ///< == && ( , and so on
        Bad,     ///< see `fault`
        End,     ///< stands behind the last one
    };
    Kind kind = Kind::End;
    qsizetype position = 0;
    qsizetype length = 0;
    QString text{};                                               ///< without quotes and escapes
    ConditionFault::Kind fault = ConditionFault::Kind::QuoteOpen; ///< of a bad one, which goes to the end of the words

    [[nodiscard]] qsizetype end() const { return position + length; }
    [[nodiscard]] bool isSymbol(QStringView symbol) const { return kind == Kind::Symbol && text == symbol; }
    [[nodiscard]] bool isWord(QStringView word) const
    {
        return kind == Kind::Word && word.compare(text, Qt::CaseInsensitive) == 0;
    }
    [[nodiscard]] bool isAnd() const { return isSymbol(u"&&") || isWord(u"and"); }
    [[nodiscard]] bool isOr() const { return isSymbol(u"||") || isWord(u"or"); }
    [[nodiscard]] bool isNot() const { return isSymbol(u"!") || isWord(u"not"); }
};

/// All of them, with an End.
[[nodiscard]] QList<ConditionToken> conditionTokens(QStringView words);

/// What a word says as the beginning of a comparison: "size", "data.x", "json[0]".
struct NamedField
{
    const struct ConditionFieldRow *row = nullptr;
    QString path; ///< of JSON, as written
};
/// nullopt: there is no such field.
[[nodiscard]] std::optional<NamedField> namedField(const ConditionToken &token);

/// What people typed is a condition, or a text that is searched for as it is: see Condition.
[[nodiscard]] bool isCondition(const QList<ConditionToken> &tokens);

} // namespace glasshouse
