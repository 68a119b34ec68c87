// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/connectionid.h"
#include "base/direction.h"
#include "match/expression.h"
#include "server/capture/framerecord.h"

#include <QList>
#include <optional>

namespace glasshouse {

/// Which rows somebody wants to see. Empty lists: no restriction. A value; calls from any thread.
struct CaptureFilter
{
    std::optional<Expression> content{}; ///< of the payload
    std::optional<Direction> direction{};
    QList<QByteArray> types{}; ///< envelope types
    QList<ConnectionId> connections{};
    bool errorsOnly = false;   ///< broken frames, `error` envelopes, closes other than 1000/1001, refusals
    bool controlFrames = true; ///< show ping, pong, close
    bool events = false;       ///< show the event rows too, but no samples

    [[nodiscard]] bool isEmpty() const; ///< lets every frame row pass
    /// Is this row one of them? NotToTheEnd: all but its content says so, and that was not searched to its end, or was left
    /// out of the capture.
    [[nodiscard]] Found find(const RowView &row) const;
    [[nodiscard]] Found find(const RowView &row, const std::atomic<bool> &stop) const;
    bool operator==(const CaptureFilter &) const = default;
};

} // namespace glasshouse
