// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"

#include <QString>

namespace glasshouse {

/// Directions are those of the server: In is what a client sent. Words are of whoever looks.
enum class Viewpoint : quint8 { Server, Client };
/// "in", "out"; from a client's side "sent", "received".
[[nodiscard]] QString directionText(Direction direction, Viewpoint viewpoint);
/// The same with its arrow, "→ in": an arrow means the same on both sides.
[[nodiscard]] QString wayText(Direction direction, Viewpoint viewpoint);

/// What the log shows of a row, built when it comes into sight. A value.
struct MessageCells
{
    qint64 timeUs = 0;
    ConnectionId connection{};
    Direction direction = Direction::In;
    quint32 size = 0; ///< payload bytes on the wire
    bool event = false;
    bool control = false;
    bool broken = false;
    bool fault = false; ///< an event that should not be
    QString kind;
    QByteArray type; ///< of the envelope; the code of a close frame
    QString preview; ///< at most 256 characters
};
[[nodiscard]] MessageCells cellsOf(const CapturedRow &row);

/// "text", "binary", "close" …, in the user's language.
[[nodiscard]] QString kindText(const CapturedRow &row);
[[nodiscard]] QString eventText(EventKind kind);
/// Bytes as "1f 8b 08 …", at most `count` of them.
[[nodiscard]] QString hexPreview(QByteArrayView bytes, int count = 48);

} // namespace glasshouse
