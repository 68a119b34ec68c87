// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QTimer>

namespace glasshouse {

/// A line whose text changes while people look at it, many times a second perhaps. Screen readers hear the text, at most a second
/// old: they are told of a change once a second, so that figures do not talk all the time. GUI thread.
class LiveLabel : public QLabel
{
    Q_OBJECT
public:
    /// `about`: what the line is about, for people who can not see where it stands.
    explicit LiveLabel(const QString &about, QWidget *parent = nullptr);

    /// Hides QLabel's, which tells screen readers at once.
    void setText(const QString &text) { setText(text, text); }
    /// `whole`: for screen readers, where there is no room for all of it.
    void setText(const QString &text, const QString &whole);

private:
    QString m_whole;
    QTimer m_calm; ///< until the next change may be told

    void tell();
};

/// Has screen readers say it, wherever they are: what a person waits for. Nothing that comes often.
void announce(QWidget *about, const QString &text);

} // namespace glasshouse
