// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/condition.h"

#include <QLineEdit>

class QTimer;

namespace glasshouse {

/// Where somebody types which messages he means, and where what he clicks appears in the same words.
class FilterField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit FilterField(QWidget *parent = nullptr);

    /// While what stands there is wrong, that which was right before; nullopt: all of them.
    [[nodiscard]] const std::optional<Condition> &condition() const { return m_asked; }
    /// Its words take the place of what is there, and hold at once.
    void setCondition(const std::optional<Condition> &condition);
    /// Both have to be so, at once. One that would be too long is a fault, and changes nothing.
    void narrow(const Condition &part);
    /// What was typed holds now, not after the pause.
    void settle();

signals:
    /// Another condition holds: after a pause in typing, or at once.
    void conditionChanged();
    /// What is wrong with what stands there, and what holds meanwhile; empty: nothing.
    void faultChanged(const QString &fault);
    /// Somebody is done with it: it was put there, or he typed Return, or went on.
    void settled(const glasshouse::Condition &condition);
    void leaveWanted(); ///< to the messages

protected:
    void changeEvent(QEvent *event) override;

private:
    QTimer *m_typing;
    QString m_fault;
    std::optional<Condition> m_asked;
    std::optional<Condition> m_lastGood; ///< of what was typed whole: comes back where it turns out to be no condition

    void read();
    void tellSettled();
    void showFault(const QString &fault);
    [[nodiscard]] QString withWhatHolds(const QString &fault) const;
    void paintFault();
};

} // namespace glasshouse
