// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QList>

namespace glasshouse {

struct HttpHeader
{
    QByteArray name;  ///< as written
    QByteArray value; ///< without white space around it
};
using HttpHeaders = QList<HttpHeader>;

/// Why a head was refused. httpStatusFor() gives the answer's status.
enum class HttpError : quint8 {
    None,
    TooLarge,       ///< 431
    TooManyHeaders, ///< 431
    TargetTooLong,  ///< 414 (over 8 KiB)
    BareLineFeed,   ///< a line ended in LF without CR, or a stray CR
    BadRequestLine, ///< not exactly METHOD SP target SP HTTP/1.1 (or 1.0)
    BadMethod,      ///< not a token
    BadTarget,      ///< none of the forms that a server takes, or a character that may not stand there
    BadVersion,     ///< 505: neither HTTP/1.1 nor HTTP/1.0
    BadHeaderName,  ///< not a token, or white space before the colon
    BadHeaderValue, ///< NUL or another control character
    FoldedHeader,
    DuplicateHeader, ///< of one that may stand once: Host, Origin, Content-Length, Sec-WebSocket-Key, -Version, Authorization …
    MissingHost, ///< HTTP/1.1 has to name one
    BadHost,
    BadContentLength,
    AmbiguousBody,    ///< Content-Length and Transfer-Encoding together
    CodingOverHttp10, ///< Transfer-Encoding, which HTTP/1.0 does not know
    NotHttp,          ///< first byte can not begin a method
    TlsOnPlainPort,   ///< first bytes are a TLS hello
    BadStatusLine,    ///< responses only
};
[[nodiscard]] int httpStatusFor(HttpError error);
[[nodiscard]] QByteArrayView describe(HttpError error);
/// "Bad Request" for 400, …; never empty.
[[nodiscard]] QByteArrayView httpReason(int status);

/// A request or response head that passed every check.
struct HttpHead
{
    QByteArray method; ///< requests only
    /// Requests only: path and query as sent (of an absolute form, what is behind its authority), or "*" of OPTIONS.
    QByteArray target;
    bool http10 = false;       ///< requests only: HTTP/1.0, where Host may be missing
    int status = 0;            ///< responses only
    QByteArray reason;         ///< responses only
    HttpHeaders headers;       ///< Host is that of an absolute form, where the target was one
    qint64 contentLength = -1; ///< −1: no such header
    bool chunked = false;      ///< any Transfer-Encoding, see isChunkedOnly()

    [[nodiscard]] QByteArrayView path() const;  ///< target before '?', not decoded
    [[nodiscard]] QByteArrayView query() const; ///< target behind the first '?', not decoded
    /// First value of the header (names without regard to case), or a null view.
    [[nodiscard]] QByteArrayView value(QByteArrayView name) const;
    /// All comma-separated elements of all headers of this name, white space stripped.
    [[nodiscard]] QList<QByteArray> list(QByteArrayView name) const;
    /// Does that list hold the token (without regard to case)?
    [[nodiscard]] bool listHas(QByteArrayView name, QByteArrayView token) const;
    /// Percent-decoded value of a query parameter ('+' is a space). Nullopt: absent. The first one counts.
    [[nodiscard]] std::optional<QByteArray> queryValue(QByteArrayView name) const;
    /// Does whoever sent it want the connection to persist (RFC 9112, section 9.3)?
    [[nodiscard]] bool asksToPersist() const;
    /// One Transfer-Encoding, "chunked": the only coding whose end we know.
    [[nodiscard]] bool isChunkedOnly() const;
};

struct HttpLimits
{
    qint64 maxBytes = 16 * 1024; ///< of the whole head; 0 = none
    int maxHeaders = 100;        ///< 0 = none
};

/// Bytes to one head of HTTP/1.1 or HTTP/1.0, strict (RFC 9112; what is refused is in HttpError) but for the characters of a
/// target: these are what browsers send (the URL Standard). Resumable: feed it as bytes come, no byte is looked at twice. Pure.
class HttpHeadParser
{
public:
    enum class Kind : quint8 { Request, Response };
    enum class Status : quint8 { NeedMore, Done, Failed };

    explicit HttpHeadParser(Kind kind = Kind::Request, HttpLimits limits = {}) : m_limits(limits), m_kind(kind) { }

    /// Takes bytes up to the end of the head; `consumed` says how many (what is behind belongs to somebody else).
    Status feed(QByteArrayView bytes, qsizetype &consumed);
    [[nodiscard]] const HttpHead &head() const { return m_head; }
    [[nodiscard]] HttpHead takeHead() { return std::move(m_head); }
    [[nodiscard]] HttpError error() const { return m_error; }
    /// Bytes so far, for logs and the list of refused connections.
    [[nodiscard]] const QByteArray &raw() const { return m_raw; }

private:
    // the implementation may change what is below
    HttpLimits m_limits;
    Kind m_kind;
    Status m_status = Status::NeedMore;
    HttpError m_error = HttpError::None;
    QByteArray m_raw;
    qsizetype m_lineStart = 0;
    int m_skipped = 0; ///< bytes of an empty line in front of a request
    bool m_startLineDone = false;
    QByteArray m_authority; ///< of an absolute form
    HttpHead m_head;

    [[nodiscard]] qsizetype skipEmptyLine(QByteArrayView bytes);
    [[nodiscard]] qsizetype takePiece(QByteArrayView bytes);
    [[nodiscard]] qsizetype roomInHead() const;
    void endLine();
    void fail(HttpError error);
    [[nodiscard]] HttpError takeLine(QByteArrayView line);
    [[nodiscard]] HttpError takeRequestLine(QByteArrayView line);
    [[nodiscard]] HttpError takeTarget(QByteArrayView target);
    [[nodiscard]] HttpError takeStatusLine(QByteArrayView line);
    [[nodiscard]] HttpError takeHeader(QByteArrayView line);
    [[nodiscard]] HttpError takeFraming(QByteArrayView name, QByteArrayView value);
    [[nodiscard]] HttpError finish();
    [[nodiscard]] HttpError finishHost();
};

/// Decodes %XX; a '%' that begins no such triplet stays itself, as in browsers. Nullopt where a NUL comes out.
[[nodiscard]] std::optional<QByteArray> percentDecoded(QByteArrayView text, bool plusIsSpace = false);

} // namespace glasshouse
