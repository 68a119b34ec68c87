// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/diagnosis.h"

#include <QAbstractTableModel>

namespace glasshouse {

/// The stages of a diagnosis, a row each, always all of them: nothing jumps while they run.
class DoctorStagesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Mark, Stage, Found, Took, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void apply(const Diagnosis &diagnosis);
    /// Of the diagnosis, as it was given last.
    [[nodiscard]] const DoctorStageResult &at(int row) const { return m_diagnosis.at(DoctorStage(row)); }
    /// How long the running stage takes so far; `nowMs` since the diagnosis began.
    void tick(qint64 nowMs);

private:
    Diagnosis m_diagnosis;
    qint64 m_nowMs = 0;

    [[nodiscard]] QString display(int row, Column column) const;
    [[nodiscard]] QString timeOf(const DoctorStageResult &result) const;
};

} // namespace glasshouse
