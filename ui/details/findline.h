// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace glasshouse {

class LiveLabel;

/// A line to look for a text with: Enter goes on, Shift+Enter back, Escape closes it. GUI thread.
class FindLine final : public QWidget
{
    Q_OBJECT
public:
    explicit FindLine(QWidget *parent = nullptr);

    void open();
    /// Of what was looked for last.
    void setFound(bool found);

signals:
    void wanted(const QString &text, bool backwards);
    void closed();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QLineEdit *m_field;
    LiveLabel *m_answer;

    void close();
    void ask(bool backwards);
};

} // namespace glasshouse
