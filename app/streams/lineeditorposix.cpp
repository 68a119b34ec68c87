// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/lineeditor.h"

#include "app/streams/standardinput.h"

#include <QSocketNotifier>
#include <cstdio>
#include <histedit.h>
#include <termios.h>

namespace glasshouse {

namespace {

constexpr int keptLines = 1000;
constexpr int input = 0; // descriptors
constexpr int output = 1;
constexpr char endOfInput = '\x04';

char promptText[] = "> "; // libedit takes no constant

char *prompt(::EditLine *) { return promptText; }

struct EditorDeleter
{
    void operator()(::EditLine *editor) const { ::el_end(editor); }
    void operator()(::History *history) const { ::history_end(history); }
};

/// libedit, a key at a time.
class LineEditor final : public LineInput
{
public:
    LineEditor()
        : m_editor(::el_init("glasshouse", stdin, stdout, stderr)),
          m_history(::history_init()),
          m_keys(input, QSocketNotifier::Read)
    {
        m_keys.setEnabled(false);
        connect(&m_keys, &QSocketNotifier::activated, this, &LineEditor::takeKey);
        if (isGood())
            setUp();
    }
    ~LineEditor() override { LineEditor::setReading(false); }
    Q_DISABLE_COPY_MOVE(LineEditor)

    [[nodiscard]] bool isGood() const { return m_editor != nullptr && m_history != nullptr; }

    void setReading(bool on) override
    {
        if (std::exchange(m_reading, on) == on)
            return;
        m_keys.setEnabled(on);
        if (!on)
            clear();
        hold(on);
    }

    void aside(const std::function<void()> &write) override
    {
        if (!m_reading || !m_holds)
            return write();
        clear();
        write();
        if (wasSuspended())
            holdAgain();
        else
            ::el_set(m_editor.get(), EL_REFRESH);
    }

private:
    std::unique_ptr<::EditLine, EditorDeleter> m_editor;
    std::unique_ptr<::History, EditorDeleter> m_history;
    QSocketNotifier m_keys;
    bool m_reading = false;
    bool m_holds = false; ///< the terminal gives keys, and shows the prompt

    void setUp()
    {
        ::HistEvent event = {};
        ::history(m_history.get(), &event, H_SETSIZE, keptLines);
        ::history(m_history.get(), &event, H_SETUNIQUE, 1);
        ::el_set(m_editor.get(), EL_HIST, ::history, m_history.get());
        ::el_set(m_editor.get(), EL_PROMPT, prompt);
        ::el_set(m_editor.get(), EL_EDITOR, "emacs");
        ::el_set(m_editor.get(), EL_BIND, "^R", "em-inc-search-prev", nullptr);
    }

    /// Begins a line of its own with the prompt, or gives the terminal back as it was.
    void hold(bool on)
    {
        if (std::exchange(m_holds, on) != on)
            ::el_set(m_editor.get(), EL_UNBUFFERED, int(on));
    }
    void holdAgain()
    {
        hold(false);
        hold(true);
    }

    /// The shell took the terminal back, and it gives whole lines since.
    [[nodiscard]] static bool wasSuspended()
    {
        ::termios now = {};
        return ::tcgetattr(input, &now) == 0 && (now.c_lflag & tcflag_t(ICANON)) != 0;
    }

    /// Takes what is typed off the screen, wherever the cursor stands in it.
    void clear()
    {
        const ::LineInfo *line = ::el_line(m_editor.get());
        int columns = 0;
        ::el_get(m_editor.get(), EL_GETTC, "co", &columns, nullptr);
        const qsizetype before =
            QString::fromUtf8(line->buffer, line->cursor - line->buffer).size() + sizeof promptText - 1;
        const qsizetype rows = columns > 0 ? before / columns : 0;
        if (rows > 0)
            std::fprintf(stdout, "\x1B[%dA", int(rows));
        std::fputs("\r\x1B[J", stdout);
        std::fflush(stdout);
    }

    void takeKey()
    {
        if (wasSuspended())
            holdAgain();
        ::el_resize(m_editor.get());
        int size = 0;
        const char *text = ::el_gets(m_editor.get(), &size);
        if (text == nullptr || size <= 0)
            return; // an empty line, and it is not done
        if (size == 1 && text[0] == endOfInput)
            return endLine([this] { emit ended(); });
        if (text[size - 1] != '\n' && text[size - 1] != '\r')
            return;
        const QByteArray typed(text, size - 1);
        ::HistEvent event = {};
        if (!typed.isEmpty())
            ::history(m_history.get(), &event, H_ENTER, typed.constData());
        endLine([this, &typed] { emit line(typed); });
    }

    template <typename Tell>
    void endLine(const Tell &tell)
    {
        hold(false);
        tell();
        if (m_reading)
            hold(true);
    }
};

} // namespace

std::unique_ptr<LineInput> makeLineEditor()
{
    if (!StandardInput::isTerminal(input) || !StandardInput::isTerminal(output) || qgetenv("TERM") == "dumb")
        return nullptr;
    auto editor = std::make_unique<LineEditor>();
    return editor->isGood() ? std::move(editor) : nullptr;
}

} // namespace glasshouse
