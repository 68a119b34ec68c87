// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/areasearch.h"
#include "server/capture/query/capturefilter.h"
#include "server/capture/searchablerows.h"

namespace glasshouse {

/// Applies a filter to the rows of a stretch, one after the other: finds what CaptureFilter::find() finds in each row, but reads
/// payloads only where some row needs them, and searches the bytes that lie together once. Not thread-safe.
class StretchSearch
{
public:
    /// What a scan for this filter had best read at once.
    [[nodiscard]] static SearchableRows::Read reads(const CaptureFilter &filter);

    /// All have to live as long as it does, and what `context` points to.
    StretchSearch(const CaptureFilter &filter, RowStretch &stretch, const MatchedContext &context = {})
        : m_filter(filter),
          m_stretch(stretch),
          m_context(context)
    { }

    /// The fast way. A row whose payload is not there any more is none.
    [[nodiscard]] Found find(quint64 number, const std::atomic<bool> &stop);
    /// The slow one.
    [[nodiscard]] Found findAlone(quint64 number, const std::atomic<bool> &stop);

private:
    const CaptureFilter &m_filter;
    RowStretch &m_stretch;
    const MatchedContext m_context;
    std::optional<AreaSearch> m_area;
    QByteArray m_scratch;

    [[nodiscard]] Found findContent(const CaptureBlock &block, const FrameRecord &record,
                                    const std::atomic<bool> &stop);
};

} // namespace glasshouse
