// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// How the bytes of an answer are coded (RFC 9110, section 8.4).
enum class ContentCoding : quint8 { Identity, Gzip, Brotli };

/// As in Content-Encoding: "gzip", "br"; empty for Identity.
[[nodiscard]] QByteArrayView nameOf(ContentCoding coding);
/// Which of those there are the client likes best, by the weights in Accept-Encoding (section 12.5.3); of equals the first.
/// Identity where none of them is wanted, and where nothing is said: whoever can decode says so.
[[nodiscard]] ContentCoding preferredCoding(const HttpHead &request, const QList<ContentCoding> &there);
/// A file of gzip (RFC 1952) with its best compression, by zlib. The same bytes for the same contents.
[[nodiscard]] QByteArray gzipped(const QByteArray &contents);

} // namespace glasshouse
