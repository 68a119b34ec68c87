// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <optional>

namespace glasshouse {

/// Finds a short ASCII text in bytes without regard to case, and finds what RE2 would: of the letters beyond ASCII, the sign of the
/// kelvin (K) is a k and the long s (ſ) an s. Looks for two of the characters, the rarest ones, at many places at once, and at all of
/// them where both are there. A value; calls from any thread.
class TextFinder
{
public:
    static constexpr qsizetype longest = 64; ///< characters; bytes that are made for it cost so much each, at most

    struct Place
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };

    /// Nullopt where there is nothing to look for: no ASCII, nothing but k and s, too long or empty.
    [[nodiscard]] static std::optional<TextFinder> of(QByteArrayView words);

    /// The first one that begins at `from` or behind it. No two begin or end at the same place: the first ends first, too.
    [[nodiscard]] std::optional<Place> find(QByteArrayView bytes, qsizetype from = 0) const;
    /// Bytes of a place, at most.
    [[nodiscard]] qsizetype mostBytes() const { return m_words.size() * mostBytesOfOne; }
    /// May one end in these bytes? True may be wrong.
    [[nodiscard]] bool mayEndIn(QByteArrayView bytes) const;
    [[nodiscard]] qsizetype size() const { return m_words.size(); }

private:
    static constexpr qsizetype mostBytesOfOne = 3; // K

    /// A character that is looked for first.
    struct Letter
    {
        qsizetype at = 0;
        char folded = 0;
        char fold = 0; ///< 0x20 for a letter: what its two cases do not share
    };

    QByteArray m_words; ///< in lower case
    Letter m_first, m_second;

    explicit TextFinder(QByteArray words) : m_words(std::move(words)) { }
    [[nodiscard]] bool chooseLetters();
    [[nodiscard]] bool mayBeAt(const char *place) const;
    [[nodiscard]] qsizetype nextPlace(QByteArrayView bytes, qsizetype from, qsizetype end) const;
    [[nodiscard]] std::optional<Place> around(QByteArrayView bytes, qsizetype first) const;
};

} // namespace glasshouse
