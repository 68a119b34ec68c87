// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/doctorstagesmodel.h"

#include "ui/base/formats.h"
#include "ui/doctor/diagnosiswords.h"
#include "ui/models/cellroles.h"

namespace glasshouse {

int DoctorStagesModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : doctorStageCount; }

int DoctorStagesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant DoctorStagesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (Column(section)) {
    case Mark:
        return tip ? tr("✓ well · ! works, and worth knowing · ✗ ill · – left out") : QString();
    case Stage:
        return tip ? tr("What is looked at, one behind the other") : tr("Stage");
    case Found:
        return tip ? tr("What matters most of what was found") : tr("Found");
    case Took:
        return tip ? tr("How long it took") : tr("Time");
    case ColumnCount:
        break;
    }
    return {};
}

QVariant DoctorStagesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DoctorStageResult &result = at(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(index.row(), column);
    case Qt::AccessibleTextRole:
        return column == Mark ? QVariant(meaningOf(result.verdict)) : QVariant();
    case Qt::ToolTipRole:
        return column == Mark ? meaningOf(result.verdict) : column == Found ? display(index.row(), column) : QString();
    case Qt::TextAlignmentRole:
        return column == Mark ? QVariant(int(Qt::AlignCenter)) : QVariant(cellAlignment(column == Took));
    case Qt::ForegroundRole:
        if (column == Mark || result.verdict <= DoctorVerdict::Skipped)
            return tint(tintOf(result.verdict));
        return column == Took ? QVariant(tint(Tint::Muted)) : QVariant();
    default:
        return {};
    }
}

QString DoctorStagesModel::display(int row, Column column) const
{
    const DoctorStageResult &result = at(row);
    switch (column) {
    case Mark:
        return markOf(result.verdict);
    case Stage:
        return titleOf(DoctorStage(row));
    case Found:
        return foundIn(result);
    case Took:
        return timeOf(result);
    case ColumnCount:
        break;
    }
    return {};
}

QString DoctorStagesModel::timeOf(const DoctorStageResult &result) const
{
    if (result.verdict == DoctorVerdict::Running && result.beganMs >= 0)
        return formatSecondsLeft(std::max<qint64>(0, m_nowMs - result.beganMs));
    return result.tookMs < 0 || result.verdict <= DoctorVerdict::Skipped ? QString() : formatDuration(result.tookMs);
}

void DoctorStagesModel::apply(const Diagnosis &diagnosis)
{
    m_diagnosis = diagnosis;
    emit dataChanged(index(0, 0), index(doctorStageCount - 1, ColumnCount - 1));
}

void DoctorStagesModel::tick(qint64 nowMs)
{
    m_nowMs = nowMs;
    for (int row = 0; row < doctorStageCount; ++row) {
        if (at(row).verdict == DoctorVerdict::Running)
            emit dataChanged(index(row, Took), index(row, Took), {Qt::DisplayRole});
    }
}

} // namespace glasshouse
