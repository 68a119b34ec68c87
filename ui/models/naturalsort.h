// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace glasshouse {

/// As people count: "room 9" before "room 10", and without regard to case. Of texts that are alike then, one is still the first.
[[nodiscard]] bool isBefore(QStringView a, QStringView b);

/// Sorts texts so, and rows of the newest run of the server (RunRole) always before those of earlier ones.
class NaturalSort : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    /// Puts rows that came unsorted to those of their run, and leaves the order within each run as it is.
    void gatherRuns();

protected:
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    bool m_byRunOnly = false;
};

} // namespace glasshouse
