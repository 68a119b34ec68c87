// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/capturequery.h"

#include <map>

namespace glasshouse {

/// Who sits behind which connection, by the rows of seats that have come by. Those of a connection whose row was discarded are
/// nobody. From a connection's last seat on until it has ended it keeps its player, who also says goodbye.
class SeatedPlayers final : public CapturePlayers
{
public:
    void add(const RowView &event) override;
    [[nodiscard]] QByteArrayView playerOf(const MatchedMessage &message) const override;
    [[nodiscard]] QByteArrayView roomOf(const MatchedMessage &message) const override;

private:
    struct Seated
    {
        QByteArray name;
        QByteArray room;
    };
    std::map<ConnectionId, Seated> m_seated;
};

} // namespace glasshouse
