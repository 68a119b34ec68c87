// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/checkeddevicesmodel.h"

#include "server/gate/addressbook.h"
#include "ui/base/formats.h"
#include "ui/base/tints.h"

#include <QCoreApplication>
#include <QHash>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

using Outcome = CheckResult::Outcome;

QString translated(const char *text) { return QCoreApplication::translate("Check", text); }

Tint tintOf(const CheckResult &result)
{
    return result.outcome == Outcome::Passed ? Tint::Good : result.outcome == Outcome::Failed ? Tint::Bad : Tint::Muted;
}

} // namespace

bool CheckedDevice::operator==(const CheckedDevice &other) const
{
    return key() == other.key() && timeMs == other.timeMs && report.results == other.report.results
        && report.over == other.report.over && report.device == other.report.device;
}

int CheckedDevicesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant CheckedDevicesModel::headText(int column, bool tip) const
{
    if (column >= FirstStep) {
        const CheckStepText &text = textOf(CheckStep(column - FirstStep));
        return translated(tip ? text.tip : text.text);
    }
    switch (Column(column)) {
    case When:
        return tip ? tr("When it told the last time, local time") : tr("Time");
    case Address:
        return tip ? tr("Its address, as the server sees it") : tr("Address");
    case Device:
        return tip ? tr("Its browser and its system, as it says itself") : tr("Device");
    default:
        break;
    }
    return {};
}

QVariant CheckedDevicesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CheckedDevice &row = at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(column));
    case Qt::ForegroundRole:
        if (column >= FirstStep)
            return tint(tintOf(row.report.at(CheckStep(column - FirstStep))));
        return column == When ? QVariant(tint(Tint::Muted)) : QVariant();
    case Qt::ToolTipRole:
        return column >= FirstStep ? headText(column, true)
            : column == When       ? QVariant(formatExactTime(row.timeMs * 1'000))
                                   : QVariant(display(row, column));
    default:
        return {};
    }
}

QString CheckedDevicesModel::display(const CheckedDevice &row, int column)
{
    if (column >= FirstStep)
        return checkResultText(row.report.at(CheckStep(column - FirstStep)), row.report.over);
    switch (Column(column)) {
    case When:
        return formatClock(row.timeMs * 1'000);
    case Address:
        return oneLine(row.report.address, 60);
    case Device:
        return oneLine(row.report.device, 60);
    default:
        break;
    }
    return {};
}

void CheckedDevicesModel::add(const CheckReport &report, qint64 timeMs)
{
    QList<CheckedDevice> next{{report, timeMs}};
    const auto network = [](const CheckReport &one) { return AddressBook::key(QHostAddress(one.address)); };
    QHash<QHostAddress, int> ofNetwork{{network(report), 1}};
    for (int row = 0; row < rowCount() && next.size() < mostDevices; ++row) {
        const CheckedDevice &one = at(row);
        if (one.key() != next.first().key() && ++ofNetwork[network(one.report)] <= mostOfAddress)
            next += one;
    }
    merge(next);
}

QString checkResultText(const CheckResult &result, bool isOver)
{
    switch (result.outcome) {
    case Outcome::Open:
        return isOver ? u"–"_s : u"…"_s;
    case Outcome::Passed:
        return result.ms < 0 ? u"✓"_s : u"✓ "_s + formatDuration(result.ms);
    case Outcome::Failed:
        return result.code == 0 ? u"✗"_s : u"✗ "_s + QString::number(result.code);
    }
    Q_UNREACHABLE();
}

bool isEndedByServer(const CheckReport &report)
{
    const auto isOwn = [](const CheckResult &one) { return one.outcome == Outcome::Failed && isServersOwn(one.code); };
    return report.at(CheckStep::Http).outcome != Outcome::Failed && std::ranges::any_of(report.results, isOwn);
}

QString checkAdvice(const CheckReport &report)
{
    const auto failed = [&report](CheckStep step) { return report.at(step).outcome == Outcome::Failed; };
    if (failed(CheckStep::Http))
        return CheckedDevicesModel::tr(
            "Pages come and what they ask for does not: look at a proxy or a filter between.");
    if (isEndedByServer(report))
        return CheckedDevicesModel::tr(
            "This server itself refused or ended its connection, and nothing on the way did: it was stopped, or too "
            "many checks run at a time. The events say which.");
    if (failed(CheckStep::Socket))
        return CheckedDevicesModel::tr(
            "Pages come and no WebSocket opens: a proxy without Upgrade headers, a firewall or a content filter of the "
            "network or of the phone is in the way. Try it over mobile data or another network, and over wss://.");
    if (failed(CheckStep::Echo))
        return CheckedDevicesModel::tr(
            "A WebSocket opens and messages are held back: a proxy or a virus scanner collects "
            "what passes. TLS (wss://) keeps such devices from looking into it.");
    if (failed(CheckStep::Reconnect))
        return CheckedDevicesModel::tr(
            "It does not come back after a break: the events say whether this server refused it.");
    if (failed(CheckStep::Silence))
        return CheckedDevicesModel::tr(
            "Connections on which nobody says anything are cut: a device on the way waits for less "
            "than the heartbeat of this server, or the phone went to sleep. --heartbeat-seconds "
            "makes the pause shorter.");
    if (report.hasPassed())
        return CheckedDevicesModel::tr("This device gets here, and stays connected.");
    return report.over ? CheckedDevicesModel::tr("It left before everything was tried; what was, works.")
                       : CheckedDevicesModel::tr("It gets here. It is still trying whether a quiet connection stays.");
}

} // namespace glasshouse
