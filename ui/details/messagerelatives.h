// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/searchablerows.h"

#include <optional>

namespace glasshouse {

/// What belongs to a message, of the rows around it on its connection. A value.
struct MessageRelatives
{
    /// So many rows are looked at on either side, whoever's they are.
    static constexpr quint64 mostRows = 100'000;

    /// Another row, without its payload.
    struct Other
    {
        quint64 number = 0;
        FrameRecord record{};
        QByteArray type{}; ///< of the envelope
    };
    struct Fragments
    {
        quint64 first = 0;    ///< row
        int index = 1;        ///< of this one, from 1
        int count = 1;        ///< as far as they are there
        quint64 bytes = 0;    ///< of their payloads on the wire
        bool isWhole = false; ///< its last one is among them
        bool isCut = false;   ///< it was not looked for any further: a bound of WholeMessage was met
    };

    std::optional<Other> answered{};     ///< what it answers: by the capture, by "re", or by the payload of a ping
    std::optional<Other> answer{};       ///< the first that answers it
    std::optional<CapturedRow> before{}; ///< the last text message before it of its type and way
    std::optional<Fragments> fragments{};
    std::optional<quint64> awaitedFrom{}; ///< the answer may come yet, in this row or behind it; none: it will not
};

/// Looks for them. Setting `stop` breaks it off. Calls from any thread.
[[nodiscard]] MessageRelatives relativesOf(const CapturedRow &row, const SearchableRows &rows,
                                           const std::atomic<bool> &stop);
/// Looks for the answer that was awaited, in the rows that came since `found`.
[[nodiscard]] MessageRelatives answerOf(const CapturedRow &row, const MessageRelatives &found,
                                        const SearchableRows &rows, const std::atomic<bool> &stop);

} // namespace glasshouse
