// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

class QAction;
class QComboBox;
class QHBoxLayout;
class QMenu;
class QToolButton;

namespace glasshouse {

/// Controls in a row. Where it is too narrow for all of them, those that may give way do, one after the other, and stand in the
/// menu of a button "⋯" at its end: none is ever cut.
class OverflowRow : public QWidget
{
    Q_OBJECT
public:
    explicit OverflowRow(QWidget *parent = nullptr);

    /// For its margins and its spacing.
    [[nodiscard]] QHBoxLayout *row() const { return m_row; }
    /// Is always there.
    void addFixed(QWidget *widget, int stretch = 0);
    /// Gives way; the greater its rank, the sooner. `actions` stand for it in the menu.
    void addYielding(QWidget *widget, int rank, const QList<QAction *> &actions);
    /// Those that give way, in their order.
    [[nodiscard]] QList<QWidget *> yielding() const;
    /// Takes them away, in the next turn.
    void clearYielding();
    void addSpacing(int width);
    void addStretch();
    /// Instead of setVisible(), for those that give way.
    void setWanted(const QWidget *widget, bool wanted);
    /// Of the button: what gave way.
    [[nodiscard]] QMenu *menu() const { return m_menu; }

    /// All of them.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    /// At once, and not in the next turn.
    void fit();

private:
    struct Yielding
    {
        QWidget *widget;
        int rank;
        QList<QAction *> actions;
        bool wanted = true;
        bool fits = true;
    };
    QHBoxLayout *m_row;
    QToolButton *m_more;
    QMenu *m_menu;
    std::vector<Yielding> m_yielding;

    void showFitting();
    [[nodiscard]] bool yields(const QWidget *widget) const;
    [[nodiscard]] int widthOfFixed() const;
};

/// The choices of a box as a menu, for the menu of a row; it belongs to the box.
[[nodiscard]] QAction *choicesOf(QComboBox *box, const QString &title);

} // namespace glasshouse
