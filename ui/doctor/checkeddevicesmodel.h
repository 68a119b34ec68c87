// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/checkreport.h"
#include "ui/models/keyedtable.h"

namespace glasshouse {

struct CheckedDevice
{
    CheckReport report;
    qint64 timeMs = 0; ///< of its last report, since 1970
    [[nodiscard]] QByteArray key() const { return report.run + report.address.toUtf8(); }
    bool operator==(const CheckedDevice &other) const;
};

/// Devices that told how they get to the server, the newest first. What is told comes from outside: at most so many are kept, and of
/// them so many of an address (of IPv6 a /64 network), so that nobody pushes the others out.
class CheckedDevicesModel final : public KeyedTable<CheckedDevice>
{
    Q_OBJECT
public:
    static constexpr int mostDevices = 50;
    static constexpr int mostOfAddress = 5;
    enum Column { When, Address, Device, FirstStep, ColumnCount = FirstStep + checkStepCount };

    using KeyedTable::KeyedTable;

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    void add(const CheckReport &report, qint64 timeMs);
    void clear() { merge({}); }

protected:
    [[nodiscard]] QVariant headText(int column, bool tip) const override;
    [[nodiscard]] bool isNumber(int column) const override { return column >= FirstStep; }

private:
    [[nodiscard]] static QString display(const CheckedDevice &row, int column);
};

/// "✓ 12 ms", "✗ 1006", "…": how a step went, of a device that is still at it or is not.
[[nodiscard]] QString checkResultText(const CheckResult &result, bool isOver);
/// This server said no, or was stopped: nothing is in its way.
[[nodiscard]] bool isEndedByServer(const CheckReport &report);
/// What is in its way and what to do about it; else that it is well, or still being tried.
[[nodiscard]] QString checkAdvice(const CheckReport &report);

} // namespace glasshouse
