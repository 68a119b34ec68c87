// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/capturequery.h"

#include <deque>
#include <map>

namespace glasshouse {

/// Who sits behind which connection, by the rows of seats that have come by. Those of a connection whose row was discarded are
/// nobody. A connection keeps its player when it has ended: that he leaves stands in a row behind it.
class SeatedPlayers final : public CapturePlayers
{
public:
    /// Does an event of this kind say who sits behind its connection from now on?
    [[nodiscard]] static bool namesPlayer(EventKind kind);
    [[nodiscard]] bool needsPayload(EventKind kind) const override { return namesPlayer(kind); }
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
    std::deque<ConnectionId> m_ended; ///< of those, the newest last

    [[nodiscard]] const Seated *behind(ConnectionId connection) const;
};

} // namespace glasshouse
