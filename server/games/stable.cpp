// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/stable.h"

#include <algorithm>
#include <utility>

namespace glasshouse {

namespace {

constexpr const char *names[] = {
    "Amber Lantern",  "Biscuit Thunder",  "Bramble Lane",     "Cinnamon Gale",    "Clover Express",
    "Copper Kettle",  "Crumpet Cadet",    "Dandelion Dash",   "Dapple Harbour",   "Drizzle and Shine",
    "Ember Waltz",    "Feather Parade",   "Foxglove Fair",    "Ginger Comet",     "Hazel Postman",
    "Honey Bandit",   "Juniper Jig",      "Kettledrum",       "Lemon Parasol",    "Lucky Teaspoon",
    "Maple Whisper",  "Marzipan Star",    "Meadow Telegram",  "Midnight Muffin",  "Mossy Anchor",
    "Nutmeg Sailor",  "Oatmeal Baron",    "Paper Lighthouse", "Pebble Hurricane", "Peppermint Duke",
    "Pocket Sunrise", "Quiet Trumpet",    "Raspberry Rocket", "Rusty Halo",       "Saffron Kite",
    "Silver Gumboot", "Snowdrop Captain", "Sunday Pancake",   "Tangerine Tide",   "Thistle Major",
    "Tulip Tornado",  "Umbrella Weather", "Velvet Acorn",     "Walnut Wizard",    "Wandering Button",
    "Willow Sonata",  "Yonder Bell",      "Zigzag Daisy",
};

// The best of four beats three of the worst with p = 0.74, so that the floor under the odds never costs the house.
constexpr int leastTalent = 40;
constexpr int leastForm = 30;
constexpr int most = 100;
constexpr int leastOdds = 105;

int between(int least, int end, Chance &chance) { return least + int(chance.below(quint64(end - least))); }

int totalWeight(const QList<Runner> &runners)
{
    int total = 0;
    for (const Runner &runner : runners)
        total += runner.weight;
    return total;
}

} // namespace

Stable::Stable(Chance &chance)
{
    for (const char *name : names)
        m_horses.push_back({name, between(leastTalent, most + 1, chance)});
}

QList<Runner> Stable::enter(int count, Chance &chance)
{
    Q_ASSERT(count <= size());
    QList<Runner> runners;
    for (int at = 0; at < count; ++at) {
        std::swap(m_horses[size_t(at)], m_horses[size_t(between(at, size(), chance))]);
        const Horse &horse = m_horses[size_t(at)];
        runners.append({at + 1, horse.name, horse.talent * between(leastForm, most + 1, chance), 0});
    }
    const int total = totalWeight(runners);
    for (Runner &runner : runners)
        runner.odds = fairOdds(runner.weight, total);
    return runners;
}

int fairOdds(int weight, int total)
{
    const int odds = ((100 - houseMarginPercent) * total + weight / 2) / weight;
    return std::max(odds, leastOdds);
}

QList<int> drawRanking(const QList<Runner> &runners, Chance &chance)
{
    QList<Runner> left = runners;
    QList<int> ranking;
    for (int total = totalWeight(left); total > 0;) { // every weight is above 0: it ends with the last runner
        int drawn = int(chance.below(quint64(total)));
        const auto next = std::find_if(left.begin(), left.end(), [&](const Runner &runner) {
            drawn -= runner.weight;
            return drawn < 0;
        });
        ranking += next->number;
        total -= next->weight;
        left.erase(next);
    }
    return ranking;
}

} // namespace glasshouse
