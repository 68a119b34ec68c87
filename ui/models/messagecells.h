// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/jsonpath.h"
#include "server/capture/framerecord.h"
#include "ui/base/tints.h"

#include <QStringList>
#include <optional>

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
    QByteArray type;                  ///< of the envelope; the code of a close frame
    QString preview;                  ///< at most 256 characters
    QStringList values;               ///< at the paths that were asked for
    std::optional<qsizetype> rule;    ///< of those that colour it, see ColourRules::ruleOf()
    std::optional<quint64> answered;  ///< the row that it answers
    std::optional<qint64> answeredUs; ///< when that came; found when it is asked for
    bool isAnsweredLost = false;      ///< that was looked for in vain
};
[[nodiscard]] MessageCells cellsOf(const CapturedRow &row);
/// What stands in a JSON payload at each of the paths, on one line and at most 64 characters long: strings without their quotes,
/// anything else as it was written. Empty where there is nothing, and in payloads above 32 KiB: a row must not hold a window up.
[[nodiscard]] QStringList valuesIn(const CapturedRow &row, const QList<JsonPath> &paths);

/// "text", "binary", "close" …, in the user's language.
[[nodiscard]] QString kindText(const CapturedRow &row);
[[nodiscard]] QString eventText(EventKind kind);
/// Bytes as "1f 8b 08 …", at most `count` of them.
[[nodiscard]] QString hexPreview(QByteArrayView bytes, int count = 48);

} // namespace glasshouse
