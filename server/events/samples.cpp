// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/samples.h"

#include "server/endings/ending.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <cmath>
#include <utility>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

/// Calls `visit` with the key and the member of all plain numbers: what is written and what is read.
template <typename SampleType, typename Visit>
void forEachNumber(SampleType &sample, const Visit &visit)
{
    auto &totals = sample.totals;
    visit("accepted"_L1, totals.accepted);
    visit("refused"_L1, totals.refused);
    visit("upgraded"_L1, totals.upgraded);
    visit("ended"_L1, totals.ended);
    visit("httpServed"_L1, totals.httpServed);
    visit("messagesIn"_L1, totals.messagesIn);
    visit("messagesOut"_L1, totals.messagesOut);
    visit("bytesIn"_L1, totals.bytesIn);
    visit("bytesOut"_L1, totals.bytesOut);
    visit("faults"_L1, totals.faults);
    visit("badMessages"_L1, totals.badMessages);
    visit("droppedMessages"_L1, totals.droppedMessages);
    visit("players"_L1, totals.players);
    visit("queuedBytes"_L1, totals.queuedBytes);
    visit("open"_L1, totals.open);
    visit("heads"_L1, totals.heads);
    visit("rooms"_L1, totals.rooms);
    visit("descriptors"_L1, totals.descriptors);
    visit("descriptorLimit"_L1, totals.descriptorLimit);
    visit("drainSecondsLeft"_L1, totals.drainSecondsLeft);
    visit("captureQueuedBytes"_L1, sample.capture.queuedBytes);
    visit("capturePayloadsOmitted"_L1, sample.capture.payloadsOmitted);
    visit("captureRowsLost"_L1, sample.capture.rowsLost);
}

QJsonObject rttObject(const RttHistogram &rtts)
{
    QJsonArray counts;
    for (const quint64 count : rtts.counts)
        counts.append(qint64(count));
    return {{u"counts"_s, counts}, {u"sumMs"_s, qint64(rtts.sumMs)}};
}

RttHistogram rttsFrom(const QJsonObject &object)
{
    RttHistogram rtts;
    const QJsonArray counts = object.value("counts"_L1).toArray();
    for (size_t i = 0; i < rtts.counts.size(); ++i)
        rtts.counts[i] = quint64(counts.at(qsizetype(i)).toInteger());
    rtts.sumMs = quint64(object.value("sumMs"_L1).toInteger());
    return rtts;
}

// By name: the numbers of causes are not kept.
QJsonObject endingsObject(const QList<quint64> &endings)
{
    QJsonObject object;
    for (qsizetype i = 0; i < endings.size(); ++i) {
        if (endings.at(i) > 0)
            object.insert(QLatin1StringView(endingText(EndingCause(i)).name), qint64(endings.at(i)));
    }
    return object;
}

QList<quint64> endingsFrom(const QJsonObject &object)
{
    QList<quint64> endings(endingCauseCount);
    for (auto ending = object.begin(); ending != object.end(); ++ending)
        endings[int(endingCauseOf(ending.key().toUtf8()))] += quint64(ending.value().toInteger());
    return endings;
}

} // namespace

QJsonObject sampleObject(const Sample &sample)
{
    QJsonObject object;
    const Sample fresh;
    QList<qint64> usual;
    forEachNumber(fresh, [&usual](QLatin1StringView, auto number) { usual.append(qint64(number)); });
    qsizetype at = 0;
    forEachNumber(sample, [&](QLatin1StringView key, auto number) {
        if (qint64(number) != usual.at(at++))
            object.insert(key, qint64(number));
    });
    if (sample.totals.acceptingPaused)
        object.insert(u"acceptingPaused"_s, true);
    if (sample.totals.rtts.counts != RttHistogram().counts)
        object.insert(u"rtts"_s, rttObject(sample.totals.rtts));
    if (const QJsonObject endings = endingsObject(sample.totals.endings); !endings.isEmpty())
        object.insert(u"endings"_s, endings);
    if (const double busy = std::round(sample.totals.networkBusy * 1000) / 1000; busy > 0)
        object.insert(sampleBusyKey, busy);
    return object;
}

Sample sampleFromJson(QByteArrayView json)
{
    const QJsonObject object = QJsonDocument::fromJson(json.toByteArray()).object();
    Sample sample;
    forEachNumber(sample, [&object](QLatin1StringView key, auto &number) {
        using Number = std::remove_reference_t<decltype(number)>;
        const qint64 there = object.value(key).toInteger(qint64(number));
        if (std::in_range<Number>(there))
            number = Number(there);
    });
    sample.totals.acceptingPaused = object.value("acceptingPaused"_L1).toBool();
    sample.totals.rtts = rttsFrom(object.value("rtts"_L1).toObject());
    sample.totals.endings = endingsFrom(object.value("endings"_L1).toObject());
    sample.totals.networkBusy = qBound(0.0, object.value(sampleBusyKey).toDouble(), 1.0);
    return sample;
}

} // namespace glasshouse
