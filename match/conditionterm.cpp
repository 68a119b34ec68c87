// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/elapsed.h"
#include "match/conditiontree.h"
#include "match/decimal.h"
#include "match/matchedmessage.h"
#include "protocol/frame.h"
#include "protocol/json.h"

#include <algorithm>
#include <compare>

namespace glasshouse {

namespace {

using Field = ConditionField;
using Operator = ConditionOperator;
using Value = ConditionValue;

Found foundIf(bool yes) { return yes ? Found::Yes : Found::No; }

bool isOrdered(Operator op, std::strong_ordering order)
{
    switch (op) {
    case Operator::Less:
        return std::is_lt(order);
    case Operator::AtMost:
        return std::is_lteq(order);
    case Operator::More:
        return std::is_gt(order);
    case Operator::AtLeast:
        return std::is_gteq(order);
    default:
        return std::is_eq(order);
    }
}

/// != and "not in" are the opposite of == and "in", and not questions of their own.
Operator asked(Operator op)
{
    return op == Operator::Unequal ? Operator::Equal : op == Operator::NotIn ? Operator::In : op;
}

MessageGroup groupOf(const MatchedMessage &message)
{
    if (message.isEvent)
        return MessageGroup::Event;
    return isControl(message.opcode) ? MessageGroup::Control : MessageGroup::Message;
}

/// Microseconds; nullopt: it answers nothing, or what it answers is gone.
std::optional<qint64> answerTimeOf(const MatchedMessage &message)
{
    const bool isAnswer = message.answered && message.context.times != nullptr;
    const auto asked = isAnswer ? message.context.times->timeOf(*message.answered) : std::nullopt;
    return asked ? std::optional(elapsedUs(*asked, message.timeUs)) : std::nullopt;
}

/// nullopt: it has none.
std::optional<qint64> numberOf(Field field, const MatchedMessage &message)
{
    switch (field) {
    case Field::Connection:
        return message.connection == ConnectionId{} ? std::nullopt : std::optional(qint64(message.connection));
    case Field::Number:
        return qint64(message.number);
    case Field::Kind:
        return qint64(groupOf(message));
    case Field::Way:
        return message.isEvent ? std::nullopt : std::optional(qint64(message.direction));
    case Field::Opcode:
        return message.isEvent ? std::nullopt : std::optional(qint64(message.opcode));
    case Field::Size:
        return message.isEvent ? std::nullopt : std::optional(qint64(message.size));
    case Field::Answer:
        return answerTimeOf(message);
    default:
        return std::nullopt;
    }
}

QByteArrayView playerOf(Field field, const MatchedMessage &message)
{
    const bool hasIt =
        field == Field::Player || (!message.isEvent && (message.direction == Direction::In) == (field == Field::From));
    return hasIt && message.context.players != nullptr ? message.context.players->playerOf(message) : QByteArrayView();
}

/// Empty: it has none.
QByteArrayView textOf(Field field, const MatchedMessage &message)
{
    switch (field) {
    case Field::Type:
        return message.type;
    case Field::Player:
    case Field::From:
    case Field::To:
        return playerOf(field, message);
    case Field::Room:
        return message.context.players != nullptr ? message.context.players->roomOf(message) : QByteArrayView();
    default:
        return message.payload;
    }
}

bool isFlagSet(Field field, const MatchedMessage &message)
{
    return field == Field::Error ? message.isError : field == Field::Broken ? message.isBroken : message.isOmitted;
}

Found numberFits(const ConditionTerm &term, Operator op, std::optional<qint64> number)
{
    if (!number || op == Operator::Has)
        return foundIf(number.has_value());
    return foundIf(
        std::ranges::any_of(term.values, [&](const Value &value) { return isOrdered(op, *number <=> value.number); }));
}

Found timeFits(const ConditionTerm &term, Operator op, qint64 timeUs)
{
    if (op == Operator::Has)
        return Found::Yes;
    return foundIf(std::ranges::any_of(term.values, [&](const Value &value) {
        return op == Operator::In ? value.time.contains(timeUs)
                                  : isOrdered(op, value.time.comparable(timeUs) <=> value.time.startUs);
    }));
}

Found textFits(const ConditionTerm &term, Operator op, QByteArrayView text, const std::atomic<bool> &stop)
{
    if (op == Operator::Has)
        return foundIf(!text.isEmpty());
    if (op == Operator::Contains || op == Operator::Fits)
        return term.expression->find(text, stop);
    return foundIf(std::ranges::any_of(term.values, [text](const Value &value) { return text == value.bytes; }));
}

bool isJsonString(QByteArrayView value) { return value.size() > 1 && value.front() == '"' && value.back() == '"'; }
QByteArrayView inQuotes(QByteArrayView value) { return value.sliced(1, value.size() - 2); }

bool equalsJsonString(QByteArrayView value, const QByteArray &text)
{
    constexpr qsizetype longestEscape = 6; // of one byte
    if (!isJsonString(value) || inQuotes(value).size() > text.size() * longestEscape)
        return false;
    return inQuotes(value).contains('\\') ? jsonString(value) == text : inQuotes(value) == text;
}

/// What a value in JSON is compared with; as a number it is read once, for it may be long.
class JsonOperand
{
public:
    explicit JsonOperand(QByteArrayView json) : m_json(json), m_number(Decimal::read(json)) { }

