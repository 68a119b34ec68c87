// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace glasshouse {

enum class Icon : quint8 {
    Start,
    Stop,
    Room,
    TestClient,
    Copy,
    Pause,
    Follow,
    Clear,
    Search,
    Send,
    Ping,
    Kick,
    Broadcast,
    Close,
    Settings,
    Info,
    Warning,
    Error,
    Link,
    Share,
    Results,
    Finish,
    Down,
    Bell,
    Doctor,
};

/// A line icon, drawn in the palette's colour at any scale.
[[nodiscard]] QIcon icon(Icon name);
/// The program's own: a house of glass.
[[nodiscard]] QIcon programIcon();

} // namespace glasshouse
