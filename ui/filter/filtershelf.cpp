// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/filtershelf.h"

#include "match/condition.h"
#include "server/capture/redaction.h"
#include "ui/models/naturalsort.h"

#include <QDataStream>
#include <QIODevice>
#include <algorithm>

namespace glasshouse {

bool FilterShelf::mayKeep(const QString &words)
{
    const QByteArray text = words.toUtf8();
    return !words.trimmed().isEmpty() && words.size() <= Condition::mostCharacters && Redactor().text(text) == text;
}

void FilterShelf::remember(const QString &words)
{
    if (!mayKeep(words))
        return;
    m_earlier.removeAll(words);
    m_earlier.prepend(words);
    if (m_earlier.size() > mostEarlier)
        m_earlier.removeLast();
}

std::optional<QString> FilterShelf::wordsOf(const QString &name) const
{
    const auto found = std::ranges::find(m_named, name, &Named::name);
    return found == m_named.end() ? std::nullopt : std::optional(found->words);
}

bool FilterShelf::save(const QString &name, const QString &words)
{
    if (name.trimmed().isEmpty() || name.size() > longestName || !mayKeep(words))
        return false;
    if (!wordsOf(name) && m_named.size() >= mostNamed)
        return false;
    remove(name);
    m_named.append({name, words});
    std::ranges::sort(m_named, [](const Named &a, const Named &b) { return isBefore(a.name, b.name); });
    return true;
}

void FilterShelf::remove(const QString &name)
{
    m_named.removeIf([&](const Named &one) { return one.name == name; });
}

void FilterShelf::rename(const QString &name, const QString &newName)
{
    const auto words = wordsOf(name);
    if (!words)
        return;
    const QList<Named> before = m_named;
    remove(name); // there is room for it then
    if (!save(newName, *words))
        m_named = before;
}

QByteArray FilterShelf::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << m_earlier << quint32(m_named.size());
    for (const Named &one : m_named)
        out << one.name << one.words;
    return state;
}

void FilterShelf::restoreState(const QByteArray &state)
{
    *this = {};
    QDataStream in(state);
    QStringList earlier;
    quint32 count = 0;
    in >> earlier >> count;
    std::ranges::reverse(earlier);
    for (const QString &words : std::as_const(earlier))
        remember(words);
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        Named one;
        in >> one.name >> one.words;
        save(one.name, one.words);
    }
}

} // namespace glasshouse
