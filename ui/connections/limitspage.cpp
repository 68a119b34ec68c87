// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/limitspage.h"

#include "ui/base/tints.h"
#include "ui/connections/levelbar.h"
#include "ui/connections/limitlevels.h"

#include <QGridLayout>
#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int leastBar = 40; // pixels

} // namespace

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
    fit();
}

/// Where there is room, values are as wide as the longest that changes, so that the bars keep their ends; else texts take lines.
void LimitsPage::fit()
{
    int names = 0;
    for (const Row &row : m_rows)
        names = std::max(names, fontMetrics().horizontalAdvance(row.name->text()));
    const int values = fontMetrics().horizontalAdvance(tr("999.9 KiB of 999.9 KiB"));
    const QMargins margins = widget()->layout()->contentsMargins();
    const int room = viewport()->width() - margins.left() - margins.right() - 2 * m_grid->horizontalSpacing()
        - style()->pixelMetric(QStyle::PM_ScrollBarExtent); // the other one may come and go
    const bool isWide = names + values + leastBar <= room;
    m_grid->setColumnMinimumWidth(0, isWide ? names : 0);
    m_grid->setColumnMinimumWidth(2, isWide ? values : 0);
}

void LimitsPage::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    fit();
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
    while (m_rows.size() < count) {
        const Row row{new QLabel, new LevelBar, new QLabel};
        row.name->setTextFormat(Qt::PlainText);
        row.name->setWordWrap(true);
        row.value->setTextFormat(Qt::PlainText);
        row.value->setWordWrap(true);
        row.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
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
