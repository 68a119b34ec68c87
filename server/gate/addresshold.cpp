// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/addresshold.h"

#include <utility>

namespace glasshouse {

AddressHold::AddressHold(AddressBook &book, const Clock &clock, const QHostAddress &address)
    : m_book(book),
      m_clock(clock),
      m_address(address)
{
    m_book.opened(m_address);
}

bool AddressHold::moveTo(const QHostAddress &address)
{
    if (address == m_address)
        return true;
    const bool mayCome = m_book.mayOpen(address) && (!m_hasHead || m_book.mayBeginHead(address));
    const bool hadHead = m_hasHead;
    endHead();
    m_book.opened(address);
    m_book.closed(std::exchange(m_address, address), m_clock.monotonicMs());
    if (hadHead)
        beginHead();
    return mayCome;
}

void AddressHold::beginHead()
{
    if (!std::exchange(m_hasHead, true))
        m_book.headBegan(m_address);
}

void AddressHold::endHead()
{
    if (std::exchange(m_hasHead, false))
        m_book.headEnded(m_address);
}

void AddressHold::beginRest()
{
    if (!std::exchange(m_rests, true))
        m_book.restBegan(m_address);
}

void AddressHold::endRest()
{
    if (std::exchange(m_rests, false))
        m_book.restEnded(m_address);
}

void AddressHold::leaveConnection()
{
    endHead();
    endRest();
    m_hasConnection = false;
}

void AddressHold::giveBack()
{
    endHead();
    endRest();
    if (std::exchange(m_hasConnection, false))
        m_book.closed(m_address, m_clock.monotonicMs());
}

} // namespace glasshouse
