// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/condition.h"
#include "ui/base/overflowrow.h"

namespace glasshouse {

class FilterField;

/// What a log is narrowed to, piece by piece, where there is more than one: the parts of the filter that all have to be so, and the
/// connection or room. Each goes by a click, by Del, or from the menu of those for which there is no room.
class FilterChips final : public OverflowRow
{
    Q_OBJECT
public:
    /// The field must outlive it.
    explicit FilterChips(FilterField *field, QWidget *parent = nullptr);

    /// "#7 Ada", "room main"; empty: all connections.
    void setNarrowing(const QString &label);

signals:
    void narrowingLifted();

private:
    FilterField *m_field;
    QString m_narrowing;
    QList<QString> m_shown; ///< in full

    void refill();
    void add(const QString &text);
    void take(qsizetype chip);
    [[nodiscard]] QList<QWidget *> chips() const;
    [[nodiscard]] qsizetype focused() const;
    void giveFocus(qsizetype chip);
};

} // namespace glasshouse
