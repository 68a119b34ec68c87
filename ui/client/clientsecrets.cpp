// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/clientsecrets.h"

#include "protocol/upgrade.h"
#include "server/capture/redaction.h"

#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

/// The rules of the server, and a name that other servers use.
const Redactor &redactor()
{
    static const Redactor rules({"auth"});
    return rules;
}

/// Of an answer's body, which says what is wrong: addresses stay, where text() would take them for tokens.
QByteArray bodyLine(const QByteArray &line)
{
    const QByteArray text = redactor().text(line);
    return text == redactedMark ? text : redactor().headerValue({}, line);
}

} // namespace

bool isSecretHeader(const QByteArray &name)
{
    const QByteArray lower = name.trimmed().toLower();
    static constexpr const char *parts[] = {"authorization", "cookie", "token",   "secret",
                                            "api-key",       "apikey", "password"};
    return std::ranges::any_of(parts, [&](const char *part) { return lower.contains(part); });
}

bool isSecretValue(const QByteArray &name, const QByteArray &value)
{
    return isSecretHeader(name) || redactor().headerValue(name, value) != value || redactor().text(value) != value;
}

QUrl withoutSecrets(QUrl url)
{
    url.setUserInfo({});
    url.setFragment({});
    url.setPath(QString::fromUtf8(redactor().target(url.path().toUtf8())));
    QStringList kept;
    for (const QString &item : url.query(QUrl::FullyEncoded).split(u'&', Qt::SkipEmptyParts)) {
        if (redactor().target(item.toUtf8()) == item.toUtf8())
            kept += item;
    }
    if (url.hasQuery())
        url.setQuery(kept.join(u'&'));
    return url;
}

QList<QByteArray> secretSubprotocols(const QList<QByteArray> &offered)
{
    QList<QByteArray> secret;
    QByteArray before;
    for (const QByteArray &name : offered) {
        const bool announces = isTokenSubprotocol({}, name);
        const bool isToken = !announces && isTokenSubprotocol(name, before);
        if (!name.isEmpty() && (isToken || redactor().text(name) != name))
            secret += name;
        before = name;
    }
    return secret;
}

QByteArray withoutOffered(QByteArray text, const QList<QByteArray> &offered)
{
    const QList<QByteArray> secrets = secretSubprotocols(offered);
    for (const QByteArray &secret : secrets)
        text.replace(secret, redactedMark);
    return text;
}

QByteArray redactedHead(const QByteArray &head, const QList<QByteArray> &offered)
{
    return redactor().head(withoutOffered(head, offered));
}

TestClientEnding withoutSecrets(TestClientEnding ending, const QList<QByteArray> &offered)
{
    const QByteArray reason = ending.reasonReceived;
    for (QByteArray *text : {&ending.reasonSent, &ending.reasonReceived})
        *text = redactor().text(withoutOffered(*text, offered));
    const bool quotesReason = !reason.isEmpty() && ending.detail.endsWith(reason);
    ending.detail = quotesReason
        ? ending.detail.chopped(reason.size()) + ending.reasonReceived
        : redactor().headerValue({}, withoutOffered(ending.detail, offered)); // an address, a header, or words
    ending.requestHead = redactor().head(ending.requestHead);
    ending.responseHead = redactor().head(withoutOffered(ending.responseHead, offered));
    QByteArrayList lines = withoutOffered(ending.responseBody, offered).split('\n');
    for (QByteArray &line : lines)
        line = bodyLine(line);
    ending.responseBody = lines.join('\n');
    return ending;
}

bool mayHoldSecret(const QString &message)
{
    static const QRegularExpression words(u"token|auth|passw|secret|resume|cookie|jwt|bearer|api.?key|eyJ"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return message.contains(words) || redactor().message(message.toUtf8());
}

} // namespace glasshouse
