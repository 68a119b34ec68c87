// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/rooms/resumememory.h"

#include <QByteArray>
#include <QList>
#include <vector>

namespace glasshouse {

/// What a session was sent last, for the client that comes back: the newest 256 messages, as long as they are 256 KiB at
/// most. Bodies are shared with everybody who got the same message, so an entry costs 48 bytes.
class ResumeLog
{
public:
    struct Message
    {
        QByteArray body;        ///< envelopeBody(), or a whole binary frame
        int headerSize = 0;     ///< of the binary frame; 0: text
        SharedBytes bytes = {}; ///< what keeping it costs; null: nobody counts
        [[nodiscard]] bool isText() const { return headerSize == 0; }
        /// Holds a number, and is not sent again: a `connected`.
        [[nodiscard]] bool isPlaceholder() const { return body.isNull(); }
    };

    static constexpr int maxMessages = 256;
    static constexpr qsizetype maxBytes = 256 * 1024;

    /// `memory`: where the ring itself counts.
    void countIn(std::shared_ptr<ResumeMemory> memory) { m_memory = std::move(memory); }
    void add(Message message);
    void clear();
    [[nodiscard]] qsizetype size() const { return m_count; }
    /// Takes the newest `count` (at most size()) out, oldest first, and forgets the rest.
    [[nodiscard]] std::vector<Message> takeNewest(qsizetype count);

private:
    QList<Message> m_ring; ///< grows with the session up to maxMessages
    std::shared_ptr<ResumeMemory> m_memory;
    SharedBytes m_ringBytes;
    qsizetype m_bytes = 0;
    int m_first = 0;
    int m_count = 0;

    [[nodiscard]] Message &at(qsizetype index) { return m_ring[(m_first + index) % m_ring.size()]; }
    void dropOldest();
    void grow();
};

} // namespace glasshouse
