// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <functional>
#include <vector>

namespace glasshouse {

/// Where what is inside of the objects and arrays of a *checked* JSON text stands. Goes over all of it once; later one level costs its
/// own bytes, because the ends of long values are remembered. Positions are bytes from the beginning of the text, which must
/// outlive this.
class JsonPlaces
{
public:
    struct Entry
    {
        qint32 key = 0; ///< with its quotes; of an element nothing
        qint32 keyLength = 0;
        qint32 begin = 0; ///< of the value
        qint32 length = 0;
    };
    static constexpr qint32 longValue = 4096;

    JsonPlaces() = default;
    explicit JsonPlaces(QByteArrayView checked);

    /// Of the first entry of what begins there; −1: it has none, or is no object and no array.
    [[nodiscard]] qint32 firstInside(qint32 begin) const;
    /// Calls `visit` for the entries from one that begins at `entry` on, until it returns false. Returns the bytes that were gone
    /// over.
    qsizetype forEach(qint32 entry, bool isObject, const std::function<bool(const Entry &entry)> &visit) const;

private:
    struct Span
    {
        qint32 begin = 0;
        qint32 end = 0;
    };
    QByteArrayView m_text;
    std::vector<Span> m_long; ///< objects and arrays, in the order of their beginnings

    [[nodiscard]] qint32 behindSpace(qint32 at) const;
    [[nodiscard]] qint32 behindString(qint32 at) const;
    [[nodiscard]] qint32 behindValue(qint32 at, qsizetype &walked) const;
};

} // namespace glasshouse
