// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/samples.h"

#include "server/endings/ending.h"

#include <QJsonDocument>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray jsonOf(const Sample &sample) { return QJsonDocument(sampleObject(sample)).toJson(QJsonDocument::Compact); }

Sample busy()
{
    Sample sample;
    Totals &totals = sample.totals;
    totals.accepted = 1;
    totals.refused = 2;
    totals.upgraded = 3;
    totals.ended = 4;
    totals.httpServed = 5;
    totals.messagesIn = 6;
    totals.messagesOut = quint64{1} << 53;
    totals.bytesIn = 8;
    totals.bytesOut = 9;
    totals.faults = 10;
    totals.badMessages = 11;
    totals.droppedMessages = 24;
    totals.endings.resize(endingCauseCount);
    totals.endings[int(EndingCause::ClientClosed)] = 12;
    totals.endings[int(EndingCause::Kicked)] = 13;
    totals.rtts.add(3);
    totals.rtts.add(100'000);
    totals.players = 14;
    totals.queuedBytes = 15;
    totals.open = 16;
    totals.heads = 17;
    totals.rooms = 18;
    totals.descriptors = 19;
    totals.descriptorLimit = 20;
    totals.acceptingPaused = true;
    totals.drainSecondsLeft = 0;
    totals.networkBusy = 0.125;
    sample.capture.queuedBytes = 21;
    sample.capture.payloadsOmitted = 22;
    sample.capture.rowsLost = 23;
    return sample;
}

} // namespace

class TestSamples final : public QObject
{
    Q_OBJECT

private slots:
    void bringsEverythingBack();
    void leavesOutWhatIsAsInTheBeginning();
    void staysSmall();
    void takesAnything_data();
    void takesAnything();
};

void TestSamples::bringsEverythingBack()
{
    const Sample before = busy();
    const Sample after = sampleFromJson(jsonOf(before));
    QCOMPARE(sampleObject(after), sampleObject(before));
    QCOMPARE(after.totals.accepted, 1U);
    QCOMPARE(after.totals.messagesOut, quint64{1} << 53);
    QCOMPARE(after.totals.endings, before.totals.endings);
    QVERIFY(after.totals.rtts.counts == before.totals.rtts.counts);
    QCOMPARE(after.totals.rtts.sumMs, 100'003U);
    QCOMPARE(after.totals.descriptorLimit, 20);
    QVERIFY(after.totals.acceptingPaused);
    QCOMPARE(after.totals.drainSecondsLeft, 0);
    QCOMPARE(after.totals.networkBusy, 0.125);
    QCOMPARE(after.capture.queuedBytes, 21);
    QCOMPARE(after.capture.payloadsOmitted, 22U);
    QCOMPARE(after.capture.rowsLost, 23U);
}

void TestSamples::leavesOutWhatIsAsInTheBeginning()
{
    QCOMPARE(jsonOf({}), "{}"_ba);
    QCOMPARE(sampleFromJson("{}").totals.descriptors, -1);
    Sample sample;
    sample.totals.open = 3;
    QCOMPARE(jsonOf(sample), R"({"open":3})"_ba);
}

void TestSamples::staysSmall()
{
    Sample sample = busy();
    QVERIFY(jsonOf(sample).size() < 700);
    for (quint64 &count : sample.totals.endings)
        count = 1'000'000;
    QVERIFY(jsonOf(sample).size() < 3'000); // at the very most, and only where everything has gone wrong
}

void TestSamples::takesAnything_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("no object") << "[1]"_ba;
    QTest::newRow("other types") << R"({"open":"many","rtts":[],"endings":3,"busy":"x","acceptingPaused":1})"_ba;
    QTest::newRow("numbers that do not fit") << R"({"open":1e18,"accepted":-1,"busy":7e99})"_ba;
    QTest::newRow("too long a histogram") << R"({"rtts":{"counts":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}})"_ba;
    QTest::newRow("what a later version says") << R"({"shards":[1,2],"endings":{"swallowed":0}})"_ba;
}

void TestSamples::takesAnything()
{
    QFETCH(QByteArray, json);
    const Sample sample = sampleFromJson(json);
    QCOMPARE(sample.totals.open, 0);
    QCOMPARE(sample.totals.accepted, 0U);
    QVERIFY(sample.totals.networkBusy <= 1);
    QCOMPARE(sample.totals.endings, QList<quint64>(endingCauseCount));
}

QTEST_APPLESS_MAIN(TestSamples)
#include "tst_samples.moc"
