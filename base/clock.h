// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace glasshouse {

/// Time comes from outside, so that a test can turn it.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual qint64 monotonicMs() const = 0; ///< never runs backwards; its zero means nothing
    [[nodiscard]] virtual qint64 wallMs() const = 0;      ///< since 1970, UTC
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] qint64 monotonicMs() const override;
    [[nodiscard]] qint64 wallMs() const override;
};

} // namespace glasshouse
