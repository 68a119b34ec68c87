// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// The head of a request, through the parser of the server. Empty where the parser refuses it.
inline HttpHead requestHead(const QByteArray &method, const QByteArray &target,
                            const QByteArray &headers = "Host: localhost\r\n")
{
    HttpHeadParser parser;
    qsizetype consumed = 0;
    const bool done = parser.feed(QByteArray(method + ' ' + target + " HTTP/1.1\r\n" + headers + "\r\n"), consumed)
        == HttpHeadParser::Status::Done;
    return done ? parser.takeHead() : HttpHead();
}

} // namespace glasshouse
