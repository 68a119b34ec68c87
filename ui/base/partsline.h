// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/livelabel.h"

#include <QStringList>

namespace glasshouse {

/// A line of several facts, the most important one first. Where it is too narrow for all of them it shows those that fit as a whole,
/// and its tool tip has every one, as screen readers do: no number is cut. Only a first one that is longer than the line ends in an ellipsis.
class PartsLine : public LiveLabel
{
    Q_OBJECT
public:
    explicit PartsLine(const QString &about, QWidget *parent = nullptr);

    void setParts(const QStringList &parts);
    /// For the tool tip, below what does not fit.
    void setExplanation(const QString &explanation);
    [[nodiscard]] QString wholeText() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QStringList m_parts;
    QString m_explanation;

    void fit();
    [[nodiscard]] int widthOf(const QString &text) const;
};

} // namespace glasshouse
