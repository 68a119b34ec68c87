// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"
#include "ui/base/partsline.h"
#include "ui/models/ratemeter.h"

class QAction;
class QToolButton;

namespace glasshouse {

class ConnectionsModel;

/// "12 connected · 3 rooms · 1,240 msg/s in · …": the server in one line. The number of faults is a button.
class SummaryLine final : public QWidget
{
    Q_OBJECT
public:
    /// `showFaults`: leads to the rows that make the number.
    explicit SummaryLine(QAction *showFaults, QWidget *parent = nullptr);
    void apply(const Snapshot &snapshot, const ConnectionsModel &connections);
    void clear();

private:
    PartsLine *m_text;
    QToolButton *m_faults;
    RateMeter m_in;
    RateMeter m_out;
};

/// What it costs: capture, descriptors, load. For the status bar.
class StatusLine final : public PartsLine
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);
    void apply(const Snapshot &snapshot, bool capturing);
    void clear();
};

} // namespace glasshouse