    /// Does nothing but a value stand there? What a path leads to is not judged before.
    [[nodiscard]] bool isValue() const
    {
        return m_number || isJsonString(m_json) || m_json.startsWith('{') || m_json.startsWith('[') || m_json == "true"
            || m_json == "false" || m_json == "null";
    }
    [[nodiscard]] bool fits(Operator op, const Value &value) const
    {
        switch (value.kind) {
        case Value::Kind::Text:
            return equalsJsonString(m_json, value.bytes);
        case Value::Kind::True:
            return m_json == "true";
        case Value::Kind::False:
            return m_json == "false";
        case Value::Kind::Null:
            return m_json == "null";
        case Value::Kind::Number:
        case Value::Kind::Time:
        case Value::Kind::Decimal:
            break;
        }
        const auto right = Decimal::read(value.bytes);
        return m_number && right && isOrdered(op, *m_number <=> *right);
    }

private:
    QByteArrayView m_json;
    std::optional<Decimal> m_number;
};

/// Strings are searched without their escapes, all else as it stands there.
Found jsonContains(const Expression &expression, QByteArrayView json, const std::atomic<bool> &stop)
{
    if (!isJsonString(json))
        return expression.find(json, stop);
    if (!inQuotes(json).contains('\\'))
        return expression.find(inQuotes(json), stop);
    const auto text = jsonString(json);
    return text ? expression.find(*text, stop) : Found::No;
}

Found jsonFits(const ConditionTerm &term, Operator op, QByteArrayView json, const std::atomic<bool> &stop)
{
    const JsonOperand operand(json);
    if (op == Operator::Has)
        return foundIf(operand.isValue());
    if (op == Operator::Contains || op == Operator::Fits)
        return jsonContains(*term.expression, json, stop);
    for (const Value &value : term.values) {
        if (stop)
            return Found::NotToTheEnd;
        if (operand.fits(op, value))
            return Found::Yes;
    }
    return Found::No;
}

/// Does nobody know any more what the field was? Of a payload that was not kept, its type may be known.
bool isLost(Field field, const MatchedMessage &message)
{
    if (!message.isOmitted || message.isEvent)
        return false;
    const bool isText = message.opcode == static_cast<quint8>(Opcode::Text);
    const bool isClose = message.opcode == static_cast<quint8>(Opcode::Close);
    const bool isTypeLost = isText && message.type.isEmpty();
    return (field == Field::Type && isTypeLost)
        || (field == Field::Error && (isTypeLost || isClose) && !message.isError);
}

Found findIn(const ConditionTerm &term, Operator op, const MatchedMessage &message, const std::atomic<bool> &stop)
{
    if (isLost(term.field, message))
        return Found::NotToTheEnd;
    switch (rowOf(term.field).kind) {
    case ConditionValueKind::Flag:
        return foundIf(isFlagSet(term.field, message));
    case ConditionValueKind::Number:
    case ConditionValueKind::Connection:
    case ConditionValueKind::Size:
    case ConditionValueKind::Duration:
    case ConditionValueKind::Word:
        return numberFits(term, op, numberOf(term.field, message));
    case ConditionValueKind::Time:
        return timeFits(term, op, message.timeUs);
    case ConditionValueKind::Content:
        if (message.isOmitted)
            return Found::NotToTheEnd;
        [[fallthrough]];
    case ConditionValueKind::Text:
        return textFits(term, op, textOf(term.field, message), stop);
    case ConditionValueKind::Json:
        break;
    }
    if (message.isOmitted)
        return Found::NotToTheEnd;
    return term.path.find(
        message.payload, [&](QByteArrayView json) { return jsonFits(term, op, json, stop); }, stop);
}

} // namespace

Found ConditionTerm::find(const MatchedMessage &message, const std::atomic<bool> &stop) const
{
    const Operator question = asked(op);
    const Found found = findIn(*this, question, message, stop);
    if (question == op || found == Found::NotToTheEnd)
        return found;
    return foundIf(found == Found::No);
}

bool ConditionTerm::asksForContent() const
{
    const ConditionValueKind kind = rowOf(field).kind;
    return kind == ConditionValueKind::Content || kind == ConditionValueKind::Json;
}

bool ConditionTerm::asksForPlayers() const
{
    return field == ConditionField::Player || field == ConditionField::From || field == ConditionField::To
        || field == ConditionField::Room;
}

} // namespace glasshouse
