// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace glasshouse {

/// http or https, a host, perhaps a port and a path; no user, query, fragment or / at the end.
[[nodiscard]] bool isPublicUrl(const QString &text);
/// What a browser writes into Origin: "https://example.org:8443" or "null"; or "*" for all.
[[nodiscard]] bool isOrigin(const QString &text);
/// The origin of the page at this address; the text itself where it is no address.
[[nodiscard]] QString originOfPage(const QString &url);
/// "example.org", "[::1]:8080": what stands in a Host header.
[[nodiscard]] bool isHostName(const QString &text);

} // namespace glasshouse
