// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QUrl>

namespace glasshouse {

/// Hosts under which others reach the server, the likely one first; "127.0.0.1" if it is for this computer only.
[[nodiscard]] QStringList reachableHosts(const ListenInfo &info);
/// ws://host:port/ws/<room>; IPv6 in brackets.
[[nodiscard]] QUrl roomUrl(const QString &host, quint16 port, const QString &room);
/// Is this address of no use to any other computer?
[[nodiscard]] bool isLoopback(const QString &host);
/// http://host:port/?room=<code>, which lets a browser join; without a code the first page.
[[nodiscard]] QUrl joinUrl(const QString &host, quint16 port, const QString &code);
/// http://host:port/, where the server shows itself to a browser.
[[nodiscard]] QUrl pageUrl(const QString &host, quint16 port);
/// The same server from this computer.
[[nodiscard]] QUrl localUrl(const ListenInfo &info, const QString &pathAndQuery);

} // namespace glasshouse
