// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/gamecatalog.h"

#include "server/games/relay.h"

namespace glasshouse {

std::unique_ptr<Game> makeGame(QByteArrayView kind, quint64 /*seed*/)
{
    if (kind == QByteArrayView("relay"))
        return std::make_unique<Relay>();
    return nullptr;
}

QList<QByteArray> gameKinds() { return {"relay"}; }

} // namespace glasshouse
