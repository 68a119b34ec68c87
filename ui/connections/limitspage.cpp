// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/limitspage.h"

#include "ui/base/tints.h"
#include "ui/connections/levelbar.h"
#include "ui/connections/limitlevels.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

LimitsPage::LimitsPage(QWidget *parent)
    : QScrollArea(parent),
      m_table(new QWidget),
      m_grid(new QGridLayout(m_table)),
      m_nothing(new QLabel)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setAccessibleName(tr("Limits"));
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setWordWrap(true);
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->addWidget(m_nothing);
    layout->addWidget(m_table);
    layout->addStretch(1);
    setWidget(page);
    showNothing({});
}

void LimitsPage::showNothing(const QString &why)
{
    m_nothing->setText(why);
    m_nothing->show();
    m_table->hide();
}

void LimitsPage::show(const ConnectionLevels &levels)
{
    const QList<LimitLevel> all = limitLevels(levels);
    setRowCount(size_t(all.size()));
    for (size_t i = 0; i < m_rows.size(); ++i)
        fill(m_rows[i], all[qsizetype(i)]);
    m_nothing->hide();
    m_table->show();
}

void LimitsPage::setRowCount(size_t count)
{
    while (m_rows.size() > count) {
        const Row row = m_rows.back();
        m_rows.pop_back();
        delete row.name;
        delete row.bar;
        delete row.value;
    }
    // Wide enough for the longest that changes, so that the bars keep their ends.
    const int width = fontMetrics().horizontalAdvance(tr("999.9 KiB of 999.9 KiB"));
    while (m_rows.size() < count) {
        const Row row{new QLabel, new LevelBar, new QLabel};
        row.name->setTextFormat(Qt::PlainText);
        row.value->setTextFormat(Qt::PlainText);
        row.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row.value->setMinimumWidth(width);
        const int line = int(m_rows.size());
        m_grid->addWidget(row.name, line, 0);
        m_grid->addWidget(row.bar, line, 1);
        m_grid->addWidget(row.value, line, 2);
        m_rows.push_back(row);
    }
}

void LimitsPage::fill(const Row &row, const LimitLevel &level) const
{
    QPalette colours = palette();
    if (level.isLow && level.share >= LevelBar::nearShare)
        colours.setColor(QPalette::Text, tint(level.share >= 1 ? Tint::Bad : Tint::Warning)); // the ground is Base
    row.name->setText(level.name);
    row.value->setPalette(colours);
    row.value->setText(level.text);
    row.bar->setShare(level.share, level.isLow);
    row.bar->setAccessibleName(level.name);
    row.bar->setAccessibleDescription(level.text);
    for (QWidget *part : std::initializer_list<QWidget *>{row.name, row.bar, row.value})
        part->setToolTip(level.tip);
}

} // namespace glasshouse
