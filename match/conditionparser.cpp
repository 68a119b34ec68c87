// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditionparser.h"

#include "match/condition.h"
#include "match/conditionvalue.h"
#include "match/timespan.h"

#include <algorithm>

namespace glasshouse {

namespace {

using Kind = ConditionNode::Kind;
using Operator = ConditionOperator;
using Token = ConditionToken;

/// How it is written, or as other languages write it; Is: it is none.
Operator operatorIn(const Token &token)
{
    if (token.isSymbol(u"="))
        return Operator::Equal;
    for (const Operator op : conditionOperators()) {
        const QString text = conditionOperatorText(op);
        if (token.isSymbol(text) || token.isWord(text))
            return op;
    }
    return Operator::Is;
}

bool isOrder(Operator op)
{
    return op == Operator::Less || op == Operator::AtMost || op == Operator::More || op == Operator::AtLeast;
}

/// Nothing of a term: what stands before it misses something.
bool endsTerm(const Token &token)
{
    return token.kind == Token::Kind::End || token.isSymbol(u")") || token.isSymbol(u",") || token.isSymbol(u"&&")
        || token.isSymbol(u"||");
}

} // namespace

ConditionParser::ConditionParser(const QString &words) : m_words(words), m_tokens(conditionTokens(words)) { }

Result<ConditionNode::Shared, ConditionFault> ConditionParser::run()
{
    Node root;
    if (token().kind == Token::Kind::End)
        fail(Fault::Empty, token());
    else if (!isCondition(m_tokens))
        root = plainText();
    else if (root = group(Kind::Or); root && token().kind != Token::Kind::End)
        fail(token().isSymbol(u")") ? Fault::ParenthesisClosed : Fault::Unexpected, token());
    if (m_fault)
        return Error<ConditionFault>{*m_fault, "no condition"};
    return root;
}

const ConditionToken &ConditionParser::token(qsizetype ahead) const
{
    return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
}

bool ConditionParser::take(QStringView symbol)
{
    const bool isIt = token().isSymbol(symbol);
    m_at += isIt ? 1 : 0;
    return isIt;
}

ConditionParser::Failure ConditionParser::fail(ConditionFault fault)
{
    if (!m_fault)
        m_fault = std::move(fault);
    return {};
}

ConditionParser::Failure ConditionParser::fail(Fault kind, const Token &token, const QString &field)
{
    const QString part = m_words.sliced(token.position, token.length);
    return fail({token.kind == Token::Kind::Bad ? token.fault : kind, token.position, token.length, part, field});
}

ConditionParser::Node ConditionParser::plainText()
{
    const QString text = m_words.trimmed();
    Token all{Token::Kind::Text, m_words.indexOf(text), text.size(), text};
    ConditionTerm search;
    return readExpression(search, all) ? term(std::move(search)) : nullptr;
}

/// Operands of "or", and in them those of "and".
ConditionParser::Node ConditionParser::group(Kind kind)
{
    std::vector<Node> nodes;
    do {
        nodes.push_back(operand(kind));
        if (!nodes.back())
            return nullptr;
        const bool goesOn = kind == Kind::Or ? token().isOr() : token().isAnd();
        if (!goesOn)
            break;
        ++m_at;
    } while (true);
    return ConditionNode::group(kind, nodes);
}

ConditionParser::Node ConditionParser::operand(Kind kind) { return kind == Kind::Or ? group(Kind::And) : unary(); }

ConditionParser::Node ConditionParser::nested(Node (ConditionParser::*read)())
{
    if (m_depth == Condition::mostDepth)
        return fail(Fault::TooDeep, token());
    ++m_depth;
    Node node = (this->*read)();
    --m_depth;
    return node;
}

ConditionParser::Node ConditionParser::unary()
{
    if (!token().isNot())
        return primary();
    ++m_at;
    const Node node = nested(&ConditionParser::unary);
    return node ? ConditionNode::negation(node) : nullptr;
}

ConditionParser::Node ConditionParser::primary()
{
    if (token().isSymbol(u"("))
        return nested(&ConditionParser::parenthesised);
    if (token().isWord(u"has") && !endsTerm(token(1)))
        return has();
    if (endsTerm(token()) || token().isAnd() || token().isOr())
        return fail(token().isSymbol(u")") && m_depth == 0 ? Fault::ParenthesisClosed : Fault::TermMissing, token());
    const bool isName =
        token().kind == Token::Kind::Word && (namedField(token()) || operatorIn(token(1)) != Operator::Is);
    return isName ? comparison() : standingAlone();
}

ConditionParser::Node ConditionParser::parenthesised()
{
    const Token open = token();
    ++m_at;
    Node node = group(Kind::Or);
    if (!node || take(u")"))
        return node;
    if (token().kind == Token::Kind::End)
        return fail(Fault::ParenthesisOpen, open);
    return fail(Fault::Unexpected, token());
}

ConditionParser::Node ConditionParser::has()
{
    ++m_at;
    ConditionTerm made{.op = Operator::Has};
    if (!readField(made))
        return nullptr;
    if (!operatorFits(made.op, rowOf(made.field).kind))
        return fail(Fault::OperatorUnfit, token(-2), rowOf(made.field).name);
    return term(std::move(made));
}

/// A text, an expression, a connection.
ConditionParser::Node ConditionParser::standingAlone()
{
    const Token alone = token();
    if (alone.kind == Token::Kind::Symbol || alone.kind == Token::Kind::Bad)
        return fail(Fault::Unexpected, alone);
    ++m_at;
    ConditionTerm made;
    if (alone.kind == Token::Kind::Word && alone.text.startsWith(u'#')) {
        if (const auto number = conditionNumber(alone.text, true)) {
            made = {.field = ConditionField::Connection, .op = Operator::Equal, .values = {*number}};
            return term(std::move(made));
        }
    }
    made.op = alone.kind == Token::Kind::Pattern ? Operator::Fits : Operator::Contains;
    return readExpression(made, alone) ? term(std::move(made)) : nullptr;
}

ConditionParser::Node ConditionParser::comparison()
{
    ConditionTerm made;
    if (!readField(made))
        return nullptr;
    if (rowOf(made.field).kind == ConditionValueKind::Flag && operatorIn(token()) == Operator::Is) {
        made.op = Operator::Is;
        return term(std::move(made));
    }
    return readOperator(made) && readValues(made) ? term(std::move(made)) : nullptr;
}

ConditionParser::Node ConditionParser::term(ConditionTerm term)
{
    m_terms += int(std::max<qsizetype>(1, term.values.size()));
    if (m_terms > Condition::mostTerms)
        return fail(Fault::TooManyTerms, token());
    if (term.field == ConditionField::Data) {
        term.field = ConditionField::Json;
        term.path = term.path.inData();
    }
    return ConditionNode::term(std::move(term));
}

bool ConditionParser::readField(ConditionTerm &term)
{
    const Token name = token();
    const auto named = namedField(name);
    if (!named)
        return fail(Fault::UnknownField, name);
    term.field = named->row->field;
    auto path = JsonPath::read(named->path);
    if (!path) {
        ConditionFault fault = path.error().code;
        fault.position += name.end() - named->path.size();
        return fail(std::move(fault));
    }
    term.path = std::move(path.value());
    ++m_at;
    return true;
}

bool ConditionParser::readOperator(ConditionTerm &term)
{
    const Token written = token();
    const QString field = rowOf(term.field).name;
    const bool isNotIn = written.isNot() && token(1).isWord(u"in");
    term.op = isNotIn ? Operator::NotIn : operatorIn(written);
    if (term.op == Operator::Is) {
        const bool isOther = written.kind == Token::Kind::Symbol && !endsTerm(written) && !written.isSymbol(u"(");
        return fail(isOther ? Fault::UnknownOperator : Fault::OperatorMissing, written, field);
    }
    if (!operatorFits(term.op, rowOf(term.field).kind))
        return fail(Fault::OperatorUnfit, written, field);
    m_at += isNotIn ? 2 : 1;
    return true;
}

bool ConditionParser::readValues(ConditionTerm &term)
{
    const bool isList = term.op == Operator::In || term.op == Operator::NotIn;
    return isList && token().isSymbol(u"(") ? readList(term) : readValue(term);
}

bool ConditionParser::readList(ConditionTerm &term)
{
    const Token open = token();
    ++m_at;
    do {
        if (!readValue(term))
            return false;
    } while (take(u","));
    if (take(u")"))
        return true;
    return token().kind == Token::Kind::End ? fail(Fault::ParenthesisOpen, open) : fail(Fault::Unexpected, token());
}

QString ConditionParser::wholeWord(ConditionValueKind kind)
{
    const Token first = token();
    ++m_at;
    QString both = first.text + u' ' + token().text;
    const bool isTime = kind == ConditionValueKind::Time && !first.text.contains(u':')
        && (token().text.contains(u':') || TimeSpan::read(both)); // a date, and a time behind it
    const bool goesOn = token().kind == Token::Kind::Word && (isUnitOf(kind, token().text) || isTime);
    if (!goesOn)
        return first.text;
    ++m_at;
    return both;
}

bool ConditionParser::readValue(ConditionTerm &term)
{
    const Token first = token();
    const QString field = rowOf(term.field).name;
    if (endsTerm(first))
        return fail(Fault::ValueMissing, first, field);
    if (first.kind == Token::Kind::Symbol || first.kind == Token::Kind::Bad)
        return fail(Fault::Unexpected, first, field);
    if (term.op == Operator::Contains || term.op == Operator::Fits) {
        ++m_at;
        return readExpression(term, first);
    }
    ConditionValue value;
    if (!readTyped(term, first, value))
        return false;
    term.values.append(std::move(value));
    return true;
}

bool ConditionParser::readTyped(const ConditionTerm &term, const Token &first, ConditionValue &value)
{
    const ConditionFieldRow &row = rowOf(term.field);
    auto read = conditionValue(row, wholeWord(row.kind), first.kind != Token::Kind::Word);
    const bool isJson = row.kind == ConditionValueKind::Json && read;
    if (isJson && read->kind == ConditionValue::Kind::Text && first.kind == Token::Kind::Word
        && numberMeant(first.text))
        return fail(Fault::NumberUnfit, first, row.name); // as a text it would be found nowhere
    const bool isUnordered = isOrder(term.op) && isJson && read->kind != ConditionValue::Kind::Decimal;
    if (!read || isUnordered || first.kind == Token::Kind::Pattern)
        return fail(row.kind == ConditionValueKind::Word ? Fault::NotOneOf : Fault::ValueUnfit, first, row.name);
    value = std::move(*read);
    return true;
}

bool ConditionParser::readExpression(ConditionTerm &term, const Token &written)
{
    auto made = term.op == Operator::Fits ? Expression::pattern(written.text) : Expression::text(written.text);
    if (!made) {
        ConditionFault fault{Fault::ExpressionFaulty, written.position, written.length, written.text,
                             rowOf(term.field).name,  made.error().code};
        return fail(std::move(fault));
    }
    term.expression = std::move(made.value());
    term.values.append(conditionText(written.text));
    return true;
}

} // namespace glasshouse
