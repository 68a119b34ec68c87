// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/capturequery.h"

namespace glasshouse {

/// A filter made ready for many rows. Holds a copy of what it needs; const calls from one thread at a time.
class RowMatcher
{
public:
    explicit RowMatcher(const CaptureFilter &filter);
    [[nodiscard]] bool matches(const RowView &row) const;

private:
    CaptureFilter m_filter;
    QByteArray m_needle; ///< `text` in lower case if it is ASCII, else empty

    [[nodiscard]] bool kindMatches(const FrameRecord &record) const;
    [[nodiscard]] bool typeMatches(const RowView &row) const;
    [[nodiscard]] bool textMatches(QByteArrayView payload) const;
};

/// Is `lowerNeedle` (ASCII, lower case, not empty) in the bytes, without regard to the case of ASCII letters?
[[nodiscard]] bool containsIgnoringCase(QByteArrayView bytes, QByteArrayView lowerNeedle);

} // namespace glasshouse
