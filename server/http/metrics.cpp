// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/metrics.h"

#include "server/events/health.h"

#include <limits>
#include <prometheus/text_serializer.h>

namespace glasshouse {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Label = ClientMetric::Label;

/// Collects families; their order is that of the text.
class Page
{
public:
    void gauge(const char *name, const char *help, double value, std::vector<Label> labels = {})
    {
        ClientMetric metric;
        metric.label = std::move(labels);
        metric.gauge.value = value;
        family(name, help, MetricType::Gauge).metric.push_back(std::move(metric));
    }
    void counter(const char *name, const char *help, quint64 value)
    {
        family(name, help, MetricType::Counter);
        add(value);
    }
    /// One series for each value of a label; add() follows.
    MetricFamily &family(const char *name, const char *help, MetricType type)
    {
        m_families.push_back({name, help, type, {}});
        return m_families.back();
    }
    /// To the last family.
    void add(quint64 value, std::vector<Label> labels = {})
    {
        ClientMetric metric;
        metric.label = std::move(labels);
        metric.counter.value = double(value);
        m_families.back().metric.push_back(std::move(metric));
    }
    [[nodiscard]] QByteArray text() const
    {
        return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(m_families));
    }

private:
    std::vector<MetricFamily> m_families;
};

void addDirections(Page &page, const char *name, const char *help, quint64 in, quint64 out)
{
    page.family(name, help, MetricType::Counter);
    page.add(in, {{"direction", "in"}});
    page.add(out, {{"direction", "out"}});
}

void addServer(Page &page, const MetricsSource &source)
{
    page.gauge("glasshouse_build_info", "Version of the program; always 1.", 1, {{"version", GLASSHOUSE_VERSION}});
    page.gauge("glasshouse_start_time_seconds", "When the server started, in seconds since 1970.",
               double(source.startMs) / 1000);
    const Totals &totals = source.totals;
    page.gauge("glasshouse_network_thread_busy_ratio", "Share of the last second that the network thread was at work.",
               totals.networkBusy);
    if (totals.descriptors >= 0)
        page.gauge("glasshouse_descriptors", "File descriptors in use.", totals.descriptors);
    if (totals.descriptorLimit >= 0)
        page.gauge("glasshouse_descriptors_max", "File descriptors that the program may use.", totals.descriptorLimit);
    page.gauge("glasshouse_accepting", "1 while new connections are accepted, 0 while descriptors are short.",
               totals.acceptingPaused ? 0 : 1);
}

void addFaults(Page &page, const QStringList &faults)
{
    MetricFamily &family =
        page.family("glasshouse_fault", "1 while this is wrong with the server itself, by code.", MetricType::Gauge);
    for (int i = 0; i < healthFaultCount; ++i) {
        const char *name = healthFaultType(HealthFault(i)).name;
        ClientMetric metric;
        metric.label = {{"code", name}};
        metric.gauge.value = faults.contains(QLatin1StringView(name)) ? 1 : 0;
        family.metric.push_back(std::move(metric));
    }
}

void addConnections(Page &page, const Totals &totals)
{
    page.gauge("glasshouse_connections", "WebSocket connections that are open.", totals.open);
    page.gauge("glasshouse_half_open_connections", "Connections whose request is not answered yet.", totals.heads);
    page.gauge("glasshouse_rooms", "Rooms that are there.", totals.rooms);
    page.gauge("glasshouse_players", "Players in all rooms, with those who dropped and may come back.", totals.players);
    page.gauge("glasshouse_queue_bytes", "Bytes that wait to be sent, of all connections.", double(totals.queuedBytes));
    page.counter("glasshouse_connections_accepted_total", "TCP connections that were accepted.", totals.accepted);
    page.counter("glasshouse_connections_upgraded_total", "Connections that became WebSocket connections.",
                 totals.upgraded);
    page.counter("glasshouse_connections_refused_total",
                 "Connections that were refused before the upgrade, by a fault.", totals.refused);
    page.counter("glasshouse_http_requests_total", "Plain HTTP requests that were answered.", totals.httpServed);
    page.counter("glasshouse_bad_messages_total", "Messages that were answered by an error.", totals.badMessages);
    page.counter("glasshouse_dropped_messages_total", "Messages that were dropped because their client sent too many.",
                 totals.droppedMessages);
    addDirections(page, "glasshouse_messages_total", "Messages, from (in) and to (out) the clients.", totals.messagesIn,
                  totals.messagesOut);
    addDirections(page, "glasshouse_bytes_total", "Bytes after the upgrade, from (in) and to (out) the clients.",
                  totals.bytesIn, totals.bytesOut);
}

void addEndings(Page &page, const QList<quint64> &endings)
{
    page.family("glasshouse_endings_total", "Connections that ended or were refused, by cause.", MetricType::Counter);
    for (int i = 0; i < endingCauseCount; ++i)
        page.add(endings.value(i), {{"cause", endingText(EndingCause(i)).name}});
    page.family("glasshouse_limit_hits_total", "Connections that ended because a limit was passed, by limit.",
                MetricType::Counter);
    for (int i = 0; i < endingCauseCount; ++i) {
        if (isLimit(EndingCause(i)))
            page.add(endings.value(i), {{"limit", endingText(EndingCause(i)).name}});
    }
}

void addRtts(Page &page, const RttHistogram &rtts)
{
    ClientMetric metric;
    quint64 below = 0;
    for (size_t i = 0; i < rtts.counts.size(); ++i) {
        below += rtts.counts[i];
        const bool isLast = i == RttHistogram::boundsMs.size();
        metric.histogram.bucket.push_back(
            {below, isLast ? std::numeric_limits<double>::infinity() : RttHistogram::boundsMs[i] / 1000.0});
    }
    metric.histogram.sample_count = below;
    metric.histogram.sample_sum = double(rtts.sumMs) / 1000;
    page.family("glasshouse_rtt_seconds", "Round-trip times of pings.", MetricType::Histogram).metric = {metric};
}

void addCapture(Page &page, const CaptureStats &capture)
{
    page.gauge("glasshouse_capture_bytes", "Bytes of the capture on disk.", double(capture.bytesOnDisk));
    page.gauge("glasshouse_capture_queue_bytes", "Bytes that wait to be written to the capture.",
               double(capture.queuedBytes));
    page.gauge("glasshouse_capture_failed", "1 if the capture could not be written the last time.", capture.failed);
    page.counter("glasshouse_capture_rows_stored_total", "Frames and events that the capture took.",
                 capture.endRow - std::min(capture.endRow, capture.rowsLost));
    page.counter("glasshouse_capture_rows_discarded_total", "Rows that went for the budget of the disk.",
                 capture.rowsDiscarded);
    page.counter("glasshouse_capture_rows_lost_total", "Rows that could not be written.", capture.rowsLost);
    page.counter("glasshouse_capture_payloads_omitted_total", "Payloads that were left out because the disk was slow.",
                 capture.payloadsOmitted);
}

} // namespace

QByteArray metricsText(const MetricsSource &source)
{
    Page page;
    addServer(page, source);
    addFaults(page, source.faults);
    addConnections(page, source.totals);
    addEndings(page, source.totals.endings);
    addRtts(page, source.totals.rtts);
    addCapture(page, source.capture);
    return page.text();
}

} // namespace glasshouse
