// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/colourrules.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QToolButton;

namespace glasshouse {

/// Makes and orders the rules that colour a log. The one that is selected is written below the list.
class ColourRulesDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `proposal`: the words that a new rule begins with.
    ColourRulesDialog(const ColourRules &rules, const QString &proposal, QWidget *parent = nullptr);

    [[nodiscard]] ColourRules rules() const;

private:
    QString m_proposal;
    QListWidget *m_list;
    QLineEdit *m_words;
    QComboBox *m_ground;
    QLabel *m_fault;
    QToolButton *m_add;
    QToolButton *m_remove;
    QToolButton *m_up;
    QToolButton *m_down;
    QDialogButtonBox *m_buttons;
    QPushButton *m_accept;

    void layOut();
    [[nodiscard]] QToolButton *button(const QString &text, const QString &tip, void (ColourRulesDialog::*act)());
    void addItem(const QString &words, Tint ground, bool isOn);
    void add();
    void remove();
    void moveUp() { move(-1); }
    void moveDown() { move(1); }
    void move(int by);
    void showCurrent();
    void takeFields();
    void check();
    /// What is wrong with it; empty: nothing.
    [[nodiscard]] QString faultOf(const QListWidgetItem &item) const;
};

} // namespace glasshouse
