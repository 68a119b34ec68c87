// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/expression.h"

#include <QDeadlineTimer>
#include <QList>
#include <algorithm>
#include <re2/re2.h>
#include <string_view>

namespace glasshouse {

namespace {

constexpr qint64 mostMemory = 4 * 1024 * 1024; // of an expression, with the states that a search makes
constexpr qint64 mostMemoryOfText =
    16 * 1024 * 1024; // it has a state for each of its bytes, and is slow without room for all
// RE2's slowest way costs some 6 ns for each byte and each instruction of the expression (bytes by chance, counted repetitions);
// most go a hundred times faster. It can not be broken off, so this has to be over in less than 100 ms.
constexpr qsizetype mostSteps = 8 * 1024 * 1024;
constexpr int mostMsForPlaces = 100;
constexpr qsizetype freeForPlaces = 8 * 1024 * 1024; // bytes that are looked at whatever the clock says
constexpr qsizetype longestCharacter = 4;            // bytes; the other case of a character may be longer than it

RE2::Options optionsFor(bool isPattern)
{
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_literal(!isPattern);
    options.set_never_capture(true);
    options.set_log_errors(false);
    options.set_max_mem(isPattern ? mostMemory : mostMemoryOfText);
    return options;
}

ExpressionFault::Kind kindOf(RE2::ErrorCode code)
{
    using Kind = ExpressionFault::Kind;
    switch (code) {
    case RE2::ErrorBadEscape:
    case RE2::ErrorBadPerlOp:
    case RE2::ErrorBadNamedCapture:
        return Kind::NotKnown;
    case RE2::ErrorBadCharClass:
    case RE2::ErrorBadCharRange:
        return Kind::BadClass;
    case RE2::ErrorMissingBracket:
        return Kind::BracketOpen;
    case RE2::ErrorMissingParen:
        return Kind::ParenthesisOpen;
    case RE2::ErrorUnexpectedParen:
        return Kind::ParenthesisClosed;
    case RE2::ErrorTrailingBackslash:
        return Kind::BackslashAtEnd;
    case RE2::ErrorRepeatArgument:
        return Kind::NothingToRepeat;
    case RE2::ErrorRepeatOp:
        return Kind::RepeatsRepetition;
    case RE2::ErrorRepeatSize:
        return Kind::RepeatsTooOften;
    case RE2::ErrorPatternTooLarge:
        return Kind::TooLarge;
    case RE2::NoError:
    case RE2::ErrorInternal:
    case RE2::ErrorBadUTF8:
        break;
    }
    return Kind::Other;
}

/// The end of a class that begins at `at`: behind its ].
qsizetype skipClass(QStringView pattern, qsizetype at)
{
    ++at;
    if (at < pattern.size() && pattern[at] == u'^')
        ++at;
    const qsizetype first = at; // a ] here is a member
    for (; at < pattern.size() && (pattern[at] != u']' || at == first); ++at) {
        if (pattern[at] == u'\\')
            ++at;
    }
    return at + 1;
}

/// RE2 says that a parenthesis has no partner, and not which.
qsizetype lonelyParenthesis(QStringView pattern)
{
    QList<qsizetype> open;
    for (qsizetype at = 0; at < pattern.size();) {
        if (pattern[at] == u'[') {
            at = skipClass(pattern, at);
            continue;
        }
        if (pattern[at] == u'(')
            open.append(at);
        if (pattern[at] == u')' && open.isEmpty())
            return at;
        if (pattern[at] == u')')
            open.removeLast();
        at += pattern[at] == u'\\' ? 2 : 1;
    }
    return open.isEmpty() ? -1 : open.last();
}

/// RE2 says what it does not like and not where. It reads from the left, so it is where a pattern that ends behind it has
/// the same fault.
qsizetype placeOf(const QString &part, const RE2 &compiled, const QString &pattern)
{
    for (qsizetype at = pattern.indexOf(part); at >= 0; at = pattern.indexOf(part, at + 1)) {
        const RE2 upToHere(pattern.first(at + part.size()).toStdString(), compiled.options());
        if (upToHere.error_code() == compiled.error_code() && upToHere.error_arg() == compiled.error_arg())
            return at;
    }
    return -1;
}

ExpressionFault faultOf(const RE2 &compiled, const QString &pattern)
{
    using Kind = ExpressionFault::Kind;
    const Kind kind = kindOf(compiled.error_code());
    const QString part = QString::fromStdString(compiled.error_arg());
    switch (kind) {
    case Kind::ParenthesisOpen:
        return {kind, lonelyParenthesis(pattern), QStringLiteral("(")};
    case Kind::ParenthesisClosed:
        return {kind, lonelyParenthesis(pattern), QStringLiteral(")")};
    case Kind::BackslashAtEnd:
        return {kind, pattern.size() - 1, QStringLiteral("\\")};
    default:
        return part.isEmpty() ? ExpressionFault{kind} : ExpressionFault{kind, placeOf(part, compiled, pattern), part};
    }
}

} // namespace

class Expression::Compiled
{
public:
    Compiled(const QString &words, bool isPattern)
        : source(words),
          pattern(isPattern),
          re2(words.toStdString(), optionsFor(isPattern)),
          needle(!re2.ok()       ? std::nullopt
                     : isPattern ? needleOfPattern(words)
                                 : needleOfText(words))
    { }

