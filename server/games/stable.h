// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/chance.h"

#include <QByteArray>
#include <QList>
#include <vector>

namespace glasshouse {

constexpr int houseMarginPercent = 5;

/// A horse in one round.
struct Runner
{
    int number = 0; ///< from 1
    QByteArray name;
    int weight = 0; ///< talent and form of the day; it wins with weight / sum of all weights
    int odds = 0;   ///< what 100 chips pay back, stake included
};

/// The horses of a room. Each has a talent that stays; its form is new in every round. All in whole numbers, so that the same
/// seed gives the same races with every compiler.
class Stable
{
public:
    explicit Stable(Chance &chance);
    /// At most size().
    [[nodiscard]] QList<Runner> enter(int count, Chance &chance);
    [[nodiscard]] int size() const { return int(m_horses.size()); }

private:
    struct Horse
    {
        const char *name = nullptr;
        int talent = 0;
    };
    std::vector<Horse> m_horses;
};

/// Decimal odds in hundredths for a horse that wins with weight / total; never under 105.
[[nodiscard]] int fairOdds(int weight, int total);
/// Numbers, the winner first. Every place is drawn by weight among those who have none yet (Plackett–Luce).
[[nodiscard]] QList<int> drawRanking(const QList<Runner> &runners, Chance &chance);

} // namespace glasshouse
