// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/overflowrow.h"
#include "ui/connections/connectionrows.h"

#include <array>

class QActionGroup;
class QLineEdit;

namespace glasshouse {

/// Which connections a table shows: all, those that are open, ended or refused, each with how many there are; and what they have
/// to say.
class ConnectionsFilter final : public OverflowRow
{
    Q_OBJECT
public:
    explicit ConnectionsFilter(QWidget *parent = nullptr);

    using Counts = std::array<int, 4>; ///< by ConnectionRows::Shown
    void setCounts(const Counts &counts);
    [[nodiscard]] ConnectionRows::Shown shown() const;
    [[nodiscard]] QString text() const;
    /// All of them again.
    void clear();
    [[nodiscard]] bool isEmpty() const;
    /// The four choices, and the way into the field.
    [[nodiscard]] QList<QAction *> menuActions() const;

signals:
    void changed();
    void leaveWanted(); ///< to the connections

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QActionGroup *m_choices;
    QAction *m_find;
    QLineEdit *m_text;
    Counts m_counts{-1, -1, -1, -1};

    void buildChoices();
    void buildField();
};

} // namespace glasshouse
