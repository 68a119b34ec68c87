// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/stretchsearch.h"

namespace glasshouse {

SearchableRows::Read StretchSearch::reads(const CaptureFilter &filter)
{
    // Where columns keep rows out, whole blocks may have none that has to be searched.
    return filter.asksForContent() && !filter.asksForColumns() ? SearchableRows::Read::RowsAndPayloads
                                                               : SearchableRows::Read::Rows;
}

Found StretchSearch::find(quint64 number, const std::atomic<bool> &stop)
{
    const FrameRecord &record = m_stretch.record(number);
    const QByteArrayView name = m_stretch.name(record);
    const std::optional<bool> fits = m_filter.columnsFit(record, name);
    if (fits == false)
        return Found::No;
    if (fits && !m_filter.asksForContent())
        return Found::Yes;
    const CaptureBlock *block = m_stretch.whole();
    if (block == nullptr || (!fits && !m_filter.columnsFit({record, block->payloadOf(record, m_scratch), name})))
        return Found::No;
    return m_filter.asksForContent() ? findContent(*block, record, stop) : Found::Yes;
}

Found StretchSearch::findContent(const CaptureBlock &block, const FrameRecord &record, const std::atomic<bool> &stop)
{
    if ((record.flags & RecordPayloadOmitted) != 0)
        return Found::NotToTheEnd;
    if (!m_area)
        m_area.emplace(*m_filter.content, block.payloads);
    std::array<char, mostTailBytes> tail;
    return m_area->find(record.payloadOffset, record.storedLength, tailOf(record, tail), stop);
}

Found StretchSearch::findAlone(quint64 number, const std::atomic<bool> &stop)
{
    const FrameRecord &record = m_stretch.record(number);
    const CaptureBlock *block = m_stretch.whole();
    if (block == nullptr)
        return Found::No;
    return m_filter.find({record, block->payloadOf(record, m_scratch), m_stretch.name(record)}, stop);
}

} // namespace glasshouse
