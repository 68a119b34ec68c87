// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/typeswindow.h"

#include "ui/base/formats.h"
#include "ui/base/livelabel.h"
#include "ui/base/windowsize.h"
#include "ui/models/messagesource.h"
#include "ui/panels/keysdialog.h"
#include "ui/panels/tableview.h"

#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int lookMs = 500;
constexpr int workMs = 250; // then what was counted is shown

} // namespace

TypesWindow::TypesWindow(MessageSource *source, QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_source(source),
      m_sorted(new QSortFilterProxyModel(this)),
      m_body(new QWidget),
      m_table(new TableView(tr("Types of messages"), tr("No messages yet."))),
      m_footer(new LiveLabel(tr("What was counted")))
{
    setWindowTitle(tr("Types of messages"));
    layOut();
    m_timer.setInterval(lookMs);
    connect(&m_timer, &QTimer::timeout, this, &TypesWindow::count);
    connect(m_source, &MessageSource::reset, this, &TypesWindow::beginAgain);
    addWindowKeys(this);
    resizeOnScreen(*this, {780, 420});
}

TypesWindow::~TypesWindow()
{
    delete m_body; // its view holds on to the model, which is a member and would go first
}

void TypesWindow::layOut()
{
    m_sorted->setSourceModel(&m_model);
    m_sorted->setSortRole(TypesModel::SortRole);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(TypesModel::Bytes, Qt::DescendingOrder);
    m_table->setWidths({18, 10, 10, 10, 11, 13, 15, 13});
    m_table->setElasticColumn(TypesModel::Type);
    m_table->offerCopy();
    m_table->keepWhole(TypesModel::Last);
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    m_footer->setContentsMargins(8, 3, 8, 4);
    column->addWidget(m_footer);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_body);
}

void TypesWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_timer.start();
    count();
}

void TypesWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

void TypesWindow::beginAgain()
{
    m_work.stop();
    m_tally = {};
    take(m_tally);
}

void TypesWindow::count()
{
    const auto rows = m_source->rows();
    if (m_work.isRunning() || !rows || m_tally.countedTo() >= rows->endRow())
        return;
    m_work.run(
        this,
        [rows, tally = m_tally](const std::atomic<bool> &stop) {
            TypeTally more = tally;
            more.add(*rows, stop, workMs);
            return more;
        },
        [this](const TypeTally &tally) { take(tally); });
}

void TypesWindow::take(const TypeTally &tally)
{
    m_tally = tally;
    const QList<TypeCount> counts = m_tally.counts();
    m_model.apply(counts);
    quint64 messages = m_tally.others();
    for (const TypeCount &type : counts)
        messages += type.messages;
    QStringList parts{tr("%1 types, %2 messages").arg(formatNumber(counts.size()), formatCount(messages))};
    const quint64 first = m_source->firstRow(), end = m_source->endRow(), at = m_tally.countedTo();
    if (at + 1 < end && at > first && (end - at) * 100 > end - first)
        parts << tr("counting, %1 %").arg((at - first) * 100 / (end - first));
    if (m_tally.others() > 0)
        parts << tr("%1 of further types are not listed").arg(formatCount(m_tally.others()));
    m_footer->setText(parts.join(u" · "_s));
    if (isVisible() && at < end && (end - at) * 100 > end - first)
        count(); // far behind: no pause
}

} // namespace glasshouse
