// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/endingswindow.h"

#include "ui/base/advicelinks.h"
#include "ui/base/endingwords.h"
#include "ui/base/tints.h"
#include "ui/base/windowsize.h"
#include "ui/panels/keysdialog.h"
#include "ui/panels/tableview.h"
#include "ui/windows/endingchart.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qint64 minuteMs = 60'000;

QLabel *wrappedLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

EndingsWindow::EndingsWindow(QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_sorted(new QSortFilterProxyModel(this)),
      m_body(new QWidget),
      m_table(new TableView(tr("Endings"), tr("No connection has ended yet."))),
      m_sentence(wrappedLabel()),
      m_advice(wrappedLabel()),
      m_facts(wrappedLabel()),
      m_span(new QComboBox),
      m_chart(new EndingChart),
      m_splitter(new QSplitter(Qt::Vertical))
{
    setWindowTitle(tr("Endings"));
    buildTable();
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(buildDetails());
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({260, 260});
    m_splitter->setStretchFactor(0, 1);
    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_body);
    addWindowKeys(this);
    connect(m_advice, &QLabel::linkActivated, this,
            [this](const QString &link) { emit optionWanted(optionBehind(QUrl(link))); });
    resizeOnScreen(*this, {760, 560});
    showSelected();
}

EndingsWindow::~EndingsWindow()
{
    delete m_body; // its views hold on to the model, which is a member and would go first
}

void EndingsWindow::buildTable()
{
    m_sorted->setSourceModel(&m_model);
    m_sorted->setSortRole(EndingsModel::SortRole);
    m_table->setObjectName(u"endings"_s);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(EndingsModel::Count, Qt::DescendingOrder);
    m_table->setWidths({40, 9, 11, 17});
    m_table->setElasticColumn(EndingsModel::Cause);
    m_table->offerCopy();
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &EndingsWindow::showSelected);
}

QWidget *EndingsWindow::buildDetails()
{
    QFont strong = font();
    strong.setPointSizeF(strong.pointSizeF() * 1.15);
    strong.setBold(true);
    m_sentence->setFont(strong);
    m_span->addItems({tr("Last hour"), tr("Last 24 hours")});
    m_span->setToolTip(tr("Which time the bars show"));
    m_span->setAccessibleName(tr("Time"));
    connect(m_span, &QComboBox::currentIndexChanged, this, &EndingsWindow::showSelected);
    auto *top = new QHBoxLayout;
    top->addWidget(m_sentence, 1);
    top->addWidget(m_span, 0, Qt::AlignTop);
    auto *details = new QWidget;
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addWidget(m_advice);
    layout->addWidget(m_facts);
    layout->addWidget(m_chart, 1);
    return details;
}

void EndingsWindow::apply(const EndingStatistics &statistics)
{
    m_timeMs = statistics.timeMs;
    m_model.apply(statistics.causes);
    showSelected();
}

void EndingsWindow::showSelected()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    const EndingStatistic *selected =
        rows.size() != 1 ? nullptr : &m_model.at(m_sorted->mapToSource(rows.first()).row()).statistic;
    QPalette colours = palette();
    if (selected != nullptr && isFault(selected->cause))
        colours.setColor(QPalette::WindowText, tint(Tint::Bad));
    m_sentence->setPalette(colours);
    m_sentence->setText(selected != nullptr ? causeSentence(selected->cause) : tr("All endings"));
    showAdvice(m_advice,
               selected != nullptr ? causeAdvice(selected->cause)
                                   : tr("Select a cause to see what it means and what to do about it."));
    QPalette muted = palette();
    muted.setColor(QPalette::WindowText, tint(Tint::Muted));
    m_facts->setPalette(muted);
    m_facts->setText(selected != nullptr ? causeFacts(selected->cause) : QString());
    m_facts->setVisible(selected != nullptr);
    showChart(selected);
}

void EndingsWindow::showChart(const EndingStatistic *selected)
{
    const bool day = m_span->currentIndex() == 1;
    const QList<quint32> counts = selected == nullptr ? sumOfAll(day) : day ? selected->quarters : selected->minutes;
    const bool fault = selected != nullptr && isFault(selected->cause);
    m_chart->setEmptyText(day ? tr("None in the last 24 hours.") : tr("None in the last hour."));
    // The newest bar is that of the minute that is not over yet.
    m_chart->show(counts, day ? 15 * minuteMs : minuteMs, (m_timeMs / minuteMs + 1) * minuteMs, fault);
}

QList<quint32> EndingsWindow::sumOfAll(bool day) const
{
    QList<quint32> sum;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const EndingStatistic &one = m_model.at(row).statistic;
        const QList<quint32> &counts = day ? one.quarters : one.minutes;
        sum.resize(counts.size());
        for (qsizetype i = 0; i < counts.size(); ++i)
            sum[i] += counts[i];
    }
    return sum;
}

void EndingsWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showSelected();
}

QByteArray EndingsWindow::saveState() const { return m_splitter->saveState(); }
bool EndingsWindow::restoreState(const QByteArray &state) { return m_splitter->restoreState(state); }

} // namespace glasshouse
