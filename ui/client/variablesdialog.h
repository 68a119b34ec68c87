// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/workspace.h"

#include <QDialog>

class QTableWidget;

namespace glasshouse {

/// Somebody's own variables: names, values, and which of them are secret. It stays open beside its window; what is changed holds at
/// once.
class VariablesDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit VariablesDialog(QWidget *parent = nullptr);

    /// Those with a name that fits; of two with one name the first.
    [[nodiscard]] QList<DraftVariable> variables() const;
    void setVariables(const QList<DraftVariable> &variables);
    /// Leads to its value; adds it where there is none of that name.
    void askFor(const QString &name);

signals:
    void edited();

private:
    QTableWidget *m_table;

    void buildTable();
    void append(const DraftVariable &variable);
    void removeCurrent();
    [[nodiscard]] int rowOf(const QString &name) const;
};

} // namespace glasshouse
