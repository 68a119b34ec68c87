// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringView>
#include <optional>

namespace glasshouse {

/// How a message is cut into fragments.
struct MessageCuts
{
    enum class Kind : quint8 { Whole, Every, At };
    Kind kind = Kind::Whole;
    qsizetype every = 0;      ///< bytes of a piece; at least 1
    QList<qsizetype> at = {}; ///< bytes in front of each cut, rising; the same twice makes an empty piece
    [[nodiscard]] bool operator==(const MessageCuts &) const = default;
};
constexpr qsizetype mostPieces = 10'000;

/// "3, 10, 20" – rising numbers of bytes. Nullopt: they are none.
[[nodiscard]] std::optional<QList<qsizetype>> cutPlaces(QStringView text);
/// At least one piece; places behind the end make no cut. Nullopt: they would be too many.
[[nodiscard]] std::optional<QList<QByteArray>> cutMessage(const QByteArray &message, const MessageCuts &cuts);

} // namespace glasshouse
