// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/testclient/clientsecrets.h"

#include <QRegularExpression>
#include <QUrlQuery>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

const QString veil = u"•••"_s;

bool isSecretParameter(const QString &name)
{
    static const QStringList names{u"token"_s,  u"access_token"_s, u"resume"_s, u"key"_s, u"api_key"_s,
                                   u"apikey"_s, u"password"_s,     u"auth"_s,   u"jwt"_s, u"secret"_s};
    return names.contains(name, Qt::CaseInsensitive);
}

QString veiledStartLine(QString line)
{
    static const QRegularExpression parameter(u"([?&])([^=&\\s]+)=([^&\\s]*)"_s);
    auto matches = parameter.globalMatch(line);
    QList<QRegularExpressionMatch> secrets;
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (isSecretParameter(QUrl::fromPercentEncoding(match.captured(2).toUtf8())))
            secrets.prepend(match); // from the back, so that places stay true
    }
    for (const auto &match : secrets)
        line.replace(match.capturedStart(3), match.capturedLength(3), veil);
    return line;
}

QString veiledHeader(const QString &line)
{
    const QByteArray name = line.section(u':', 0, 0).trimmed().toUtf8();
    if (isSecretHeader(name))
        return QString::fromUtf8(name) + u": "_s + veil;
    static const QRegularExpression bearer(u"bearer\\.[^,\\s]+"_s, QRegularExpression::CaseInsensitiveOption);
    QString result = line;
    return result.replace(bearer, u"bearer."_s + veil);
}

} // namespace

bool isSecretHeader(const QByteArray &name)
{
    const QByteArray lower = name.trimmed().toLower();
    static constexpr const char *parts[] = {"authorization", "cookie", "token",   "secret",
                                            "api-key",       "apikey", "password"};
    return std::ranges::any_of(parts, [&](const char *part) { return lower.contains(part); });
}

QUrl withoutSecrets(QUrl url)
{
    url.setUserInfo({});
    QUrlQuery query(url);
    for (const auto &[name, value] : query.queryItems()) {
        if (isSecretParameter(name))
            query.removeAllQueryItems(name);
    }
    if (url.hasQuery())
        url.setQuery(query.isEmpty() ? QString() : query.toString(QUrl::FullyEncoded));
    return url;
}

QString redactedHead(const QByteArray &head)
{
    QStringList lines = QString::fromUtf8(head).split(u"\r\n"_s);
    for (qsizetype i = 0; i < lines.size(); ++i)
        lines[i] = i == 0 ? veiledStartLine(lines[i]) : veiledHeader(lines[i]);
    return lines.join(u'\n').trimmed();
}

bool mayHoldSecret(const QString &message)
{
    static const QRegularExpression words(u"token|auth|password|secret|resume|cookie"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return message.contains(words);
}

bool isSecretSubprotocol(const QByteArray &name) { return name.toLower().startsWith("bearer."); }

} // namespace glasshouse
