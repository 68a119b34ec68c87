// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/tokenfinder.h"

#include "protocol/httpchars.h"

namespace glasshouse {

namespace {

using Found = Result<FoundToken, FindError>;

Error<FindError> failure(FindError error) { return {error, describe(error).toByteArray()}; }

constexpr QByteArrayView scheme = "Bearer";
constexpr QByteArrayView prefix = "bearer.";

bool isBearer(QByteArrayView value)
{
    return value.size() >= scheme.size() && httpchars::isSame(value.first(scheme.size()), scheme)
        && (value.size() == scheme.size() || value[scheme.size()] == ' ' || value[scheme.size()] == '\t');
}

/// What one place holds: nothing, one token, or an error.
Found judge(TokenSource source, const QList<QByteArray> &tokens, FindError several, FindError empty)
{
    if (tokens.isEmpty())
        return FoundToken();
    if (tokens.size() > 1)
        return failure(several);
    if (tokens.first().isEmpty())
        return failure(empty);
    return FoundToken{source, tokens.first()};
}

Found inAuthorization(const HttpHead &request)
{
    QList<QByteArray> tokens;
    for (const HttpHeader &header : request.headers) {
        if (httpchars::isSame(header.name, "Authorization") && isBearer(header.value))
            tokens += httpchars::stripped(QByteArrayView(header.value).sliced(scheme.size())).toByteArray();
    }
    return judge(TokenSource::Authorization, tokens, FindError::SeveralAuthorizations, FindError::EmptyAuthorization);
}

Found inSubprotocols(const HttpHead &request)
{
    QList<QByteArray> tokens;
    for (const QByteArray &offered : request.list("Sec-WebSocket-Protocol")) {
        if (offered.startsWith(prefix))
            tokens += offered.sliced(prefix.size());
    }
    return judge(TokenSource::Subprotocol, tokens, FindError::SeveralSubprotocols, FindError::EmptySubprotocol);
}

Found inQuery(const HttpHead &request)
{
    QList<QByteArray> tokens;
    const QByteArray query = request.query().toByteArray();
    for (const QByteArray &pair : query.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        const QByteArrayView name = QByteArrayView(pair).first(equals < 0 ? pair.size() : equals);
        if (percentDecoded(name, true) != QByteArray("token"))
            continue;
        const auto value = percentDecoded(QByteArrayView(pair).sliced(equals < 0 ? pair.size() : equals + 1), true);
        if (!value)
            return failure(FindError::BadQuery);
        tokens += *value;
    }
    return judge(TokenSource::Query, tokens, FindError::SeveralQueries, FindError::EmptyQuery);
}

} // namespace

QByteArrayView describe(FindError error)
{
    switch (error) {
    case FindError::EmptyAuthorization:
        return "There is no token behind Bearer in the Authorization header";
    case FindError::SeveralAuthorizations:
        return "There are several Authorization headers with a token";
    case FindError::EmptySubprotocol:
        return "There is no token behind \"bearer.\" in the subprotocols";
    case FindError::SeveralSubprotocols:
        return "There are several \"bearer.\" subprotocols";
    case FindError::EmptyQuery:
        return "The parameter \"token\" of the address is empty";
    case FindError::SeveralQueries:
        return "The parameter \"token\" stands twice in the address";
    case FindError::BadQuery:
        return "The parameter \"token\" of the address is not encoded right";
    }
    return {};
}

Result<FoundToken, FindError> findToken(const HttpHead &request)
{
    for (const auto place : {inAuthorization, inSubprotocols, inQuery}) {
        Found found = place(request);
        if (!found || found.value().source != TokenSource::Nowhere)
            return found;
    }
    return FoundToken();
}

} // namespace glasshouse
