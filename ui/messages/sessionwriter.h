// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/rowset.h"
#include "server/capture/searchablerows.h"

#include <QByteArrayList>
#include <QString>
#include <atomic>

namespace glasshouse {

/// Writes rows as a session (docs/capture-format.md) into a folder that is empty or not there yet, without their secrets, and
/// without these values wherever they stand. Returns why it
/// failed, for people; empty: it did not. What was written until then is taken away again. Takes as long as the disk does: on a
/// thread of its own.
[[nodiscard]] QString writeSession(const QString &folder, const SearchableRows &rows, const RowSet &numbers,
                                   const std::atomic<bool> &stop, const QByteArrayList &secrets = {});

} // namespace glasshouse
