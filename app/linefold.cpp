// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/linefold.h"

#include <algorithm>

namespace glasshouse {

bool LineFold::takes(const QByteArray &key, const QString &text, LogLevel level, qint64 nowMs, const QByteArray &kind,
                     qint64 count)
{
    const bool isFull = m_entries.size() >= mostKeys && !m_entries.contains(key);
    const QByteArray &place = isFull ? QByteArray() : key;
    const auto found = m_entries.find(place);
    if (found == m_entries.end()) {
        m_entries.insert(place, {nowMs, {isFull ? QStringLiteral("others") : text, 0, {}, LogLevel::Debug}});
        return true;
    }
    found->folded.count += count;
    found->folded.level = std::min(found->folded.level, level);
    if (!kind.isEmpty())
        found->folded.kinds[kind] += count;
    return false;
}

QList<LineFold::Folded> LineFold::due(qint64 nowMs)
{
    QList<Folded> over;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (nowMs - entry->sinceMs < foldMs) {
            ++entry;
            continue;
        }
        if (entry->folded.count == 0) {
            entry = m_entries.erase(entry);
            continue;
        }
        over.append(entry->folded);
        *entry = {nowMs, {entry->folded.text, 0, {}, LogLevel::Debug}};
        ++entry;
    }
    return over;
}

QList<LineFold::Folded> LineFold::takeAll()
{
    QList<Folded> all;
    for (const Entry &entry : std::exchange(m_entries, {})) {
        if (entry.folded.count > 0)
            all.append(entry.folded);
    }
    return all;
}

} // namespace glasshouse
