// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/direction.h"

#include <QList>
#include <algorithm>
#include <array>
#include <limits>

namespace glasshouse {

constexpr int lastFramesKept = 5;

/// One of the last frames of a connection, as evidence. A value.
struct LastFrame
{
    Direction direction = Direction::In;
    quint8 opcode = 0; ///< four bits, as on the wire
    bool broken = false;
    quint64 size = 0;       ///< payload bytes; announced ones for a broken frame
    qint64 beforeEndMs = 0; ///< read from, or queued for, the wire that long before the end
    bool operator==(const LastFrame &) const = default;
};

/// A ring of the last frames that went over a wire, so that they are there without a capture.
class LastFrames
{
public:
    void add(qint64 atUs, Direction direction, quint8 opcode, quint64 size, bool broken = false)
    {
        constexpr quint64 most = std::numeric_limits<quint32>::max();
        m_notes[m_noted++ % m_notes.size()] = {atUs, quint32(std::min(size, most)), opcode, direction, broken};
    }
    /// As of now, the newest last.
    [[nodiscard]] QList<LastFrame> asOf(qint64 nowUs) const;

private:
    /// Small and plain: one is written for every frame.
    struct Note
    {
        qint64 atUs;
        quint32 size;
        quint8 opcode;
        Direction direction;
        bool broken;
    };
    std::array<Note, lastFramesKept> m_notes{};
    quint32 m_noted = 0; ///< so many in all; the next goes to the place of this, modulo the size
};

} // namespace glasshouse
