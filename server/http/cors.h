// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/httpanswer.h"

namespace glasshouse {

/// What pages of other origins may read (Fetch standard, "CORS protocol"): endpoints that are shared, never with credentials, and
/// only by origins that may play. `null`, which every sandboxed frame and file sends, has to stand on the list itself.

/// The headers for the answer to this request. Where the origin may not read it, they say no more than that it counts (Vary).
[[nodiscard]] HttpHeaders corsHeaders(const HttpHead &request, const QList<QByteArray> &allowedOrigins);
/// Does a browser ask whether it may ask? (OPTIONS with Origin and Access-Control-Request-Method)
[[nodiscard]] bool isPreflight(const HttpHead &request);
/// 204 with what is allowed, or 403.
[[nodiscard]] HttpAnswer preflightAnswer(const HttpHead &request, const QList<QByteArray> &allowedOrigins);

} // namespace glasshouse
