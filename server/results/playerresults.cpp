// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/playerresults.h"

#include "protocol/json.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace glasshouse {

namespace {

constexpr qsizetype longestName = 128; // UTF-16 units; rooms let no longer ones in, and a game may be anybody's
constexpr double largestScore = 1e15;  // sums stay finite, and whole scores whole

double number(QByteArrayView value)
{
    bool ok = false;
    const double number = value.toDouble(&ok);
    return ok && std::isfinite(number) ? number : 0;
}

int placeFrom(QByteArrayView value)
{
    const double place = number(value);
    const bool fits = place >= 1 && place <= std::numeric_limits<int>::max() && place == std::floor(place);
    return fits ? static_cast<int>(place) : 0;
}

QByteArray textMember(QByteArrayView object, QByteArrayView key)
{
    return jsonString(jsonMember(object, key)).value_or(QByteArray());
}

bool stands(const PlayerResult &one, const PlayerResult &other)
{
    if (one.place == 0 || other.place == 0)
        return one.place != 0 && other.place == 0;
    return one.place < other.place;
}

} // namespace

QByteArrayView checkedResults(QByteArrayView results)
{
    const auto checked = checkJson(results);
    return checked && checked.value().startsWith('[') ? checked.value() : QByteArrayView("[]");
}

QList<PlayerResult> playerResults(QByteArrayView results)
{
    QList<PlayerResult> players;
    forEachElement(results, [&players](QByteArrayView line) {
        PlayerResult player;
        player.name = QString::fromUtf8(textMember(line, "name")).left(longestName);
        if (player.name.isEmpty())
            return true;
        player.playerId = textMember(line, "playerId");
        player.place = placeFrom(jsonMember(line, "place"));
        player.score = std::clamp(number(jsonMember(line, "score")), -largestScore, largestScore);
        players.append(player);
        return true;
    });
    std::ranges::stable_sort(players, stands);
    return players;
}

} // namespace glasshouse
