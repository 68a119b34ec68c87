// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/connect.h"

#include "app/commands/commandoutput.h"
#include "app/commands/connectoptions.h"
#include "app/standardinput.h"
#include "app/standardoutput.h"
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

bool wantsColours(const ConnectRequest &request, const QProcessEnvironment &environment)
{
    return !request.noColour && environment.value(u"NO_COLOR"_s).isEmpty() && environment.value(u"TERM"_s) != "dumb"_L1;
}

LineForm formOn(bool terminal, const LineConversationOptions &options, bool colours)
{
    LineForm form = options.form;
    if (terminal && form.kind == LineForm::Kind::Plain)
        form.kind = LineForm::Kind::Terminal;
    form.marked = terminal && options.execute.isEmpty();
    form.coloured = form.marked && colours;
    return form;
}

/// A conversation between a server and the three streams of the program.
class Session final : public QObject
{
public:
    Session(const LineConversationOptions &options, bool colours) : m_conversation(options), m_colours(colours)
    {
        connect(&m_conversation, &LineConversation::printed, &m_output, &StandardOutput::write);
        connect(&m_conversation, &LineConversation::said, this, &Session::say);
        connect(&m_conversation, &LineConversation::finished, this, &Session::finish);
        connect(&m_conversation, &LineConversation::linesWanted, &m_input, &StandardInput::setReading);
        connect(&m_input, &StandardInput::line, &m_conversation, &LineConversation::takeLine);
        connect(&m_input, &StandardInput::ended, &m_conversation,
                [this] { m_conversation.endInput(!StandardInput::isTerminal()); });
        connect(&m_input, &StandardInput::failed, &m_conversation, &LineConversation::fail);
        connect(&m_output, &StandardOutput::fullChanged, &m_conversation, &LineConversation::setOutputFull);
        connect(&m_output, &StandardOutput::fullChanged, this, &Session::leaveIfDone);
        connect(&m_output, &StandardOutput::failed, &m_conversation,
                [this](const QString &why) { m_conversation.fail(u"standard output can not be written: "_s + why); });
        connect(&m_signals, &TerminationSignals::requested, this, &Session::interrupt);
    }

    int run()
    {
        m_conversation.start();
        return QCoreApplication::exec();
    }

private:
    LineConversation m_conversation;
    StandardInput m_input;
    StandardOutput m_output;
    TerminationSignals m_signals;
    bool m_colours;
    std::optional<int> m_exitCode; ///< once it is over

    // What went well is for people who watch.
    void say(const QString &text, LineConversation::Tone tone)
    {
        const bool watched = StandardInput::isTerminal(errors);
        const bool isGood = tone == LineConversation::Tone::Good;
        if (isGood && !watched)
            return;
        const char *colour = !watched || !m_colours ? "" : isGood ? "\x1B[32m" : "\x1B[33m";
        const QStringList lines = text.split(u'\n');
        for (const QString &line : lines)
            std::fprintf(stderr, "%sglasshouse: %s%s\n", colour, line.toUtf8().constData(),
                         *colour != 0 ? "\x1B[39m" : "");
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
        m_conversation.interrupt();
    }
};

} // namespace

int connectCommand(const Options &options, const QProcessEnvironment &environment)
{
    if (options.arguments.contains(u"--help"_s) || options.arguments.contains(u"-h"_s))
        return print({0, connectHelp(), {}});
    const auto request = readConnect(options.arguments);
    if (!request)
        return print({wrongUsage, {}, request.error().text});
    auto conversation = conversationOf(request.value());
    if (!conversation)
        return print({wrongUsage, {}, conversation.error().text});
    const bool colours = wantsColours(request.value(), environment);
    conversation.value().form = formOn(StandardInput::isTerminal(output), conversation.value(), colours);
    return Session(conversation.value(), colours).run();
}

} // namespace glasshouse
