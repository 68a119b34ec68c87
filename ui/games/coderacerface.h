// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/games/gameface.h"

namespace glasshouse {

class CodeRacerFace final : public GameFace
{
    Q_DECLARE_TR_FUNCTIONS(CodeRacerFace)
public:
    [[nodiscard]] QString name() const override { return tr("Code Racer"); }
    [[nodiscard]] QString sentence() const override;
    [[nodiscard]] QList<GameOption> options() const override;
    [[nodiscard]] QList<GameColumn> playerColumns() const override;
    [[nodiscard]] QString note() const override { return tr("The code to type stands here when the race starts."); }
    [[nodiscard]] int playersPercent() const override { return 59; } // progress is seen better in a long bar
    [[nodiscard]] GameView view(const QByteArray &state, qint64 nowMs) const override;
    [[nodiscard]] QString scoreName() const override { return tr("Words/min"); }
    [[nodiscard]] QList<ResultColumn> resultColumns() const override;
};

} // namespace glasshouse
