// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <algorithm>
#include <cstring>

namespace glasshouse {

/// Appends to a byte array of its own. QByteArray asks at every append whether somebody shares it, through two calls into
/// another library: for the few bytes of a row that is most of the cost.
class ByteWriter
{
public:
    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] QByteArrayView view() const { return {m_begin, m_size}; }

    /// Room for `size` bytes behind what is there; advance() tells how many of them were used.
    [[nodiscard]] char *room(qsizetype size)
    {
        if (m_bytes.size() - m_size < size)
            setRoom(std::max(m_size + size, 2 * m_bytes.size()));
        return m_begin + m_size;
    }
    void advance(qsizetype size) { m_size += size; }
    void append(QByteArrayView bytes)
    {
        if (bytes.isEmpty())
            return; // may be a null view, and memcpy() takes none
        std::memcpy(room(bytes.size()), bytes.data(), static_cast<size_t>(bytes.size()));
        advance(bytes.size());
    }
    /// Moves what is there from `offset` on. Returns where `bytes` stand now.
    char *insert(qsizetype offset, QByteArrayView bytes)
    {
        (void)room(bytes.size());
        char *const to = m_begin + offset;
        std::copy_backward(to, m_begin + m_size, m_begin + m_size + bytes.size());
        advance(bytes.size());
        return std::copy(bytes.begin(), bytes.end(), to) - bytes.size();
    }

    /// What was written. The next byte is a first one again; it goes into `memory`, with room for `least` bytes.
    [[nodiscard]] QByteArray take(QByteArray memory = {}, qsizetype least = 0)
    {
        m_bytes.resize(std::exchange(m_size, 0));
        QByteArray written = std::exchange(m_bytes, std::move(memory));
        setRoom(std::max(least, m_bytes.capacity()));
        return written;
    }

private:
    QByteArray m_bytes; ///< as long as there is room
    char *m_begin = nullptr;
    qsizetype m_size = 0;

    void setRoom(qsizetype size)
    {
        m_bytes.resize(size); // sets nothing to zero
        m_begin = m_bytes.data();
    }
};

} // namespace glasshouse
