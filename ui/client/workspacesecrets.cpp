// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/workspacesecrets.h"

#include "client/drafts/addressquery.h"
#include "protocol/json.h"
#include "ui/client/clientsecrets.h"

#include <QRegularExpression>
#include <QSet>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

QString withoutVariables(QString text)
{
    static const QRegularExpression variable(u"\\{\\{[^{}]*\\}\\}"_s);
    return text.remove(variable);
}

/// The word in front of a secret that says what it is: "Bearer ", "bearer.".
qsizetype schemeSize(const QString &text)
{
    static const QRegularExpression scheme(u"^(bearer[ .]|basic |token |digest )\\s*"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return scheme.match(text).capturedLength();
}

/// Names and signs, but no values: "sid={{sid}}; ".
bool isOnlyVariables(const QString &text)
{
    static const QRegularExpression between(u"^([\\w.-]+=|[;,&\\s])*$"_s);
    return TextVariables::hasVariables(text) && between.match(withoutVariables(text.mid(schemeSize(text)))).hasMatch();
}

class Taker
{
public:
    explicit Taker(Workspace &workspace) : m_variables(workspace.variables) { }

    QStringList names() const { return m_names; }

    /// The text becomes a variable, but for the word in front.
    void take(QString &text, const QString &name)
    {
        const qsizetype scheme = schemeSize(text);
        const QString secret = text.mid(scheme);
        if (secret.isEmpty() || isOnlyVariables(text))
            return;
        text = text.left(scheme) + u"{{"_s + variableFor(name, secret) + u"}}"_s;
    }

    void takeFromAddress(QString &address)
    {
        address = address.section(u'#', 0, 0);
        QList<QueryItem> items = queryItems(address);
        for (QueryItem &item : items) {
            if (isSecretParameter(item))
                take(item.value, item.name);
        }
        address = withQueryItems(address, items);
        static const QRegularExpression person(u"^([^/?]*//[^/?@:]*):([^/?@]*)@"_s);
        if (const auto match = person.match(address); match.hasMatch()) {
            QString password = match.captured(2);
            take(password, u"password"_s);
            address = match.captured(1) + u':' + password + address.mid(match.capturedEnd(2));
        }
        takeFromPath(address);
    }

    void takeFromSubprotocols(QList<QByteArray> &names)
    {
        const QList<QByteArray> secret = secretSubprotocols(names);
        for (QByteArray &name : names) {
            if (!secret.contains(name))
                continue;
            QString text = QString::fromUtf8(name);
            take(text, u"token"_s);
            name = text.toUtf8();
        }
    }

    /// Members whose names say that they are secret; and a message that holds one elsewhere, as a whole.
    void takeFromMessage(QString &text)
    {
        static const QRegularExpression member(u"\"([^\"\\\\]*)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\""_s);
        for (auto match = member.match(text); match.hasMatch();) {
            QString value = unquoted(match.captured(2));
            if (!value.isEmpty() && mayHoldSecret(match.captured(1)))
                take(value, match.captured(1));
            const bool isTaken = value != unquoted(match.captured(2));
            if (isTaken)
                text.replace(match.capturedStart(2), match.capturedLength(2), value);
            match = member.match(text, match.capturedStart(2) + (isTaken ? value.size() : match.capturedLength(2)));
        }
        const QString rest = withoutVariables(text);
        const bool isJson = rest.trimmed().startsWith(u'{') || rest.trimmed().startsWith(u'[');
        static const QRegularExpression token(u"\\bbearer[ .]\\S|\\beyJ[\\w-]{6,}"_s,
                                              QRegularExpression::CaseInsensitiveOption);
        if (isJson ? rest.contains(token) : isSecretValue({}, rest.toUtf8()))
            take(text, u"message"_s);
    }

private:
    QList<DraftVariable> &m_variables;
    QStringList m_names;

    static QString unquoted(const QString &written)
    {
        return QString::fromUtf8(jsonString(u"\"%1\""_s.arg(written).toUtf8()).value_or(written.toUtf8()));
    }

    static bool isSecretParameter(const QueryItem &item)
    {
        const QUrl url(u"ws://h/?"_s + QString::fromLatin1(QUrl::toPercentEncoding(item.name)) + u'='
                       + QString::fromLatin1(QUrl::toPercentEncoding(item.value)));
        return withoutSecrets(url) != url;
    }

    void takeFromPath(QString &address)
    {
        const qsizetype mark = address.indexOf(u'?');
        QStringList steps = address.left(mark < 0 ? address.size() : mark).split(u'/');
        for (QString &step : steps) {
            const QUrl url(u"ws://h/"_s + step);
            if (step.startsWith("eyJ"_L1) || (url.isValid() && !step.contains(u':') && withoutSecrets(url) != url))
                take(step, u"path-token"_s);
        }
        address = steps.join(u'/') + (mark < 0 ? QString() : address.mid(mark));
    }

    /// A value that is made of variables as well is lost: variables are not filled in twice.
    QString variableFor(const QString &wanted, const QString &written)
    {
        const bool isPlain = withoutVariables(written) == written;
        const QString value = isPlain ? TextVariables().preview(written).text : QString();
        static const QRegularExpression odd(u"[^a-z0-9]+"_s);
        const QString base = wanted.toLower().replace(odd, u"-"_s).left(40);
        QString name = TextVariables::isOwnName(base) ? base : u"secret-"_s + (base.isEmpty() ? u"value"_s : base);
        for (int i = 2;; ++i) {
            const auto known = std::ranges::find(m_variables, name, &DraftVariable::name);
            if (known == m_variables.end()) {
                m_variables.append({name, value, true});
                break;
            }
            if (known->isSecret && (known->value == value || known->value.isEmpty())) {
                known->value = value;
                break;
            }
            name = base + u'-' + QString::number(i);
        }
        if (!m_names.contains(name))
            m_names += name;
        return name;
    }
};

} // namespace

QStringList takeSecrets(Workspace &workspace)
{
    Taker taker(workspace);
    taker.takeFromSubprotocols(workspace.connection.options.subprotocols);
    forEachText(workspace.connection, [&](const DraftText &what, QString &text) {
        switch (what.kind) {
        case DraftText::Kind::Address:
            return taker.takeFromAddress(text);
        case DraftText::Kind::Header:
            if (isSecretValue(what.name, text.toUtf8()))
                taker.take(text, QString::fromUtf8(what.name));
            return;
        case DraftText::Kind::Token:
            return taker.take(text, u"token"_s);
        case DraftText::Kind::ProxyPassword:
            return taker.take(text, u"proxy-password"_s);
        case DraftText::Kind::Message:
            return taker.takeFromMessage(text);
        case DraftText::Kind::Origin:
        case DraftText::Kind::Subprotocol:
        case DraftText::Kind::ProxyHost:
        case DraftText::Kind::ProxyUser:
            return;
        }
    });
    for (DraftMessage &message : workspace.messages) {
        if (message.kind == "text" || message.kind == "json")
            taker.takeFromMessage(message.text);
    }
    return taker.names();
}

} // namespace glasshouse
