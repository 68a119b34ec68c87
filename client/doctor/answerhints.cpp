// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/answerhints.h"

#include "client/doctor/doctorjudges.h"

#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace answerhints {

namespace {

bool bodyHas(const ProbeAnswer &answer, std::initializer_list<QByteArrayView> words)
{
    const QByteArray body = answer.body.toLower();
    return std::ranges::any_of(words, [&body](QByteArrayView word) { return body.contains(word); });
}

struct Beginning
{
    QByteArrayView bytes;
    const char *name;
};
constexpr Beginning beginnings[] = {
    {"SSH-", "SSH"},
    {"220 ", "FTP or SMTP"},
    {"220-", "FTP or SMTP"},
    {"* OK", "IMAP"},
    {"+OK", "POP3 or Redis"},
    {"-ERR", "Redis"},
    {"RFB ", "VNC"},
    {"RTSP/", "RTSP"},
    {"SIP/", "SIP"},
    {"AMQP", "AMQP"},
    {"<?xml", "XML (XMPP?)"},
    {"<html", "HTML without a head"},
    {"<!DOCTYPE", "HTML without a head"},
};

} // namespace

bool isTls(QByteArrayView raw) { return raw.size() >= 2 && (raw[0] == 0x15 || raw[0] == 0x16) && raw[1] == 0x03; }

// RFC 9113, section 4.1: length, type, flags, stream; the first frame of a server is SETTINGS (4) of the stream 0.
bool isHttp2(QByteArrayView raw)
{
    return raw.size() >= 9 && raw[0] == 0 && raw[1] == 0 && raw[3] == 4
        && raw.sliced(5, 4) == QByteArrayView("\0\0\0\0", 4);
}

QByteArray nameOfForeign(QByteArrayView raw)
{
    const auto *known =
        std::ranges::find_if(beginnings, [raw](const Beginning &one) { return raw.startsWith(one.bytes); });
    if (known != std::end(beginnings))
        return known->name;
    const QByteArray first = raw.first(qMin(raw.size(), qsizetype(24))).toByteArray();
    const bool isText = std::ranges::all_of(first.trimmed(), [](char c) { return c >= 0x20 && c < 0x7F; });
    return isText ? '"' + first.trimmed() + '"' : first.toHex(' ');
}

bool wantsTls(const ProbeAnswer &answer)
{
    return answer.head.status >= 400
        && bodyHas(answer,
                   {"plain http request was sent to https port", "http request to an https server",
                    "speaking plain http to an ssl", "client sent an http request to https"});
}

bool wantsClientCertificate(const ProbeAnswer &answer)
{
    return answer.head.status >= 400
        && bodyHas(answer, {"no required ssl certificate was sent", "client certificate required"});
}

bool wantsHttp2(const ProbeAnswer &answer)
{
    const bool isSwitch = answer.head.status == 426 && answer.head.listHas("Upgrade", "h2c");
    return isSwitch || (answer.head.status >= 400 && bodyHas(answer, {"unknown alpn protocol", "expected `h2`"}))
        || answer.head.status == 505;
}

bool doesNotKnowTheHost(const ProbeAnswer &answer)
{
    return answer.head.status >= 400
        && bodyHas(answer, {"invalid host header", "host is not allowed", "host not allowed"});
}

bool sawNoUpgrade(const ProbeAnswer &answer) { return bodyHas(answer, {"upgrade", "websocket"}); }

QByteArray cacheIn(const ProbeAnswer &answer)
{
    const QByteArray age = answer.head.value("Age").toByteArray();
    if (!age.isEmpty() && age != "0")
        return "Age: " + age;
    for (const QByteArrayView name :
         {"X-Cache", "X-Cache-Status", "CF-Cache-Status", "X-Proxy-Cache", "X-Varnish-Cache"}) {
        const QByteArray value = answer.head.value(name).toByteArray();
        if (value.toLower().contains("hit"))
            return name.toByteArray() + ": " + value;
    }
    return {};
}

