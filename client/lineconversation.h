// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/lineform.h"
#include "client/linetalk.h"
#include "client/testclient.h"

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

/// A WebSocket as lines: those that are typed go out as messages, what comes in becomes lines. At the end of the input it waits for
/// answers.
class LineConversation final : public LineTalk
{
    Q_OBJECT
public:
    explicit LineConversation(LineConversationOptions options, QObject *parent = nullptr);

    void start() override;
    void takeLine(const QByteArray &line) override;
    void endInput(bool waits) override;
    void setOutputFull(bool full) override;
    void interrupt() override;
    void fail(const QString &text) override;
    [[nodiscard]] const TestClient &client() const { return m_client; }

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
