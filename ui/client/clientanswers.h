// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"
#include "server/capture/pingtrace.h"

#include <QCache>

namespace glasshouse {

/// What answers what in the log of a client, as the frames come and go: pongs their pings, and messages those whose "id" they name
/// in "re". Bounded: the names used last are kept. Not thread-safe.
class ClientAnswers
{
public:
    /// Of a frame that becomes row `number`: how many rows before it stands what it answers; 0: it answers none that is known.
    [[nodiscard]] quint32 answers(const FrameRecord &record, const QByteArray &payload, quint64 number);

private:
    static constexpr int mostNames = 1'000;

    quint32 m_connection = 0; ///< names are those of one
    PingTrace m_pings;
    QCache<QByteArray, quint64> m_asked{mostNames}; ///< rows, by way and name
};

} // namespace glasshouse
