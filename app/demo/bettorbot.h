// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/bot.h"

#include <QJsonArray>

namespace glasshouse {

/// Bets in Horse Race, on likely horses more often than on others.
class BettorBot final : public Bot
{
public:
    using Bot::Bot;

private:
    int m_chips = 0;

    void heard(const QString &type, const QJsonObject &data) override;
    void entered(const QJsonObject &room) override;
    void betWithin(int seconds, const QJsonArray &horses);
    void bet(const QJsonArray &horses);
    [[nodiscard]] int choose(const QJsonArray &horses);
};

} // namespace glasshouse
