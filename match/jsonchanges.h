// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/jsonpath.h"

namespace glasshouse {

/// What stands in one JSON text otherwise than in another. A value.
struct JsonChanges
{
    struct Change
    {
        JsonPath path;     ///< may be longer than one that is typed
        QByteArray before; ///< as written; null: was not there
        QByteArray now;    ///< null: is not there any more
    };
    QList<Change> list;
    bool isCut = false; ///< there are more
};

/// Of two *checked* texts that are not nested deep, at most so many. Elements are compared by their places, members by their
/// names, of which the first one counts; the order of members and white space are no change, "1.0" for "1" is one.
[[nodiscard]] JsonChanges jsonChanges(QByteArrayView before, QByteArrayView now, qsizetype most,
                                      const std::atomic<bool> &stop);

} // namespace glasshouse
