// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace glasshouse {

/// The moments that a written time names: 11 is an hour, 11:57 a minute, 11:57:41.2 a tenth of a second, 2026-11-30 a day.
struct TimeSpan
{
    bool isOfDay = false; ///< of any day, in local time: the times count from midnight
    qint64 startUs = 0;   ///< since 1970, UTC, microseconds
    qint64 endUs = 0;     ///< behind the last one

    /// "11", "11:57", "11:57:41.204", "2026-11-30", "2026-11-30T11:57Z", "2026-11-30 11:57:41+01:00"; local time where no zone stands.
    [[nodiscard]] static std::optional<TimeSpan> read(QStringView text);

    /// What is compared with the start: the time itself, or its time of day.
    [[nodiscard]] qint64 comparable(qint64 timeUs) const;
    [[nodiscard]] bool contains(qint64 timeUs) const
    {
        const qint64 time = comparable(timeUs);
        return time >= startUs && time < endUs;
    }
};

} // namespace glasshouse
