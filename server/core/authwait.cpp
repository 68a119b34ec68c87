// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/authwait.h"

#include <utility>

namespace glasshouse {

void AuthWait::hold(MessageKind kind, QByteArrayView payload)
{
    m_heldBytes += payload.size() + qsizetype(sizeof(Message));
    m_held.push_back({kind, payload.toByteArray()});
}

std::vector<AuthWait::Message> AuthWait::end()
{
    m_stage = Stage::None;
    m_endMs = -1;
    m_heldBytes = 0;
    return std::exchange(m_held, {});
}

} // namespace glasshouse
