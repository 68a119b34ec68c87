// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditiontree.h"

#include "match/conditiontext.h"

#include <algorithm>

namespace glasshouse {

namespace {

using Kind = ConditionNode::Kind;
using Operator = ConditionOperator;

/// What says the opposite in all cases: not so < and >=, for what is not there is neither.
std::optional<Operator> oppositeOf(Operator op)
{
    switch (op) {
    case Operator::Equal:
        return Operator::Unequal;
    case Operator::Unequal:
        return Operator::Equal;
    case Operator::In:
        return Operator::NotIn;
    case Operator::NotIn:
        return Operator::In;
    default:
        return std::nullopt;
    }
}

Found oppositeOf(Found found)
{
    return found == Found::Yes ? Found::No : found == Found::No ? Found::Yes : Found::NotToTheEnd;
}

QString valueWords(const ConditionTerm &term, const ConditionValue &value)
{
    if (value.kind != ConditionValue::Kind::Text)
        return value.words;
    return term.op == Operator::Fits ? quotedPattern(value.words) : quotedText(value.words);
}

QString listWords(const ConditionTerm &term)
{
    QStringList words;
    for (const ConditionValue &value : term.values)
        words += valueWords(term, value);
    return u'(' + words.join(QLatin1StringView(", ")) + u')';
}

/// "x", /x/, #7 say as much as what they stand for.
bool standsAlone(const ConditionTerm &term)
{
    if (term.field == ConditionField::Text && (term.op == Operator::Contains || term.op == Operator::Fits))
        return term.op == Operator::Contains || valueWords(term, term.values.first()).startsWith(u'/');
    return term.field == ConditionField::Connection && term.op == Operator::Equal;
}

} // namespace

QString ConditionTerm::words() const
{
    QString name = field == ConditionField::Json ? path.wordsFromRoot() : QString(rowOf(field).name);
    const bool isList = op == Operator::In || op == Operator::NotIn;
    if (op == Operator::Is)
        return name;
    if (op == Operator::Has)
        return conditionOperatorText(op) + u' ' + name;
    const QString value = isList ? listWords(*this) : valueWords(*this, values.first());
    if (standsAlone(*this))
        return field == ConditionField::Connection ? u'#' + value : value;
    return name + u' ' + conditionOperatorText(op) + u' ' + value;
}

ConditionNode::Shared ConditionNode::term(ConditionTerm term)
{
    auto node = std::make_shared<ConditionNode>();
    node->m_asksForContent = term.asksForContent();
    node->m_asksForPlayers = term.asksForPlayers();
    node->m_asksForAnswers = term.asksForAnswers();
    node->m_term = std::move(term);
    return node;
}

ConditionNode::Shared ConditionNode::negation(const Shared &node)
{
    if (node->m_kind == Kind::Not)
        return node->m_children.front();
    if (const auto op = oppositeOf(node->m_term.op); node->m_kind == Kind::Term && op) {
        ConditionTerm opposite = node->m_term;
        opposite.op = *op;
        return term(std::move(opposite));
    }
    auto made = std::make_shared<ConditionNode>();
    made->m_kind = Kind::Not;
    made->add(node);
    return made;
}

ConditionNode::Shared ConditionNode::group(Kind kind, const std::vector<Shared> &nodes)
{
    if (nodes.size() == 1)
        return nodes.front();
    auto made = std::make_shared<ConditionNode>();
    made->m_kind = kind;
    for (const Shared &node : nodes) {
        if (node->m_kind != kind) {
            made->add(node);
            continue;
        }
        for (const Shared &child : node->m_children)
            made->add(child);
    }
    made->m_cheapFirst = made->m_children;
    std::ranges::stable_sort(made->m_cheapFirst, {}, [](const Shared &node) { return node->cost(); });
    return made;
}

void ConditionNode::add(const Shared &node)
{
    m_children.push_back(node);
    m_asksForContent = m_asksForContent || node->m_asksForContent;
    m_asksForPlayers = m_asksForPlayers || node->m_asksForPlayers;
    m_asksForAnswers = m_asksForAnswers || node->m_asksForAnswers;
}

Found ConditionNode::find(const MatchedMessage &message, const std::atomic<bool> &stop) const
{
    switch (m_kind) {
    case Kind::Term:
        return stop ? Found::NotToTheEnd : m_term.find(message, stop);
    case Kind::Not:
        return oppositeOf(m_children.front()->find(message, stop));
    case Kind::And:
        return findInAll(message, Found::No, stop);
    case Kind::Or:
        return findInAll(message, Found::Yes, stop);
    }
    return Found::No;
}

/// One that decides does so whatever the others say, also where they do not know.
Found ConditionNode::findInAll(const MatchedMessage &message, Found decides, const std::atomic<bool> &stop) const
{
    Found result = oppositeOf(decides);
    for (const Shared &node : m_cheapFirst) {
        const Found found = node->find(message, stop);
        if (found == decides)
            return found;
        if (found == Found::NotToTheEnd)
            result = found;
    }
    return result;
}

void ConditionNode::addSought(QList<Expression> &sought) const
{
    const bool isInPayload = m_term.field == ConditionField::Text || m_term.field == ConditionField::Json;
    if (m_kind == Kind::Term && isInPayload && m_term.expression)
        sought.append(*m_term.expression);
    if (m_kind != Kind::And && m_kind != Kind::Or)
        return;
    for (const Shared &node : m_children)
        node->addSought(sought);
}

QString ConditionNode::words() const
{
    if (m_kind == Kind::Term)
        return m_term.words();
    if (m_kind == Kind::Not) {
        const ConditionNode &child = *m_children.front();
        return QStringLiteral("not ") + (child.m_kind == Kind::Term ? child.words() : u'(' + child.words() + u')');
    }
    QStringList words;
    for (const Shared &node : m_children)
        words += node->m_kind == Kind::Or ? u'(' + node->words() + u')' : node->words();
    return words.join(m_kind == Kind::And ? QLatin1StringView(" && ") : QLatin1StringView(" || "));
}

} // namespace glasshouse
