// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/httpchars.h"
#include "protocol/httphead.h"

#include <algorithm>
#include <limits>

namespace glasshouse {

namespace {

constexpr qsizetype maxTarget = 8 * 1024;
constexpr qsizetype maxStartLine = maxTarget + 64; // method, version and line end
constexpr qsizetype maxLengthDigits = 18;          // fits qint64

constexpr QByteArrayView singletons[] = {"Host",
                                         "Origin",
                                         "Content-Length",
                                         "Content-Type",
                                         "Authorization",
                                         "Sec-WebSocket-Key",
                                         "Sec-WebSocket-Version",
                                         "Sec-WebSocket-Accept"};

bool isSingleton(QByteArrayView name)
{
    return std::any_of(std::begin(singletons), std::end(singletons),
                       [name](QByteArrayView one) { return httpchars::isSame(one, name); });
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool looksLikeVersion(QByteArrayView text)
{
    return text.size() == 8 && text.startsWith("HTTP/") && isDigit(text[5]) && text[6] == '.' && isDigit(text[7]);
}

bool isOriginForm(QByteArrayView target)
{
    const qsizetype mark = target.indexOf('?');
    return target.startsWith('/') && httpchars::isPathText(mark < 0 ? target : target.first(mark))
        && (mark < 0 || httpchars::isQueryText(target.sliced(mark + 1)));
}

/// How long scheme and slashes are that an absolute form begins with; 0: it is none. Those of WebSocket come from clients that take
/// their own address for it.
qsizetype schemeSize(QByteArrayView target)
{
    for (const QByteArrayView scheme : {"http://", "https://", "ws://", "wss://"}) {
        if (target.size() > scheme.size() && httpchars::isSame(target.first(scheme.size()), scheme))
            return scheme.size();
    }
    return 0;
}

/// What the first bytes of a connection give away; None: may be HTTP.
HttpError judgeFirstBytes(QByteArrayView bytes, bool request)
{
    const char first = bytes.front();
    const bool tls = first == 0x16 || (!request && first == 0x15); // hello; a server answers with an alert
    if (tls && bytes.size() == 1)
        return HttpError::None;
    if (tls)
        return bytes[1] == 0x03 ? HttpError::TlsOnPlainPort : HttpError::NotHttp;
    return httpchars::isTokenByte(first) ? HttpError::None : HttpError::NotHttp;
}

} // namespace

HttpHeadParser::Status HttpHeadParser::feed(QByteArrayView bytes, qsizetype &consumed)
{
    const bool mayBegin = m_kind == Kind::Request && m_status == Status::NeedMore && m_raw.size() == m_skipped;
    consumed = mayBegin ? skipEmptyLine(bytes) : 0;
    while (m_status == Status::NeedMore && consumed < bytes.size())
        consumed += takePiece(bytes.sliced(consumed));
    return m_status;
}

/// Some clients send one behind a body (RFC 9112 section 2.2).
qsizetype HttpHeadParser::skipEmptyLine(QByteArrayView bytes)
{
    constexpr QByteArrayView line = "\r\n";
    qsizetype skipped = 0;
    while (m_skipped < line.size() && skipped < bytes.size() && bytes[skipped] == line[m_skipped]) {
        ++m_skipped;
        ++skipped;
    }
    m_raw.append(bytes.first(skipped));
    m_lineStart = m_raw.size();
    if (m_skipped == 1 && skipped < bytes.size())
        fail(HttpError::NotHttp);
    return skipped;
}

/// Takes bytes to the end of the line, or as many as there are or may be.
qsizetype HttpHeadParser::takePiece(QByteArrayView bytes)
{
    const qsizetype room = roomInHead();
    if (room == 0) {
        fail(m_startLineDone || m_raw.size() < maxStartLine ? HttpError::TooLarge : HttpError::TargetTooLong);
        return 0;
    }
    const qsizetype lineFeed = bytes.indexOf('\n');
    const QByteArrayView piece = bytes.first(std::min(lineFeed < 0 ? bytes.size() : lineFeed + 1, room));
    const bool unjudged = m_raw.size() - m_skipped < 2;
    m_raw.append(piece);
    const HttpError first =
        unjudged ? judgeFirstBytes(QByteArrayView(m_raw).sliced(m_skipped), m_kind == Kind::Request) : HttpError::None;
    if (first != HttpError::None)
        fail(first);
    else if (piece.endsWith('\n'))
        endLine();
    return piece.size();
}

qsizetype HttpHeadParser::roomInHead() const
{
    qsizetype limit = m_limits.maxBytes > 0 ? m_limits.maxBytes : std::numeric_limits<qsizetype>::max();
    if (!m_startLineDone)
        limit = std::min(limit, maxStartLine);
    return limit - m_raw.size();
}

void HttpHeadParser::endLine()
{
    QByteArrayView line = QByteArrayView(m_raw).sliced(m_lineStart).chopped(1);
    m_lineStart = m_raw.size();
    if (!line.endsWith('\r') || line.chopped(1).contains('\r')) {
        fail(HttpError::BareLineFeed);
        return;
    }
    line.chop(1);
    const bool end = line.isEmpty() && m_startLineDone;
    const HttpError error = end ? finish() : takeLine(line);
    if (error != HttpError::None)
        fail(error);
    else if (end)
        m_status = Status::Done;
}

void HttpHeadParser::fail(HttpError error)
{
    m_error = error;
    m_status = Status::Failed;
}

HttpError HttpHeadParser::takeLine(QByteArrayView line)
{
    if (m_startLineDone)
        return takeHeader(line);
    m_startLineDone = true;
    return m_kind == Kind::Request ? takeRequestLine(line) : takeStatusLine(line);
}

HttpError HttpHeadParser::takeRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last - first < 2 || line.count(' ') != 2)
        return HttpError::BadRequestLine;
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    if (!httpchars::isToken(method))
        return HttpError::BadMethod;
    m_head.http10 = version == "HTTP/1.0";
    if (!m_head.http10 && version != "HTTP/1.1")
        return looksLikeVersion(version) ? HttpError::BadVersion : HttpError::BadRequestLine;
    m_head.method = method.toByteArray();
    return takeTarget(target);
}

