// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/proxytraces.h"

#include "protocol/httpchars.h"

#include <algorithm>

namespace glasshouse {

namespace {

// All that begins so.
constexpr QByteArrayView families[] = {"X-Forward", "X-Envoy-",     "X-Original-", "X-Amzn-",    "X-Amz-Cf-",
                                       "X-Azure-",  "X-Appengine-", "X-Arr-",      "CF-",        "X-Bluecoat-",
                                       "X-Varnish", "X-Accel-",     "X-Sendfile-", "Tailscale-", "Fastly-",
                                       "Fly-",      "Ngrok-",       "Akamai-"};

constexpr QByteArrayView names[] = {"Forwarded",        "Forwarded-For",   "Via",
                                    "X-Real-IP",        "X-Real-Port",     "X-Client-IP",
                                    "Client-IP",        "True-Client-IP",  "X-Cluster-Client-IP",
                                    "X-ProxyUser-IP",   "X-Remote-IP",     "X-Remote-Addr",
                                    "X-Originating-IP", "Proxy-Client-IP", "WL-Proxy-Client-IP",
                                    "Ali-CDN-Real-IP",  "Incap-Client-IP", "X-Sucuri-ClientIP",
                                    "X-Scheme",         "X-Url-Scheme",    "Front-End-Https",
                                    "X-Rewrite-URL",    "X-Host",          "X-Nginx-Proxy",
                                    "CDN-Loop",         "Max-Forwards"};

bool isTrace(QByteArrayView name)
{
    const auto is = [name](QByteArrayView known) { return httpchars::isSame(name, known); };
    const auto begins = [name](QByteArrayView family) {
        return name.size() >= family.size() && httpchars::isSame(name.first(family.size()), family);
    };
    return std::ranges::any_of(names, is) || std::ranges::any_of(families, begins);
}

} // namespace

bool cameThroughAProxy(const HttpHead &request)
{
    return std::ranges::any_of(request.headers, [](const HttpHeader &header) { return isTrace(header.name); });
}

} // namespace glasshouse
