// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/errorpage.h"

#include "protocol/quality.h"

namespace glasshouse {

namespace {

QByteArray escaped(QByteArrayView text) { return QString::fromUtf8(text).toHtmlEscaped().toUtf8(); }

QByteArray retryAfter(const HttpAnswer &answer)
{
    for (const HttpHeader &header : answer.headers) {
        if (header.name == "Retry-After")
            return header.value;
    }
    return {};
}

QByteArray pageOf(const HttpAnswer &answer)
{
    const QByteArray title = escaped(httpReason(answer.status));
    const QByteArray seconds = retryAfter(answer);
    const bool comesBack = !seconds.isEmpty();
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
        + (comesBack ? "<meta http-equiv=\"refresh\" content=\"" + seconds + "\">\n" : QByteArray()) + "<title>" + title
        + "</title>\n</head>\n<body>\n<h1>" + title + "</h1>\n<p>The server says: " + escaped(answer.problem) + "</p>\n"
        + (comesBack ? "<p>This page tries again by itself every " + seconds + " s.</p>\n" : QByteArray())
        + "</body>\n</html>\n";
}

} // namespace

HttpAnswer readable(HttpAnswer answer, const HttpHead &request)
{
    if (answer.problem.isEmpty() || qualityOf("text/html", request.list("Accept")).value_or(0) == 0)
        return answer;
    answer.contentType = "text/html; charset=utf-8";
    answer.body = pageOf(answer);
    answer.headers += {{"Cache-Control", "no-store"}, {"Vary", "Accept"}};
    answer.headers +=
        {{"Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
         {"Referrer-Policy", "no-referrer"}};
    return answer;
}

} // namespace glasshouse
