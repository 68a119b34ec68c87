// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/addresshold.h"

#include <utility>

namespace glasshouse {

AddressHold::AddressHold(AddressBook &book, const Clock &clock, const QHostAddress &address, HeadHolder *holder)
    : m_book(book),
      m_clock(clock),
      m_address(address)
{
    m_head.holder = holder;
    m_book.began(m_address, Held::Visit);
}

bool AddressHold::moveTo(const QHostAddress &address)
{
    if (!m_visits || AddressBook::key(address) == AddressBook::key(m_address)) {
        m_address = address;
        return true;
    }
    const bool mayCome = m_book.mayHold(address, Held::Visit) || m_book.makePlace(address);
    const bool hadHead = m_hasHead;
    endHead();
    m_book.began(address, Held::Visit);
    end(Held::Visit);
    m_address = address;
    if (hadHead)
        beginHead();
    return mayCome;
}

void AddressHold::beginHead()
{
    if (!std::exchange(m_hasHead, true))
        m_book.headBegan(m_address, m_head, m_clock.monotonicMs());
}

void AddressHold::endHead()
{
    if (std::exchange(m_hasHead, false))
        m_book.headEnded(m_head, m_clock.monotonicMs());
}

// An idle one is no visit until it goes on.
void AddressHold::beginRest()
{
    if (std::exchange(m_rests, true))
        return;
    m_book.began(m_address, Held::Rest);
    end(Held::Visit);
}

void AddressHold::endRest()
{
    if (!std::exchange(m_rests, false))
        return;
    m_book.began(m_address, Held::Visit);
    end(Held::Rest);
}

void AddressHold::beginFile()
{
    if (!std::exchange(m_hasFile, true))
        m_book.began(m_address, Held::File);
}

void AddressHold::endFile()
{
    if (std::exchange(m_hasFile, false))
        end(Held::File);
}

void AddressHold::becomeSocket()
{
    m_book.began(m_address, Held::Socket);
    giveBack();
}

void AddressHold::giveBack()
{
    endHead();
    endFile();
    endRest();
    if (std::exchange(m_visits, false))
        end(Held::Visit);
}

} // namespace glasshouse
