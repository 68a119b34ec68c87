// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/conditionwords.h"

#include "match/condition.h"
#include "match/conditionvalue.h"
#include "match/jsonpath.h"
#include "ui/base/expressionwords.h"
#include "ui/base/formats.h"

#include <QCoreApplication>

namespace glasshouse {

namespace {

constexpr int longestPart = 40; // of what stands there

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Condition)
public:
    /// %1 is what stands there, %2 its field.
    static QString of(ConditionFault::Kind kind)
    {
        using Kind = ConditionFault::Kind;
        switch (kind) {
        case Kind::Empty:
            return tr("nothing stands there");
        case Kind::TooLong:
            return tr("it is longer than %1 characters").arg(formatNumber(Condition::mostCharacters));
        case Kind::TooDeep:
            return tr("more than %1 parentheses stand in each other").arg(formatNumber(Condition::mostDepth));
        case Kind::TooManyTerms:
            return tr("it has more than %1 parts").arg(formatNumber(Condition::mostTerms));
        case Kind::QuoteOpen:
        case Kind::BracketOpen:
        case Kind::ParenthesisOpen:
            return tr("%1 is never closed");
        case Kind::BadEscape:
            return tr("%1 begins with no known escape; a backslash is written twice");
        case Kind::ParenthesisClosed:
            return tr("%1 closes nothing");
        case Kind::BadPath:
            return tr("%1 is no step of a path: those are .name, [\"any name\"], [0] and [*]");
        case Kind::PathTooLong:
            return tr("a path has %1 steps at the most").arg(formatNumber(JsonPath::mostSteps));
        case Kind::UnknownField:
            return tr("there is no field %1; a text that is searched for as it is stands in quotes");
        case Kind::OperatorMissing:
            return tr("%2 has to be compared with something");
        case Kind::UnknownOperator:
            return tr("%1 is no comparison");
        case Kind::OperatorUnfit:
            return tr("%2 can not be asked with %1");
        case Kind::ValueMissing:
            return tr("there is nothing that %2 is compared with");
        case Kind::ValueUnfit:
        case Kind::NotOneOf:
            return tr("%1 is nothing that %2 can be");
        case Kind::NumberUnfit:
            return tr("%1 is no number as JSON writes them; a text stands in quotes");
        case Kind::TermMissing:
            return tr("something is missing here");
        case Kind::Unexpected:
            return tr("%1 does not belong here; a text of several words stands in quotes");
        case Kind::ExpressionFaulty:
            break;
        }
        return {};
    }
    static QString at(qsizetype position, const QString &what)
    {
        return tr("Character %1: %2").arg(position).arg(what);
    }
    static QString everywhere(const QString &what) { return tr("Not a condition: %1").arg(what); }
    static QString oneOf(const QString &what, const QString &words)
    {
        return tr("%1; it is one of %2").arg(what, words);
    }
    static QString numberInstead(const QString &what, const QString &number)
    {
        return tr("%1; the number is %2").arg(what, number);
    }
    static QString opcodeInstead(const QString &what, const QString &opcode)
    {
        return tr("%1; there is opcode == %2").arg(what, opcode);
    }

    static QString help(ConditionField field)
    {
        switch (field) {
        case ConditionField::Type:
            return tr("Type of the envelope");
        case ConditionField::Text:
            return tr("The whole payload");
        case ConditionField::Player:
            return tr("Player behind the connection");
        case ConditionField::From:
            return tr("Player whom a message came from");
        case ConditionField::To:
            return tr("Player whom a message went to");
        case ConditionField::Room:
            return tr("Room that the player is in");
        case ConditionField::Connection:
            return tr("Number of the connection: 7, or #7");
        case ConditionField::Way:
            return tr("in or out");
        case ConditionField::Size:
            return tr("Bytes of the payload: 100, 1.5 KiB, 2 MB");
        case ConditionField::Time:
            return tr("11:57:41.2 of any day, or 2026-11-30T11:57; \"in 11:57\" is that minute, \"in 11\" that hour");
        case ConditionField::Answer:
            return tr("Time since the message that it answers: 50 ms, 1.5 s; a pong answers its ping");
        case ConditionField::Number:
            return tr("Number of the row");
        case ConditionField::Opcode:
            return tr("text, binary, close, ping, pong or continuation");
        case ConditionField::Kind:
            return tr("message, control (ping, pong, close) or event");
        case ConditionField::Error:
            return tr("Something went wrong here");
        case ConditionField::Broken:
            return tr("Broke the protocol");
        case ConditionField::Omitted:
            return tr("The payload was not kept");
        case ConditionField::Data:
            return tr("A value in the envelope's data: data.x, data.list[2], data[\"odd key\"]");
        case ConditionField::Json:
            return tr("A value in any JSON: json.seq, json[0].type");
        }
        return {};
    }
};

QString allowedWords(const QString &fieldName)
{
    QStringList words;
    if (const ConditionFieldRow *row = conditionFieldNamed(fieldName)) {
        for (const ConditionWord &word : row->words)
            words += word.name;
    }
    return words.join(QStringLiteral(", "));
}

bool isOpcode(const QString &word)
{
    const ConditionFieldRow *row = conditionFieldNamed(QStringLiteral("opcode"));
    return row != nullptr && std::ranges::any_of(row->words, [&word](const ConditionWord &known) {
               return word.compare(known.name, Qt::CaseInsensitive) == 0;
           });
}

} // namespace

QString conditionWords(const Error<ConditionFault> &error)
{
    using Kind = ConditionFault::Kind;
    const ConditionFault &fault = error.code;
    if (fault.kind == Kind::ExpressionFaulty) {
        const bool isQuoted = fault.length > fault.part.size();
        return expressionWords({fault.expression, error.text}, fault.position + (isQuoted ? 1 : 0));
    }
    QString words = Words::of(fault.kind);
    if (words.contains(QStringLiteral("%2")))
        words = words.replace(QStringLiteral("%2"), fault.field);
    if (words.contains(QStringLiteral("%1")))
        words = words.arg(oneLine(fault.part, longestPart));
    if (fault.kind == Kind::NotOneOf)
        words = Words::oneOf(words, allowedWords(fault.field));
    if (fault.kind == Kind::NotOneOf && isOpcode(fault.part)) // the log shows it in the column of kinds
        words = Words::opcodeInstead(words, fault.part);
    if (const auto number = fault.kind == Kind::NumberUnfit ? numberMeant(fault.part) : std::nullopt;
        number && !number->isEmpty())
        words = Words::numberInstead(words, oneLine(*number, longestPart));
    const bool isOfTheWhole =
        fault.kind == Kind::Empty || fault.kind == Kind::TooLong || fault.kind == Kind::TooManyTerms;
    return isOfTheWhole ? Words::everywhere(words) : Words::at(fault.position + 1, words);
}

QString conditionFieldHelp(ConditionField field) { return Words::help(field); }

} // namespace glasshouse
