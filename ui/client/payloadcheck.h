// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace glasshouse {

/// How the text of an editor becomes a message.
enum class PayloadKind : quint8 { Text, Json, Binary };

struct PayloadCheck
{
    QByteArray bytes;        ///< what goes over the wire; empty where there is a complaint
    QString complaint;       ///< for people; empty: it can be sent
    qsizetype position = -1; ///< of the fault, in characters of the text; −1: nowhere in particular

    [[nodiscard]] bool ok() const { return complaint.isEmpty(); }
};
/// JSON goes as it was written. Binary is pairs of hexadecimal digits; white space, commas, colons and "0x" do not count.
[[nodiscard]] PayloadCheck checkPayload(PayloadKind kind, const QString &text);
/// "line 2, column 5"
[[nodiscard]] QString placeIn(const QString &text, qsizetype position);

} // namespace glasshouse
