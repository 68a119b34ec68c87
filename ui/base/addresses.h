// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QUrl>

namespace glasshouse {

/// Hosts under which others reach the server, the likely one first: the public one, where it is configured, then those of this
/// computer; those that lead nobody else here stand last. "127.0.0.1" if it is for this computer only.
[[nodiscard]] QStringList reachableHosts(const ListenInfo &info);
/// Why another device does not get to the server under this host, and what to do, for people; empty: it does, as far as this
/// program can tell.
[[nodiscard]] QString whyOnlyHere(const ListenInfo &info, const QString &host);

// `host` is one of reachableHosts(). The scheme is that of the server, or of its public address; IPv6 stands in brackets.

/// ws://host:port/ws/<room>
[[nodiscard]] QUrl roomUrl(const ListenInfo &info, const QString &host, const QString &room);
/// http://host:port/?room=<code>, which lets a browser join; without a code the first page.
[[nodiscard]] QUrl joinUrl(const ListenInfo &info, const QString &host, const QString &code);
/// http://host:port/, where the server shows itself to a browser.
[[nodiscard]] QUrl pageUrl(const ListenInfo &info, const QString &host);
/// Is it the server itself that answers at this address, with its own certificate? Not a proxy in front of it, and not
/// another program of this computer.
[[nodiscard]] bool isOwnAddress(const ListenInfo &info, const QUrl &url);
/// The same server from this computer.
[[nodiscard]] QUrl localUrl(const ListenInfo &info, const QString &pathAndQuery);

} // namespace glasshouse
