// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/seenkeys.h"

#include "protocol/json.h"

#include <algorithm>

namespace glasshouse {

bool SeenKeys::learn(const QByteArray &message)
{
    const bool mayHaveKeys = message.size() <= longestMessage && message.contains('{');
    const auto checked = mayHaveKeys ? checkJson(message) : Result<QByteArrayView, JsonError>(QByteArrayView());
    if (!checked || checked.value().isEmpty())
        return false;
    ++m_messages;
    m_new = 0;
    learnValue(checked.value(), 0);
    return m_new > 0;
}

bool SeenKeys::learnValue(QByteArrayView value, int depth)
{
    if (depth >= deepest)
        return true;
    if (value.startsWith('{'))
        forEachMember(value, [&](QByteArrayView key, QByteArrayView member) {
            add(key);
            return m_new < most && learnValue(member, depth + 1);
        });
    else if (value.startsWith('['))
        forEachElement(value, [&](QByteArrayView element) { return learnValue(element, depth + 1); });
    return m_new < most;
}

void SeenKeys::add(QByteArrayView written)
{
    if (written.isEmpty() || written.size() > longestKey)
        return;
    const QString key = QString::fromUtf8(written); // with its escapes, as it is typed
    const bool isNew = !m_keys.contains(key);
    if (isNew && m_keys.size() >= most)
        forgetOldest();
    m_new += isNew ? 1 : 0;
    m_keys[key] = m_messages;
}

void SeenKeys::forgetOldest()
{
    const auto oldest = std::min_element(m_keys.cbegin(), m_keys.cend());
    m_keys.erase(oldest);
}

QStringList SeenKeys::words() const
{
    QStringList words = m_keys.keys();
    words.sort(Qt::CaseInsensitive);
    return words;
}

} // namespace glasshouse
