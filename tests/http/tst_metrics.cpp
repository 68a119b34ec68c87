// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/metrics.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <locale>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// What a reader of the text format understands of it.
struct Reading
{
    QHash<QString, QString> types; ///< by family
    QHash<QString, double> samples;
    QStringList faults;
};

QString familyOf(const QString &sample, const QHash<QString, QString> &types)
{
    const QString name = sample.section(u'{', 0, 0);
    for (const QString &suffix : {u"_bucket"_s, u"_sum"_s, u"_count"_s}) {
        const QString family = name.chopped(qMin(name.size(), suffix.size()));
        if (name.endsWith(suffix) && types.value(family) == u"histogram")
            return family;
    }
    return name;
}

void readComment(const QString &line, QSet<QString> &helped, Reading &reading)
{
    static const QRegularExpression form(u"^# (HELP|TYPE) ([a-z_][a-z0-9_]*) (.+)$"_s);
    const QRegularExpressionMatch match = form.match(line);
    const QString name = match.captured(2);
    if (!match.hasMatch()) {
        reading.faults << u"no comment: "_s + line;
    } else if (match.captured(1) == u"HELP") {
        if (helped.contains(name))
            reading.faults << u"helped twice: "_s + name;
        helped.insert(name);
    } else {
        if (!helped.contains(name) || reading.types.contains(name))
            reading.faults << u"TYPE without HELP, or twice: "_s + name;
        reading.types.insert(name, match.captured(3));
    }
}

Reading read(const QByteArray &text)
{
    static const QRegularExpression form(
        uR"re(^([a-z_][a-z0-9_]*(?:\{[a-z_]+="(?:[^"\\]|\\[\\n"])*"(?:,[a-z_]+="(?:[^"\\]|\\[\\n"])*")*\})?) (\S+)$)re"_s);
    Reading reading;
    QSet<QString> helped;
    QString current;
    if (!text.endsWith('\n'))
        reading.faults << u"the last line does not end"_s;
    const QList<QByteArray> lines = text.chopped(1).split('\n');
    for (const QByteArray &bytes : lines) {
        const QString line = QString::fromUtf8(bytes);
        if (line.startsWith(u'#')) {
            readComment(line, helped, reading);
            current = line.section(u' ', 2, 2);
            continue;
        }
        const QRegularExpressionMatch match = form.match(line);
        bool isNumber = false;
        const double value = match.captured(2).toDouble(&isNumber);
        if (!match.hasMatch() || !isNumber)
            reading.faults << u"no sample: "_s + line;
        else if (familyOf(match.captured(1), reading.types) != current)
            reading.faults << u"outside of its family: "_s + line;
        else if (reading.samples.contains(match.captured(1)))
            reading.faults << u"twice: "_s + line;
        reading.samples.insert(match.captured(1), value);
    }
    return reading;
}

MetricsSource busy()
{
    MetricsSource source;
    source.startMs = 1'764'000'000'500;
    Totals &totals = source.totals;
    totals.accepted = 12'345'678'901ULL;
    totals.upgraded = 5;
    totals.refused = 2;
    totals.httpServed = 7;
    totals.messagesIn = 100;
    totals.messagesOut = 900;
    totals.bytesIn = 5'000;
    totals.bytesOut = 9'007'199'254'740'991ULL; // the largest that a double holds to the unit
    totals.badMessages = 3;
    totals.droppedMessages = 5;
    totals.endings.resize(endingCauseCount);
    totals.endings[int(EndingCause::NoPong)] = 4;
    totals.endings[int(EndingCause::HttpServed)] = 7;
    totals.open = 17;
    totals.heads = 1;
    totals.rooms = 3;
    totals.players = 12;
    totals.queuedBytes = 4'096;
    totals.descriptors = 60;
    totals.descriptorLimit = 1'024;
    totals.networkBusy = 0.25;
    for (const int rtt : {1, 2, 3, 30, 30, 9'000, 20'000})
        totals.rtts.add(rtt);
    source.capture.endRow = 1'000;
    source.capture.rowsLost = 10;
    source.capture.rowsDiscarded = 300;
    source.capture.payloadsOmitted = 20;
    source.faults = {u"results_failed"_s};
    return source;
}

} // namespace

