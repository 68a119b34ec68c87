// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <limits>
#include <optional>

namespace glasshouse {

/// Indented JSON, every number and escape as it was written; nullopt if it is no JSON.
[[nodiscard]] std::optional<QString> prettyJson(QByteArrayView text);

/// The same piece by piece, for long ones. A value.
class JsonIndenter
{
public:
    static constexpr int deepest = 512;

    /// Strings longer than so many bytes end in "…" before their quote, and numbers in "…".
    explicit JsonIndenter(QByteArray checked, qsizetype longest = std::numeric_limits<qsizetype>::max())
        : m_json(std::move(checked)),
          m_longest(longest)
    { }

    /// About so many bytes more, whole characters; empty: there are none.
    [[nodiscard]] QByteArray next(qsizetype about);
    /// Bytes that were read.
    [[nodiscard]] qsizetype position() const { return m_at; }
    [[nodiscard]] bool hasCut() const { return m_hasCut; }

private:
    QByteArray m_json;
    qsizetype m_longest;
    QByteArray m_out;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_hasCut = false;

    void step();
    void string();
    void word();
    void open();
    void breakLine();
};

} // namespace glasshouse
