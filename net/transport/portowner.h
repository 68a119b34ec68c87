// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace glasshouse {

/// Files, sockets among them, that a program has opened, and how many it may.
struct DescriptorUse
{
    int open = 0;
    int limit = 0;
};

/// Which program listens on a TCP port of this machine: "name (PID 123)". Empty where the system does not tell (it tells
/// on Linux, for programs of the same user).
#ifdef Q_OS_LINUX
[[nodiscard]] QString portOwner(quint16 port);
/// Of that program.
[[nodiscard]] std::optional<DescriptorUse> descriptorsOfOwner(quint16 port);
#else
[[nodiscard]] inline QString portOwner(quint16) { return {}; }
[[nodiscard]] inline std::optional<DescriptorUse> descriptorsOfOwner(quint16) { return {}; }
#endif

} // namespace glasshouse
