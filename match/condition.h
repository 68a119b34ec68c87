// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditionfault.h"
#include "match/expression.h"
#include "match/matchedmessage.h"

#include <QList>
#include <memory>
#include <optional>

namespace glasshouse {

class ConditionNode;

/// Which messages somebody means, in words:
///
///     type == "chat" && size > 100 && from == "Ada"        way == in        #7        room in (main, K7QF)
///     data.x > 300 or data.list[2].name == "x"             has data["odd key"]        json.players[*].ready == false
///     not error and time > 11:57:41.2                      text ~ /a+b/     "some text"       type not in (chat, pong)
///
/// `conditionFields()` has all fields, `conditionOperators()` what stands behind them.
/// - **Plain text.** Words that are no condition are searched for as they are, all of them, in the payload and without regard to
///   case. They are a condition where they begin (behind parentheses and "not") with a field and its operator, with a flag
///   ("error"), or with what stands alone ("text", /expression/, #7), each up to the end or to "and" and the like. So they are
///   where "&&" or "||" stands anywhere outside of quotes, or a name and a comparison at their beginning (x == 3): a field that
///   is written wrong is a fault and no search. Whoever means such a text puts it in quotes.
/// - **Texts** may stand without quotes where they are one word. They are equal when all their characters are; "contains" and ~
///   (RE2, see Expression) have no regard to case.
/// - **What is not there** is equal to nothing, and neither more nor less; != and "not in" are the opposites of == and "in",
///   and so true then. A message without a type, a player or a room has the empty text.
/// - **Paths** lead into JSON (JsonPath): "json" is all of it, "data" the member of an envelope. Numbers are compared exactly,
///   and only with numbers, texts behind their escapes and with texts. [*] is any element.
/// - **Times** without a date are those of any day; without a zone they are local. 11:57 is a moment where it is compared, and
///   the whole minute behind "in", as 11 is the whole hour.
/// - **answer** is the time between a message and the one that it answers. What answers nothing has none.
/// - **player** is who sits behind the connection, **from** the same of what came in, **to** of what went out.
///
/// A value; calls from any thread.
class Condition
{
public:
    static constexpr qsizetype mostCharacters = 4'000;
    static constexpr int mostDepth = 50;
    static constexpr int mostTerms = 200; ///< each value of a list counts as one

    [[nodiscard]] static Result<Condition, ConditionFault> read(const QString &words);
    /// All of `parts` have to be so. None of them: Empty.
    [[nodiscard]] static Result<Condition, ConditionFault> all(const QList<Condition> &parts);

    /// NotToTheEnd: what was not kept or not looked at would decide, or somebody has set `stop`.
    [[nodiscard]] Found find(const MatchedMessage &message, const std::atomic<bool> &stop) const;
    [[nodiscard]] bool asksForContent() const;
    [[nodiscard]] bool asksForPlayers() const;
    [[nodiscard]] bool asksForAnswers() const;
    /// What it searches the payload for, if it does nothing else: plain text, /expression/. Who has many payloads finds that faster.
    [[nodiscard]] std::optional<Expression> onlyContent() const;

    /// What is looked for in payloads, for who shows where it is: texts and expressions, without those that must not be there.
    [[nodiscard]] QList<Expression> sought() const;

    /// In one form, whatever was typed: read again, it is an equal condition.
    [[nodiscard]] QString words() const;
    /// What all have to be so: the operands of "and", or itself.
    [[nodiscard]] QList<Condition> parts() const;
    /// All messages that it does not mean; as long as the words allow.
    [[nodiscard]] Result<Condition, ConditionFault> excluded() const;
    bool operator==(const Condition &other) const;

private:
    std::shared_ptr<const ConditionNode> m_root;

    explicit Condition(std::shared_ptr<const ConditionNode> root) : m_root(std::move(root)) { }
    /// Unless its words are longer than read() takes.
    [[nodiscard]] static Result<Condition, ConditionFault> bounded(std::shared_ptr<const ConditionNode> root);
};

} // namespace glasshouse
