// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/statuslines.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/tints.h"
#include "ui/models/connectionsmodel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString rate(double perSecond) { return formatNumber(qRound64(perSecond)); }

QStringList captureParts(const CaptureStats &capture)
{
    QStringList parts{
        StatusLine::tr("capture %1 messages").arg(formatAbout(capture.endRow - capture.firstRow)),
        capture.budgetBytes > 0
            ? StatusLine::tr("%1 of %2").arg(formatBytes(capture.bytesOnDisk), formatBytes(capture.budgetBytes))
            : formatBytes(capture.bytesOnDisk),
        StatusLine::tr("%1 discarded").arg(formatCount(capture.rowsDiscarded))};
    if (capture.payloadsOmitted > 0)
        parts << StatusLine::tr("%1 without payload").arg(formatCount(capture.payloadsOmitted));
    if (capture.rowsLost > 0)
        parts << StatusLine::tr("%1 lost").arg(formatCount(capture.rowsLost));
    if (capture.failed)
        parts.prepend(StatusLine::tr("writing failed: %1").arg(oneLine(capture.errorText)));
    return parts;
}

void setColour(QLabel *label, bool bad)
{
    QPalette colours = label->parentWidget() != nullptr ? label->parentWidget()->palette() : QPalette();
    if (bad)
        colours.setColor(QPalette::WindowText, tint(Tint::Bad));
    label->setPalette(colours);
}

} // namespace

SummaryLine::SummaryLine(QAction *showFaults, QWidget *parent)
    : QWidget(parent),
      m_text(new PartsLine(tr("The server in one line"))),
      m_faults(new QToolButton)
{
    m_text->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_faults->setObjectName(u"faults"_s);
    m_faults->setAutoRaise(true);
    m_faults->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_faults->setFocusPolicy(Qt::TabFocus);
    m_faults->setMaximumHeight(fontMetrics().height() + 6); // no higher than the line
    m_faults->setToolTip(showFaults->toolTip());
    connect(m_faults, &QToolButton::clicked, showFaults, &QAction::trigger);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 2);
    layout->setSpacing(8);
    layout->addWidget(m_text);
    layout->addWidget(m_faults);
    layout->addStretch(1);
    clear();
}

void SummaryLine::apply(const Snapshot &snapshot, const ConnectionsModel &connections)
{
    const Totals &totals = snapshot.totals;
    m_in.add(snapshot.timeMs, totals.messagesIn);
    m_out.add(snapshot.timeMs, totals.messagesOut);
    QStringList parts{tr("%1 connected").arg(formatNumber(totals.open)),
                      totals.rooms == 1 ? tr("1 room") : tr("%1 rooms").arg(formatNumber(totals.rooms)),
                      tr("%1 msg/s in").arg(rate(m_in.rate())), tr("%1 msg/s out").arg(rate(m_out.rate()))};
    const int median = connections.rttPercentile(0.5);
    if (median >= 0)
        parts << tr("RTT p50 %1, p99 %2").arg(formatDuration(median), formatDuration(connections.rttPercentile(0.99)));
    if (totals.acceptingPaused)
        parts.prepend(tr("out of file descriptors: nobody is let in"));
    m_text->setParts(parts);
    setColour(m_text, totals.acceptingPaused);
    m_faults->setText(totals.faults == 1 ? tr("1 fault") : tr("%1 faults").arg(formatCount(totals.faults)));
    m_faults->setIcon(totals.faults > 0 ? icon(Icon::Warning) : QIcon());
    m_faults->show();
}

void SummaryLine::clear()
{
    m_in.clear();
    m_out.clear();
    m_text->setParts({tr("Not running")});
    m_faults->hide();
}

StatusLine::StatusLine(QWidget *parent) : PartsLine(tr("Capture and load"), parent)
{
    setContentsMargins(4, 0, 4, 0);
    clear();
}

void StatusLine::apply(const Snapshot &snapshot, bool capturing)
{
    const Totals &totals = snapshot.totals;
    QStringList parts = capturing ? captureParts(snapshot.capture) : QStringList{tr("capture off")};
    if (totals.descriptors >= 0)
        parts << tr("descriptors %1 of %2").arg(formatNumber(totals.descriptors), formatNumber(totals.descriptorLimit));
    parts << tr("network thread %1 % busy").arg(qRound(totals.networkBusy * 100));
    setParts(parts);
    setColour(this, snapshot.capture.failed);
}

void StatusLine::clear() { setParts({tr("Nothing is captured")}); }

} // namespace glasshouse
