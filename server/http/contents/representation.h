// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/httpanswer.h"

namespace glasshouse {

/// What GET and HEAD of a page are answered from: bytes, or an open file.
struct Representation
{
    QByteArray contentType;
    QByteArray etag; ///< with its quotation marks; strong: another byte, another tag
    HttpHeaders headers;
    QByteArray body;
    std::optional<FilePart> file = {}; ///< in place of `body`: the whole file

    [[nodiscard]] qint64 size() const { return file ? file->size : body.size(); }
};

/// What the conditions of a GET or HEAD request make of it (RFC 9110, sections 13 and 14): 200; 304 where If-None-Match knows
/// the tag; 206 or 416 for one range of bytes, unless If-Range names another tag. Several ranges get the whole.
[[nodiscard]] HttpAnswer answerFrom(const Representation &page, const HttpHead &request);

} // namespace glasshouse
