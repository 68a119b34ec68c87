// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/games/gameparts.h"

#include "ui/base/formats.h"

#include <QLocale>

namespace glasshouse {

GameCell percentCell(double share)
{
    return {share < 0 ? QString() : GameFace::tr("%1 %").arg(int(share * 100)), share};
}

GameCell barCell(double share)
{
    GameCell cell = percentCell(share);
    cell.share = std::min(share, 1.0);
    return cell;
}

GameCell decimalCell(double number, int decimals)
{
    return {number < 0 ? QString() : QLocale().toString(number, 'f', decimals), number};
}

GameCell amountCell(qint64 amount) { return {amount < 0 ? QString() : formatNumber(amount), double(amount)}; }

GameCell placeCell(int place)
{
    return place > 0 ? amountCell(place) : GameCell{{}, double(std::numeric_limits<int>::max())};
}

GameOption numberOption(const QString &key, const QString &label, int least, int most, const QString &unset,
                        const QString &tip, const QString &unit)
{
    return {.key = key,
            .label = label,
            .tip = tip,
            .unset = unset,
            .choices = {},
            .least = least,
            .most = most,
            .unit = unit};
}

GameOption choiceOption(const QString &key, const QString &label, const QList<GameOption::Choice> &choices,
                        const QString &tip)
{
    return {.key = key, .label = label, .tip = tip, .unset = GameFace::tr("any"), .choices = choices, .unit = {}};
}

} // namespace glasshouse
