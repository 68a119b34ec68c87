// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <optional>

namespace glasshouse {

/// Filters that somebody had before, and those that he gave a name. A value, in words of conditions; nothing that may hold a secret
/// comes in, for it is kept on the disk.
class FilterShelf
{
public:
    static constexpr qsizetype mostEarlier = 20;
    static constexpr qsizetype mostNamed = 50;
    static constexpr qsizetype longestName = 60;

    struct Named
    {
        QString name;
        QString words;
        bool operator==(const Named &) const = default;
    };

    [[nodiscard]] static bool mayKeep(const QString &words);

    /// The newest first, each once.
    [[nodiscard]] const QStringList &earlier() const { return m_earlier; }
    void remember(const QString &words);
    void forgetEarlier() { m_earlier.clear(); }

    /// As people sort.
    [[nodiscard]] const QList<Named> &named() const { return m_named; }
    [[nodiscard]] std::optional<QString> wordsOf(const QString &name) const;
    /// In the place of one that has the name. False: there are too many, or it may not be kept.
    bool save(const QString &name, const QString &words);
    void remove(const QString &name);
    /// One that has the new name goes.
    void rename(const QString &name, const QString &newName);

    [[nodiscard]] QByteArray saveState() const;
    /// As far as it holds what saveState() has made; the rest is left out.
    void restoreState(const QByteArray &state);

private:
    QStringList m_earlier;
    QList<Named> m_named;
};

} // namespace glasshouse
