// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/condition.h"
#include "match/jsonpath.h"
#include "server/capture/framerecord.h"

namespace glasshouse {

/// What the log shows beside a row itself.
struct CellContext
{
    QList<JsonPath> paths{}; ///< of the columns behind those of MessagesModel
    std::optional<qint64> answerUs{};
    QString player{}; ///< as the field "player" knows him, not as the cell shows him
};

/// What a cell of the log says, as a condition: "type == "chat"", "#7", "data.x == 3"; of the time of an answer, all that took as
/// long. `column` is one of MessagesModel, or behind them. Nullopt: the cell is empty, says nothing of the message alone, or says
/// too much: a text that is longer than a filter should be, or one with secrets, which would stand in the field.
[[nodiscard]] std::optional<Condition> cellCondition(const CapturedRow &row, int column,
                                                     const CellContext &context = {});

/// The same of what stands at a path of its JSON.
[[nodiscard]] std::optional<Condition> pathCondition(const CapturedRow &row, const JsonPath &path);

} // namespace glasshouse