HttpError HttpHeadParser::takeTarget(QByteArrayView target)
{
    if (target.size() > maxTarget)
        return HttpError::TargetTooLong;
    const bool isOptions = m_head.method == "OPTIONS";
    if (const qsizetype scheme = schemeSize(target); scheme > 0) {
        target = target.sliced(scheme);
        const auto end = std::find_if(target.begin(), target.end(), [](char c) { return c == '/' || c == '?'; });
        m_authority = target.first(end - target.begin()).toByteArray();
        target = target.sliced(m_authority.size());
        if (!httpchars::isHost(m_authority)) // nor one with a user in front
            return HttpError::BadTarget;
        if (!target.startsWith('/'))
            m_head.target = target.isEmpty() && isOptions ? "*" : "/";
    }
    m_head.target += target;
    const bool isWhole = isOptions && m_head.target == "*";
    return isWhole || isOriginForm(m_head.target) ? HttpError::None : HttpError::BadTarget;
}

HttpError HttpHeadParser::takeStatusLine(QByteArrayView line)
{
    const QByteArrayView version = line.first(std::min<qsizetype>(line.size(), 8));
    if (!looksLikeVersion(version))
        return HttpError::BadStatusLine;
    if (version != "HTTP/1.1" && version != "HTTP/1.0") // proxies still send the latter
        return HttpError::BadVersion;
    const QByteArrayView rest = line.sliced(8);
    const bool number = rest.size() >= 4 && rest[0] == ' ' && rest[1] != '0'
        && std::all_of(rest.begin() + 1, rest.begin() + 4, isDigit);
    const bool separated = number && (rest.size() == 4 || rest[4] == ' ');
    if (!separated || !httpchars::isFieldText(rest))
        return HttpError::BadStatusLine;
    m_head.status = rest.sliced(1, 3).toInt();
    m_head.reason = httpchars::stripped(rest.sliced(4)).toByteArray();
    return HttpError::None;
}

HttpError HttpHeadParser::takeHeader(QByteArrayView line)
{
    if (m_limits.maxHeaders > 0 && m_head.headers.size() >= m_limits.maxHeaders)
        return HttpError::TooManyHeaders;
    if (line.startsWith(' ') || line.startsWith('\t'))
        return HttpError::FoldedHeader;
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView name = line.first(std::max<qsizetype>(colon, 0));
    if (!httpchars::isToken(name))
        return HttpError::BadHeaderName;
    const QByteArrayView value = httpchars::stripped(line.sliced(colon + 1));
    if (!httpchars::isFieldText(value))
        return HttpError::BadHeaderValue;
    if (isSingleton(name) && !m_head.value(name).isNull())
        return HttpError::DuplicateHeader;
    m_head.headers.append({name.toByteArray(), value.toByteArray()});
    return takeFraming(name, value);
}

HttpError HttpHeadParser::takeFraming(QByteArrayView name, QByteArrayView value)
{
    if (httpchars::isSame(name, "Transfer-Encoding"))
        m_head.chunked = true;
    if (!httpchars::isSame(name, "Content-Length"))
        return HttpError::None;
    if (value.isEmpty() || value.size() > maxLengthDigits || !std::all_of(value.begin(), value.end(), isDigit))
        return HttpError::BadContentLength;
    m_head.contentLength = value.toLongLong();
    return HttpError::None;
}

HttpError HttpHeadParser::finish()
{
    if (m_head.chunked && m_head.contentLength >= 0)
        return HttpError::AmbiguousBody;
    if (m_head.chunked && m_head.http10) // what stands between us may have taken it for something else (RFC 9112, 6.1)
        return HttpError::CodingOverHttp10;
    return m_kind == Kind::Response ? HttpError::None : finishHost();
}

HttpError HttpHeadParser::finishHost()
{
    const QByteArrayView host = m_head.value("Host");
    if (host.isNull() && !m_head.http10)
        return HttpError::MissingHost;
    if (!host.isNull() && !httpchars::isHost(host))
        return HttpError::BadHost;
    if (m_authority.isEmpty())
        return HttpError::None;
    m_head.headers.removeIf([](const HttpHeader &header) { return httpchars::isSame(header.name, "Host"); });
    m_head.headers.append({"Host", m_authority});
    return HttpError::None;
}

} // namespace glasshouse
