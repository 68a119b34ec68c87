// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditionbuilder.h"

#include "match/conditiontext.h"
#include "match/decimal.h"
#include "protocol/json.h"

namespace glasshouse {

namespace {

bool isList(ConditionOperator op) { return op == ConditionOperator::In || op == ConditionOperator::NotIn; }

bool takesText(ConditionValueKind kind)
{
    return kind == ConditionValueKind::Text || kind == ConditionValueKind::Content || kind == ConditionValueKind::Json;
}

} // namespace

Result<Condition, ConditionFault> comparison(ConditionField field, const QString &value, ConditionOperator op)
{
    const ConditionFieldRow &row = rowOf(field);
    if (row.kind == ConditionValueKind::Flag)
        return Condition::read(row.name);
    const QString written = takesText(row.kind) ? quotedText(value) : value;
    return Condition::read(row.name + u' ' + conditionOperatorText(op) + u' '
                           + (isList(op) ? u'(' + written + u')' : written));
}

Result<Condition, ConditionFault> comparison(const JsonPath &path, QByteArrayView json)
{
    const QString name = path.wordsFromRoot();
    if (json.startsWith('{') || json.startsWith('['))
        return Condition::read(conditionOperatorText(ConditionOperator::Has) + u' ' + name);
    const auto text = jsonString(json);
    const bool isPlain = json == "true" || json == "false" || json == "null" || Decimal::read(json);
    const QString value =
        isPlain ? QString::fromUtf8(json) : quotedText(QString::fromUtf8(text ? *text : json.toByteArray()));
    return Condition::read(name + u' ' + conditionOperatorText(ConditionOperator::Equal) + u' ' + value);
}

Result<Condition, ConditionFault> narrowed(const std::optional<Condition> &whole, const Condition &part)
{
    if (!whole)
        return part;
    QList<Condition> parts = whole->parts();
    for (const Condition &one : part.parts()) {
        if (!parts.contains(one))
            parts.append(one);
    }
    return Condition::all(parts);
}

} // namespace glasshouse
