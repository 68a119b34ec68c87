// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/clientsecrets.h"

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

QString redactedHead(const QByteArray &head)
{
    return QString::fromUtf8(redactor().head(head)).replace("\r\n"_L1, "\n"_L1).trimmed();
}

QByteArray redactedReason(const QByteArray &reason) { return redactor().text(reason); }

bool mayHoldSecret(const QString &message)
{
    static const QRegularExpression words(u"token|auth|passw|secret|resume|cookie|jwt|bearer|api.?key|eyJ"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return message.contains(words) || redactor().message(message.toUtf8());
}

bool isSecretSubprotocol(const QByteArray &name)
{
    return name.toLower().startsWith("bearer") || redactor().text(name) != name;
}

} // namespace glasshouse
