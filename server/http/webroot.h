// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/httpresponder.h"

#include <optional>

namespace glasshouse {

/// By the name's end; application/octet-stream for what is not known.
[[nodiscard]] QByteArray contentTypeOf(QByteArrayView path);

/// The largest file that is handed out: it is read in one piece, on the thread of the games.
constexpr qint64 maxWebFileBytes = 16 * 1024 * 1024;

/// A file of the folder `root`, by the path of a GET or HEAD request (encoded, without the base path); "/" and "/folder/" are
/// their index.html. Nullopt: there is none. Nothing outside of the folder is reached, by ".." or by a link, and nothing whose
/// name, or that of a folder on the way, begins with a dot. With an ETag: If-None-Match is answered by 304.
[[nodiscard]] std::optional<HttpAnswer> webRootAnswer(const QString &root, const HttpHead &request);

} // namespace glasshouse