    const QString source;
    const bool pattern;
    const RE2 re2;
    const std::optional<Needle> needle;

    [[nodiscard]] qsizetype reach() const { return std::min(mostBytes, mostSteps / std::max(1, re2.ProgramSize())); }
    /// In [from, end); `$` is the end of all bytes.
    [[nodiscard]] bool isIn(QByteArrayView bytes, qsizetype from, qsizetype end) const
    {
        const std::string_view view(bytes.data(), static_cast<size_t>(bytes.size()));
        return re2.Match(view, static_cast<size_t>(from), static_cast<size_t>(end), RE2::UNANCHORED, nullptr, 0);
    }
};

const std::atomic<bool> Expression::never = false;

Expression::Expression(std::shared_ptr<const Compiled> compiled) : m_compiled(std::move(compiled)) { }

Result<Expression, ExpressionFault> Expression::compile(const QString &words, bool isPattern)
{
    if (words.size() > mostCharacters)
        return Error<ExpressionFault>{{ExpressionFault::Kind::TooLong}, "too long"};
    auto compiled = std::make_shared<const Compiled>(words, isPattern);
    if (!compiled->re2.ok())
        return Error<ExpressionFault>{faultOf(compiled->re2, words), QByteArray::fromStdString(compiled->re2.error())};
    return Expression(std::move(compiled));
}

Result<Expression, ExpressionFault> Expression::text(const QString &text) { return compile(text, false); }
Result<Expression, ExpressionFault> Expression::pattern(const QString &pattern) { return compile(pattern, true); }

qsizetype Expression::reach() const { return m_compiled->reach(); }

bool Expression::isPattern() const { return m_compiled->pattern; }
const Needle *Expression::needle() const { return m_compiled->needle ? &*m_compiled->needle : nullptr; }

/// As find(), of a text that is its own needle: ten times as fast.
Found Expression::findNeedle(QByteArrayView bytes, const std::atomic<bool> &stop) const
{
    const TextFinder &finder = m_compiled->needle->finder;
    for (qsizetype from = 0;; from += mostBytes) {
        const qsizetype end = std::min(bytes.size(), from + mostBytes + finder.mostBytes());
        if (finder.find(bytes.first(end), from))
            return Found::Yes;
        if (end == bytes.size())
            return Found::No;
        if (stop)
            return Found::NotToTheEnd;
    }
}

Found Expression::find(QByteArrayView bytes, const std::atomic<bool> &stop) const
{
    const Needle *required = needle();
    if (required != nullptr && required->isAll)
        return findNeedle(bytes, stop);
    const qsizetype window = reach();
    if (required != nullptr && bytes.size() <= window && !required->finder.find(bytes))
        return Found::No;
    const qsizetype overlap = isPattern() ? 0 : m_compiled->source.size() * longestCharacter;
    const qsizetype step = std::max(window - overlap, overlap);
    for (qsizetype from = 0;; from += step) {
        const qsizetype end = std::min(bytes.size(), from + step + overlap);
        if (m_compiled->isIn(bytes, from, end))
            return Found::Yes;
        if (end == bytes.size())
            return Found::No;
        if (isPattern() || stop)
            return Found::NotToTheEnd;
    }
}

QList<Expression::Place> Expression::places(QByteArrayView bytes, qsizetype most) const
{
    const std::string_view view(bytes.data(), static_cast<size_t>(std::min(bytes.size(), reach())));
    QList<Place> places;
    const QDeadlineTimer deadline(mostMsForPlaces);
    size_t passed = 0; // each place may take a look at all that follows: "x(.*y)?" where there is no y
    for (size_t from = 0; from < view.size() && places.size() < most;) {
        passed += view.size() - from;
        if (isPattern() && passed > size_t(freeForPlaces) && deadline.hasExpired())
            break;
        re2::StringPiece found;
        if (!m_compiled->re2.Match(view, from, view.size(), RE2::UNANCHORED, &found, 1))
            break;
        const auto begin = static_cast<size_t>(found.data() - view.data());
        if (!found.empty())
            places.append({static_cast<qsizetype>(begin), static_cast<qsizetype>(begin + found.size())});
        from = begin + std::max<size_t>(found.size(), 1);
    }
    return places;
}

bool Expression::operator==(const Expression &other) const
{
    return m_compiled->pattern == other.m_compiled->pattern && m_compiled->source == other.m_compiled->source;
}

} // namespace glasshouse
