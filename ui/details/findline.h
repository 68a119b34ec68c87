// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace glasshouse {

class LiveLabel;

/// A line to look for a text with: Enter goes on, Shift+Enter back, Escape closes it. Without a text it is for what a filter found,
/// where there is such a thing. GUI thread.
class FindLine final : public QWidget
{
    Q_OBJECT
public:
    explicit FindLine(QWidget *parent = nullptr);

    void open();
    /// Is there something that a filter looks for?
    void setSought(bool isSought);
    /// Of what was looked for last.
    void setFound(bool found);

signals:
    void wanted(const QString &text, bool backwards);
    void soughtWanted(bool backwards); ///< the next place of what the filter looks for
    void closed();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QLineEdit *m_field;
    LiveLabel *m_answer;
    bool m_isSought = false;

    void close();
    void ask(bool backwards);
};

} // namespace glasshouse
