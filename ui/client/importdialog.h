// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/importedconnection.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace glasshouse {

/// Takes a line of wscat or cURL, and says while it is pasted what of it has a place here.
class ImportDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit ImportDialog(QWidget *parent = nullptr);

    void setLine(const QString &line);
    void accept() override;
    [[nodiscard]] QString verdict() const;

signals:
    void imported(const glasshouse::ImportedConnection &connection);

private:
    QPlainTextEdit *m_line;
    QLabel *m_verdict;
    QPushButton *m_take;

    void check();
};

/// "Not taken over: -w, Cookie", or nothing.
[[nodiscard]] QString notTakenWords(const QStringList &notTaken);

} // namespace glasshouse
