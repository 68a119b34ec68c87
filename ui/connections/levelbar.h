// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace glasshouse {

/// A thin bar that shows how near a limit is; in colour only when it is near.
class LevelBar final : public QWidget
{
    Q_OBJECT
public:
    static constexpr double nearShare = 0.8; ///< from here on it warns

    explicit LevelBar(QWidget *parent = nullptr);

    /// −1: there is no limit, and no bar. `warns`: false for what fills up in the ordinary course of things.
    void setShare(double share, bool warns);
    [[nodiscard]] double share() const { return m_share; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_share = -1;
    bool m_warns = true;

    [[nodiscard]] QColor colour() const;
};

} // namespace glasshouse
