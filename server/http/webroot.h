// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/httpanswer.h"

#include <optional>

namespace glasshouse {

/// By the name's end; application/octet-stream for what is not known.
[[nodiscard]] QByteArray contentTypeOf(QByteArrayView path);

/// Up to here a file is read as a whole before it is sent.
constexpr qint64 smallWebFileBytes = 64 * 1024;

/// A file of the folder `root`, by the path of a GET or HEAD request (encoded, without the base path); "/" and "/folder/" are
/// their index.html. Nullopt: there is none. Nothing outside of the folder is reached, by ".." or by a link, and nothing whose
/// name, or that of a folder on the way, begins with a dot. With an ETag, conditions and ranges. May wait for the disk: on a
/// thread where that harms nobody.
[[nodiscard]] std::optional<HttpAnswer> webRootAnswer(const QString &root, const HttpHead &request);

} // namespace glasshouse
