// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/rowstretch.h"

#include "server/capture/searchablerows.h"

#include <algorithm>

namespace glasshouse {

RowStretch::RowStretch(BlockPointer block, quint64 first, quint64 end, Load load)
    : m_block(std::move(block)),
      m_whole(m_block->isWhole ? m_block : nullptr),
      m_first(std::max(first, m_block->firstRow)),
      m_end(std::max(m_first, std::min(end, m_block->endRow()))),
      m_load(std::move(load))
{ }

const CaptureBlock *RowStretch::whole()
{
    if (const Load load = std::exchange(m_load, {}); load && !m_whole) {
        BlockPointer loaded = load();
        if (loaded && loaded->firstRow == m_block->firstRow && loaded->rows.size() == m_block->rows.size())
            m_whole = std::move(loaded);
    }
    return m_whole.get();
}

void SearchableRows::scanRows(quint64 first, quint64 end,
                              const std::function<bool(quint64 number, const RowView &row)> &visit) const
{
    QByteArray scratch;
    scan(first, end, Read::RowsAndPayloads, [&](RowStretch &stretch) {
        const CaptureBlock *block = stretch.whole();
        for (quint64 number = stretch.firstRow(); block != nullptr && number < stretch.endRow(); ++number) {
            const FrameRecord &record = stretch.record(number);
            if (!visit(number, {record, block->payloadOf(record, scratch), stretch.name(record)}))
                return false;
        }
        return true;
    });
}

} // namespace glasshouse
