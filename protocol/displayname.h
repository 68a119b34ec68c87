// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace glasshouse {

/// What others see a player called, made from whatever text somebody sent (docs/protocol.md "Names"): one line that can be
/// seen, of at most 32 characters as people count them and 128 bytes, with at most maxMarks on a letter. What shows nothing or
/// turns text around is taken out; joiners and selectors stay where a script or an emoji needs them. Pure.
class DisplayName
{
public:
    static constexpr int maxCharacters = 32; ///< grapheme clusters, Unicode Annex 29
    static constexpr int maxBytes = 128;     ///< as UTF-8

    DisplayName() = default; ///< none
    /// Implicit: no text becomes a name without being cleaned.
    DisplayName(const QString &text); // NOLINT(google-explicit-constructor)
    [[nodiscard]] static DisplayName fromUtf8(QByteArrayView text) { return {QString::fromUtf8(text)}; }

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); } ///< nothing was left to see
    /// Two names with one key are the same to people: case, width and invisible characters do not count.
    [[nodiscard]] QString key() const;
    /// "Ada (2)"; the name gives way where both are too long.
    [[nodiscard]] DisplayName numbered(int number) const;

private:
    QString m_text;
};

} // namespace glasshouse
