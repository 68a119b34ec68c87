// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/games/gameface.h"

namespace glasshouse {

class RelayFace final : public GameFace
{
    Q_DECLARE_TR_FUNCTIONS(RelayFace)
public:
    [[nodiscard]] QString name() const override { return tr("Relay"); }
    [[nodiscard]] QString sentence() const override
    {
        return tr("Passes messages on between the players, for a game of your own.");
    }
};

} // namespace glasshouse
