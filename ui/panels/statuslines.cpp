// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/statuslines.h"

#include "ui/base/formats.h"
#include "ui/base/tints.h"
#include "ui/models/connectionsmodel.h"

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString rate(double perSecond) { return formatNumber(qRound64(perSecond)); }

QString captureText(const CaptureStats &capture)
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
        parts << StatusLine::tr("writing failed: %1").arg(oneLine(capture.errorText));
    return parts.join(u", "_s);
}

void setColour(QLabel *label, bool bad)
{
    QPalette colours = label->parentWidget() != nullptr ? label->parentWidget()->palette() : QPalette();
    if (bad)
        colours.setColor(QPalette::WindowText, tint(Tint::Bad));
    label->setPalette(colours);
}

} // namespace

SummaryLine::SummaryLine(QWidget *parent) : LiveLabel(tr("The server in one line"), parent)
{
    setContentsMargins(8, 0, 8, 4);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
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
    parts << (totals.faults == 1 ? tr("1 fault") : tr("%1 faults").arg(formatCount(totals.faults)));
    if (totals.acceptingPaused)
        parts << tr("out of file descriptors: nobody is let in");
    setText(parts.join(u"  ·  "_s));
    setColour(this, totals.acceptingPaused);
}

void SummaryLine::clear()
{
    m_in.clear();
    m_out.clear();
    setText(tr("Not running"));
}

StatusLine::StatusLine(QWidget *parent) : LiveLabel(tr("Capture and load"), parent)
{
    setContentsMargins(4, 0, 4, 0);
    clear();
}

void StatusLine::apply(const Snapshot &snapshot, bool capturing)
{
    const Totals &totals = snapshot.totals;
    QStringList parts{capturing ? captureText(snapshot.capture) : tr("capture off")};
    if (totals.descriptors >= 0)
        parts << tr("descriptors %1 of %2").arg(formatNumber(totals.descriptors), formatNumber(totals.descriptorLimit));
    parts << tr("network thread %1 % busy").arg(qRound(totals.networkBusy * 100));
    setText(parts.join(u"  ·  "_s));
    setColour(this, snapshot.capture.failed);
}

void StatusLine::clear() { setText(tr("Nothing is captured")); }

} // namespace glasshouse
