// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorsecrets.h"

#include "client/doctor/doctor.h"
#include "protocol/json.h"
#include "protocol/upgrade.h"

#include <QRegularExpression>
#include <QUrlQuery>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr auto mark = "…"; // UTF-8

/// Names, of headers and of the query's parameters, whose values are secrets: these words are in them.
bool namesASecret(const QByteArray &name)
{
    static constexpr QByteArrayView words[] = {"auth",   "token",   "cookie", "key", "secret", "pass",
                                               "ticket", "session", "jwt",    "sig", "code",   "credential"};
    const QByteArray lower = name.toLower();
    const bool isPlain = lower.startsWith("sec-websocket");
    return !isPlain
        && (lower == "sid" || std::ranges::any_of(words, [&](QByteArrayView word) { return lower.contains(word); }));
}

bool looksLikeAToken(const QString &value)
{
    static const QRegularExpression token(u"^eyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*$"_s);
    return token.match(value).hasMatch();
}

/// Without the scheme in front of it: "Bearer".
QByteArray credentialsIn(const QByteArray &value) { return value.sliced(value.lastIndexOf(' ') + 1); }

/// `text`: bytes as Latin-1, so that they come out as they were. It may be made to be slow to search: each expression passes a
/// byte a bounded number of times.
QString withoutWhatLooksLikeOne(QString text)
{
    static const QRegularExpression headers(
        u"^((?=[\\w-]++[ \\t]*+:)(?!sec-websocket)"
        "[\\w-]*(?:cookie|authorization|token|secret|api-?key|password|session)[\\w-]*[ \\t]*:[ \\t]*)[^\\r\\n]*"_s,
        QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression tokens(u"(?<![\\w-])eyJ[\\w-]{8,}+\\.[\\w-]+\\.[\\w-]*"_s);
    static const QRegularExpression parameters(
        u"([?&#](?:access_|id_|auth_)?(?:token|jwt|ticket|secret|password|api_?key|sid|code)=)[^&\\s\"'<>]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression members(u"(\"(?:[\\w-]*(?:token|secret|password|passwd|session|jwt|ticket|"
                                            u"credential|cookie|api-?_?key)[\\w-]*|resume|sid)\""
                                            "\\s*+:\\s*+\")[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+"_s,
                                            QRegularExpression::CaseInsensitiveOption
                                                | QRegularExpression::DotMatchesEverythingOption);
    const QString hole = QString::fromLatin1(mark);
    text.replace(headers, u"\\1"_s + hole);
    text.replace(members, u"\\1"_s + hole);
    text.replace(tokens, hole);
    return text.replace(parameters, u"\\1"_s + hole);
}

} // namespace

DoctorSecrets::DoctorSecrets(const DoctorOrder &order)
{
    const TestClientOptions &client = order.client;
    for (const QByteArray &secret : order.secrets) {
        add(secret, 1);
        add(secret.toPercentEncoding(), 1);
    }
    add(order.token);
    add(order.token.toPercentEncoding());
    const QString password = client.url.password(QUrl::FullyDecoded);
    add(password.toUtf8());
    add((client.url.userName(QUrl::FullyDecoded) + u':' + password).toUtf8().toBase64()); // as Authorization has them
    for (const HttpHeader &header : client.headers) {
        if (!namesASecret(header.name))
            continue;
        add(header.value);
        add(credentialsIn(header.value));
    }
    const auto parameters = QUrlQuery(client.url).queryItems(QUrl::FullyEncoded);
    for (const auto &[name, value] : parameters) {
        if (namesASecret(name.toUtf8()) || looksLikeAToken(value)) {
            add(value.toUtf8());
            add(QUrl::fromPercentEncoding(value.toUtf8()).toUtf8());
        }
    }
    for (const TestClientMessage &message : client.first)
        addMessage(message.bytes);
    QByteArray before;
    for (const QByteArray &name : client.subprotocols) {
        if (isTokenSubprotocol(name, before))
            add(name.sliced(name.indexOf('.') + 1));
        before = name;
    }
    std::ranges::sort(m_secrets, [](const QByteArray &a, const QByteArray &b) { return a.size() > b.size(); });
}

void DoctorSecrets::add(const QByteArray &secret, qsizetype least)
{
    if (secret.size() >= least && !m_secrets.contains(secret))
        m_secrets.append(secret);
}

/// What is said first is often a token, alone or as a member.
void DoctorSecrets::addMessage(const QByteArray &message)
{
    add(message);
    const auto json = checkJson(message);
    if (!json)
        return;
    forEachMember(json.value(), [this](QByteArrayView key, QByteArrayView value) {
        if (namesASecret(key.toByteArray()))
            add(jsonString(value).value_or(QByteArray()));
        return true;
    });
}

QByteArray DoctorSecrets::hidden(QByteArrayView bytes, qsizetype most) const
{
    constexpr qsizetype spare = 4 * 1024; // a secret may lie across the end of what is kept
    QByteArray text = bytes.first(qMin(bytes.size(), most + spare)).toByteArray();
    text = withoutKnown(text);
    text = withoutWhatLooksLikeOne(QString::fromLatin1(text)).toLatin1();
    return text.left(most);
}

QByteArray DoctorSecrets::withoutKnown(QByteArray text) const
{
    for (const QByteArray &secret : m_secrets)
        text.replace(secret, mark);
    return text;
}

QByteArrayList DoctorSecrets::hidden(QByteArrayList texts) const
{
    for (QByteArray &text : texts)
        text = hidden(text);
    return texts;
}

QUrl DoctorSecrets::hidden(QUrl url) const
{
    const auto shown = [this](const QString &part) { return QString::fromUtf8(withoutKnown(part.toUtf8())); };
    url.setUserInfo({});
    url.setPath(shown(url.path(QUrl::FullyEncoded)), QUrl::TolerantMode);
    if (!url.hasQuery())
        return url;
    QUrlQuery query;
    const auto parameters = QUrlQuery(url).queryItems(QUrl::FullyEncoded);
    for (const auto &[name, value] : parameters) {
        const bool isSecret = namesASecret(name.toUtf8()) || looksLikeAToken(value);
        query.addQueryItem(name, isSecret ? QString::fromUtf8(mark) : shown(value));
    }
    url.setQuery(query);
    return url;
}

} // namespace glasshouse
