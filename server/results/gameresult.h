// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

namespace glasshouse {

/// A game (or a round of an endless one) that was played to its end.
struct GameResult
{
    qint64 startedMs = 0; ///< since 1970, UTC
    qint64 endedMs = 0;
    QString room;
    QString game;       ///< kind
    QByteArray results; ///< the JSON array of `game_finished`; see GameOutput::finished()
};

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::GameResult)
