// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/lineform.h"
#include "client/testclient.h"

#include <QPointer>
#include <QTimer>

namespace glasshouse {

/// What a conversation by lines does beside connecting. A value.
struct LineConversationOptions
{
    TestClientOptions client;
    LineForm form;
    QList<QByteArray> execute; ///< said after each opening, in place of lines that are typed
    int waitMs = 2'000;        ///< for answers, once all is said; −1: until the server ends it
    bool showsPings = false;   ///< pings and pongs that come; JSON has them always
    bool takesSlashes = false; ///< lines like "/ping" mean control frames
};

/// A WebSocket as lines: those that are typed go out as messages, what comes in becomes lines. It knows no terminal, no file and
/// no descriptor, and holds nothing back: who can not write stops it from reading with setOutputFull(), and it stops the lines
/// with linesWanted() while the server reads too slowly. Lives on the caller's thread.
class LineConversation final : public QObject
{
    Q_OBJECT
public:
    enum class Tone : quint8 { Good, Bad };
    Q_ENUM(Tone)

    explicit LineConversation(LineConversationOptions options, QObject *parent = nullptr);

    void start();
    /// Without its line break. Only while lines are wanted.
    void takeLine(const QByteArray &line);
    /// No more lines come. `waits`: for answers; otherwise it closes at once.
    void endInput(bool waits);
    void setOutputFull(bool full);
    /// The first time closes in order, the second at once. The exit code says so.
    void interrupt();
    /// What is said can not be written, or what is typed not be read: ends it at once.
    void fail(const QString &text);
    [[nodiscard]] const TestClient &client() const { return m_client; }

signals:
    /// For standard output.
    void printed(const QByteArray &lines);
    /// For standard error: words about the connection, without control characters.
    void said(const QString &text, glasshouse::LineConversation::Tone tone);
    void linesWanted(bool wanted);
    /// The last thing that it says. 0: in order; 1: it failed; 130: it was interrupted.
    void finished(int exitCode);

private:
    LineConversationOptions m_options;
    TestClient m_client;
    TestClientEnding m_ending;
    QTimer m_wait; ///< for answers
    QTimer m_room; ///< until the queue is looked at again
    bool m_allSaid = false;
    bool m_outputFull = false;
    bool m_waited = false; ///< it closes once the output is not full
    bool m_wantsLines = false;
    bool m_interrupted = false;
    bool m_failed = false;
    bool m_over = false;

    void opened(const QByteArray &subprotocol);
    void ended(const TestClientEnding &ending);
    void frameReceived(const FrameHeader &header, const QByteArray &payload);
    void print(const QByteArray &lines);
    void say(const QString &text, Tone tone);
    void runSlash(const QByteArray &line);
    void judge(TestClientSend result);
    void look();
    void wantLines(bool wanted);
    void closeAfterWait();
    void finish();
};

} // namespace glasshouse
