// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditiontokens.h"
#include "match/conditiontree.h"

namespace glasshouse {

/// Reads the words of a condition once. From the left: the first fault counts.
class ConditionParser
{
public:
    explicit ConditionParser(const QString &words);
    [[nodiscard]] Result<ConditionNode::Shared, ConditionFault> run();

private:
    using Node = ConditionNode::Shared; ///< null: it has failed
    using Fault = ConditionFault::Kind;

    QString m_words;
    QList<ConditionToken> m_tokens;
    qsizetype m_at = 0;
    int m_depth = 0;
    int m_terms = 0;
    std::optional<ConditionFault> m_fault;

    [[nodiscard]] const ConditionToken &token(qsizetype ahead = 0) const;
    bool take(QStringView symbol);

    Node plainText();
    Node group(ConditionNode::Kind kind);
    Node operand(ConditionNode::Kind kind);
    Node unary();
    Node primary();
    Node parenthesised();
    Node has();
    Node standingAlone();
    Node comparison();
    Node term(ConditionTerm term);
    /// Goes one level deeper, for as long as `read` takes.
    Node nested(Node (ConditionParser::*read)());

    bool readField(ConditionTerm &term);
    bool readOperator(ConditionTerm &term);
    bool readValues(ConditionTerm &term);
    bool readList(ConditionTerm &term);
    bool readValue(ConditionTerm &term);
    bool readTyped(const ConditionTerm &term, const ConditionToken &token, ConditionValue &value);
    bool readExpression(ConditionTerm &term, const ConditionToken &token);
    /// A further word that belongs to the value: the unit of a size, the time behind a date.
    QString wholeWord(ConditionValueKind kind);

    /// False, and a null node, for who returns it.
    struct Failure
    {
        operator bool() const { return false; }
        operator Node() const { return nullptr; }
    };
    Failure fail(ConditionFault fault);
    Failure fail(Fault kind, const ConditionToken &token, const QString &field = {});
};

} // namespace glasshouse
