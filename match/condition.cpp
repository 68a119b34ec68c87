// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/condition.h"

#include "match/conditionparser.h"

#include <algorithm>

namespace glasshouse {

namespace {

Error<ConditionFault> tooLong() { return {{.kind = ConditionFault::Kind::TooLong}, "too long"}; }

} // namespace

Result<Condition, ConditionFault> Condition::read(const QString &words)
{
    if (words.size() > mostCharacters)
        return tooLong();
    auto root = ConditionParser(words).run();
    if (!root)
        return root.error();
    return bounded(std::move(root.value()));
}

Result<Condition, ConditionFault> Condition::bounded(std::shared_ptr<const ConditionNode> root)
{
    Condition condition(std::move(root));
    if (condition.words().size() > mostCharacters)
        return tooLong();
    return condition;
}

Result<Condition, ConditionFault> Condition::all(const QList<Condition> &parts)
{
    std::vector<ConditionNode::Shared> nodes;
    for (const Condition &part : parts)
        nodes.push_back(part.m_root);
    if (nodes.empty())
        return Error<ConditionFault>{{}, "nothing"};
    const Condition joined(ConditionNode::group(ConditionNode::Kind::And, nodes));
    return read(joined.words()); // its bounds hold for the whole
}

Found Condition::find(const MatchedMessage &message, const std::atomic<bool> &stop) const
{
    return m_root->find(message, stop);
}

bool Condition::asksForContent() const { return m_root->asksForContent(); }
bool Condition::asksForPlayers() const { return m_root->asksForPlayers(); }
bool Condition::asksForAnswers() const { return m_root->asksForAnswers(); }

std::optional<Expression> Condition::onlyContent() const
{
    const ConditionTerm *term = m_root->onlyTerm();
    const bool isContent = term != nullptr && term->field == ConditionField::Text
        && (term->op == ConditionOperator::Contains || term->op == ConditionOperator::Fits);
    return isContent ? term->expression : std::nullopt;
}

QList<Expression> Condition::sought() const
{
    QList<Expression> sought;
    m_root->addSought(sought);
    return sought;
}

QString Condition::words() const { return m_root->words(); }

QList<Condition> Condition::parts() const
{
    if (m_root->kind() != ConditionNode::Kind::And)
        return {*this};
    QList<Condition> parts;
    for (const ConditionNode::Shared &node : m_root->children())
        parts.append(Condition(node));
    return parts;
}

Result<Condition, ConditionFault> Condition::excluded() const { return bounded(ConditionNode::negation(m_root)); }

bool Condition::operator==(const Condition &other) const { return m_root == other.m_root || words() == other.words(); }

} // namespace glasshouse
