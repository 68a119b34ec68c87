// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace glasshouse {

/// How the text of an editor becomes a message.
enum class PayloadKind : quint8 {
    Text,
    Json,
    Binary, ///< in hexadecimal
    Base64,
    File, ///< the text is its name; its bytes go as a binary message
};
constexpr int payloadKindCount = int(PayloadKind::File) + 1;
[[nodiscard]] constexpr bool isBinaryKind(PayloadKind kind) { return kind >= PayloadKind::Binary; }

struct PayloadCheck
{
    QByteArray bytes;        ///< what goes over the wire; empty where there is a complaint, and of a file
    QString complaint;       ///< for people; empty: it can be sent
    qsizetype position = -1; ///< of the fault, in characters of the text; −1: nowhere in particular
    qint64 size = bytes.size();

    [[nodiscard]] bool ok() const { return complaint.isEmpty(); }
};
/// JSON goes as it was written. Binary is pairs of hexadecimal digits; white space, commas, colons and "0x" do not count.
[[nodiscard]] PayloadCheck checkPayload(PayloadKind kind, const QString &text);
constexpr qint64 largestPayloadFile = qint64(16) * 1024 * 1024; ///< bytes
/// The same with the bytes of a file.
[[nodiscard]] PayloadCheck loadPayload(PayloadKind kind, const QString &text);
/// "line 2, column 5"
[[nodiscard]] QString placeIn(const QString &text, qsizetype position);

} // namespace glasshouse