class TestMetrics final : public QObject
{
    Q_OBJECT

private slots:
    void isTextThatAReaderUnderstands_data();
    void isTextThatAReaderUnderstands();
    void noticesBrokenText_data();
    void noticesBrokenText();
    void hasTheNumbers_data();
    void hasTheNumbers();
    void namesFollowTheConventions();
    void hasASeriesForEveryCause();
    void countsLimitsApart();
    void bucketsOnlyRise();
    void leavesOutWhatIsNotKnown();
    void countersNeverFall();
    void doesNotCareForTheLocale();
};

void TestMetrics::isTextThatAReaderUnderstands_data()
{
    QTest::addColumn<MetricsSource>("source");
    QTest::newRow("nothing has happened") << MetricsSource{};
    QTest::newRow("busy") << busy();
}

void TestMetrics::isTextThatAReaderUnderstands()
{
    QFETCH(MetricsSource, source);
    const Reading reading = read(metricsText(source));
    QCOMPARE(reading.faults, QStringList());
    QVERIFY(reading.samples.size() > 100);
}

void TestMetrics::noticesBrokenText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no HELP") << QByteArray("# TYPE a gauge\na 1\n");
    QTest::newRow("no TYPE of its own") << QByteArray("# HELP a b\n# TYPE a gauge\nb 1\n");
    QTest::newRow("twice") << QByteArray("# HELP a b\n# TYPE a gauge\na{b=\"c\"} 1\na{b=\"c\"} 2\n");
    QTest::newRow("a quotation mark") << QByteArray("# HELP a b\n# TYPE a gauge\na{b=\"c\"d\"} 1\n");
    QTest::newRow("no number") << QByteArray("# HELP a b\n# TYPE a gauge\na 1,5\n");
    QTest::newRow("no end") << QByteArray("# HELP a b\n# TYPE a gauge\na 1");
}

void TestMetrics::noticesBrokenText()
{
    QFETCH(QByteArray, text);
    QVERIFY(!read(text).faults.isEmpty());
}

