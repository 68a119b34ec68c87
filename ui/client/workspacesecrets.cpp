// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/workspacesecrets.h"

#include "client/drafts/addressquery.h"
#include "ui/client/clientsecrets.h"
#include "ui/client/messagesecrets.h"

#include <QHash>
#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

QString withoutVariables(QString text) { return text.remove(writtenVariable()); }

/// The word in front of a secret that says what it is: "Bearer ", "bearer.".
qsizetype schemeSize(const QString &text)
{
    static const QRegularExpression scheme(u"^(bearer[ .]|basic |token |digest )\\s*"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return scheme.match(text).capturedLength();
}

/// Names and signs, but no values: "sid=; ".
bool isOnlySigns(const QString &text)
{
    static const QRegularExpression between(u"^([\\w.-]+=|[;,&\\s])*$"_s);
    return between.match(text).hasMatch();
}

bool isOnlyVariables(const QString &text)
{
    return TextVariables::hasVariables(text) && isOnlySigns(withoutVariables(text.mid(schemeSize(text))));
}

class Taker
{
public:
    Taker(Workspace &workspace, SecretMixtures mixtures) : m_variables(workspace.variables), m_mixtures(mixtures)
    {
        for (qsizetype i = 0; i < m_variables.size(); ++i)
            m_known.insert(m_variables[i].name, i);
    }

    QStringList names() const { return m_names; }

    /// The text becomes a variable, but for the word in front, and the variables in it stay.
    void take(QString &text, const QString &name)
    {
        const qsizetype scheme = schemeSize(text);
        const QString secret = text.mid(scheme);
        if (secret.isEmpty() || isOnlyVariables(text))
            return;
        const bool isMixed = withoutVariables(secret) != secret;
        const bool canNotBeCut = secret.contains(u'"') || secret.contains("{{{"_L1); // variables are written otherwise
        if (isMixed && canNotBeCut && m_mixtures == SecretMixtures::Stay)
            return;
        text = text.left(scheme)
            + (isMixed && !canNotBeCut ? withPiecesTaken(secret, name) : inBraces(variableFor(name, secret)));
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

    /// Members whose names say that they are secret; and a message that holds one elsewhere, or may, as a whole.
    void takeFromMessage(QString &text)
    {
        const QByteArray before = text.toUtf8();
        const MessageSecrets secrets(before);
        const QByteArray after = secrets.without([this](QString &value, const QString &name) { take(value, name); });
        if (after != before)
            text = QString::fromUtf8(after);
        const QString rest = withoutVariables(text);
        if (secrets.isJson() ? hasToken(rest) : mayHoldOne(rest))
            take(text, u"message"_s);
    }

    /// Those that somebody forgot to tick.
    void takeVariables()
    {
        for (DraftVariable &one : m_variables) {
            if (one.isSecret || one.value.isEmpty()
                || !(mayHoldSecret(one.name) || hasToken(one.value)
                     || isSecretValue(one.name.toUtf8(), one.value.toUtf8())))
                continue;
            one.isSecret = true;
            report(one.name);
        }
    }

private:
    QList<DraftVariable> &m_variables;
    SecretMixtures m_mixtures;
    QStringList m_names;
    QHash<QString, bool> m_reported;                    ///< those among them
    QHash<QString, qsizetype> m_known;                  ///< where each variable is
    QHash<QString, int> m_next;                         ///< number behind a name that is taken
    QHash<std::pair<QString, QString>, QString> m_held; ///< by wanted name and value: a variable

    static bool hasToken(const QString &text)
    {
        static const QRegularExpression token(u"\\bbearer[ .]\\S|\\beyJ[\\w-]{6,}"_s,
                                              QRegularExpression::CaseInsensitiveOption);
        return text.contains(token);
    }

    /// Of a text that is no JSON: where it was meant as one, names say it.
    static bool mayHoldOne(const QString &text)
    {
        const QString start = text.trimmed().left(1);
        const bool isMeant = start == u"{" || start == u"[";
        return isSecretValue({}, text.toUtf8()) || (isMeant && mayHoldSecret(text));
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

    static QString inBraces(const QString &variable) { return u"{{"_s + variable + u"}}"_s; }

    QString withPiecesTaken(const QString &secret, const QString &name)
    {
        static const QRegularExpression between(u"^[;,&\\s]*$"_s); // what looks like a name may be one half of a secret
        QString out;
        const auto takePiece = [&](const QString &piece) {
            out += between.match(piece).hasMatch() ? piece : inBraces(variableFor(name, piece));
        };
        qsizetype taken = 0;
        for (auto all = writtenVariable().globalMatch(secret); all.hasNext();) {
            const auto match = all.next();
            takePiece(secret.mid(taken, match.capturedStart() - taken));
            out += match.captured();
            taken = match.capturedEnd();
        }
        takePiece(secret.mid(taken));
        return out;
    }

    /// A value that is made of variables as well is lost: variables are not filled in twice.
    QString variableFor(const QString &wanted, const QString &written)
    {
        const bool isPlain = withoutVariables(written) == written;
        const QString value = isPlain ? TextVariables().preview(written).text : QString();
        static const QRegularExpression odd(u"[^a-z0-9]+"_s);
        const QString base = wanted.toLower().replace(odd, u"-"_s).left(40);
        const QString stem =
            TextVariables::isOwnName(base) ? base : u"secret-"_s + (base.isEmpty() ? u"value"_s : base);
        const QString &held = m_held[{stem, value}];
        QString name = held.isEmpty() ? freeVariable(stem, value) : held;
        report(name);
        return name;
    }

    void report(const QString &name)
    {
        if (!std::exchange(m_reported[name], true))
            m_names += name;
    }

    /// One that has this value, or none yet.
    QString freeVariable(const QString &stem, const QString &value)
    {
        for (int &next = m_next[stem];;) {
            QString name = ++next == 1 ? stem : stem + u'-' + QString::number(next);
            const auto known = m_known.constFind(name);
            if (known == m_known.cend()) {
                m_known.insert(name, m_variables.size());
                m_variables.append({name, value, true});
                m_held.insert({stem, value}, name);
                return name;
            }
            DraftVariable &there = m_variables[*known];
            if (!there.isSecret)
                continue;
            if (there.value.isEmpty())
                there.value = value;
            m_held.insert({stem, there.value}, name);
            if (there.value == value)
                return name;
        }
    }
};

} // namespace

QStringList takeSecrets(Workspace &workspace, SecretMixtures mixtures)
{
    Taker taker(workspace, mixtures);
    taker.takeVariables();
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
