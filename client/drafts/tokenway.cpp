// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/tokenway.h"

#include "client/drafts/addressquery.h"
#include "protocol/jsonobjecttext.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

void placeToken(const QString &token, TokenWay way, QString &address, TestClientOptions &options)
{
    if (token.isEmpty())
        return;
    const QByteArray bytes = token.toUtf8();
    switch (way) {
    case TokenWay::None:
        return;
    case TokenWay::Header:
        options.headers.append({"Authorization", "Bearer " + bytes});
        return;
    case TokenWay::Query:
        address = withQueryItems(address, queryItems(address) << QueryItem{u"token"_s, token});
        return;
    case TokenWay::Subprotocol:
        options.subprotocols.append("bearer." + bytes);
        return;
    case TokenWay::Message: {
        const QByteArray data = JsonObjectText().text("token", bytes).take();
        options.first.prepend({false, JsonObjectText().text("type", "auth").json("data", data).take()});
        return;
    }
    }
}

} // namespace glasshouse
