// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"

namespace glasshouse {

/// How what happens on a connection is written as lines. Pure. Everything from the other side is hostile to a terminal.
struct LineForm
{
    enum class Kind : quint8 {
        Plain,    ///< for a pipe: the bytes as they came, with a line break behind each message
        Terminal, ///< control characters as \u{1B}, binary messages as hex
        Json,     ///< an object a line: event, time (milliseconds since 1970) and what belongs to it
    };
    Kind kind = Kind::Plain;
    bool marked = false;   ///< on a terminal: "< " in front of what came
    bool coloured = false; ///< on a terminal

    [[nodiscard]] QByteArray message(MessageKind kind, const QByteArray &payload) const;
    /// A ping or a pong that came.
    [[nodiscard]] QByteArray control(Opcode opcode, const QByteArray &payload) const;
    /// These are empty unless it is JSON: people are told elsewhere.
    [[nodiscard]] QByteArray opened(const QUrl &url, const QByteArray &subprotocol) const;
    [[nodiscard]] QByteArray ended(const TestClientEnding &ending) const;
    [[nodiscard]] QByteArray reconnecting(int attempt, int ms) const;
    /// Of a server.
    [[nodiscard]] QByteArray listening(quint16 port) const;

private:
    [[nodiscard]] QByteArray onTerminal(const QByteArray &text) const;
};

/// "ws://host:8080/ws": without a name and a password, and without a query, which may hold a token.
[[nodiscard]] QString publicAddress(const QUrl &url);
/// Sentence, advice and the beginning of a refusal's body, for a terminal; several lines.
[[nodiscard]] QString endingText(const TestClientEnding &ending);

} // namespace glasshouse
