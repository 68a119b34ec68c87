// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>
#include <QString>

namespace glasshouse {

/// Lets one line a minute through of what is alike, and counts the others. Takes no more memory than for so many at a time: what
/// comes beyond them is alike, too. A value; the caller knows the time.
class LineFold
{
public:
    static constexpr qint64 foldMs = 60'000;
    static constexpr qsizetype mostKeys = 4'096;

    /// What did not get a line of its own, of one key.
    struct Folded
    {
        QString text; ///< of the line that was written
        qint64 count = 0;
        QMap<QByteArray, qint64> kinds;   ///< how many of which
        LogLevel level = LogLevel::Debug; ///< the gravest of them
    };

    /// Does this get a line? What is alike has one key. `text`: see Folded.
    [[nodiscard]] bool takes(const QByteArray &key, const QString &text, LogLevel level, qint64 nowMs,
                             const QByteArray &kind = {}, qint64 count = 1);
    /// Those whose minute is over, and for whom the next begins.
    [[nodiscard]] QList<Folded> due(qint64 nowMs);
    /// All there is, at the end.
    [[nodiscard]] QList<Folded> takeAll();
    [[nodiscard]] bool isEmpty() const { return m_entries.isEmpty(); }

private:
    struct Entry
    {
        qint64 sinceMs = 0;
        Folded folded;
    };
    QHash<QByteArray, Entry> m_entries;
};

} // namespace glasshouse
