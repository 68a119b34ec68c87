// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/doctor/bench.h"

using namespace glasshouse;

namespace {

/// Agrees to every upgrade, so that browsers see the reason, and closes those that are not `good`.
void closeUnless(DoctorBench &bench, bool (*good)(const HttpHead &), quint16 code, const char *reason = "")
{
    bench.listen();
    bench.script().opened = [=](ScriptedPeer &peer) {
        if (!good(peer.request()))
            peer.sendClose(code, reason);
    };
}

bool always(const HttpHead &) { return true; }
bool never(const HttpHead &) { return false; }
bool isNotForeign(const HttpHead &head)
{
    const QByteArrayView origin = head.value("Origin");
    return origin.isEmpty() || origin.startsWith("http://127.0.0.1:") || origin == QByteArrayView("https://game.test");
}
bool hasOrigin(const HttpHead &head) { return !head.value("Origin").isEmpty(); }
bool hasNoToken(const HttpHead &head) { return head.value("Authorization").isEmpty(); }

/// As a server that wants its token in the first message.
void closeAtMessages(DoctorBench &bench, quint16 code, const char *reason)
{
    bench.listen();
    bench.script().said = [=](ScriptedPeer &peer, QByteArrayView) { peer.sendClose(code, reason); };
}

const BrokenCase cases[] = {
    {"4003 because of the Origin",
     [](DoctorBench &b) {
         closeUnless(b, isNotForeign, 4003);
         b.order.client.origin = "https://other.test";
     },
     "originRefused"},
    {"1008 because of the Origin",
     [](DoctorBench &b) {
         closeUnless(b, isNotForeign, 1008, "policy");
         b.order.client.origin = "https://other.test";
     },
     "originRefused"},
    {"1008 for want of an Origin", [](DoctorBench &b) { closeUnless(b, hasOrigin, 1008); }, "originMissing"},
    {"4401 without a token", [](DoctorBench &b) { closeUnless(b, never, 4401); }, "loginMissing"},
    {"3000 without a token", [](DoctorBench &b) { closeUnless(b, never, 3000); }, "loginMissing"},
    {"4001 with a token that can not be read",
     [](DoctorBench &b) {
         closeUnless(b, never, 4001);
         b.order.token = "opaque";
     },
     "tokenRefused"},
    {"1008 because of the token",
     [](DoctorBench &b) {
         closeUnless(b, hasNoToken, 1008);
         b.order.token = "opaque";
     },
     "tokenRefused"},
    {"4403 whoever comes", [](DoctorBench &b) { closeUnless(b, never, 4403); }, "forbidden"},
    {"4001 at the first message, which had to be a token",
     [](DoctorBench &b) { closeAtMessages(b, 4001, "the first message has to be auth with a token"); }, "loginMissing"},
};

} // namespace

class TestDoctorRefusals final : public QObject
{
    Q_OBJECT

private slots:
    void namesWhatMatters_data() { addCases(cases); }
    void namesWhatMatters();
    void isNoIllness_data();
    void isNoIllness();
    void seesThatPagesMayNotConnect();
    void keepsWhatAWatchSawUntilItWasStopped();
};

void TestDoctorRefusals::namesWhatMatters()
{
    QFETCH(const BrokenCase *, broken);
    examineCase(*broken);
}

void TestDoctorRefusals::isNoIllness_data()
{
    QTest::addColumn<const BrokenCase *>("broken");
    static const BrokenCase healthy[] = {
        {"1008 whoever comes", [](DoctorBench &b) { closeUnless(b, never, 1008); }, "closedAtOnce"},
        {"4001 at a message, for a reason of its own", [](DoctorBench &b) { closeAtMessages(b, 4001, "no such game"); },
         "messagesNotUnderstood"},
        {"a foreign Origin is closed", [](DoctorBench &b) { closeUnless(b, isNotForeign, 4003); }, ""},
    };
    for (const BrokenCase &one : healthy)
        QTest::newRow(one.name) << &one;
}

void TestDoctorRefusals::isNoIllness()
{
    QFETCH(const BrokenCase *, broken);
    DoctorBench bench;
    broken->arrange(bench);
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(diagnosis.verdict() != DoctorVerdict::Ill, report(diagnosis).constData());
    QVERIFY2(report(diagnosis).contains(broken->cause), report(diagnosis).constData());
}

void TestDoctorRefusals::seesThatPagesMayNotConnect()
{
    DoctorBench strict;
    closeUnless(strict, isNotForeign, 4003);
    const Diagnosis refused = strict.examine();
    QCOMPARE(refused.at(DoctorStage::Origin).verdict, DoctorVerdict::Good);
    DoctorBench open;
    closeUnless(open, always, 4003);
    const Diagnosis taken = open.examine();
    QCOMPARE(taken.at(DoctorStage::Origin).findings.value(0, {DoctorCause::None, {}}).cause, DoctorCause::OriginAny);
}

void TestDoctorRefusals::keepsWhatAWatchSawUntilItWasStopped()
{
    DoctorBench bench;
    bench.listen();
    bench.order.idleMs = 3'600'000;
    Doctor doctor;
    QSignalSpy finished(&doctor, &Doctor::finished);
    doctor.start(bench.order);
    const auto isWatching = [&] {
        return doctor.diagnosis().at(DoctorStage::Idle).verdict == DoctorVerdict::Running
            && bench.server.peers.last()->isUpgrade();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isWatching(), 30'000);
    QTRY_VERIFY(doctor.diagnosis().at(DoctorStage::Host).verdict >= DoctorVerdict::Skipped); // it was looked at before
    QCoreApplication::processEvents();
    doctor.stop();
    QCOMPARE(finished.size(), 1);
    QVERIFY(doctor.diagnosis().stopped);
    QCoreApplication::processEvents();
    QCOMPARE(finished.size(), 1);
}

QTEST_GUILESS_MAIN(TestDoctorRefusals)
#include "tst_doctorrefusals.moc"
