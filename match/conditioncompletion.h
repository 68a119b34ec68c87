// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditionfields.h"

#include <QList>
#include <QStringList>
#include <optional>

namespace glasshouse {

/// What a window knows of its messages.
struct KnownValues
{
    QStringList types;
    QStringList players;
    QStringList rooms;
    QStringList paths;          ///< "data.x"
    QList<quint32> connections; ///< those that are wanted most first
};

/// What may be written next.
struct ConditionOffer
{
    QString text;                          ///< as it is put in, with quotes where it needs them
    std::optional<ConditionField> field{}; ///< whose name it is
    bool operator==(const ConditionOffer &) const = default;
};

struct ConditionCompletion
{
    qsizetype position = 0; ///< of what an offer takes the place of
    qsizetype length = 0;   ///< of that, up to the cursor
    QList<ConditionOffer> offers;
};

constexpr qsizetype mostOffers = 100;

/// What fits where the cursor stands and begins with what stands there, without regard to case, the best first and nothing twice.
/// What is behind the cursor counts for nothing.
[[nodiscard]] ConditionCompletion completeCondition(QStringView words, qsizetype cursor, const KnownValues &known);

} // namespace glasshouse
