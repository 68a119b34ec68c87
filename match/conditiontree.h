// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditionfields.h"
#include "match/expression.h"
#include "match/jsonpath.h"
#include "match/timespan.h"

#include <memory>
#include <vector>

namespace glasshouse {

struct MatchedMessage;

/// What a field is compared with.
struct ConditionValue
{
    enum class Kind : quint8 { Text, Number, Time, Decimal, True, False, Null };
    Kind kind = Kind::Text;
    QString words{};    ///< the text itself; of others, how they are written out
    QByteArray bytes{}; ///< the same as UTF-8: what is compared, of texts and decimals
    qint64 number = 0;  ///< also of words and sizes
    TimeSpan time{};
};

/// A part of a condition that has no parts: a field, an operator, values.
struct ConditionTerm
{
    ConditionField field = ConditionField::Text; ///< not Data: that is Json with a path
    JsonPath path{};                             ///< of JSON
    ConditionOperator op = ConditionOperator::Contains;
    QList<ConditionValue> values{};         ///< one, but of "in"
    std::optional<Expression> expression{}; ///< of "contains" and ~

    [[nodiscard]] Found find(const MatchedMessage &message, const std::atomic<bool> &stop) const;
    [[nodiscard]] bool asksForContent() const;
    [[nodiscard]] bool asksForPlayers() const;
    [[nodiscard]] bool asksForAnswers() const { return field == ConditionField::Answer; }
    /// The same, for "x" and /x/.
    [[nodiscard]] QString words() const;
};

/// Never changes once it is made: conditions share it.
class ConditionNode
{
public:
    using Shared = std::shared_ptr<const ConditionNode>;
    enum class Kind : quint8 { Term, Not, And, Or };

    [[nodiscard]] static Shared term(ConditionTerm term);
    /// Says it in the operator where there is one for that, and takes two of them away.
    [[nodiscard]] static Shared negation(const Shared &node);
    /// And, Or: those of the same kind among them are taken in.
    [[nodiscard]] static Shared group(Kind kind, const std::vector<Shared> &nodes);

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const ConditionTerm *onlyTerm() const { return m_kind == Kind::Term ? &m_term : nullptr; }
    [[nodiscard]] const std::vector<Shared> &children() const { return m_children; } ///< as they were written
    [[nodiscard]] bool asksForContent() const { return m_asksForContent; }
    [[nodiscard]] bool asksForPlayers() const { return m_asksForPlayers; }
    [[nodiscard]] bool asksForAnswers() const { return m_asksForAnswers; }
    [[nodiscard]] Found find(const MatchedMessage &message, const std::atomic<bool> &stop) const;
    [[nodiscard]] QString words() const;
    /// See Condition::sought().
    void addSought(QList<Expression> &sought) const;

private:
    Kind m_kind = Kind::Term;
    ConditionTerm m_term;
    std::vector<Shared> m_children;
    std::vector<Shared> m_cheapFirst; ///< of And and Or: what takes little may spare the rest
    bool m_asksForContent = false;
    bool m_asksForPlayers = false;
    bool m_asksForAnswers = false;

    void add(const Shared &node);
    [[nodiscard]] int cost() const
    {
        return (m_asksForContent ? 2 : 0) + (m_asksForPlayers || m_asksForAnswers ? 1 : 0);
    }
    [[nodiscard]] Found findInAll(const MatchedMessage &message, Found decides, const std::atomic<bool> &stop) const;
};

} // namespace glasshouse
