// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/streams/standardinput.h"

#include <functional>

namespace glasshouse {

/// Bytes of a descriptor, on the thread that made it; an empty piece is the end. A piece comes only while reading is on.
class StandardInput::Source final
{
public:
    using Taker = std::function<void(const QByteArray &)>;
    Source(int descriptor, Taker taker);
    ~Source();
    Q_DISABLE_COPY_MOVE(Source)

    void setReading(bool on);

private:
    struct System;
    std::unique_ptr<System> m_system;
};

} // namespace glasshouse
