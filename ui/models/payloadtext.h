// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"

#include <QString>

namespace glasshouse {

/// "00000000  7b 22 …  |{"…|", 16 bytes a line.
[[nodiscard]] QString hexDump(QByteArrayView bytes);
constexpr qsizetype hexBytesALine = 16;
/// One line of it, without its end. `offset` is a multiple of hexBytesALine, within `bytes`.
[[nodiscard]] QString hexLine(QByteArrayView bytes, qsizetype offset);
/// The row as it may leave the program: without secrets in its payload, as an export has it. Of a continuation that may be text
/// the mark alone is left.
[[nodiscard]] CapturedRow withoutSecrets(CapturedRow row);
/// What goes to the clipboard: text without secrets, as an export has it; binary as "00 ff …"; an event as its sentence.
[[nodiscard]] QString copyText(const CapturedRow &row);
/// The frame's header, bit by bit, and what is wrong with it.
[[nodiscard]] QString explainFrame(const CapturedRow &row);

} // namespace glasshouse
