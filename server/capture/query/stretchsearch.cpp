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
    if (fits && m_filter.isKnownByColumns(record))
        return m_filter.findCondition({record, {}, name}, number, m_context, stop);
    const CaptureBlock *block = m_stretch.whole();
    if (block == nullptr)
        return Found::No;
    Found found = Found::Yes;
    if (!fits || m_filter.condition) {
        const RowView row{record, block->payloadOf(record, m_scratch), name};
        const bool isOne = fits || m_filter.columnsFit(row);
        found = isOne ? m_filter.findCondition(row, number, m_context, stop) : Found::No;
    }
    if (found == Found::No || !m_filter.content)
        return found;
    const Found inContent = findContent(*block, record, stop);
    return inContent == Found::Yes ? found : inContent;
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
    return m_filter.find({record, block->payloadOf(record, m_scratch), m_stretch.name(record)}, number, m_context,
                         stop);
}

} // namespace glasshouse
