// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

/// The character classes of RFC 9110 and RFC 3986 that the strict parsers need.
namespace glasshouse::httpchars {

/// tchar of RFC 9110 section 5.6.2.
[[nodiscard]] bool isTokenByte(char c);
/// One tchar or more.
[[nodiscard]] bool isToken(QByteArrayView text);
/// What browsers leave in a path and in a query without escaping it (the URL Standard's percent-encode sets): more than RFC 3986
/// allows, and '%' need not begin a triplet; with it UTF-8 as it is, which many clients send. No space, no control character, no '#'.
[[nodiscard]] bool isPathText(QByteArrayView text);
[[nodiscard]] bool isQueryText(QByteArrayView text);
/// No control character but HTAB.
[[nodiscard]] bool isFieldText(QByteArrayView text);
/// Without the spaces and tabs around it.
[[nodiscard]] QByteArrayView stripped(QByteArrayView text);
/// host[:port] of a Host header: a name, an IPv4 address or an IPv6 address in brackets. The port may be empty (RFC 3986).
[[nodiscard]] bool isHost(QByteArrayView text);
/// Equal without regard to ASCII case, as names and most tokens are compared.
[[nodiscard]] bool isSame(QByteArrayView a, QByteArrayView b);

} // namespace glasshouse::httpchars
