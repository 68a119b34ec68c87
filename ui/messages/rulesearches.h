// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/query/capturequery.h"
#include "ui/models/colourrules.h"

#include <QObject>
#include <memory>
#include <vector>

namespace glasshouse {

class MessageSource;

/// What rules mean that ask for more than a row says. Only who reads a capture from its beginning knows who sits where, and what is
/// answered may lie far back, so a search for each of them goes through it, and follows what comes. They have threads of
/// their own: nobody waits for a colour as for a filter. Payloads are looked at as a filter does, however long. GUI thread.
class RuleSearches final : public QObject
{
    Q_OBJECT
public:
    /// The source must outlive it.
    explicit RuleSearches(MessageSource *source, QObject *parent = nullptr);

    /// Of these the ones that are on and ask for other rows. Searches for what was asked before as well go on.
    void setRules(const ColourRules &rules);
    /// The first of them that means this row; nullopt: none, or the search has not come there.
    [[nodiscard]] std::optional<qsizetype> ruleOf(quint64 number) const;

signals:
    /// More rows than before are meant.
    void changed();

private:
    struct One
    {
        qsizetype rule = 0;
        std::unique_ptr<CaptureQuery> query;
        RowSet rows;
    };
    MessageSource *m_source;
    ColourRules m_rules;
    std::vector<std::unique_ptr<One>> m_searches; ///< in the order of the rules

    void begin();
    [[nodiscard]] std::unique_ptr<One> searchFor(const Condition &condition);
    void goOn();
};

} // namespace glasshouse
