// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/games/gameface.h"

#include "ui/base/prettyjson.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace glasshouse {

QString GameFace::sentence() const { return tr("This window knows no more about this game than its name."); }

QString GameFace::note() const
{
    return tr("This game keeps no state on the server.\nIts messages are in the log below.");
}

GameView GameFace::view(const QByteArray &state, qint64 /*nowMs*/) const
{
    GameView view;
    view.isJson = !QJsonDocument::fromJson(state).object().isEmpty();
    if (view.isJson)
        view.text = prettyJson(state).value_or(QString());
    return view;
}

QString GameFace::scoreName() const { return tr("Score"); }

} // namespace glasshouse
