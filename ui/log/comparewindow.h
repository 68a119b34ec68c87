// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"
#include "ui/models/messagecells.h"

#include <QWidget>

class QSyntaxHighlighter;

namespace glasshouse {

class SafeTextView;

/// Two messages, line by line: JSON indented, text as it is, binary in hexadecimal; without their secrets, and of each as much as can
/// be read at once.
class CompareWindow final : public QWidget
{
    Q_OBJECT
public:
    CompareWindow(const CapturedRow &before, const CapturedRow &after, Viewpoint viewpoint, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    SafeTextView *m_text;
    QSyntaxHighlighter *m_colours;
};

} // namespace glasshouse
