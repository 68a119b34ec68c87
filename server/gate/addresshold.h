// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "server/gate/addressbook.h"

namespace glasshouse {

/// What one stranger's connection holds in the AddressBook, and for whom: its visit, its half-open head, its rest between two
/// requests. Gives all of it back in the end.
class AddressHold
{
public:
    /// `holder`: whose half-open head may have to give way; null: nobody's.
    AddressHold(AddressBook &book, const Clock &clock, const QHostAddress &address, HeadHolder *holder = nullptr);
    ~AddressHold() { giveBack(); }
    Q_DISABLE_COPY_MOVE(AddressHold)

    [[nodiscard]] const QHostAddress &address() const { return m_address; }
    /// Everything counts for this one from now on. False: that address may not hold so much. Its oldest half-open request may give
    /// way for it; where nothing is held any more, nobody has to.
    [[nodiscard]] bool moveTo(const QHostAddress &address);
    void beginHead();
    void endHead();
    void beginRest();
    void endRest();
    void beginFile();
    void endFile();
    [[nodiscard]] bool hasFile() const { return m_hasFile; }
    [[nodiscard]] bool rests() const { return m_rests; }
    /// The visit has become a WebSocket connection, which goes on without its holder: who has it now says that it has ended.
    void becomeSocket();
    void giveBack();

private:
    AddressBook &m_book;
    const Clock &m_clock;
    QHostAddress m_address;
    HeadPlace m_head;
    bool m_visits = true;
    bool m_hasHead = false;
    bool m_rests = false;
    bool m_hasFile = false;

    void end(Held what) { m_book.ended(m_address, what, m_clock.monotonicMs()); }
};

} // namespace glasshouse
