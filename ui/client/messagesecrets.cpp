// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/messagesecrets.h"

#include "protocol/json.h"
#include "ui/client/clientsecrets.h"

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

using Take = std::function<void(QString &value, const QString &name)>;

/// Digits in the places of variables, byte by byte.
QByteArray filled(const QByteArray &message)
{
    const QString text = QString::fromLatin1(message); // a byte a character
    QByteArray result = message;
    for (auto all = writtenVariable().globalMatch(text); all.hasNext();) {
        const auto match = all.next();
        result.replace(match.capturedStart(), match.capturedLength(), QByteArray(match.capturedLength(), '1'));
    }
    return result;
}

QString unquoted(QByteArrayView written)
{
    return QString::fromUtf8(jsonString(written).value_or(written.toByteArray()));
}

/// One way through a message: what was not changed is copied up to each change.
class Walk
{
public:
    Walk(const QByteArray &message, const QByteArray &filled, const Take &take)
        : m_message(message),
          m_start(filled.constData()),
          m_take(take)
    { }

    /// `isSecret`: it stands behind such a name.
    void go(QByteArrayView value, const QString &name, bool isSecret)
    {
        if (value.startsWith('{'))
            forEachMember(value, [&](QByteArrayView key, QByteArrayView member) {
                const QString own = unquoted(QByteArray('"' + key.toByteArray() + '"'));
                go(member, own, isSecret || mayHoldSecret(own));
                return true;
            });
        else if (value.startsWith('['))
            forEachElement(value, [&](QByteArrayView element) {
                go(element, name, isSecret);
                return true;
            });
        else if (value.startsWith('"'))
            takeText(value, name, isSecret);
    }

    QByteArray end() { return m_out + m_message.sliced(m_copied); }

private:
    const QByteArray &m_message;
    const char *m_start;
    const Take &m_take;
    QByteArray m_out;
    qsizetype m_copied = 0; ///< bytes of the message that are in it

    void takeText(QByteArrayView value, const QString &name, bool isSecret)
    {
        const qsizetype at = value.data() - m_start;
        const QString before = unquoted(QByteArrayView(m_message).sliced(at, value.size()));
        const bool isMessage = before.startsWith(u'{') || before.startsWith(u'[');
        if (!isSecret && !(isMessage && mayHoldSecret(before)))
            return;
        QString after = before;
        m_take(after, name);
        if (after == before)
            return;
        m_out += m_message.sliced(m_copied, at - m_copied);
        appendJsonQuoted(m_out, after.toUtf8());
        m_copied = at + value.size();
    }
};

} // namespace

/// No quotes, or more than a variable would stand in it, and be taken for one.
const QRegularExpression &writtenVariable()
{
    static const QRegularExpression variable(u"\\{\\{[^{}\"\\\\\\x00-\\x1f]*\\}\\}"_s);
    return variable;
}

MessageSecrets::MessageSecrets(const QByteArray &message) : m_message(message), m_filled(filled(message))
{
    const auto checked = checkJson(m_filled);
    const bool holdsMore = checked && (checked.value().startsWith('{') || checked.value().startsWith('['));
    m_json = holdsMore ? checked.value() : QByteArrayView();
}

QByteArray MessageSecrets::without(const Take &take) const
{
    if (!isJson())
        return m_message;
    Walk walk(m_message, m_filled, take);
    walk.go(m_json, {}, false);
    return walk.end();
}

} // namespace glasshouse
