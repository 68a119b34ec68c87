// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientoptions.h"

#include <utility>

namespace glasshouse {

/// Messages that wait for a connection, in their order, within a bound.
class TestClientQueue
{
public:
    /// False: it would be over the bound, and is not taken.
    [[nodiscard]] bool add(TestClientMessage message, qint64 maxBytes)
    {
        if (m_bytes + cost(message) > maxBytes)
            return false;
        m_bytes += cost(message);
        m_messages.append(std::move(message));
        return true;
    }
    /// All of them; none is left.
    [[nodiscard]] QList<TestClientMessage> take()
    {
        m_bytes = 0;
        return std::exchange(m_messages, {});
    }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] qsizetype size() const { return m_messages.size(); }

private:
    QList<TestClientMessage> m_messages;
    qint64 m_bytes = 0;

    /// With its frame's header: empty messages are not for nothing.
    static qint64 cost(const TestClientMessage &message) { return message.bytes.size() + 14; }
};

} // namespace glasshouse
