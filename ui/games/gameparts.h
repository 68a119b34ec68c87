// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/games/gameface.h"

namespace glasshouse {

// Parts that faces of games are made of. What is not known is −1, has no text and is sorted before what is.

/// A share from 0 to 1: "25 %".
[[nodiscard]] GameCell percentCell(double share);
/// The same as a bar.
[[nodiscard]] GameCell barCell(double share);
[[nodiscard]] GameCell decimalCell(double number, int decimals);
[[nodiscard]] GameCell amountCell(qint64 amount);
/// From 1; 0: none yet, and sorted behind the others.
[[nodiscard]] GameCell placeCell(int place);

[[nodiscard]] GameOption numberOption(const QString &key, const QString &label, int least, int most,
                                      const QString &unset, const QString &tip, const QString &unit);
[[nodiscard]] GameOption choiceOption(const QString &key, const QString &label,
                                      const QList<GameOption::Choice> &choices, const QString &tip);

} // namespace glasshouse
