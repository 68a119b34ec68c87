// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/rulesearches.h"

#include "server/events/seatedplayers.h"
#include "ui/models/messagesource.h"

#include <algorithm>

namespace glasshouse {

RuleSearches::RuleSearches(MessageSource *source, QObject *parent) : QObject(parent), m_source(source)
{
    connect(source, &MessageSource::changed, this, &RuleSearches::goOn);
    connect(source, &MessageSource::reset, this, &RuleSearches::begin);
}

void RuleSearches::setRules(const ColourRules &rules)
{
    m_rules = rules;
    begin();
}

void RuleSearches::begin()
{
    m_searches.clear();
    const auto rows = m_source->rows();
    for (qsizetype rule = 0; rows && rule < m_rules.rules().size(); ++rule) {
        const ColourRule &one = m_rules.rules().at(rule);
        if (!one.isOn || !one.asksForOtherRows())
            continue;
        CaptureFilter filter;
        filter.condition = one.condition;
        filter.events = true;
        auto query = std::make_unique<CaptureQuery>(rows, filter, std::make_unique<SeatedPlayers>());
        auto *search = m_searches.emplace_back(std::make_unique<One>(One{rule, std::move(query), {}})).get();
        connect(search->query.get(), &CaptureQuery::found, this, [this, search](const RowSet &found) {
            search->rows.append(found);
            if (!found.isEmpty())
                emit changed();
        });
        search->query->follow();
    }
}

void RuleSearches::goOn()
{
    for (const auto &search : m_searches) {
        search->rows.dropBefore(m_source->firstRow());
        search->query->follow();
    }
}

std::optional<qsizetype> RuleSearches::ruleOf(quint64 number) const
{
    const auto search =
        std::ranges::find_if(m_searches, [number](const auto &one) { return one->rows.contains(number); });
    return search != m_searches.end() ? std::optional((*search)->rule) : std::nullopt;
}

} // namespace glasshouse
