// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/conditiontokens.h"

#include "match/conditionfields.h"
#include "match/conditiontext.h"

#include <algorithm>

namespace glasshouse {

namespace {

using Token = ConditionToken;
using Fault = ConditionFault::Kind;

constexpr QStringView symbols[] = {u"&&", u"||", u"==", u"!=", u"<=", u">=", u"(", u")", u",",
                                   u"[",  u"]",  u"!",  u"=",  u"<",  u">",  u"~", u"&", u"|"};

bool endsWord(QChar c) { return c.isSpace() || QStringView(u"()[],!=<>~&|\"").contains(c); }

/// Behind the ] of the bracket at `at`; −1: there is none.
qsizetype bracketEnd(QStringView words, qsizetype at)
{
    const auto quoted = readQuoted(words.sliced(at + 1));
    const qsizetype end = words.indexOf(u']', at + (quoted ? quoted->length : 0));
    return end < 0 ? -1 : end + 1;
}

/// A path has its brackets in it. −1: one of them is open.
qsizetype wordEnd(QStringView words, qsizetype at)
{
    const qsizetype begin = at;
    while (at < words.size()) {
        if (words[at] == u'[' && at > begin) {
            at = bracketEnd(words, at);
            if (at < 0)
                return -1;
        } else if (endsWord(words[at])) {
            break;
        } else {
            ++at;
        }
    }
    return at;
}

Token bad(QStringView words, qsizetype at, Fault fault)
{
    return {Token::Kind::Bad, at, words.size() - at, words.sliced(at).toString(), fault};
}

Token enclosed(QStringView words, qsizetype at)
{
    const QStringView rest = words.sliced(at);
    const bool isPattern = rest.front() == u'/';
    if (const auto read = isPattern ? readPattern(rest) : readQuoted(rest))
        return {isPattern ? Token::Kind::Pattern : Token::Kind::Text, at, read->length, read->text};
    const qsizetype escape = isPattern ? -1 : badEscapeIn(rest);
    return escape < 0 ? bad(words, at, Fault::QuoteOpen) : bad(words, at + escape, Fault::BadEscape);
}

Token tokenAt(QStringView words, qsizetype at)
{
    if (QStringView(u"\"'/").contains(words[at]))
        return enclosed(words, at);
    for (const QStringView symbol : symbols) {
        if (words.sliced(at).startsWith(symbol))
            return {Token::Kind::Symbol, at, symbol.size(), symbol.toString()};
    }
    const qsizetype end = wordEnd(words, at);
    if (end < 0)
        return bad(words, at, Fault::BracketOpen);
    return {Token::Kind::Word, at, end - at, words.sliced(at, end - at).toString()};
}

bool isComparison(const Token &token)
{
    return std::ranges::any_of(conditionOperators(), [&token](ConditionOperator op) {
        return token.kind == Token::Kind::Symbol && token.text == conditionOperatorText(op);
    });
}

bool isConnective(const Token &token)
{
    return token.kind == Token::Kind::End || token.isSymbol(u")") || token.isAnd() || token.isOr();
}

bool isOperator(const Token &token, const Token &next)
{
    return isComparison(token) || token.isSymbol(u"=") || token.isWord(u"in") || token.isWord(u"contains")
        || (token.isNot() && next.isWord(u"in"));
}

bool isConnectionNumber(const Token &token)
{
    return token.kind == Token::Kind::Word && token.text.size() > 1 && token.text.front() == u'#'
        && std::all_of(token.text.begin() + 1, token.text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// Does a part of a condition begin here, in a way that no text would?
bool beginsTerm(const QList<Token> &tokens, qsizetype at)
{
    const Token &token = tokens[at];
    const Token &next = tokens[std::min(at + 1, tokens.size() - 1)];
    if (token.kind == Token::Kind::Text || token.kind == Token::Kind::Pattern || isConnectionNumber(token))
        return isConnective(next);
    if (token.isWord(u"has"))
        return namedField(next).has_value();
    const auto named = namedField(token);
    if (!named)
        return false;
    return named->row->kind == ConditionValueKind::Flag ? isConnective(next)
                                                        : isOperator(next, tokens[std::min(at + 2, tokens.size() - 1)]);
}

bool looksLikeName(const Token &token)
{
    if (token.kind != Token::Kind::Word || !(token.text.front().isLetter() || token.text.front() == u'_'))
        return false;
    const QChar last = token.text.back();
    return last.isLetterOrNumber() || last == u'_' || last == u']';
}

} // namespace

QList<ConditionToken> conditionTokens(QStringView words)
{
    QList<Token> tokens;
    for (qsizetype at = 0; at < words.size();) {
        if (words[at].isSpace()) {
            ++at;
            continue;
        }
        tokens.append(tokenAt(words, at));
        at = tokens.last().end();
    }
    tokens.append(Token{Token::Kind::End, words.size()});
    return tokens;
}

std::optional<NamedField> namedField(const ConditionToken &token)
{
    if (token.kind != Token::Kind::Word)
        return std::nullopt;
    const auto end = std::ranges::find_if(token.text, [](QChar c) { return c == u'.' || c == u'['; });
    const qsizetype length = end - token.text.begin();
    const ConditionFieldRow *const row = conditionFieldNamed(QStringView(token.text).first(length));
    if (row == nullptr || (length < token.text.size() && row->kind != ConditionValueKind::Json))
        return std::nullopt;
    return NamedField{row, token.text.sliced(length)};
}

bool isCondition(const QList<ConditionToken> &tokens)
{
    qsizetype first = 0;
    while (tokens[first].isSymbol(u"(") || tokens[first].isNot())
        ++first;
    if (beginsTerm(tokens, first) || (looksLikeName(tokens[first]) && isComparison(tokens[first + 1])))
        return true;
    return std::ranges::any_of(tokens,
                               [](const Token &token) { return token.isSymbol(u"&&") || token.isSymbol(u"||"); });
}

} // namespace glasshouse
