// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/messagerelatives.h"

#include <QLabel>

namespace glasshouse {

/// Which messages belong to the one that is looked at, with links to them. Not there where there are none. GUI thread.
class RelatedLine final : public QLabel
{
    Q_OBJECT
public:
    explicit RelatedLine(QWidget *parent = nullptr);

    /// `isWholeShown`: of the message's fragments, not the selected one alone.
    void show(const CapturedRow &row, const MessageRelatives &relatives, bool isWholeShown = false);
    void clear();

signals:
    void rowWanted(quint64 number);
    /// All fragments of the message, or the selected one alone.
    void wholeWanted(bool whole);
};

} // namespace glasshouse
