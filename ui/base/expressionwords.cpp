// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/expressionwords.h"

#include "ui/base/formats.h"

#include <QCoreApplication>

namespace glasshouse {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Expression)
public:
    /// %1 is what stands there.
    static QString of(ExpressionFault::Kind kind)
    {
        using Kind = ExpressionFault::Kind;
        switch (kind) {
        case Kind::TooLong:
            return tr("more than %1 characters can not be searched for");
        case Kind::TooLarge:
            return tr("its repetitions make it too large");
        case Kind::NotKnown:
            return tr("%1 is not known; there are no backreferences and no look-around (the syntax is RE2's)");
        case Kind::BadClass:
            return tr("%1 is no class of characters");
        case Kind::BracketOpen:
        case Kind::ParenthesisOpen:
            return tr("%1 is never closed");
        case Kind::ParenthesisClosed:
            return tr("%1 closes nothing");
        case Kind::BackslashAtEnd:
            return tr("nothing follows %1");
        case Kind::NothingToRepeat:
            return tr("%1 repeats nothing");
        case Kind::RepeatsRepetition:
            return tr("%1 repeats a repetition");
        case Kind::RepeatsTooOften:
            return tr("%1 counts beyond 1,000, or backwards");
        case Kind::Other:
            break;
        }
        return {};
    }
    static QString at(qsizetype position, const QString &what)
    {
        return tr("Character %1: %2").arg(position).arg(what);
    }
    static QString everywhere(const QString &what) { return tr("Not an expression: %1").arg(what); }
};

} // namespace

QString expressionWords(const Error<ExpressionFault> &error, qsizetype before)
{
    const ExpressionFault &fault = error.code;
    QString words = Words::of(fault.kind);
    if (fault.kind == ExpressionFault::Kind::TooLong)
        return Words::everywhere(words.arg(formatNumber(Expression::mostCharacters)));
    if (words.isEmpty())
        return Words::everywhere(QString::fromUtf8(error.text));
    if (fault.part.isEmpty())
        return Words::everywhere(words);
    words = words.arg(fault.part);
    return fault.position < 0 ? Words::everywhere(words) : Words::at(before + fault.position + 1, words);
}

} // namespace glasshouse
