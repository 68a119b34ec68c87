// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/messages/background.h"
#include "ui/models/messagecells.h"

#include <QWidget>

class QSyntaxHighlighter;
class QTabWidget;

namespace glasshouse {

class SafeTextView;

/// Two messages: what stands at which path of their JSON, and line by line, JSON indented, text as it is, binary in hexadecimal;
/// without their secrets, and of each as much as can be read at once.
class CompareWindow final : public QWidget
{
    Q_OBJECT
public:
    CompareWindow(const CapturedRow &before, const CapturedRow &after, Viewpoint viewpoint, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    QList<QSyntaxHighlighter *> m_colours; ///< of the pages
    QTabWidget *m_pages;
    SafeTextView *m_paths; ///< in sight where both are JSON
    Background<QString> m_search;

    [[nodiscard]] SafeTextView *page(const QString &about);
    [[nodiscard]] QWidget *linesPage(const CapturedRow &first, const CapturedRow &second);
    void lookAtPaths(const CapturedRow &first, const CapturedRow &second);
};

} // namespace glasshouse
