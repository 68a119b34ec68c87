// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/livelabel.h"

namespace glasshouse {

class FilterField;

/// What is wrong with a filter, under its field. Lies over what stands there, so that nothing moves when it comes and goes; a click
/// leads back to the field.
class FaultLine final : public LiveLabel
{
    Q_OBJECT
public:
    /// `over` holds the field and what is below it, and owns the line.
    FaultLine(FilterField *field, QWidget *over);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    FilterField *m_field;

    void say(const QString &fault);
    void place();
    void paintRed();
};

} // namespace glasshouse
