// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"
#include "server/endings/ending.h"

#include <functional>
#include <memory>
#include <optional>

class QFile;

namespace glasshouse {

/// A piece of an open file that becomes the body of an answer while the answer is sent.
struct FilePart
{
    std::shared_ptr<QFile> file; ///< used by one thread at a time, see AnswerSender
    qint64 offset = 0;
    qint64 size = 0;
};

struct HttpAnswer
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    HttpHeaders headers;
    std::optional<FilePart> file = {}; ///< in place of `body`
    QByteArray problem = {};           ///< of an error, in words, as the body says it; see readable()
    /// Set: there is no answer yet. This makes it, on a thread that may wait for a disk.
    std::function<HttpAnswer()> fromDisk = {};

    EndingCause cause = EndingCause::HttpServed; ///< how the request's end is told
    bool isOfWebRoot = false;                    ///< its bytes count for the address that gets them

    [[nodiscard]] qint64 bodySize() const { return file ? file->size : body.size(); }
};

/// What becomes of the connection behind an answer.
enum class Persistence : quint8 { Close, KeepAlive };

/// A whole response, framed by Content-Length (204 and 304 have no body and say no length). Bodies in files are left out.
[[nodiscard]] QByteArray toBytes(const HttpAnswer &answer, bool withoutBody = false,
                                 Persistence persistence = Persistence::Close);
/// {"error":"…","message":"…"} on one line.
[[nodiscard]] HttpAnswer errorAnswer(int status, QByteArrayView message, HttpHeaders headers = {});
/// 404
[[nodiscard]] HttpAnswer nothingHere();
/// 405; `methods` as in Allow.
[[nodiscard]] HttpAnswer methodNotAllowed(const QByteArray &methods);

} // namespace glasshouse
