// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/gameview.h"

#include "server/snapshot.h"
#include "ui/base/formats.h"
#include "ui/models/payloadtext.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace glasshouse {

QString secondsText(qint64 ms)
{
    const qint64 seconds = (std::max<qint64>(ms, 0) + 999) / 1000;
    return seconds < 60 ? QCoreApplication::translate("Games", "%1 s").arg(seconds) : formatDuration(seconds * 1000);
}

GameView gameViewOf(const QString &kind, const RoomDetails &room, qint64 nowMs)
{
    const QJsonObject state = QJsonDocument::fromJson(room.gameState).object();
    if (kind == "code-racer"_L1)
        return codeRacerView(state, nowMs);
    if (kind == "horse-race"_L1)
        return horseRaceView(state);
    GameView view;
    if (!state.isEmpty()) {
        view.text = prettyJson(room.gameState).value_or(QString());
        view.isJson = true;
    }
    return view;
}

} // namespace glasshouse
