// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"
#include "ui/base/livelabel.h"
#include "ui/models/ratemeter.h"

namespace glasshouse {

class ConnectionsModel;

/// "12 connected · 3 rooms · 1,240 msg/s in · …": the server in one line.
class SummaryLine final : public LiveLabel
{
    Q_OBJECT
public:
    explicit SummaryLine(QWidget *parent = nullptr);
    void apply(const Snapshot &snapshot, const ConnectionsModel &connections);
    void clear();

private:
    RateMeter m_in;
    RateMeter m_out;
};

/// What it costs: capture, descriptors, load. For the status bar.
class StatusLine final : public LiveLabel
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);
    void apply(const Snapshot &snapshot, bool capturing);
    void clear();
};

} // namespace glasshouse
