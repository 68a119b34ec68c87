// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QStringList>
#include <optional>

namespace glasshouse {

// Where a server listens, as it is configured: an IP address, or nothing for all.

/// As it is kept: "127.0.0.1", "::1", "fe80::1%eth0", "::". Takes "localhost", "*" (which is "::") and brackets too. Nullopt: it
/// is no address of a machine.
[[nodiscard]] std::optional<QString> normalBindAddress(const QString &text);
/// Why it is none, where more can be said than that; else empty.
[[nodiscard]] QString whyNoBindAddress(const QString &text);
/// What to listen on. "" and "::" are all addresses of both families. Null: it is none.
[[nodiscard]] QHostAddress listenAddress(const QString &bind);
/// On all addresses, of one family or both?
[[nodiscard]] bool isEverywhere(const QString &bind);
/// The host under which programs of this machine reach it: 127.0.0.1 if it is everywhere.
[[nodiscard]] QString hostFromHere(const QString &bind);
/// In an address of the web: IPv6 in brackets, with %25 in front of a zone.
[[nodiscard]] QString hostInUrl(const QString &host);

} // namespace glasshouse
