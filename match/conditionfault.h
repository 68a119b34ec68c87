// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/expression.h"

namespace glasshouse {

/// Why words are no condition, and where.
struct ConditionFault
{
    enum class Kind : quint8 {
        Empty,             ///< nothing but blanks
        TooLong,           ///< more than Condition::mostCharacters, also when it is written out
        TooDeep,           ///< more parentheses in each other than Condition::mostDepth
        TooManyTerms,      ///< more than Condition::mostTerms
        QuoteOpen,         ///< a quote or a / is never closed
        BadEscape,         ///< behind a backslash
        BracketOpen,       ///< the [ of a path is never closed
        ParenthesisOpen,   ///< a ( is never closed
        ParenthesisClosed, ///< a ) closes nothing
        BadPath,           ///< a step that is no name, no number and no text
        PathTooLong,       ///< more steps than JsonPath::mostSteps
        UnknownField,
        OperatorMissing,  ///< behind a field
        UnknownOperator,  ///< &, |, …
        OperatorUnfit,    ///< for this field: type > 3
        ValueMissing,     ///< behind an operator
        ValueUnfit,       ///< not what this field is compared with
        NumberUnfit,      ///< nearly a number of JSON, without quotes: see numberMeant()
        NotOneOf,         ///< of the words that this field can be
        TermMissing,      ///< behind "&&", in "()", at the end
        Unexpected,       ///< may not stand here
        ExpressionFaulty, ///< see `expression`
    };
    Kind kind = Kind::Empty;
    qsizetype position =
        0; ///< of the first character that is at fault, from 0; the end of the words: something is missing
    qsizetype length = 0;
    QString part{};               ///< what stands there
    QString field{};              ///< the field that it is about; empty: none
    ExpressionFault expression{}; ///< its position counts from the beginning of the expression
    bool operator==(const ConditionFault &) const = default;
};

} // namespace glasshouse
