// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/cellcondition.h"

#include "match/conditionbuilder.h"
#include "protocol/frame.h"
#include "ui/models/messagesmodel.h"
#include "ui/models/payloadtext.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qsizetype longestText = 200; // bytes: what is longer nobody reads in a field

using Read = Result<Condition, ConditionFault>;

std::optional<Condition> takenFrom(const Read &read) { return read ? std::optional(read.value()) : std::nullopt; }

/// The second that it falls into, local and with its date: those of other days are others.
std::optional<Condition> timeCondition(const CapturedRow &row)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(row.record.timeUs / 1000);
    return takenFrom(comparison(ConditionField::Time, time.toString(u"yyyy-MM-ddTHH:mm:ss"_s), ConditionOperator::In));
}

/// Who clicks a time looks for those that took as long, and nobody for another one of the same microseconds.
std::optional<Condition> answerCondition(qint64 us)
{
    constexpr qint64 usPerMs = 1'000;
    constexpr qint64 roundedFrom = 10 * usPerMs;
    const qint64 least = us < roundedFrom ? us : us - us % usPerMs;
    return takenFrom(comparison(ConditionField::Answer, QString::number(least) + u"us"_s, ConditionOperator::AtLeast));
}

std::optional<Condition> kindCondition(const CapturedRow &row)
{
    if (row.isEvent())
        return takenFrom(comparison(ConditionField::Kind, u"event"_s));
    for (const ConditionWord &word : rowOf(ConditionField::Opcode).words) {
        if (word.value == int(row.opcode()))
            return takenFrom(comparison(ConditionField::Opcode, word.name));
    }
    return {};
}

bool mayLeave(const CapturedRow &row) { return withoutSecrets(row).payload == row.payload; }

std::optional<Condition> payloadCondition(const CapturedRow &row)
{
    const bool isText = !row.isEvent() && row.opcode() == quint8(Opcode::Text);
    if (!isText || row.payload.isEmpty() || row.payload.size() > longestText || !mayLeave(row))
        return {};
    return takenFrom(comparison(ConditionField::Text, QString::fromUtf8(row.payload)));
}

} // namespace

std::optional<Condition> pathCondition(const CapturedRow &row, const JsonPath &path)
{
    if (valuesIn(row, {path}).join(QString()).isEmpty() || !mayLeave(row)) // looks no further than the column does
        return {};
    const QByteArrayView value = path.value(row.payload);
    return value.size() > longestText && value.startsWith('"') ? std::nullopt : takenFrom(comparison(path, value));
}

std::optional<Condition> cellCondition(const CapturedRow &row, int column, const CellContext &context)
{
    if (column >= MessagesModel::ColumnCount)
        return column - MessagesModel::ColumnCount < context.paths.size()
            ? pathCondition(row, context.paths[column - MessagesModel::ColumnCount])
            : std::nullopt;
    switch (MessagesModel::Column(column)) {
    case MessagesModel::Time:
        return timeCondition(row);
    case MessagesModel::Connection:
        return row.connection() == ConnectionId{}
            ? std::nullopt
            : takenFrom(comparison(ConditionField::Connection, QString::number(quint32(row.connection()))));
    case MessagesModel::Way:
        return row.isEvent()
            ? std::nullopt
            : takenFrom(comparison(ConditionField::Way, row.direction() == Direction::In ? u"in"_s : u"out"_s));
    case MessagesModel::Kind:
        return kindCondition(row);
    case MessagesModel::Type:
        return row.type().isEmpty() || row.type().size() > longestText
            ? std::nullopt
            : takenFrom(comparison(ConditionField::Type, QString::fromUtf8(row.type())));
    case MessagesModel::Size:
        return row.isEvent() ? std::nullopt
                             : takenFrom(comparison(ConditionField::Size, QString::number(row.record.wireLength)));
    case MessagesModel::Answer:
        return context.answerUs ? answerCondition(*context.answerUs) : std::nullopt;
    case MessagesModel::Player:
        return context.player.isEmpty() || context.player.size() > longestText
            ? std::nullopt
            : takenFrom(comparison(ConditionField::Player, context.player));
    case MessagesModel::Preview:
        return payloadCondition(row);
    case MessagesModel::Delta:
    case MessagesModel::ColumnCount:
        break;
    }
    return {};
}

} // namespace glasshouse
