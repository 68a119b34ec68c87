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

struct PortProgram
{
    QString name; ///< "name (PID 123)"
    std::optional<DescriptorUse> descriptors;
};

/// Which program listens on a TCP port of this machine. Empty where the system does not tell (it tells on Linux, for programs of
/// the same user). Looks at all that run, which takes its time; callable from any thread.
#ifdef Q_OS_LINUX
[[nodiscard]] PortProgram programAt(quint16 port);
#else
[[nodiscard]] inline PortProgram programAt(quint16) { return {}; }
#endif
[[nodiscard]] inline QString portOwner(quint16 port) { return programAt(port).name; }

} // namespace glasshouse
