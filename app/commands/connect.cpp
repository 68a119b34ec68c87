// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/connect.h"

#include "app/commands/commandoutput.h"
#include "app/commands/connectoptions.h"
#include "app/lineserver.h"
#include "app/streams/lineeditor.h"
#include "app/streams/standardinput.h"
#include "app/streams/standardoutput.h"
#include "app/terminationsignals.h"

#include <QCoreApplication>
#include <cstdio>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int wrongUsage = 2;
constexpr int interrupted = 130;
constexpr int output = 1; // descriptors
constexpr int errors = 2;

/// For what standard output is.
LineForm formOn(LineForm form, bool marked, bool colours)
{
    const bool terminal = StandardInput::isTerminal(output);
    if (terminal && form.kind == LineForm::Kind::Plain)
        form.kind = LineForm::Kind::Terminal;
    form.marked = terminal && marked;
    form.coloured = form.marked && colours;
    return form;
}

/// Connects somebody who talks by lines with the three streams of the program.
class Session final : public QObject
{
public:
    Session(LineTalk &talk, bool colours) : m_talk(talk), m_input(makeLineEditor()), m_colours(colours)
    {
        if (!m_input)
            m_input = std::make_unique<StandardInput>();
        connect(&m_talk, &LineTalk::printed, this,
                [this](const QByteArray &lines) { m_input->aside([&] { m_output.write(lines); }); });
        connect(&m_talk, &LineTalk::said, this, &Session::say);
        connect(&m_talk, &LineTalk::finished, this, &Session::finish);
        connect(&m_talk, &LineTalk::linesWanted, m_input.get(), &LineInput::setReading);
        connect(m_input.get(), &LineInput::line, &m_talk, &LineTalk::takeLine);
        connect(m_input.get(), &LineInput::ended, &m_talk, [this] { m_talk.endInput(!StandardInput::isTerminal()); });
        connect(m_input.get(), &LineInput::failed, &m_talk, &LineTalk::fail);
        connect(&m_output, &StandardOutput::fullChanged, &m_talk, &LineTalk::setOutputFull);
        connect(&m_output, &StandardOutput::fullChanged, this, &Session::leaveIfDone);
        connect(&m_output, &StandardOutput::failed, &m_talk, [this](const QString &why) {
            if (m_exitCode == 0)
                m_exitCode = 1; // it was over, and its end is lost
            m_talk.fail(u"standard output can not be written: "_s + why);
        });
        connect(&m_signals, &TerminationSignals::requested, this, &Session::interrupt);
    }

    int run()
    {
        m_talk.start();
        return QCoreApplication::exec();
    }

private:
    LineTalk &m_talk;
    std::unique_ptr<LineInput> m_input;
    StandardOutput m_output;
    TerminationSignals m_signals;
    bool m_colours;
    std::optional<int> m_exitCode; ///< once it is over

    // What went well is for people who watch.
    void say(const QString &text, LineTalk::Tone tone)
    {
        const bool watched = StandardInput::isTerminal(errors);
        const bool isGood = tone == LineTalk::Tone::Good;
        if (isGood && !watched)
            return;
        const char *colour = !watched || !m_colours ? "" : isGood ? "\x1B[32m" : "\x1B[33m";
        const QStringList lines = text.split(u'\n');
        m_input->aside([&] {
            for (const QString &line : lines)
                std::fprintf(stderr, "%sglasshouse: %s%s\n", colour, line.toUtf8().constData(),
                             *colour != 0 ? "\x1B[39m" : "");
        });
    }

    void finish(int exitCode)
    {
        m_exitCode = exitCode;
        leaveIfDone();
    }

    void leaveIfDone()
    {
        if (m_exitCode && (m_exitCode == interrupted || !m_output.isFull()))
            QCoreApplication::exit(*m_exitCode);
    }

    void interrupt()
    {
        if (m_exitCode) // only what is not read is left
            return QCoreApplication::exit(interrupted);
        m_talk.interrupt();
    }
};

} // namespace

int connectCommand(const Options &given, const QProcessEnvironment &environment)
{
    if (given.arguments.contains(u"--help"_s) || given.arguments.contains(u"-h"_s))
        return print({0, connectHelp(), {}});
    const auto request = readConnect(given.arguments);
    if (!request)
        return print({wrongUsage, {}, request.error().text});
    const bool colours = !request.value().noColour && wantsColours(environment);
    if (!request.value().listen.isEmpty()) {
        LineServer server(request.value().listen.toUShort(), formOn(formOf(request.value()), true, colours),
                          !StandardInput::isTerminal());
        return Session(server, colours).run();
    }
    auto options = conversationOf(request.value());
    if (!options)
        return print({wrongUsage, {}, options.error().text});
    options.value().form = formOn(options.value().form, options.value().execute.isEmpty(), colours);
    LineConversation conversation(options.value());
    return Session(conversation, colours).run();
}

} // namespace glasshouse
