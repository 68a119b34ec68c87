// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditioncompletion.h"

#include "match/condition.h"
#include "match/conditiontext.h"
#include "match/conditiontokens.h"
#include "match/conditionvalue.h"

#include <algorithm>

namespace glasshouse {

namespace {

using Token = ConditionToken;

constexpr qsizetype mostNumbers = 8; // of connections, before a digit was typed
constexpr int fewestTyped = 2;       // of a value, before a whole comparison with it is offered

bool isText(const Token &token) { return token.kind == Token::Kind::Text || token.kind == Token::Kind::Pattern; }

/// Reads what stands before the cursor, without judging it, for what may come next.
class Place
{
public:
    enum class Next : quint8 { Term, Field, Operator, Value, CommaOrEnd, Connective, Nothing };

    void pass(const Token &token, const Token &following)
    {
        switch (m_next) {
        case Next::Term:
            return passTerm(token, following);
        case Next::Field:
            m_next = Next::Connective;
            return;
        case Next::Operator:
            return passOperator(token);
        case Next::Value:
            return passValue(token);
        case Next::CommaOrEnd:
            m_isInList = !token.isSymbol(u")");
            m_next = token.isSymbol(u",") ? Next::Value : m_isInList ? Next::Nothing : Next::Connective;
            return;
        case Next::Connective:
            return passConnective(token);
        case Next::Nothing:
            return;
        }
    }
    [[nodiscard]] Next next() const { return m_next; }
    [[nodiscard]] const ConditionFieldRow *row() const { return m_row; }

private:
    Next m_next = Next::Term;
    const ConditionFieldRow *m_row = nullptr; // null: of a field that does not exist
    bool m_isList = false;                    // the operator takes one
    bool m_isInList = false;

    /// Of the value before it.
    [[nodiscard]] bool isUnit(const Token &token) const
    {
        return token.kind == Token::Kind::Word && m_row != nullptr && isUnitOf(m_row->kind, token.text);
    }

    void passTerm(const Token &token, const Token &following)
    {
        if (token.isSymbol(u"(") || token.isNot())
            return;
        const auto named = namedField(token);
        m_row = named ? named->row : nullptr;
        if (token.isWord(u"has"))
            m_next = Next::Field;
        else if (named)
            m_next = m_row->kind == ConditionValueKind::Flag ? Next::Connective : Next::Operator;
        else if (token.kind == Token::Kind::Word) // several are a text, or a field that does not exist
            m_next = following.kind == Token::Kind::Word ? Next::Nothing : Next::Connective;
        else
            m_next = isText(token) ? Next::Connective : Next::Nothing;
    }

    void passOperator(const Token &token)
    {
        if (token.isNot())
            return;
        m_isList = token.isWord(u"in");
        const bool isOperator = token.kind == Token::Kind::Symbol || m_isList || token.isWord(u"contains");
        m_next = isOperator ? Next::Value : Next::Nothing;
    }

    void passValue(const Token &token)
    {
        if (m_isList && !m_isInList && token.isSymbol(u"("))
            m_isInList = true;
        else if (token.kind == Token::Kind::Symbol || token.kind == Token::Kind::Bad)
            m_next = Next::Nothing;
        else
            m_next = m_isInList ? Next::CommaOrEnd : Next::Connective;
    }

    void passConnective(const Token &token)
    {
        if (token.isAnd() || token.isOr())
            m_next = Next::Term;
        else if (!token.isSymbol(u")") && !isUnit(token))
            m_next = Next::Nothing;
    }
};

class Offers
{
public:
    Offers(const KnownValues &known, QString prefix) : m_known(known), m_prefix(std::move(prefix)) { }

    QList<ConditionOffer> at(const Place &place)
    {
        switch (place.next()) {
        case Place::Next::Term:
            addFields(true);
            add(QStringLiteral("not"));
            add(QStringLiteral("has"));
            addComparisons();
            break;
        case Place::Next::Field:
            addFields(false);
            break;
        case Place::Next::Operator:
            addOperators(place.row());
            break;
        case Place::Next::Value:
            addValues(place.row());
            break;
        case Place::Next::CommaOrEnd:
            add(QStringLiteral(","));
            add(QStringLiteral(")"));
            break;
        case Place::Next::Connective:
            for (const char *word : {"&&", "||", "and", "or"})
                add(QString::fromLatin1(word));
            break;
        case Place::Next::Nothing:
            break;
        }
        return m_offers;
    }

private:
    const KnownValues &m_known;
    const QString m_prefix;
    QList<ConditionOffer> m_offers;

