// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/picture.h"

#include <QWidget>

namespace glasshouse {

/// A picture as large as it is, or as there is room for, and below it what it is. GUI thread.
class PictureView final : public QWidget
{
    Q_OBJECT
public:
    explicit PictureView(QWidget *parent = nullptr);

    void setPicture(const Picture &picture);
    /// "PNG, 640 × 480", or why it does not show.
    [[nodiscard]] QString description() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Picture m_picture;
};

} // namespace glasshouse
