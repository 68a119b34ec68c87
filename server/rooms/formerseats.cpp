// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/formerseats.h"

#include "base/secret.h"

#include <algorithm>
#include <utility>

namespace glasshouse {

void FormerSeats::remember(const Seat &seat)
{
    if (seat.token.isEmpty() || !seat.subject.isEmpty()) // a subject needs no token to be known again
        return;
    m_former.push_back({seat.token, seat.tokenBefore, seat.player.account});
    if (m_former.size() > most)
        m_former.pop_front();
}

QByteArray FormerSeats::take(const QByteArray &token)
{
    if (token.isEmpty())
        return {};
    const auto at = std::find_if(m_former.begin(), m_former.end(), [&](const Former &one) {
        return isSameSecret(one.token, token) || isSameSecret(one.tokenBefore, token);
    });
    if (at == m_former.end())
        return {};
    QByteArray account = std::move(at->account);
    m_former.erase(at);
    return account;
}

} // namespace glasshouse
