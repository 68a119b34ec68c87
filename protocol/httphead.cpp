// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/httphead.h"
#include "base/hex.h"
#include "protocol/httpchars.h"

#include <algorithm>
#include <array>
#include <utility>

namespace glasshouse {

namespace {

/// Calls `take` with every non-empty element of every header of this name until it returns false.
template <typename Take>
void forEachListElement(const HttpHeaders &headers, QByteArrayView name, Take take)
{
    for (const HttpHeader &header : headers) {
        if (!httpchars::isSame(header.name, name))
            continue;
        QByteArrayView rest = header.value;
        while (!rest.isEmpty()) {
            const qsizetype comma = rest.indexOf(',');
            const QByteArrayView element = httpchars::stripped(comma < 0 ? rest : rest.first(comma));
            rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
            if (!element.isEmpty() && !take(element))
                return;
        }
    }
}

} // namespace

QByteArrayView HttpHead::path() const
{
    const qsizetype mark = target.indexOf('?');
    return QByteArrayView(target).first(mark < 0 ? target.size() : mark);
}

QByteArrayView HttpHead::query() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArrayView() : QByteArrayView(target).sliced(mark + 1);
}

QByteArrayView HttpHead::value(QByteArrayView name) const
{
    for (const HttpHeader &header : headers) {
        if (httpchars::isSame(header.name, name))
            return header.value.isNull() ? QByteArrayView("") : QByteArrayView(header.value);
    }
    return {};
}

QList<QByteArray> HttpHead::list(QByteArrayView name) const
{
    QList<QByteArray> elements;
    forEachListElement(headers, name, [&elements](QByteArrayView element) {
        elements.append(element.toByteArray());
        return true;
    });
    return elements;
}

bool HttpHead::listHas(QByteArrayView name, QByteArrayView token) const
{
    bool found = false;
    forEachListElement(headers, name, [&](QByteArrayView element) {
        found = httpchars::isSame(element, token);
        return !found;
    });
    return found;
}

std::optional<QByteArray> HttpHead::queryValue(QByteArrayView name) const
{
    QByteArrayView rest = query();
    while (!rest.isEmpty()) {
        const qsizetype mark = rest.indexOf('&');
        const QByteArrayView pair = mark < 0 ? rest : rest.first(mark);
        rest = mark < 0 ? QByteArrayView() : rest.sliced(mark + 1);
        const qsizetype equals = pair.indexOf('=');
        const auto key = percentDecoded(equals < 0 ? pair : pair.first(equals), true);
        if (key && QByteArrayView(*key) == name)
            return percentDecoded(equals < 0 ? QByteArrayView() : pair.sliced(equals + 1), true);
    }
    return std::nullopt;
}

bool HttpHead::asksToPersist() const
{
    return !listHas("Connection", "close") && (!http10 || listHas("Connection", "keep-alive"));
}

bool HttpHead::isChunkedOnly() const
{
    const auto count = std::count_if(headers.begin(), headers.end(), [](const HttpHeader &header) {
        return httpchars::isSame(header.name, "Transfer-Encoding");
    });
    return count == 1 && httpchars::isSame(value("Transfer-Encoding"), "chunked");
}

std::optional<QByteArray> percentDecoded(QByteArrayView text, bool plusIsSpace)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const bool whole = text.size() - i >= 3;
            const int high = whole ? hexValue(text[i + 1]) : -1;
            const int low = whole ? hexValue(text[i + 2]) : -1;
            if (high >= 0 && low >= 0) {
                c = char(high * 16 + low);
                i += 2;
            }
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        if (c == '\0')
            return std::nullopt;
        out.append(c);
    }
    return out;
}

int httpStatusFor(HttpError error)
{
    switch (error) {
    case HttpError::None:
        return 200;
    case HttpError::TooLarge:
    case HttpError::TooManyHeaders:
        return 431;
    case HttpError::TargetTooLong:
        return 414;
    case HttpError::BadVersion:
        return 505;
    case HttpError::BareLineFeed:
    case HttpError::BadRequestLine:
    case HttpError::BadMethod:
    case HttpError::BadTarget:
    case HttpError::BadHeaderName:
    case HttpError::BadHeaderValue:
    case HttpError::FoldedHeader:
    case HttpError::DuplicateHeader:
    case HttpError::MissingHost:
    case HttpError::BadHost:
    case HttpError::BadContentLength:
    case HttpError::AmbiguousBody:
    case HttpError::CodingOverHttp10:
    case HttpError::NotHttp:
    case HttpError::TlsOnPlainPort:
    case HttpError::BadStatusLine:
        break;
    }
    return 400;
}

QByteArrayView describe(HttpError error)
{
    switch (error) {
    case HttpError::None:
        return "No error";
    case HttpError::TooLarge:
        return "The head is too large";
    case HttpError::TooManyHeaders:
        return "The head has too many headers";
    case HttpError::TargetTooLong:
        return "The request target is too long";
    case HttpError::BareLineFeed:
        return "A line does not end in CR LF, or holds a stray CR";
    case HttpError::BadRequestLine:
        return "The request line is not METHOD SP target SP HTTP/1.1";
    case HttpError::BadMethod:
        return "The method is not a token";
    case HttpError::BadTarget:
        return "The request target is no path and no http address, or holds a character that may not stand there";
    case HttpError::BadVersion:
        return "The version is neither HTTP/1.1 nor HTTP/1.0";
    case HttpError::BadHeaderName:
        return "A header's name is not a token";
    case HttpError::BadHeaderValue:
        return "A header's value holds a control character";
    case HttpError::FoldedHeader:
        return "A header is folded over several lines";
    case HttpError::DuplicateHeader:
        return "A header that may stand once stands twice";
    case HttpError::MissingHost:
        return "The Host header is missing";
    case HttpError::BadHost:
        return "The Host header is not a host with an optional port";
    case HttpError::BadContentLength:
        return "Content-Length is not a number";
    case HttpError::AmbiguousBody:
        return "Content-Length and Transfer-Encoding stand together";
    case HttpError::CodingOverHttp10:
        return "Transfer-Encoding stands in a request over HTTP/1.0";
    case HttpError::NotHttp:
        return "The first byte can not begin an HTTP head";
    case HttpError::TlsOnPlainPort:
        return "The peer speaks TLS on a plain connection";
    case HttpError::BadStatusLine:
        return "The status line is not HTTP/1.1 SP status SP reason";
    }
    return {};
}

QByteArrayView httpReason(int status)
{
    static constexpr std::array<std::pair<int, QByteArrayView>, 42> reasons{{
        // RFC 9110 section 15, RFC 6585
        {100, "Continue"},
        {101, "Switching Protocols"},
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {402, "Payment Required"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {407, "Proxy Authentication Required"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {426, "Upgrade Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    }};
    const auto found = std::ranges::find(reasons, status, &std::pair<int, QByteArrayView>::first);
    return found == reasons.end() ? "Unknown" : found->second;
}

} // namespace glasshouse
