// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <optional>

namespace glasshouse {

/// A typed line that means a control frame: "/ping text", "/pong text", "/close 1000 reason". Words are parted by blanks; what
/// stands behind a ping's text is left out, as wscat does.
struct SlashCommand
{
    enum class Kind : quint8 { Ping, Pong, Close };
    Kind kind = Kind::Ping;
    QByteArray payload = {};
    quint16 code = 1000; ///< of a close; 0: it is none that fits
    QByteArray reason = {};
};
/// Of a line that begins with a slash. Nullopt: there is no such command.
[[nodiscard]] std::optional<SlashCommand> slashCommand(const QByteArray &line);

} // namespace glasshouse
