// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/connectiondraft.h"

#include <QWidget>

namespace glasshouse {

/// A part of how a connection is made: its fields show what a draft says, and say what a draft is to be. Texts may hold variables.
class ConnectionSection : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual void take(const ConnectionDraft &draft) = 0;
    virtual void put(ConnectionDraft &draft) const = 0;
};

} // namespace glasshouse
