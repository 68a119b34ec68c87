// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/colourrules.h"

#include "server/capture/query/capturefilter.h"

#include <QStringList>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qsizetype mostPayload = qsizetype(32) * 1024; // some rows are read ahead

} // namespace

ColourRules::ColourRules(const QList<ColourRule> &rules) : m_rules(rules.first(std::min(rules.size(), mostRules))) { }

std::optional<qsizetype> ColourRules::ruleOf(const CapturedRow &row) const
{
    static const std::atomic<bool> never = false;
    for (qsizetype number = 0; number < m_rules.size(); ++number) {
        const ColourRule &rule = m_rules[number];
        const bool isTooLong = rule.condition.asksForContent() && row.payload.size() > mostPayload;
        if (!rule.isOn || rule.asksForOtherRows() || isTooLong)
            continue;
        CaptureFilter filter;
        filter.condition = rule.condition;
        filter.events = true;
        if (filter.find(row.view(), row.number, {}, never) == Found::Yes)
            return number;
    }
    return std::nullopt;
}

QString ColourRules::toText() const
{
    QStringList lines;
    for (const ColourRule &rule : m_rules) {
        const auto ground = std::ranges::find(grounds, rule.ground) - grounds.begin();
        lines << (rule.isOn ? u"+%1 %2"_s : u"-%1 %2"_s).arg(QString::number(ground), rule.condition.words());
    }
    return lines.join(u'\n');
}

ColourRules ColourRules::fromText(const QString &text)
{
    QList<ColourRule> rules;
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const qsizetype ground = line.size() > 3 ? line[1].unicode() - u'0' : -1;
        if (ground < 0 || size_t(ground) >= grounds.size() || line[2] != u' ' || (line[0] != u'+' && line[0] != u'-'))
            continue;
        if (const auto condition = Condition::read(line.sliced(3)))
            rules.append({condition.value(), grounds[size_t(ground)], line[0] == u'+'});
    }
    return ColourRules(rules);
}

} // namespace glasshouse
