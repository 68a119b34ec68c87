// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/hiddencharacters.h"

#include <algorithm>
#include <iterator>

namespace glasshouse {

namespace {

struct Range
{
    char32_t first;
    char32_t last;
};

// Unicode 16.0, DerivedCoreProperties.txt, Default_Ignorable_Code_Point (4,174 code points; the same since 14.0). Qt has no
// table of it.
constexpr Range defaultIgnorables[] = {
    {0x00AD, 0x00AD},   // soft hyphen
    {0x034F, 0x034F},   // combining grapheme joiner
    {0x061C, 0x061C},   // Arabic letter mark
    {0x115F, 0x1160},   // Hangul fillers
    {0x17B4, 0x17B5},   // Khmer inherent vowels
    {0x180B, 0x180F},   // Mongolian selectors, vowel separator
    {0x200B, 0x200F},   // zero width space, joiners, direction marks
    {0x202A, 0x202E},   // bidi embeddings and overrides
    {0x2060, 0x206F},   // word joiner, invisible operators, bidi isolates, deprecated ones
    {0x3164, 0x3164},   // Hangul filler
    {0xFE00, 0xFE0F},   // variation selectors
    {0xFEFF, 0xFEFF},   // zero width no-break space
    {0xFFA0, 0xFFA0},   // halfwidth Hangul filler
    {0xFFF0, 0xFFF8},   // reserved
    {0x1BCA0, 0x1BCA3}, // shorthand format controls
    {0x1D173, 0x1D17A}, // musical beams and phrases
    {0xE0000, 0xE0FFF}, // tags, more variation selectors, reserved
};

// Blank, or no character, though no property says so.
constexpr Range otherBlanks[] = {
    {0x2800, 0x2800},   // braille pattern without dots
    {0xFFFC, 0xFFFD},   // stand for an object and for what is no character
    {0x13441, 0x13442}, // Egyptian hieroglyph blanks
    {0x16FE4, 0x16FE4}, // Khitan small script filler
    {0x1D159, 0x1D159}, // musical null notehead
};

constexpr Range bidiFrames[] = {{0x202A, 0x202E}, {0x2066, 0x2069}};

template <size_t Size>
bool isIn(const Range (&ranges)[Size], char32_t c)
{
    const auto *found = std::lower_bound(std::begin(ranges), std::end(ranges), c,
                                         [](const Range &range, char32_t value) { return range.last < value; });
    return found != std::end(ranges) && c >= found->first;
}

} // namespace

bool isDefaultIgnorable(char32_t c) { return isIn(defaultIgnorables, c); }

bool isBidiFrame(char32_t c) { return isIn(bidiFrames, c); }

bool isHidden(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
        return !QChar::isSpace(c);
    default:
        return QChar::isNonCharacter(c) || isIn(otherBlanks, c) || isDefaultIgnorable(c);
    }
}

bool pilesUp(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing) && !isHidden(c);
}

} // namespace glasshouse
