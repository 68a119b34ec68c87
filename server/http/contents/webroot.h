// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/httpanswer.h"

#include <optional>

namespace glasshouse {

/// Up to here a file is read as a whole before it is sent.
constexpr qint64 smallWebFileBytes = 64 * 1024;

/// A file of the folder `root`, by the path of a GET or HEAD request (encoded, without the base path); "/" and "/folder/" are
/// their index.html, and "/folder" leads there. Nullopt: there is none. Nothing outside of the folder is reached, by ".." or by
/// a link, and nothing whose name, or that of a folder on the way, begins with a dot. With an ETag, conditions and ranges.
/// "x.js.br" and "x.js.gz" beside "x.js" stand for it, where they are not older and the client takes their coding.
/// May wait for the disk: on a thread where that harms nobody.
[[nodiscard]] std::optional<HttpAnswer> webRootAnswer(const QString &root, const HttpHead &request);

/// 308 from "/folder" to "/folder/", because what its pages name is looked for beside them. The Location is relative: it holds
/// behind every proxy, whatever that takes away in front of the target or puts there. Keeps the query.
[[nodiscard]] HttpAnswer slashAnswer(const HttpHead &request);

} // namespace glasshouse
