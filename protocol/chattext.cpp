// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/chattext.h"

#include "protocol/hiddencharacters.h"

#include <QList>

namespace glasshouse {

namespace {

bool isHarmful(char32_t c)
{
    const bool isControl = QChar::category(c) == QChar::Other_Control && c != U'\n' && c != U'\t';
    return isControl || isBidiFrame(c) || QChar::isNonCharacter(c) || QChar::isSurrogate(c);
}

} // namespace

QString chatText(const QString &text)
{
    QString out;
    bool isSeen = false;
    int marks = 0;
    QString lines = text;
    lines.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
    for (const char32_t c : lines.toUcs4()) {
        const bool piles = pilesUp(c);
        const bool isHiddenHere = isHidden(c) || QChar::isSpace(c);
        marks = piles ? marks + 1 : isHidden(c) ? marks : 0; // what does not show does not part a letter from its marks
        if (isHarmful(c) || (piles && marks > maxMarks))
            continue;
        out += QChar::fromUcs4(c);
        isSeen = isSeen || !isHiddenHere;
    }
    return isSeen ? out : QString();
}

} // namespace glasshouse
