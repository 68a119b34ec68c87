// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/resumelog.h"

#include <algorithm>

namespace glasshouse {

void ResumeLog::add(Message message)
{
    m_bytes += message.body.size();
    if (m_count == maxMessages)
        dropOldest();
    while (m_bytes > maxBytes && m_count > 0)
        dropOldest();
    if (m_bytes > maxBytes) { // too big alone: whoever missed it has to begin anew
        m_bytes = 0;
        return;
    }
    if (m_count == m_ring.size())
        grow();
    at(m_count++) = std::move(message);
}

void ResumeLog::dropOldest()
{
    m_bytes -= at(0).body.size();
    at(0) = {};
    m_first = (m_first + 1) % int(m_ring.size());
    --m_count;
}

void ResumeLog::grow()
{
    QList<Message> larger(std::clamp<qsizetype>(2 * m_ring.size(), 8, maxMessages));
    for (qsizetype i = 0; i < m_count; ++i)
        larger[i] = std::move(at(i));
    m_ring = std::move(larger);
    m_first = 0;
    if (m_memory)
        m_ringBytes = std::make_shared<CountedBytes>(m_memory, m_ring.size() * qint64(sizeof(Message)));
}

void ResumeLog::clear()
{
    m_ring = {};
    m_ringBytes.reset();
    m_first = m_count = 0;
    m_bytes = 0;
}

std::vector<ResumeLog::Message> ResumeLog::takeNewest(qsizetype count)
{
    std::vector<Message> messages;
    messages.reserve(size_t(count));
    for (qsizetype i = m_count - count; i < m_count; ++i)
        messages.push_back(std::move(at(i)));
    clear();
    return messages;
}

} // namespace glasshouse
