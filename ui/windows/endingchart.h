// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace glasshouse {

/// Counts over time as bars, the newest at the right, with the largest count and the times written beside them.
class EndingChart final : public QWidget
{
    Q_OBJECT
public:
    explicit EndingChart(QWidget *parent = nullptr);

    /// `counts` are `slotMs` each and end at `endMs` (since 1970). `fault` chooses the colour.
    void show(const QList<quint32> &counts, qint64 slotMs, qint64 endMs, bool fault);
    void setEmptyText(const QString &text);
    [[nodiscard]] const QList<quint32> &counts() const { return m_counts; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// What a bar says when the pointer is over it; empty: there is no bar.
    [[nodiscard]] QString tipAt(const QPoint &position) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QList<quint32> m_counts;
    qint64 m_slotMs = 1;
    qint64 m_endMs = 0;
    bool m_fault = false;
    QString m_emptyText;

    [[nodiscard]] quint32 highest() const;
    [[nodiscard]] QRectF plot() const;
    void paintBars(QPainter &painter, const QRectF &place) const;
    void paintScale(QPainter &painter, const QRectF &place) const;
};

} // namespace glasshouse
