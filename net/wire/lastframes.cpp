// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/wire/lastframes.h"

namespace glasshouse {

QList<LastFrame> LastFrames::asOf(qint64 nowUs) const
{
    QList<LastFrame> frames;
    for (quint32 i = m_noted - std::min<quint32>(m_noted, lastFramesKept); i != m_noted; ++i) {
        const Note &note = m_notes[i % m_notes.size()];
        frames.append({note.direction, note.opcode, note.broken, note.size, (nowUs - note.atUs) / 1000});
    }
    return frames;
}

} // namespace glasshouse
