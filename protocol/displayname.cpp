// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/displayname.h"

#include "protocol/hiddencharacters.h"

#include <QList>
#include <QTextBoundaryFinder>
#include <algorithm>
#include <utility>

namespace glasshouse {

namespace {

constexpr char32_t nonJoiner = 0x200C;
constexpr char32_t joiner = 0x200D;
constexpr char32_t blackFlag = 0x1F3F4;
constexpr char32_t tagA = 0xE0061;
constexpr char32_t tagZ = 0xE007A;
constexpr char32_t cancelTag = 0xE007F;
constexpr int viramaClass = 9;

bool isMark(char32_t c) { return QChar::isMark(c) && !isHidden(c); }

/// What an emoji can be made of. Those that are newer than Qt's tables have no category yet.
bool isPictograph(char32_t c)
{
    const bool isModifier = c >= 0x1F3FB && c <= 0x1F3FF;
    const bool isArrow = c == 0x2194;
    const bool isNew = c >= 0x1F000 && c <= 0x1FFFD && QChar::category(c) == QChar::Other_NotAssigned;
    return isModifier || isArrow || isNew || QChar::category(c) == QChar::Symbol_Other;
}

/// Scripts whose words are written with joiners.
bool writesJoiners(QChar::Script script)
{
    constexpr QChar::Script scripts[] = {
        QChar::Script_Arabic, QChar::Script_Syriac,   QChar::Script_Mongolian, QChar::Script_Nko,
        QChar::Script_Tamil,  QChar::Script_Bengali,  QChar::Script_Gurmukhi,  QChar::Script_Devanagari,
        QChar::Script_Oriya,  QChar::Script_Gujarati, QChar::Script_Telugu,    QChar::Script_Kannada,
        QChar::Script_Khmer,  QChar::Script_Sinhala,  QChar::Script_Malayalam, QChar::Script_Myanmar,
    };
    return std::ranges::find(scripts, script) != std::end(scripts);
}

bool isJoined(char32_t before, char32_t between, char32_t behind)
{
    if (between == joiner && isPictograph(before) && isPictograph(behind))
        return true;
    return QChar::script(before) == QChar::script(behind) && writesJoiners(QChar::script(before));
}

/// Does the selector choose another form of the character?
bool varies(char32_t c, char32_t selector)
{
    if (selector == 0xFE0E || selector == 0xFE0F) // text or emoji
        return !QChar::isLetter(c) || c == 0x2139;
    if ((selector >= 0xFE00 && selector <= 0xFE02) || (selector >= 0xE0100 && selector <= 0xE01EF))
        return QChar::script(c) == QChar::Script_Han;
    return selector >= 0x180B && selector <= 0x180F && selector != 0x180E
        && QChar::script(c) == QChar::Script_Mongolian;
}

/// Takes a text character by character and keeps what is seen, as one line.
class Cleaner
{
public:
    void take(char32_t c)
    {
        if (QChar::isSpace(c))
            space();
        else if (c == joiner || c == nonJoiner)
            m_joiner = c;
        else if (isTag(c))
            tag(c);
        else if (isHidden(c))
            selector(c);
        else if (isMark(c))
            mark(c);
        else
            letter(c);
    }

    [[nodiscard]] QString result()
    {
        space();
        return m_text;
    }

private:
    QString m_text;
    QString m_tags;        ///< of a flag that is not complete
    char32_t m_letter = 0; ///< that marks stand on; 0: none
    char32_t m_last = 0;   ///< of the text
    char32_t m_joiner = 0; ///< stays if it joins what comes next
    int m_marks = 0;       ///< on the letter
    bool m_space = false;  ///< stands there if something comes behind it

    static bool isTag(char32_t c) { return (c >= tagA && c <= tagZ) || c == cancelTag; }

    void put(char32_t c)
    {
        m_text += QChar::fromUcs4(c);
        m_last = c;
    }

    void space()
    {
        if (m_joiner == joiner && m_last != 0 && QChar::combiningClass(m_last) == viramaClass)
            put(joiner); // the last letter of a Malayalam word
        m_space = !m_text.isEmpty();
        m_letter = m_joiner = m_last = 0;
    }

    void join(char32_t next)
    {
        if (const char32_t between = std::exchange(m_joiner, 0); between != 0 && isJoined(m_letter, between, next))
            put(between);
    }

    void letter(char32_t c)
    {
        join(c);
        if (std::exchange(m_space, false))
            put(U' ');
        put(c);
        m_letter = c;
        m_marks = 0;
        m_tags.clear();
    }

    void mark(char32_t c)
    {
        if (m_letter == 0 || (pilesUp(c) && ++m_marks > maxMarks))
            return;
        join(c);
        put(c);
    }

    void selector(char32_t c)
    {
        if (m_letter != 0 && m_last == m_letter && m_joiner == 0 && varies(m_letter, c))
            put(c);
    }

    // The flags of England, Scotland, Wales: a black one, a few letters that do not show, and an end.
    void tag(char32_t c)
    {
        constexpr qsizetype units = 2; // a tag
        if (m_last != blackFlag || m_tags.size() > 6 * units)
            return;
        m_tags += QChar::fromUcs4(c);
        if (c == cancelTag && m_tags.size() > 3 * units) {
            m_text += m_tags;
            m_last = cancelTag;
        }
    }
};

QString cleaned(const QString &text)
{
    Cleaner cleaner;
    for (const char32_t c : text.toUcs4())
        cleaner.take(c);
    // Not before: ordering thousands of marks takes the square of their number.
    constexpr qsizetype enough = 8 * DisplayName::maxBytes;
    return cleaner.result().left(enough).normalized(QString::NormalizationForm_C);
}

/// The longest beginning that ends with a whole character and keeps both bounds.
QString cut(const QString &text, int characters, int bytes)
{
    const QString candidate = text.left(qsizetype{2} * bytes);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, candidate);
    qsizetype end = 0;
    for (int count = 0; count < characters; ++count) {
        const qsizetype next = finder.toNextBoundary();
        if (next < 0 || candidate.first(next).toUtf8().size() > bytes)
            break;
        end = next;
    }
    QString whole = candidate.first(end).trimmed();
    while (end < text.size() && (whole.endsWith(QChar(nonJoiner)) || whole.endsWith(QChar(joiner))))
        whole.chop(1); // what it joined is gone
    return whole;
}

} // namespace

DisplayName::DisplayName(const QString &text) : m_text(cut(cleaned(text), maxCharacters, maxBytes)) { }

QString DisplayName::key() const
{
    QString seen;
    for (const char32_t c : m_text.toUcs4()) {
        if (!isDefaultIgnorable(c))
            seen += QChar::fromUcs4(c);
    }
    return seen.normalized(QString::NormalizationForm_KC).toCaseFolded().normalized(QString::NormalizationForm_KC);
}

DisplayName DisplayName::numbered(int number) const
{
    const QString suffix = QStringLiteral(" (%1)").arg(number);
    const int size = int(suffix.size());
    DisplayName name;
    name.m_text = cut(m_text, maxCharacters - size, maxBytes - size) + suffix;
    return name;
}

} // namespace glasshouse
