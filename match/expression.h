// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "match/needle.h"

#include <QList>
#include <QString>
#include <atomic>
#include <memory>

namespace glasshouse {

/// Why something is no expression, and where.
struct ExpressionFault
{
    enum class Kind : quint8 {
        TooLong,           ///< more than Expression::mostCharacters
        TooLarge,          ///< repetitions of repetitions: it would take too much memory
        NotKnown,          ///< an escape, or a group that begins with "(?": backreferences, look-around and the like
        BadClass,          ///< of characters: [z-a], \p{Nothing}
        BracketOpen,       ///< a [ is never closed
        ParenthesisOpen,   ///< a ( is never closed
        ParenthesisClosed, ///< a ) closes nothing
        BackslashAtEnd,
        NothingToRepeat,
        RepeatsRepetition, ///< a**, and also a++
        RepeatsTooOften,   ///< more than a thousand times, or {2,1}
        Other,
    };
    Kind kind = Kind::Other;
    qsizetype position = -1; ///< of the first character that is at fault, from 0; −1: the whole of it
    QString part{};          ///< what stands there
    bool operator==(const ExpressionFault &) const = default;
};

enum class Found : quint8 {
    No,
    Yes,
    NotToTheEnd, ///< not in the part that was searched
};

/// What somebody looks for in bytes from outside: a text, or a regular expression in RE2's syntax, without regard to case.
/// The time of a search rises with the length of the bytes and of the expression and with nothing else, and so there are no
/// backreferences and no look-around. Bytes are read as UTF-8; one that is not UTF-8 fits nothing but `\C`, and what stands
/// before or behind it is found. A value; calls from any thread.
class Expression
{
public:
    static constexpr qsizetype mostCharacters = 1'000;
    /// An expression looks no further. A large one looks less far, so that no search takes longer than a tenth of a second.
    static constexpr qsizetype mostBytes = 1024 * 1024;

    [[nodiscard]] static Result<Expression, ExpressionFault> text(const QString &text);
    [[nodiscard]] static Result<Expression, ExpressionFault> pattern(const QString &pattern);

    /// A text is searched for to the end, however long the bytes are, or until somebody sets `stop`.
    [[nodiscard]] Found find(QByteArrayView bytes, const std::atomic<bool> &stop = never) const;
    struct Place
    {
        qsizetype begin = 0;
        qsizetype end = 0;
        bool operator==(const Place &) const = default;
    };
    /// The first places where it is found, one behind the other, at most so many; those without a length are left out. For what
    /// somebody sees: it looks no further than a pattern does, and ends after a tenth of a second with those that there are, because
    /// a pattern may look at all that follows for each of them. Can not be broken off.
    [[nodiscard]] QList<Place> places(QByteArrayView bytes, qsizetype most) const;
    /// How many bytes a pattern looks at.
    [[nodiscard]] qsizetype reach() const;
    [[nodiscard]] bool isPattern() const;
    /// What bytes within reach must have, or nothing is found in them; nullptr: there is no such thing.
    [[nodiscard]] const Needle *needle() const;
    bool operator==(const Expression &other) const;

private:
    class Compiled;
    static const std::atomic<bool> never;
    std::shared_ptr<const Compiled> m_compiled;

    explicit Expression(std::shared_ptr<const Compiled> compiled);
    [[nodiscard]] static Result<Expression, ExpressionFault> compile(const QString &words, bool isPattern);
    [[nodiscard]] Found findNeedle(QByteArrayView bytes, const std::atomic<bool> &stop) const;
};

} // namespace glasshouse
