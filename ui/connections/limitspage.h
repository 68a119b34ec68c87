// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QScrollArea>
#include <vector>

class QGridLayout;
class QLabel;

namespace glasshouse {

class LevelBar;
struct LimitLevel;

/// How near an open connection is to each of its limits.
class LimitsPage final : public QScrollArea
{
    Q_OBJECT
public:
    explicit LimitsPage(QWidget *parent = nullptr);

    void show(const ConnectionLevels &levels);
    /// There is nothing to show, and why.
    void showNothing(const QString &why);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Row
    {
        QLabel *name;
        LevelBar *bar;
        QLabel *value;
    };
    std::vector<Row> m_rows;
    QWidget *m_table;
    QGridLayout *m_grid;
    QLabel *m_nothing;

    void setRowCount(size_t count);
    void fit();
    void fill(const Row &row, const LimitLevel &level) const;
};

} // namespace glasshouse
