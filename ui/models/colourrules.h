// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/condition.h"
#include "server/capture/framerecord.h"
#include "ui/base/tints.h"

#include <QList>
#include <array>
#include <optional>

namespace glasshouse {

/// Whatever the condition means stands on a ground of this colour.
struct ColourRule
{
    Condition condition;
    Tint ground = Tint::Marked;
    bool isOn = true;

    /// Who sat behind a connection, and how long an answer took, no row says: see RuleSearches.
    [[nodiscard]] bool asksForOtherRows() const { return condition.asksForPlayers() || condition.asksForAnswers(); }
    bool operator==(const ColourRule &) const = default;
};

/// Which rows of a log have which ground: the first rule that fits counts. A value.
class ColourRules
{
public:
    static constexpr qsizetype mostRules = 32;
    static constexpr std::array grounds{Tint::Marked, Tint::MarkedGreen, Tint::MarkedBlue, Tint::MarkedRed,
                                        Tint::MarkedViolet};
    static_assert(grounds.size() < 10, "toText() writes one digit");

    ColourRules() = default;
    /// Those beyond the bound are left out.
    explicit ColourRules(const QList<ColourRule> &rules);

    [[nodiscard]] const QList<ColourRule> &rules() const { return m_rules; }
    /// The place of the first one that fits, of those that the row alone answers. Asked on the GUI thread, for rows that show; so a
    /// payload above 32 KiB is not looked at.
    [[nodiscard]] std::optional<qsizetype> ruleOf(const CapturedRow &row) const;
    /// Conditions in one form, a line each, to be kept. What can not be read is left out.
    [[nodiscard]] QString toText() const;
    [[nodiscard]] static ColourRules fromText(const QString &text);
    bool operator==(const ColourRules &) const = default;

private:
    QList<ColourRule> m_rules;
};

} // namespace glasshouse
