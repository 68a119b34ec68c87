// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/textfinder.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr QByteArrayView longS("\xC5\xBF", 2);
constexpr QByteArrayView kelvin("\xE2\x84\xAA", 3);
constexpr qsizetype stride =
    64; // places that are looked at before anything is decided: compilers make few instructions of it

/// What messages are full of, the commonest first.
constexpr QByteArrayView common("\"e:,ta01onir2ds3lch45u67{}89mp _.-[]yfgwbvxkjqz");

qsizetype rarity(char letter)
{
    const qsizetype at = common.indexOf(letter);
    return at < 0 ? common.size() : at;
}

constexpr bool isLetter(char c) { return c >= 'a' && c <= 'z'; }
constexpr char foldOf(char c) { return isLetter(c) ? 0x20 : 0; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
constexpr bool hasOtherLengths(char c) { return c == 'k' || c == 's'; }

/// So many bytes at the beginning are the character; 0: they are not.
qsizetype lengthAt(QByteArrayView bytes, char character)
{
    if (!bytes.isEmpty() && lower(bytes.front()) == character)
        return 1;
    if (character == 's' && bytes.startsWith(longS))
        return longS.size();
    return character == 'k' && bytes.startsWith(kelvin) ? kelvin.size() : 0;
}

/// The same at the end.
qsizetype lengthBefore(QByteArrayView bytes, char character)
{
    if (!bytes.isEmpty() && lower(bytes.back()) == character)
        return 1;
    if (character == 's' && bytes.endsWith(longS))
        return longS.size();
    return character == 'k' && bytes.endsWith(kelvin) ? kelvin.size() : 0;
}

} // namespace

std::optional<TextFinder> TextFinder::of(QByteArrayView words)
{
    const auto isAscii = [](char c) { return static_cast<quint8>(c) < 0x80; };
    if (words.isEmpty() || words.size() > longest || !std::ranges::all_of(words, isAscii))
        return std::nullopt;
    TextFinder finder(words.toByteArray());
    std::ranges::transform(finder.m_words, finder.m_words.begin(), lower);
    return finder.chooseLetters() ? std::optional(finder) : std::nullopt;
}

/// The rarest one, and the rarest of those that stand at the same distance from it everywhere.
bool TextFinder::chooseLetters()
{
    qsizetype best = -1;
    for (qsizetype at = 0; at < m_words.size(); ++at) {
        if (!hasOtherLengths(m_words[at]) && (best < 0 || rarity(m_words[at]) > rarity(m_words[best])))
            best = at;
    }
    if (best < 0)
        return false;
    qsizetype begin = best, end = best + 1, other = -1;
    while (begin > 0 && !hasOtherLengths(m_words[begin - 1]))
        --begin;
    while (end < m_words.size() && !hasOtherLengths(m_words[end]))
        ++end;
    for (qsizetype at = begin; at < end; ++at) {
        if (at != best && (other < 0 || rarity(m_words[at]) > rarity(m_words[other])))
            other = at;
    }
    const auto [first, second] = std::minmax(best, other < 0 ? best : other);
    m_first = {first, m_words[first], foldOf(m_words[first])};
    m_second = {second, m_words[second], foldOf(m_words[second])};
    return true;
}

inline bool TextFinder::mayBeAt(const char *place) const
{
    return (place[0] | m_first.fold) == m_first.folded
        && (place[m_second.at - m_first.at] | m_second.fold) == m_second.folded;
}

/// Where the first letter may be, in [from, end); `end` if it is nowhere. The second one lies within the bytes for all of them.
qsizetype TextFinder::nextPlace(QByteArrayView bytes, qsizetype from, qsizetype end) const
{
    const Letter first = m_first, second = m_second;
    for (; from + stride <= end; from += stride) {
        const char *const a = bytes.data() + from;
        const char *const b = a + (second.at - first.at);
        quint8 any = 0;
        for (qsizetype i = 0; i < stride; ++i)
            any |= static_cast<quint8>(static_cast<char>(a[i] | first.fold) == first.folded)
                & static_cast<quint8>(static_cast<char>(b[i] | second.fold) == second.folded);
        if (any != 0)
            break;
    }
    while (from < end && !mayBeAt(bytes.data() + from))
        ++from;
    return from;
}

/// With the first letter at `first`.
std::optional<TextFinder::Place> TextFinder::around(QByteArrayView bytes, qsizetype first) const
{
    Place place{first, first};
    for (qsizetype at = m_first.at; at > 0; --at) {
        const qsizetype length = lengthBefore(bytes.first(place.begin), m_words[at - 1]);
        if (length == 0)
            return std::nullopt;
        place.begin -= length;
    }
    for (qsizetype at = m_first.at; at < m_words.size(); ++at) {
        const qsizetype length = lengthAt(bytes.sliced(place.end), m_words[at]);
        if (length == 0)
            return std::nullopt;
        place.end += length;
    }
    return place;
}

std::optional<TextFinder::Place> TextFinder::find(QByteArrayView bytes, qsizetype from) const
{
    const QByteArrayView rest = bytes.sliced(from);
    const qsizetype end = rest.size() - (m_second.at - m_first.at);
    for (qsizetype at = m_first.at; (at = nextPlace(rest, at, end)) < end; ++at) {
        if (const std::optional<Place> place = around(rest, at))
            return Place{place->begin + from, place->end + from};
    }
    return std::nullopt;
}

bool TextFinder::mayEndIn(QByteArrayView bytes) const
{
    const char last = m_words.back();
    return std::ranges::any_of(bytes, [last](char c) { return lower(c) == last || static_cast<quint8>(c) >= 0x80; });
}

} // namespace glasshouse
