// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "server/gate/addressbook.h"

namespace glasshouse {

/// What one stranger's connection holds in the AddressBook, and for whom: itself, its half-open head, its rest between two
/// requests. Gives all of it back in the end.
class AddressHold
{
public:
    AddressHold(AddressBook &book, const Clock &clock, const QHostAddress &address);
    ~AddressHold() { giveBack(); }
    Q_DISABLE_COPY_MOVE(AddressHold)

    [[nodiscard]] const QHostAddress &address() const { return m_address; }
    /// Everything counts for this one from now on. False: that address may not hold so much.
    [[nodiscard]] bool moveTo(const QHostAddress &address);
    void beginHead();
    void endHead();
    void beginRest();
    void endRest();
    [[nodiscard]] bool rests() const { return m_rests; }
    /// The connection goes on without its holder: who has it now says AddressBook::closed().
    void leaveConnection();
    void giveBack();

private:
    AddressBook &m_book;
    const Clock &m_clock;
    QHostAddress m_address;
    bool m_hasConnection = true;
    bool m_hasHead = false;
    bool m_rests = false;
};

} // namespace glasshouse