QByteArray pathIn(const ProbeAnswer &answer)
{
    static const QRegularExpression patterns[] = {
        QRegularExpression(u"Cannot (?:GET|POST) (/[^\\s<\"?]*)"_s),         // Express
        QRegularExpression(u"requested URL (/[^\\s<\"?]*) was not found"_s), // Apache
        QRegularExpression(u"\"path\"\\s*:\\s*\"(/[^\"?]*)"_s),              // Spring
        QRegularExpression(u"[Rr]oute (?:GET:)?(/[^\\s<\"?]*) not found"_s), // Fastify
        QRegularExpression(u"[Nn]o (?:route|handler|page|such path)[^/<]{0,24}(/[^\\s<\"?]*)"_s),
    };
    if (answer.head.status != 404 && answer.head.status != 405)
        return {}; // others name a page of errors, or what failed behind it
    const QString body = QString::fromUtf8(answer.body.left(4'096));
    for (const QRegularExpression &pattern : patterns) {
        const QRegularExpressionMatch match = pattern.match(body);
        if (match.hasMatch())
            return match.captured(1).toLatin1();
    }
    return {};
}

bool isOfSocketIo(const ProbeAnswer &answer)
{
    const bool opens =
        answer.head.status == 200 && answer.body.contains("\"sid\"") && answer.body.contains("\"upgrades\"");
    return opens || bodyHas(answer, {"\"transport unknown\"", "\"unsupported protocol version\""});
}

bool isOfSockJs(const ProbeAnswer &answer)
{
    return bodyHas(answer, {"welcome to sockjs", "can \"upgrade\" only to \"websocket\""});
}

bool isInfoOfSockJs(const ProbeAnswer &answer)
{
    return answer.head.status == 200 && answer.body.contains("\"websocket\"") && answer.body.contains("\"entropy\"");
}

bool isOfSignalR(const ProbeAnswer &answer)
{
    return answer.head.status >= 400 && bodyHas(answer, {"no connection with that id", "connection id required"});
}

} // namespace answerhints

namespace {

struct Trace
{
    const char *header;
    const char *word; ///< in its value, in lower case; empty: any value
    const char *name; ///< empty: the value itself
};
constexpr Trace traces[] = {
    {"Server", "", ""},
    {"X-Powered-By", "", ""},
    {"CF-Ray", "", "Cloudflare"},
    {"Via", "vegur", "Heroku"},
    {"Via", "google", "Google Cloud"},
    {"Via", "cloudfront", "CloudFront"},
    {"Via", "varnish", "Varnish"},
    {"Via", "caddy", "Caddy"},
    {"X-Azure-Ref", "", "Azure Front Door"},
    {"X-Amz-Cf-Id", "", "CloudFront"},
    {"X-Envoy-Upstream-Service-Time", "", "Envoy"},
    {"X-Vercel-Id", "", "Vercel"},
    {"Fly-Request-Id", "", "Fly.io"},
    {"X-Render-Origin-Server", "", "Render"},
    {"X-Varnish", "", "Varnish"},
};

struct PageTrace
{
    const char *words; ///< in the body
    const char *name;
};
constexpr PageTrace pageTraces[] = {
    {"<hr><center>nginx", "nginx"},
    {"No server is available to handle this request", "HAProxy"},
    {"Your browser sent an invalid request.", "HAProxy"},
    {"Welcome to SockJS", "SockJS"},
    {"Cannot GET /", "Express"},
};

} // namespace

QByteArrayList namesBehind(const ProbeAnswer &answer)
{
    constexpr qsizetype longest = 80;
    QByteArrayList names;
    const auto add = [&names](const QByteArray &name) {
        if (!name.isEmpty() && !names.contains(name))
            names.append(name);
    };
    for (const Trace &trace : traces) {
        const QByteArray value = answer.head.value(trace.header).toByteArray();
        if (!value.isEmpty() && value.toLower().contains(trace.word))
            add(*trace.name == '\0' ? value.left(longest).replace('/', ' ') : QByteArray(trace.name));
    }
    for (const PageTrace &trace : pageTraces) {
        const bool isNamed =
            std::ranges::any_of(names, [&trace](const QByteArray &name) { return name.startsWith(trace.name); });
        if (!isNamed && answer.body.contains(trace.words))
            add(trace.name);
    }
    return names;
}

} // namespace glasshouse
