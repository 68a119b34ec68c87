// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/doctor/bench.h"

#include <QPointer>

using namespace glasshouse;

Q_DECLARE_METATYPE(glasshouse::DoctorStage)
Q_DECLARE_METATYPE(std::function<void(glasshouse::ScriptedPeer &)>)

// What may be done to a doctor while it works.

class TestDoctor final : public QObject
{
    Q_OBJECT
private slots:
    void saysNothingBeforeItBegins();
    void tellsEachStage();
    void stopEndsIt_data();
    void stopEndsIt();
    void stopBeforeTheFirstTurnEndsIt();
    void stopTwiceSaysOneEnd();
    void stopInsideOfAStageEndsIt();
    void beginsAnewInsideOfFinished();
    void beginsAnewInsideOfAStage();
    void mayBeDeletedLaterByASlot();
    void isDeletedAnyTime_data() { stopEndsIt_data(); }
    void isDeletedAnyTime();
    void bearsHostileServers_data();
    void bearsHostileServers();
};

namespace {

void slowAtEach(DoctorBench &bench)
{
    bench.order.idleMs = 60'000;
    bench.listen();
}

/// Turns until the stage runs.
[[nodiscard]] bool runsUntil(const Doctor &doctor, DoctorStage stage)
{
    return QTest::qWaitFor(
        [&] {
            return doctor.diagnosis().at(stage).verdict == DoctorVerdict::Running
                || doctor.diagnosis().at(stage).verdict >= DoctorVerdict::Good;
        },
        10'000);
}

} // namespace

void TestDoctor::saysNothingBeforeItBegins()
{
    Doctor doctor;
    doctor.stop();
    QVERIFY(!doctor.diagnosis().over);
    QCOMPARE(doctor.diagnosis().verdict(), DoctorVerdict::Waiting);
}

void TestDoctor::tellsEachStage()
{
    DoctorBench bench;
    bench.listen();
    Doctor doctor;
    QSet<DoctorStage> told;
    QSignalSpy finished(&doctor, &Doctor::finished);
    connect(&doctor, &Doctor::stageChanged, this, [&](DoctorStage stage) { told.insert(stage); });
    doctor.start(bench.order);
    QVERIFY(told.isEmpty()); // not inside of the call
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    for (int i = 0; i < doctorStageCount; ++i)
        QVERIFY2(told.contains(DoctorStage(i)), nameOf(DoctorStage(i)).data());
    for (const DoctorStageResult &stage : doctor.diagnosis().stages)
        QVERIFY(stage.verdict >= DoctorVerdict::Skipped
                && (stage.verdict == DoctorVerdict::Skipped || stage.tookMs >= 0));
}

void TestDoctor::stopEndsIt_data()
{
    QTest::addColumn<DoctorStage>("stage");
    for (const DoctorStage stage :
         {DoctorStage::Tcp, DoctorStage::Upgrade, DoctorStage::FirstFrames, DoctorStage::RoundTrip,
          DoctorStage::BiggestMessage, DoctorStage::Close, DoctorStage::Origin, DoctorStage::Idle})
        QTest::newRow(nameOf(stage).data()) << stage;
}

void TestDoctor::stopEndsIt()
{
    QFETCH(DoctorStage, stage);
    DoctorBench bench;
    slowAtEach(bench);
    Doctor doctor;
    QSignalSpy finished(&doctor, &Doctor::finished);
    doctor.start(bench.order);
    QVERIFY(runsUntil(doctor, stage));
    doctor.stop();
    QCOMPARE(finished.size(), 1);
    QVERIFY(doctor.diagnosis().over && doctor.diagnosis().stopped);
    for (const DoctorStageResult &result : doctor.diagnosis().stages)
        QVERIFY(result.verdict >= DoctorVerdict::Skipped);
    QCoreApplication::processEvents();
    QCOMPARE(finished.size(), 1);
}

void TestDoctor::stopBeforeTheFirstTurnEndsIt()
{
    DoctorBench bench;
    bench.listen();
    Doctor doctor;
    QSignalSpy finished(&doctor, &Doctor::finished);
    doctor.start(bench.order);
    doctor.stop();
    QCOMPARE(finished.size(), 1);
    QVERIFY(doctor.diagnosis().stopped);
}

void TestDoctor::stopTwiceSaysOneEnd()
{
    DoctorBench bench;
    bench.listen();
    Doctor doctor;
    QSignalSpy finished(&doctor, &Doctor::finished);
    connect(&doctor, &Doctor::finished, &doctor, &Doctor::stop);
    doctor.start(bench.order);
    doctor.stop();
    doctor.stop();
    QCoreApplication::processEvents();
    QCOMPARE(finished.size(), 1);
}

void TestDoctor::stopInsideOfAStageEndsIt()
{
    DoctorBench bench;
    bench.listen();
    Doctor doctor;
    QSignalSpy finished(&doctor, &Doctor::finished);
    bool toldBehindTheEnd = false;
    connect(&doctor, &Doctor::stageChanged, this, [&](DoctorStage stage) {
        toldBehindTheEnd = toldBehindTheEnd || !finished.isEmpty();
        if (stage == DoctorStage::Upgrade && finished.isEmpty() && !doctor.diagnosis().over)
            doctor.stop();
    });
    doctor.start(bench.order);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(doctor.diagnosis().stopped);
    QCoreApplication::processEvents();
    QVERIFY(!toldBehindTheEnd);
    QCOMPARE(finished.size(), 1);
}

void TestDoctor::beginsAnewInsideOfFinished()
{
    DoctorBench bench;
    bench.listen();
    Doctor doctor;
    QSignalSpy finished(&doctor, &Doctor::finished);
    connect(&doctor, &Doctor::finished, this, [&] {
        if (finished.size() == 1)
            doctor.start(bench.order);
    });
    doctor.start(bench.order);
    doctor.stop();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 20'000);
    QVERIFY(!doctor.diagnosis().stopped);
}

void TestDoctor::beginsAnewInsideOfAStage()
{
    DoctorBench bench;
    bench.listen();
    Doctor doctor;
    QSignalSpy finished(&doctor, &Doctor::finished);
    int again = 0;
    connect(&doctor, &Doctor::stageChanged, this, [&](DoctorStage stage) {
        if (stage == DoctorStage::RoundTrip && ++again == 1)
            doctor.start(bench.order);
    });
    doctor.start(bench.order);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    QVERIFY(again > 1);
}

void TestDoctor::mayBeDeletedLaterByASlot()
{
    DoctorBench bench;
    bench.listen();
    QPointer<Doctor> doctor(new Doctor);
    connect(doctor, &Doctor::stageChanged, doctor, &QObject::deleteLater);
    doctor->start(bench.order);
    QTRY_VERIFY(doctor.isNull());
}

void TestDoctor::isDeletedAnyTime()
{
    QFETCH(DoctorStage, stage);
    DoctorBench bench;
    slowAtEach(bench);
    auto doctor = std::make_unique<Doctor>();
    doctor->start(bench.order);
    QVERIFY(runsUntil(*doctor, stage));
    doctor.reset();
    QCoreApplication::processEvents();
}

// Each comes to an end in its deadlines, holds little, and has a cause.
void TestDoctor::bearsHostileServers_data()
{
    using What = std::function<void(ScriptedPeer &)>;
    QTest::addColumn<What>("opened");   // behind 101
    QTest::addColumn<What>("answered"); // in its place
    const auto again = [](ScriptedPeer &peer, const QByteArray &bytes) {
        auto *timer = new QTimer(&peer);
        QObject::connect(timer, &QTimer::timeout, &peer, [&peer, bytes] { peer.write(bytes); });
        timer->start(2);
    };
    const auto opened = [](const char *name, const What &what) { QTest::newRow(name) << what << What(); };
    const auto answered = [](const char *name, const What &what) { QTest::newRow(name) << What() << what; };
    QByteArray pings;
    for (int i = 0; i < 10'000; ++i)
        pings += makeFrame(Opcode::Ping, "flood");
    opened("pings", [=](ScriptedPeer &peer) { again(peer, pings); });
    opened("fragments", [=](ScriptedPeer &peer) {
        peer.write(makeFrame(Opcode::Text, "x", false));
        again(peer, makeFrame(Opcode::Continuation, "x", false).repeated(1'000));
    });
    opened("a frame of a gigabyte", [=](ScriptedPeer &peer) {
        peer.write(frameHeader(Opcode::Binary, 1'073'741'824));
        again(peer, QByteArray(65'536, 'x'));
    });
    opened("messages of a megabyte",
           [=](ScriptedPeer &peer) { again(peer, makeFrame(Opcode::Binary, QByteArray(1'048'576, 'x'))); });
    opened("a frame in drips", [=](ScriptedPeer &peer) {
        peer.write(frameHeader(Opcode::Text, 100'000));
        again(peer, "x");
    });
    opened("a close with a code that is none", [](ScriptedPeer &peer) {
        peer.write(QByteArray("\x88\x02\x03\xED", 4)); // 1005
    });
    answered("a head without an end", [=](ScriptedPeer &peer) {
        peer.write("HTTP/1.1 101 Switching Protocols\r\n");
        again(peer, "X-More: of it\r\n");
    });
    answered("a line without an end", [=](ScriptedPeer &peer) {
        peer.write("HTTP/1.1 200 OK\r\nX: ");
        again(peer, QByteArray(65'536, 'x'));
    });
    answered("a body without an end", [=](ScriptedPeer &peer) {
        peer.write("HTTP/1.1 404 Not Found\r\n\r\n");
        again(peer, QByteArray(65'536, 'x'));
    });
    answered("chunks without data", [=](ScriptedPeer &peer) {
        peer.write("HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n");
        again(peer, "1\r\nx\r\n");
    });
    answered("words that look like tokens", [=](ScriptedPeer &peer) {
        peer.refuse("404 Not Found", "X: y\r\n",
                    QByteArray("eyJ").repeated(5'000) + QByteArray("token").repeated(3'000));
    });
}

void TestDoctor::bearsHostileServers()
{
    QFETCH(std::function<void(ScriptedPeer &)>, opened);
    QFETCH(std::function<void(ScriptedPeer &)>, answered);
    DoctorBench bench;
    bench.script().opened = opened;
    bench.script().answer = answered;
    bench.listen();
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(diagnosis.over, report(diagnosis).constData());
    QVERIFY2(answered == nullptr || diagnosis.cause() != nullptr, report(diagnosis).constData());
    for (const DoctorStageResult &stage : diagnosis.stages) {
        QVERIFY(stage.evidence.size() <= 64);
        for (const DoctorEvidence &evidence : stage.evidence)
            QVERIFY(evidence.bytes.size() <= 4'096);
    }
}

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
