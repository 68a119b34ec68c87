// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclient.h"
#include "tests/client/fakeserver.h"

#include <QSignalSpy>
#include <QTest>

Q_DECLARE_METATYPE(glasshouse::TestClientFault)
Q_DECLARE_METATYPE(glasshouse::FrameViolation)

namespace glasshouse {

/// A client whose endings, messages and frames are kept.
struct Subject
{
    TestClient client;
    QList<TestClientEnding> endings;
    QList<std::pair<MessageKind, QByteArray>> messages;
    QList<quint8> framesIn;
    QList<quint8> framesOut;
    QList<TestClientState> states;
    QList<std::pair<int, int>> scheduled;

    Subject()
    {
        QObject::connect(&client, &TestClient::ended, &client,
                         [this](const TestClientEnding &e) { endings.append(e); });
        QObject::connect(&client, &TestClient::messageReceived, &client,
                         [this](MessageKind kind, const QByteArray &payload) {
                             messages.append({kind, payload});
                         });
        QObject::connect(&client, &TestClient::frameReceived, &client,
                         [this](const FrameHeader &h) { framesIn.append(h.opcode()); });
        QObject::connect(&client, &TestClient::frameSent, &client,
                         [this](const FrameHeader &h) { framesOut.append(h.opcode()); });
        QObject::connect(&client, &TestClient::stateChanged, &client,
                         [this](TestClientState state) { states.append(state); });
        QObject::connect(&client, &TestClient::reconnectScheduled, &client, [this](int attempt, int ms) {
            scheduled.append({attempt, ms});
        });
    }
    bool isOpen() const { return client.state() == TestClientState::Open; }
    TestClientEnding ending() const { return endings.isEmpty() ? TestClientEnding{} : endings.last(); }
};

/// Deadlines and waits that suit a test.
inline TestClientOptions optionsFor(const QUrl &url)
{
    TestClientOptions options;
    options.url = url;
    options.closingMs = 400;
    options.reconnect.firstMs = 20;
    options.reconnect.maxMs = 80;
    options.reconnect.jitter = 0;
    return options;
}

} // namespace glasshouse
