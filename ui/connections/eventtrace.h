// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/searchablerows.h"
#include "server/events/serverevent.h"

#include <atomic>

namespace glasshouse {

/// The row of a capture that shows why something happened: where a connection has ended, the frame that broke the protocol, if one
/// did; else the row that tells of the event itself. None: the capture has no such row. `sinceMs`: it is not before that, in
/// milliseconds since 1970. Reads the disk; setting `stop` breaks it off. Calls from any thread.
[[nodiscard]] std::optional<quint64> rowOfEvent(const ServerEvent &event, qint64 sinceMs, const SearchableRows &rows,
                                                const std::atomic<bool> &stop);
/// Does the capture note events of this kind at all?
[[nodiscard]] bool leavesRows(EventCode code);

} // namespace glasshouse