void TestMetrics::hasTheNumbers_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<double>("value");
    const auto row = [](const char *sample, double value) {
        QTest::newRow(sample) << QString::fromUtf8(sample) << value;
    };
    row("glasshouse_build_info{version=\"" GLASSHOUSE_VERSION "\"}", 1);
    row("glasshouse_start_time_seconds", 1'764'000'000.5);
    row("glasshouse_network_thread_busy_ratio", 0.25);
    row("glasshouse_descriptors", 60);
    row("glasshouse_descriptors_max", 1'024);
    row("glasshouse_accepting", 1);
    row("glasshouse_fault{code=\"results_failed\"}", 1);
    row("glasshouse_fault{code=\"capture_stopped\"}", 0);
    row("glasshouse_fault{code=\"log_failed\"}", 0);
    row("glasshouse_fault{code=\"accepting_paused\"}", 0);
    row("glasshouse_connections", 17);
    row("glasshouse_half_open_connections", 1);
    row("glasshouse_rooms", 3);
    row("glasshouse_players", 12);
    row("glasshouse_queue_bytes", 4'096);
    row("glasshouse_connections_accepted_total", 12'345'678'901.0);
    row("glasshouse_connections_upgraded_total", 5);
    row("glasshouse_connections_refused_total", 2);
    row("glasshouse_http_requests_total", 7);
    row("glasshouse_bad_messages_total", 3);
    row("glasshouse_dropped_messages_total", 5);
    row("glasshouse_messages_total{direction=\"in\"}", 100);
    row("glasshouse_messages_total{direction=\"out\"}", 900);
    row("glasshouse_bytes_total{direction=\"in\"}", 5'000);
    row("glasshouse_bytes_total{direction=\"out\"}", 9'007'199'254'740'991.0);
    row("glasshouse_endings_total{cause=\"no_pong\"}", 4);
    row("glasshouse_endings_total{cause=\"kicked\"}", 0);
    row("glasshouse_limit_hits_total{limit=\"no_pong\"}", 4);
    row("glasshouse_rtt_seconds_bucket{le=\"0.001\"}", 1);
    row("glasshouse_rtt_seconds_bucket{le=\"0.002\"}", 2);
    row("glasshouse_rtt_seconds_bucket{le=\"0.05\"}", 5);
    row("glasshouse_rtt_seconds_bucket{le=\"10\"}", 6);
    row("glasshouse_rtt_seconds_bucket{le=\"+Inf\"}", 7);
    row("glasshouse_rtt_seconds_count", 7);
    row("glasshouse_rtt_seconds_sum", 29.066);
    row("glasshouse_capture_rows_stored_total", 990);
    row("glasshouse_capture_rows_discarded_total", 300);
    row("glasshouse_capture_rows_lost_total", 10);
    row("glasshouse_capture_payloads_omitted_total", 20);
    row("glasshouse_capture_failed", 0);
}

void TestMetrics::hasTheNumbers()
{
    QFETCH(QString, sample);
    const Reading reading = read(metricsText(busy()));
    QVERIFY(reading.samples.contains(sample));
    QTEST(reading.samples.value(sample), "value");
}

void TestMetrics::namesFollowTheConventions()
{
    const Reading reading = read(metricsText(busy()));
    for (auto type = reading.types.begin(); type != reading.types.end(); ++type) {
        QVERIFY2(type.key().startsWith(u"glasshouse_"), qPrintable(type.key()));
        QCOMPARE(type.key().endsWith(u"_total"), type.value() == u"counter");
        QVERIFY2(!type.key().contains(u"_ms"), qPrintable(type.key())); // seconds and bytes only
    }
}

void TestMetrics::hasASeriesForEveryCause()
{
    const Reading reading = read(metricsText({}));
    for (int i = 0; i < endingCauseCount; ++i) {
        const QString sample =
            u"glasshouse_endings_total{cause=\"%1\"}"_s.arg(QLatin1StringView(endingText(EndingCause(i)).name));
        QVERIFY2(reading.samples.contains(sample), qPrintable(sample));
    }
}

void TestMetrics::countsLimitsApart()
{
    const QByteArray text = metricsText(busy());
    for (int i = 0; i < endingCauseCount; ++i) {
        const QByteArray sample =
            QByteArray("glasshouse_limit_hits_total{limit=\"") + endingText(EndingCause(i)).name + "\"}";
        QCOMPARE(text.contains(sample), isLimit(EndingCause(i)));
    }
}

void TestMetrics::bucketsOnlyRise()
{
    const QByteArray text = metricsText(busy());
    double last = -1;
    int buckets = 0;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &line : lines) {
        if (!line.startsWith("glasshouse_rtt_seconds_bucket"))
            continue;
        const double count = line.split(' ').constLast().toDouble();
        QVERIFY(count >= last);
        last = count;
        ++buckets;
    }
    QCOMPARE(buckets, int(RttHistogram::boundsMs.size()) + 1);
    QCOMPARE(text.count("le=\"+Inf\""), 1);
}

void TestMetrics::leavesOutWhatIsNotKnown()
{
    const QByteArray text = metricsText({}); // descriptors are −1
    QVERIFY(!text.contains("glasshouse_descriptors"));
}

void TestMetrics::countersNeverFall()
{
    MetricsSource source = busy();
    const Reading before = read(metricsText(source));
    Totals &totals = source.totals;
    for (quint64 *counter :
         {&totals.accepted, &totals.upgraded, &totals.refused, &totals.httpServed, &totals.messagesIn,
          &totals.messagesOut, &totals.bytesIn, &totals.badMessages, &totals.droppedMessages})
        ++*counter;
    for (quint64 &count : totals.endings)
        ++count;
    totals.rtts.add(7);
    totals.open = 0; // gauges may
    source.capture.endRow += 5;
    source.capture.rowsLost += 5;
    const Reading after = read(metricsText(source));
    QCOMPARE(after.samples.size(), before.samples.size());
    for (auto sample = before.samples.begin(); sample != before.samples.end(); ++sample) {
        if (before.types.value(familyOf(sample.key(), before.types)) != u"gauge")
            QVERIFY2(after.samples.value(sample.key()) >= sample.value(), qPrintable(sample.key()));
    }
}

void TestMetrics::doesNotCareForTheLocale()
{
    class Comma final : public std::numpunct<char>
    {
        char do_decimal_point() const override { return ','; }
        char do_thousands_sep() const override { return '.'; }
        std::string do_grouping() const override { return "\3"; }
    };
    const QByteArray text = metricsText(busy());
    const std::locale before = std::locale::global(std::locale(std::locale::classic(), new Comma));
    const QByteArray again = metricsText(busy());
    std::locale::global(before);
    QCOMPARE(again, text);
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
