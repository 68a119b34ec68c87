// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// What came back for a request, as far as it came: read as generously as it can be, so that nothing hides what is wrong with it.
struct ProbeAnswer
{
    QByteArray raw;                    ///< all that came, at most 32 KiB; of an upgrade, up to the end of its head
    HttpHead head;                     ///< status 0: it is no answer of HTTP's
    HttpError error = HttpError::None; ///< what a strict client has against the head
    qsizetype headSize = 0;            ///< of `raw`; 0: it is not whole
    QByteArray body;                   ///< without the sizes of chunks, where it has them
    bool bodyIsWhole = false;

    [[nodiscard]] bool headIsWhole() const { return headSize > 0; }

    [[nodiscard]] bool isHttp() const { return head.status != 0; }
    /// "403 Forbidden"
    [[nodiscard]] QByteArray statusLine() const;
};

/// Bytes to a ProbeAnswer. Pure.
class ProbeAnswerReader
{
public:
    static constexpr qsizetype maxBytes = 32 * 1024;
    enum class Status : quint8 {
        NeedMore,
        Body,   ///< the head is known, its body is still arriving
        Switch, ///< 101: what is behind its head belongs to somebody else
        Done,   ///< all there is, or all that is wanted
    };

    /// `consumed`: less than all only where it is Switch.
    Status feed(QByteArrayView bytes, qsizetype &consumed);
    [[nodiscard]] const ProbeAnswer &answer() const { return m_answer; }

private:
    ProbeAnswer m_answer;

    [[nodiscard]] Status endHead();
    [[nodiscard]] Status takeBody();
};

} // namespace glasshouse
