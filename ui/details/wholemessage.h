// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/searchablerows.h"

#include <atomic>
#include <optional>

namespace glasshouse {

/// A message of several frames, put together. A value.
struct WholeMessage
{
    static constexpr qsizetype mostBytes = qsizetype(16) * 1024 * 1024;
    static constexpr int mostFrames = 100'000;
    static constexpr quint64 mostRows = 1'000'000; ///< from its first frame to its last, whoever's they are

    CapturedRow row;    ///< as if it had come in one frame, with the time and the number of the one that was asked for
    CapturedRow safe;   ///< the same without its secrets
    int frames = 0;     ///< that are in it
    quint64 bytes = 0;  ///< of all that were counted, on the wire
    bool isCut = false; ///< there is more than one of the bounds lets in
    bool isKept = true; ///< false: payloads were left out of the capture
};

/// Of the message whose first frame is row `first`, and that `part` is a frame of: up to its last one, or to the newest. Nullopt:
/// somebody has set `stop`, or the rows are gone. Calls from any thread.
[[nodiscard]] std::optional<WholeMessage> wholeMessage(const CapturedRow &part, quint64 first,
                                                       const SearchableRows &rows, const std::atomic<bool> &stop);

/// Is this a frame of a message with payload, of the same connection and way?
[[nodiscard]] bool isOfSameStream(const FrameRecord &record, const FrameRecord &other);

} // namespace glasshouse
