// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/requestcontext.h"

namespace glasshouse {

bool saysHttps(const HttpHead &request)
{
    const QList<QByteArray> protocols = request.list("X-Forwarded-Proto");
    if (!protocols.isEmpty()) {
        const QByteArray last = protocols.constLast().toLower();
        return last == "https" || last == "wss";
    }
    const QList<QByteArray> elements = request.list("Forwarded");
    if (elements.isEmpty())
        return false;
    const QList<QByteArray> pairs = elements.constLast().toLower().split(';');
    for (const QByteArray &pair : pairs) {
        const QByteArray text = pair.trimmed();
        if (text == "proto=https" || text == "proto=\"https\"")
            return true;
    }
    return false;
}

} // namespace glasshouse
