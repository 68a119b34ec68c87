// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/rulesearches.h"

#include "server/events/seatedplayers.h"
#include "ui/models/messagesource.h"

#include <algorithm>
#include <utility>

namespace glasshouse {

namespace {

/// Each of them may take minutes, in which the pool of the application has other things to do.
QThreadPool *pool()
{
    static QThreadPool pool;
    pool.setMaxThreadCount(2);
    return &pool;
}

} // namespace

RuleSearches::RuleSearches(MessageSource *source, QObject *parent) : QObject(parent), m_source(source)
{
    connect(source, &MessageSource::changed, this, &RuleSearches::goOn);
    connect(source, &MessageSource::reset, this, &RuleSearches::begin);
}

void RuleSearches::setRules(const ColourRules &rules)
{
    m_rules = rules;
    auto before = std::exchange(m_searches, {});
    for (qsizetype rule = 0; rule < m_rules.rules().size(); ++rule) {
        const ColourRule &one = m_rules.rules().at(rule);
        if (!one.isOn || !one.asksForOtherRows())
            continue;
        const auto same = std::ranges::find_if(before, [&one](const auto &search) {
            return search && search->query->filter().condition == one.condition;
        });
        auto wanted = same != before.end() ? std::move(*same) : searchFor(one.condition);
        if (!wanted)
            return; // the source has no rows
        wanted->rule = rule;
        m_searches.push_back(std::move(wanted));
    }
}

/// All of them: the rows are others.
void RuleSearches::begin()
{
    m_searches.clear();
    setRules(m_rules);
}

std::unique_ptr<RuleSearches::One> RuleSearches::searchFor(const Condition &condition)
{
    const auto rows = m_source->rows();
    if (!rows)
        return nullptr;
    CaptureFilter filter;
    filter.condition = condition;
    filter.events = true;
    auto made = std::make_unique<One>();
    made->query = std::make_unique<CaptureQuery>(rows, filter, std::make_unique<SeatedPlayers>(), nullptr, pool());
    connect(made->query.get(), &CaptureQuery::found, this, [this, one = made.get()](const RowSet &found) {
        one->rows.append(found);
        if (!found.isEmpty())
            emit changed();
    });
    made->query->follow();
    return made;
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
