// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/shellwords.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

class Splitter
{
public:
    explicit Splitter(const QString &line) : m_line(line) { }

    std::optional<QStringList> split()
    {
        while (m_at < m_line.size() && !m_open && !isEnd())
            step();
        if (m_open)
            return std::nullopt;
        endWord();
        return m_words;
    }

private:
    const QString &m_line;
    QStringList m_words;
    QString m_word;
    qsizetype m_at = 0;
    bool m_inWord = false;
    bool m_open = false; ///< a quote that nothing ends

    [[nodiscard]] QChar here() const { return m_at < m_line.size() ? m_line[m_at] : QChar(); }
    [[nodiscard]] bool isEnd() const { return here() == u'|' || here() == u';' || here() == u'&'; }

    void add(QChar c)
    {
        m_word += c;
        m_inWord = true;
    }

    void endWord()
    {
        if (m_inWord)
            m_words += m_word;
        m_word.clear();
        m_inWord = false;
    }

    void step()
    {
        const QChar c = here();
        ++m_at;
        if (c.isSpace())
            return endWord();
        if (c == u'\\')
            return backslash();
        if (c == u'\'' || c == u'"')
            return quoted(c, c == u'"');
        if (c == u'$' && here() == u'\'') {
            ++m_at;
            return ansi();
        }
        add(c);
    }

    void backslash()
    {
        if (here() == u'\r' && m_at + 1 < m_line.size() && m_line[m_at + 1] == u'\n')
            ++m_at;
        if (m_at < m_line.size() && here() != u'\n')
            add(here());
        ++m_at;
    }

    void quoted(QChar quote, bool escapes)
    {
        m_inWord = true;
        for (; m_at < m_line.size(); ++m_at) {
            QChar c = here();
            if (c == quote) {
                ++m_at;
                return;
            }
            const QChar next = m_at + 1 < m_line.size() ? m_line[m_at + 1] : QChar();
            if (escapes && c == u'\\' && u"\\\"$`\n"_s.contains(next)) {
                ++m_at;
                if (next == u'\n')
                    continue;
                c = next;
            }
            add(c);
        }
        m_open = true;
    }

    /// $'…': what browsers write for lines with breaks and characters outside of ASCII.
    void ansi()
    {
        static const QHash<QChar, QChar> letters{{u'n', u'\n'}, {u't', u'\t'}, {u'r', u'\r'}, {u'b', u'\b'}};
        m_inWord = true;
        for (; m_at < m_line.size(); ++m_at) {
            const QChar c = here();
            if (c == u'\'') {
                ++m_at;
                return;
            }
            if (c != u'\\') {
                add(c);
                continue;
            }
            ++m_at;
            if (here() == u'u' || here() == u'x')
                number(here() == u'u' ? 4 : 2);
            else
                add(letters.value(here(), here()));
        }
        m_open = true;
    }

    void number(qsizetype most)
    {
        qsizetype digits = 0;
        const auto isDigit = [&](qsizetype at) {
            const QChar c = at < m_line.size() ? m_line[at].toLower() : QChar();
            return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
        };
        while (digits < most && isDigit(m_at + 1 + digits))
            ++digits;
        add(QChar(m_line.mid(m_at + 1, digits).toUShort(nullptr, 16)));
        m_at += digits;
    }
};

} // namespace

std::optional<QStringList> shellWords(const QString &line) { return Splitter(line.trimmed()).split(); }

} // namespace glasshouse
