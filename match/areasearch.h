// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/expression.h"

namespace glasshouse {

/// Searches many pieces of an area of bytes, most of which lie one behind the other: finds what Expression::find() finds in each
/// piece, but looks for the needle once in the area, and not anew in every piece. Not thread-safe.
class AreaSearch
{
public:
    /// Both have to live as long as it does.
    AreaSearch(const Expression &expression, QByteArrayView area) : m_expression(expression), m_area(area) { }

    /// In the piece of the area with `tail` behind it, which stands elsewhere and is short.
    [[nodiscard]] Found find(qsizetype offset, qsizetype length, QByteArrayView tail, const std::atomic<bool> &stop);

private:
    /// Of the needle in a piece: nowhere, somewhere, or nobody knows.
    enum class Hint : quint8 { Nowhere, There, Unknown };

    const Expression &m_expression;
    QByteArrayView m_area;
    // No needle begins in [m_from, m_to); the next one is m_place, if there is one.
    qsizetype m_from = 0;
    qsizetype m_to = 0;
    std::optional<TextFinder::Place> m_place;
    QByteArray m_joined;
    // What was found last, in a piece without a tail.
    qsizetype m_lastOffset = -1;
    qsizetype m_lastLength = -1;
    Found m_last = Found::No;

    [[nodiscard]] Found findAlone(qsizetype offset, qsizetype length, const std::atomic<bool> &stop);
    [[nodiscard]] Found findJoined(qsizetype offset, qsizetype length, QByteArrayView tail,
                                   const std::atomic<bool> &stop);
    [[nodiscard]] Hint hintOf(qsizetype offset, qsizetype length, const std::atomic<bool> &stop);
    void lookFurther();
};

} // namespace glasshouse
