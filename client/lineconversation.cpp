// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/lineconversation.h"

#include "base/visibletext.h"
#include "client/doctor/doctor.h"
#include "client/doctor/doctorsecrets.h"
#include "client/slashcommand.h"

namespace glasshouse {

namespace {

constexpr qint64 muchQueued = 1024 * 1024; // then no more lines are wanted
constexpr int lookAgainMs = 20;
constexpr int failed = 1;
constexpr int interrupted = 130;

/// Servers repeat what they refuse, and what is said of an ending lands in logs.
TestClientEnding withoutWhatWasSent(TestClientEnding ending, const TestClientOptions &client)
{
    DoctorOrder order;
    order.client = client;
    const DoctorSecrets secrets(order);
    for (QByteArray *text : {&ending.detail, &ending.reasonReceived, &ending.responseBody})
        *text = secrets.hidden(*text, text->size());
    return ending;
}

} // namespace

LineConversation::LineConversation(LineConversationOptions options, QObject *parent)
    : LineTalk(parent),
      m_options(std::move(options))
{
    m_wait.setSingleShot(true);
    m_room.setSingleShot(true);
    m_room.setInterval(lookAgainMs);
    m_wait.setInterval(qMax(0, m_options.waitMs));
    connect(&m_wait, &QTimer::timeout, this, &LineConversation::closeAfterWait);
    connect(&m_room, &QTimer::timeout, this, &LineConversation::look);
    connect(&m_client, &TestClient::opened, this,
            [this](const HttpHead &, const QByteArray &subprotocol) { opened(subprotocol); });
    connect(&m_client, &TestClient::messageReceived, this,
            [this](MessageKind kind, const QByteArray &payload) { print(m_options.form.message(kind, payload)); });
    connect(&m_client, &TestClient::frameReceived, this, &LineConversation::frameReceived);
    connect(&m_client, &TestClient::ended, this, &LineConversation::ended);
    connect(&m_client, &TestClient::reconnectScheduled, this, [this](int attempt, int ms) {
        print(m_options.form.reconnecting(attempt, ms));
        say(tr("Next attempt in %1 s.").arg(double(ms) / 1000, 0, 'f', 1), Tone::Bad);
    });
    connect(&m_client, &TestClient::stateChanged, this, [this](TestClientState state) {
        if (state != TestClientState::Open)
            wantLines(false);
    });
    // Behind ended() it may yet decide to come back.
    connect(&m_client, &TestClient::stateChanged, this, &LineConversation::finish, Qt::QueuedConnection);
}

void LineConversation::start() { m_client.connectToServer(m_options.client); }

void LineConversation::opened(const QByteArray &subprotocol)
{
    print(m_options.form.opened(m_options.client.url, subprotocol));
    if (m_options.execute.isEmpty())
        say(subprotocol.isEmpty() ? tr("Connected.")
                                  : tr("Connected; subprotocol %1.").arg(QString::fromUtf8(subprotocol)),
            Tone::Good);
    for (const QByteArray &message : std::as_const(m_options.execute))
        judge(m_client.sendText(message));
    m_allSaid = m_allSaid || !m_options.execute.isEmpty();
    look();
}

/// Decides what is next: more lines, the wait for answers, or another look.
void LineConversation::look()
{
    if (m_over || m_client.state() != TestClientState::Open)
        return wantLines(false);
    const qint64 queued = m_client.queuedBytes();
    wantLines(!m_allSaid && queued < muchQueued);
    if (m_allSaid ? queued > 0 : queued >= muchQueued)
        m_room.start();
    else if (m_allSaid && m_options.waitMs >= 0)
        m_wait.start();
}

void LineConversation::wantLines(bool wanted)
{
    if (std::exchange(m_wantsLines, wanted) != wanted)
        emit linesWanted(wanted);
}

void LineConversation::takeLine(const QByteArray &line)
{
    if (m_options.takesSlashes && line.startsWith('/'))
        runSlash(line);
    else
        judge(m_client.sendText(line));
    if (m_client.queuedBytes() >= muchQueued)
        look();
}

void LineConversation::runSlash(const QByteArray &line)
{
    const auto command = slashCommand(line);
    if (!command)
        return say(tr("Unrecognized slash command. There are /ping [text], /pong [text] and /close [code [reason]]."),
                   Tone::Bad);
    switch (command->kind) {
    case SlashCommand::Kind::Ping:
        return judge(m_client.ping(command->payload));
    case SlashCommand::Kind::Pong:
        return judge(m_client.pong(command->payload));
    case SlashCommand::Kind::Close:
        return judge(command->code == 0 ? TestClientSend::InvalidCode : m_client.close(command->code, command->reason));
    }
}

void LineConversation::judge(TestClientSend result)
{
    if (result == TestClientSend::Sent || result == TestClientSend::Queued)
        return;
    m_failed = true;
    switch (result) {
    case TestClientSend::Sent:
    case TestClientSend::Queued:
    case TestClientSend::NotOpen:
        return say(tr("Not sent: the connection is not open."), Tone::Bad);
    case TestClientSend::QueueFull:
        return say(tr("Not sent: too much waits for a server that reads too slowly."), Tone::Bad);
    case TestClientSend::InvalidText:
        return say(tr("Not sent: a text message has to be UTF-8."), Tone::Bad);
    case TestClientSend::TooLong:
        return say(tr("Not sent: a control frame holds 125 bytes."), Tone::Bad);
    case TestClientSend::InvalidCode:
        return say(tr("Not sent: close codes are 1000–1003, 1007–1014 and 3000–4999."), Tone::Bad);
    }
}

void LineConversation::endInput(bool waits)
{
    m_allSaid = true;
    if (waits)
        look();
    else if (m_client.state() == TestClientState::Open)
        m_client.close(0);
    else
        m_client.abort();
}

/// Not while what came can not be written: the answer to the close would not be read.
void LineConversation::closeAfterWait()
{
    m_waited = m_outputFull;
    if (!m_waited)
        m_client.close(0);
}

void LineConversation::setOutputFull(bool full)
{
    if (std::exchange(m_outputFull, full) == full)
        return;
    m_client.setReading(!full);
    if (!full && m_waited)
        closeAfterWait();
}

void LineConversation::interrupt()
{
    if (std::exchange(m_interrupted, true) || m_outputFull) // then the answer to a close can not be read
        return m_client.abort();
    if (m_client.state() == TestClientState::Idle || m_client.state() == TestClientState::Closed)
        return finish();
    m_client.close(1000);
}

void LineConversation::fail(const QString &text)
{
    m_failed = true;
    say(text, Tone::Bad);
    m_client.abort();
}

void LineConversation::frameReceived(const FrameHeader &header, const QByteArray &payload)
{
    const auto opcode = Opcode(header.opcode());
    const bool shows = m_options.showsPings || m_options.form.kind == LineForm::Kind::Json;
    if (shows && (opcode == Opcode::Ping || opcode == Opcode::Pong))
        print(m_options.form.control(opcode, payload));
}

void LineConversation::ended(const TestClientEnding &ending)
{
    m_wait.stop();
    m_room.stop();
    m_waited = false;
    m_ending = withoutWhatWasSent(ending, m_options.client);
    print(m_options.form.ended(m_ending));
    if (isFault(m_ending))
        say(endingText(m_ending), Tone::Bad);
    else if (m_options.execute.isEmpty() && m_ending.fault != TestClientFault::Aborted)
        say(endingText(m_ending), Tone::Good);
}

void LineConversation::print(const QByteArray &lines)
{
    if (!lines.isEmpty() && !m_over)
        emit printed(lines);
}

void LineConversation::say(const QString &text, Tone tone) { emit said(text, tone); }

void LineConversation::finish()
{
    if (m_over || m_client.state() != TestClientState::Closed)
        return;
    m_over = true;
    wantLines(false);
    emit finished(m_interrupted ? interrupted : m_failed || isFault(m_ending) ? failed : 0);
}

} // namespace glasshouse
