// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditioncompletion.h"

#include <QObject>
#include <QPointer>
#include <functional>

class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace glasshouse {

/// What may be typed next in a condition, in a list below its field, while the keys stay in the field. Down and Up choose, Enter and
/// Tab take what is chosen and are the field's own where nothing is; Esc closes it; Down or Ctrl+Space open it.
class ConditionOffers final : public QObject
{
    Q_OBJECT
public:
    /// `known` is asked whenever there is something to offer. The field owns it.
    ConditionOffers(QLineEdit *field, std::function<KnownValues()> known);
    ~ConditionOffers() override;

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QLineEdit *m_field;
    std::function<KnownValues()> m_known;
    QPointer<QTreeWidget> m_list; ///< lies above the other parts of the window
    ConditionCompletion m_completion;

    void build();
    /// Unasked, it says only what somebody who types a condition may want, and nothing to who types a text.
    void offer(bool isAsked);
    void fill();
    void place();
    void take(const QTreeWidgetItem *item);
    void close();
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] bool takeKey(int key, Qt::KeyboardModifiers modifiers);
    void choose(int step);
};

} // namespace glasshouse