    void add(const QString &text, std::optional<ConditionField> field = {}) { add(text, text, field); }
    void add(const QString &shown, const QString &text, std::optional<ConditionField> field = {})
    {
        const bool fits = m_offers.size() < mostOffers && shown.startsWith(m_prefix, Qt::CaseInsensitive);
        if (fits && std::ranges::find(m_offers, text, &ConditionOffer::text) == m_offers.end())
            m_offers.append({text, field});
    }

    /// There may be hundreds, ids among them: what is inside of something comes when that was typed, but for the envelope's data.
    [[nodiscard]] bool isReached(const QString &path) const
    {
        const qsizetype step = path.endsWith(u']') ? path.lastIndexOf(u'[') : path.lastIndexOf(u'.');
        const QStringView parent = QStringView(path).first(std::max<qsizetype>(step, 0));
        return parent == rowOf(ConditionField::Data).name || m_prefix.startsWith(parent, Qt::CaseInsensitive);
    }

    void addFields(bool withFlags)
    {
        for (const ConditionFieldRow &row : conditionFields()) {
            if (withFlags || row.kind != ConditionValueKind::Flag)
                add(row.name, row.field);
        }
        for (const QString &path : m_known.paths) {
            if (isReached(path))
                add(path);
        }
    }

    /// Who begins with a value may mean the messages that have it.
    void addComparisons()
    {
        if (m_prefix.size() < fewestTyped)
            return;
        for (const auto &[field, values] :
             {std::pair(ConditionField::Type, &m_known.types), std::pair(ConditionField::Player, &m_known.players),
              std::pair(ConditionField::Room, &m_known.rooms)}) {
            for (const QString &value : *values)
                add(value, QStringLiteral("%1 == %2").arg(rowOf(field).name, quotedText(value)));
        }
    }

    void addOperators(const ConditionFieldRow *row)
    {
        for (const ConditionOperator op : conditionOperators()) {
            if (row != nullptr && operatorFits(op, row->kind))
                add(conditionOperatorText(op));
        }
    }

    void addTexts(const QStringList &texts)
    {
        for (const QString &text : texts)
            add(text, quotedText(text));
    }

    void addValues(const ConditionFieldRow *row)
    {
        if (row == nullptr)
            return;
        for (const ConditionWord &word : row->words)
            add(word.name);
        if (row->field == ConditionField::Type)
            addTexts(m_known.types);
        else if (row->field == ConditionField::Room)
            addTexts(m_known.rooms);
        else if (row->kind == ConditionValueKind::Text)
            addTexts(m_known.players);
        if (row->kind == ConditionValueKind::Connection) {
            const qsizetype most = m_prefix.isEmpty() ? mostNumbers : m_known.connections.size();
            for (const quint32 connection : m_known.connections.first(std::min(most, m_known.connections.size())))
                add(QString::number(connection));
        }
        if (row->kind == ConditionValueKind::Json) {
            for (const char *word : {"true", "false", "null"})
                add(QString::fromLatin1(word));
        }
    }
};

/// Is it still being written? What is closed is not.
bool isBegun(const Token &token, Place::Next next)
{
    if (token.kind == Token::Kind::Symbol) // of ==, say
        return next == Place::Next::Operator;
    return token.kind == Token::Kind::Word || token.kind == Token::Kind::Bad;
}

QString begun(const Token &token)
{
    const bool isQuoted = token.kind == Token::Kind::Bad && token.fault == ConditionFault::Kind::QuoteOpen;
    return isQuoted ? token.text.sliced(1) : token.text;
}

} // namespace

ConditionCompletion completeCondition(QStringView words, qsizetype cursor, const KnownValues &known)
{
    cursor = std::clamp<qsizetype>(cursor, 0, words.size());
    if (cursor > Condition::mostCharacters)
        return {cursor, 0, {}};
    const QList<Token> tokens = conditionTokens(words.first(cursor));
    Place place;
    for (qsizetype at = 0; at + 1 < tokens.size(); ++at) {
        const Token &token = tokens[at];
        const bool isLast = at + 2 == tokens.size() && token.end() == cursor;
        if (isLast && isBegun(token, place.next()))
            return {token.position, token.length, Offers(known, begun(token)).at(place)};
        place.pass(token, tokens[at + 1]);
    }
    return {cursor, 0, Offers(known, {}).at(place)};
}

} // namespace glasshouse
