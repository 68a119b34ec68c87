// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/games/gameface.h"

namespace glasshouse {

class HorseRaceFace final : public GameFace
{
    Q_DECLARE_TR_FUNCTIONS(HorseRaceFace)
public:
    [[nodiscard]] QString name() const override { return tr("Horse Race"); }
    [[nodiscard]] QString sentence() const override;
    [[nodiscard]] QList<GameOption> options() const override;
    [[nodiscard]] QList<GameColumn> playerColumns() const override;
    [[nodiscard]] GameBoard board() const override;
    [[nodiscard]] GameView view(const QByteArray &state, qint64 nowMs) const override;
    [[nodiscard]] QString scoreName() const override { return tr("Chips won"); }
    [[nodiscard]] QList<ResultColumn> resultColumns() const override;
};

} // namespace glasshouse
