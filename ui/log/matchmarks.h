// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

class QScrollBar;
class QTimer;

namespace glasshouse {

class MessagesModel;

/// Where the highlighted messages are, as lines on a log's scroll bar. The work is that of the bar's pixels, however many messages
/// there are. Lies on the bar and leaves the mouse to it.
class MatchMarks final : public QWidget
{
    Q_OBJECT
public:
    /// The bar owns it; the model must outlive it.
    MatchMarks(const MessagesModel *model, QScrollBar *bar);

    /// Of each pixel of the groove, from its top.
    [[nodiscard]] const std::vector<bool> &marks() const { return m_marks; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    const MessagesModel *m_model;
    QScrollBar *m_bar;
    QTimer *m_calm; ///< messages come often, and the eye needs less
    std::vector<bool> m_marks;

    void look();
    [[nodiscard]] QRect groove() const;
};

} // namespace glasshouse
