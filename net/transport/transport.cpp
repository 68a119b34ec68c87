// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/transport.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace glasshouse {

namespace {

constexpr qsizetype leastTogether = 2 * 1024; // where a second one comes, more do
constexpr qsizetype mostTogether = 16 * 1024; // so that a slow reader's queue is given back as it is read

inline void put(char *to, QByteArrayView head, QByteArrayView body)
{
    std::memcpy(to, head.data(), size_t(head.size()));
    if (!body.isEmpty())
        std::memcpy(to + head.size(), body.data(), size_t(body.size()));
}

} // namespace

QHostAddress unmapped(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

void Transport::send(OutChunk chunk)
{
    m_queued += chunk.size();
    m_queue.push_back(std::move(chunk));
    wantFlush();
}

void Transport::sendTogether(QByteArrayView head, QByteArrayView body)
{
    const qsizetype size = head.size() + body.size();
    OutChunk *const last = queueEmpty() ? nullptr : &m_queue.back();
    const bool isOwn = last != nullptr && last->tailSize == 0 && last->shared.isDetached();
    if (!isOwn || last->shared.size() + size > mostTogether)
        return send(joined(head, body));
    const qsizetype at = last->shared.size();
    if (at + size > last->shared.capacity())
        last->shared.reserve(std::clamp(2 * (at + size), leastTogether, mostTogether));
    last->shared.resize(at + size);
    put(last->shared.data() + at, head, body);
    ++last->frames;
    m_queued += size;
    wantFlush();
}

QByteArray Transport::joined(QByteArrayView head, QByteArrayView body)
{
    QByteArray bytes(head.size() + body.size(), Qt::Uninitialized);
    put(bytes.data(), head, body);
    return bytes;
}

size_t Transport::dropQueue()
{
    if (queueEmpty())
        return 0;
    const size_t keep = m_first + (m_offset > 0 ? 1 : 0);
    size_t dropped = 0;
    for (size_t i = keep; i < m_queue.size(); ++i)
        dropped += m_queue[i].frames;
    m_queue.resize(keep);
    m_queued = m_offset > 0 ? m_queue.back().size() - m_offset : 0;
    return dropped;
}

void Transport::discardQueue()
{
    m_queue.clear();
    m_first = 0;
    m_offset = 0;
    m_lost += std::exchange(m_queued, 0);
}

void Transport::closeWhenSent()
{
    m_closeWhenSent = true;
    wantFlush();
}

void Transport::consumed(qint64 bytes)
{
    m_queued -= bytes;
    while (m_first < m_queue.size()) {
        const qint64 left = m_queue[m_first].size() - m_offset;
        if (bytes < left) {
            m_offset += bytes;
            break;
        }
        bytes -= left;
        m_offset = 0;
        m_queue[m_first++] = {};
    }
    if (!queueEmpty()) {
        // A reader that is never quite done must not keep what it has read.
        if (m_first >= 64 && m_first * 2 >= m_queue.size()) {
            m_queue.erase(m_queue.begin(), m_queue.begin() + std::ptrdiff_t(m_first));
            m_first = 0;
        }
        return;
    }
    m_first = 0;
    // An idle connection keeps no queue: 10,000 of them would keep megabytes.
    if (m_queue.capacity() > 16)
        std::vector<OutChunk>().swap(m_queue);
    else
        m_queue.clear();
}

} // namespace glasshouse
