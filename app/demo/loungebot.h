// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/bot.h"

namespace glasshouse {

/// Walks about in a relay room and says hello, as the clients of a game without rules on the server would.
class LoungeBot final : public Bot
{
public:
    explicit LoungeBot(BotSeat seat, QObject *parent = nullptr);

private:
    double m_x = 0.5; ///< 0–1, as m_y
    double m_y = 0.5;
    double m_heading = 0;
    QTimer m_steps;

    void heard(const QString &type, const QJsonObject &data) override;
    void entered(const QJsonObject &room) override;
    void step();
};

} // namespace glasshouse
