// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/wire/sequencedtext.h"

#include "protocol/framewriter.h"

namespace glasshouse {

const QByteArray &SequencedText::head(int digits)
{
    QByteArray &head = m_heads[size_t(digits)];
    if (head.isEmpty()) {
        head.reserve(m_body.size() + 10);
        appendFrameHeader(head, Opcode::Text, quint64(m_body.size() + digits + 1));
        head.append(m_body);
    }
    return head;
}

} // namespace glasshouse
