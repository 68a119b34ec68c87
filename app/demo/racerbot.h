// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/bot.h"

namespace glasshouse {

/// Plays Code Racer at a speed of its own, with pauses and mistakes. The one who may starts the next race.
class RacerBot final : public Bot
{
public:
    /// `wordsPerMinute`: of five characters, while nothing goes wrong. `starts`: asks for the next race.
    RacerBot(BotSeat seat, int wordsPerMinute, bool starts, QObject *parent = nullptr);

private:
    int m_wordsPerMinute;
    bool m_starts;
    QString m_snippet; ///< empty: it does not race
    qsizetype m_length = 0;
    double m_position = 0;
    int m_errors = 0;
    QTimer m_keys;

    void heard(const QString &type, const QJsonObject &data) override;
    void entered(const QJsonObject &room) override;
    void startSoon();
    void race(const QJsonObject &game);
    void type();
};

} // namespace glasshouse
