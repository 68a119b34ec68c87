// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/messagewriter.h"

#include "ui/messages/rowsecrets.h"

#include <utility>

namespace glasshouse {

namespace {

constexpr int learnMs = 250; // then somebody else may go on

} // namespace

MessageWriter::MessageWriter(const MessageFormat &format, MessageContext context)
    : m_format(format),
      m_context(std::move(context))
{ }

QByteArray MessageWriter::next(const CapturedRow &row)
{
    const CapturedRow safe = withoutSecrets(row, m_context.secrets);
    if (row.opcode() == quint8(Opcode::Continuation) && safe.payload != row.payload)
        ++m_hiddenPieces;
    QByteArray written = m_format.write(safe, *this);
    if (!written.isEmpty() && !std::exchange(m_first, false))
        written.prepend(m_format.between);
    return written;
}

bool MessageWriter::learnPlayers(const SearchableRows &rows, quint64 end, const std::atomic<bool> &stop,
                                 const QDeadlineTimer &deadline)
{
    if (m_format.asks != MessageFormat::Asks::Players || !m_context.players)
        return true;
    while (m_context.players->learntTo() < end && !stop && !deadline.hasExpired())
        m_context.players->learn(rows, end, stop, learnMs);
    return m_context.players->learntTo() >= end;
}

QByteArray MessageWriter::playerOf(const CapturedRow &row) const
{
    const bool isKnown =
        m_context.players && row.number < m_context.players->learntTo(); // or somebody else may sit there by then
    return isKnown ? m_context.players->playerOf(row.connection(), row.number) : QByteArray();
}

MessageOrigin MessageWriter::originOf(ConnectionId connection) const
{
    const auto known = m_context.origins.constFind(connection);
    return known != m_context.origins.cend() ? *known : MessageOrigin{m_context.anyUrl, {}};
}

bool MessageWriter::isFirstOf(ConnectionId connection)
{
    const auto before = m_seen.size();
    m_seen.insert(connection);
    return m_seen.size() > before;
}

} // namespace glasshouse
