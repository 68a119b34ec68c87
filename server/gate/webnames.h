// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>
#include <optional>

namespace glasshouse {

// Names of the web as people write them, in the one form that browsers send: lower case, other alphabets as xn--, IPv6 short
// and in brackets, nothing behind. Nullopt: it is none.

/// http or https, a host, perhaps a port and a path; no user, query or fragment. "https://play.example.org/prefix"
[[nodiscard]] std::optional<QString> normalPublicUrl(const QString &text);
/// What a browser writes into Origin: "https://example.org:8443", "app://game", "null", "file://"; or "*" for all.
[[nodiscard]] std::optional<QString> normalOrigin(const QString &text);
/// Why it is none, where more can be said than that; else empty.
[[nodiscard]] QString whyNoOrigin(const QString &text);
/// What stands in a Host header: "example.org", "example.org:8080", "[::1]:8080"; or "*" for all.
[[nodiscard]] std::optional<QString> normalHost(const QString &text);
/// The origin of the page at this address; the text itself where it is no address.
[[nodiscard]] QString originOfPage(const QString &url);

/// The name in a Host header: without the port and the dot at the end. As sent otherwise.
[[nodiscard]] QByteArrayView nameInHost(QByteArrayView host);
/// The port in it; empty: there is none.
[[nodiscard]] QByteArrayView portInHost(QByteArrayView host);

} // namespace glasshouse
