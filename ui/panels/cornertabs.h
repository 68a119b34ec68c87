// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>

namespace glasshouse {

/// Pages with a row of controls or words beside their tabs, as wide as these leave room for: by itself a corner takes what it
/// likes.
class CornerTabs : public QTabWidget
{
    Q_OBJECT
public:
    /// `corner` becomes its own, and has to live with any width.
    explicit CornerTabs(QWidget *corner, QWidget *parent = nullptr);

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void tabInserted(int index) override;

private:
    class Corner;
    Corner *m_corner;

    void fitCorner();
};

} // namespace glasshouse
