// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/captureformat.h"

#include <functional>

namespace glasshouse {

/// Rows that were read in one go. Where their payloads were left out, they are read when somebody asks for them. Not thread-safe.
class RowStretch
{
public:
    using Load = std::function<BlockPointer()>;

    /// Those of `block` in [first, end). `load`: the same block with its payloads; nullptr where it can not be read any more.
    RowStretch(BlockPointer block, quint64 first, quint64 end, Load load = {});

    [[nodiscard]] quint64 firstRow() const { return m_first; }
    [[nodiscard]] quint64 endRow() const { return m_end; }
    [[nodiscard]] const FrameRecord &record(quint64 number) const
    {
        return m_block->rows[static_cast<qsizetype>(number - m_block->firstRow)];
    }
    /// All that were read in that go, for who keeps them.
    [[nodiscard]] const BlockPointer &block() const { return m_block; }
    /// Of the record's type.
    [[nodiscard]] QByteArrayView name(const FrameRecord &record) const { return m_block->names[record.type]; }
    /// With payloads, for as long as the stretch lives; nullptr: they are not there any more.
    [[nodiscard]] const CaptureBlock *whole();

private:
    BlockPointer m_block;
    BlockPointer m_whole;
    quint64 m_first;
    quint64 m_end;
    Load m_load;
};

} // namespace glasshouse
