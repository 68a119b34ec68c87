// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/diagnoses.h"
#include "ui/base/formats.h"
#include "ui/doctor/diagnosiswords.h"

#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

Diagnosis runningAt(DoctorStage stage)
{
    Diagnosis diagnosis = healthyDiagnosis();
    for (int later = int(stage) + 1; later < doctorStageCount; ++later)
        diagnosis.stages[std::size_t(later)] = {};
    setStage(diagnosis, stage, DoctorVerdict::Running);
    diagnosis.over = false;
    return diagnosis;
}

DoctorStageResult withBytes(const QByteArray &bytes)
{
    DoctorStageResult result;
    result.evidence = {{DoctorFact::FirstBytes, {}, bytes}};
    return result;
}

} // namespace

class TestDiagnosisWords final : public QObject
{
    Q_OBJECT

private slots:
    void looksDifferentForEachVerdict();
    void sumsUp_data();
    void sumsUp();
    void counts();
    void namesTheCauseAndWhatToDo();
    void namesACauseWhileTheRestIsLookedAt();
    void findsTheStageItSpeaksOf();
    void showsBytesAsTheyAre_data();
    void showsBytesAsTheyAre();
    void givesTheTimeOfWhatTookSome();
    void saysWhatIsInItFirst();
};

void TestDiagnosisWords::looksDifferentForEachVerdict()
{
    QSet<QString> marks, meanings;
    for (int verdict = 0; verdict <= int(DoctorVerdict::Ill); ++verdict) {
        marks << markOf(DoctorVerdict(verdict));
        meanings << meaningOf(DoctorVerdict(verdict));
    }
    QCOMPARE(marks.size(), int(DoctorVerdict::Ill) + 1);
    QCOMPARE(meanings.size(), int(DoctorVerdict::Ill) + 1);
}

void TestDiagnosisWords::sumsUp_data()
{
    QTest::addColumn<Diagnosis>("diagnosis");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("advice");
    QTest::newRow("well") << healthyDiagnosis() << u"All is well."_s << QString();
    Diagnosis stopped = healthyDiagnosis();
    stopped.stopped = true;
    QTest::newRow("stopped when all was well")
        << stopped << u"All is well."_s << u"As far as it was looked at: it was stopped before the end."_s;
    Diagnosis nothing;
    nothing.over = nothing.stopped = true;
    QTest::newRow("stopped at once") << nothing << u"It was stopped before anything was known."_s << QString();
    Diagnosis noted = healthyDiagnosis();
    setStage(noted, DoctorStage::Idle, DoctorVerdict::Noted);
    QTest::newRow("one thing to know") << noted << u"It works."_s
                                       << u"One thing is worth knowing: it is marked with ! below."_s;
    setStage(noted, DoctorStage::Origin, DoctorVerdict::Noted);
    QTest::newRow("two things to know") << noted << u"It works."_s
                                        << u"2 things are worth knowing: they are marked with ! below."_s;
    QTest::newRow("at it") << runningAt(DoctorStage::Tcp) << u"Looking at it …"_s << titleOf(DoctorStage::Tcp);
}

void TestDiagnosisWords::sumsUp()
{
    QFETCH(Diagnosis, diagnosis);
    const DoctorHeadline headline = headlineOf(diagnosis, 0, 0);
    QTEST(headline.sentence, "sentence");
    QTEST(headline.advice, "advice");
}

void TestDiagnosisWords::counts()
{
    const Diagnosis diagnosis = runningAt(DoctorStage::Idle); // since 40 ms
    QCOMPARE(headlineOf(diagnosis, 40 + 34'000, 150'000).sentence,
             u"Watching a quiet connection: 34 s of 2 min 30 s"_s);
    QCOMPARE(headlineOf(diagnosis, 0, 150'000).sentence, u"Watching a quiet connection: 0 s of 2 min 30 s"_s);
    QCOMPARE(headlineOf(diagnosis, 999'000, 20'000).sentence, u"Watching a quiet connection: 20 s of 20 s"_s);
}

void TestDiagnosisWords::namesTheCauseAndWhatToDo()
{
    const Diagnosis diagnosis = illDiagnosis();
    const DoctorHeadline headline = headlineOf(diagnosis, 0, 0);
    const DoctorWords words = wordsOf(*diagnosis.cause());
    QVERIFY(!words.sentence.isEmpty());
    QCOMPARE(headline.verdict, DoctorVerdict::Ill);
    QVERIFY(!headline.sentence.contains(u'\n') && !headline.advice.contains(u'\n'));
    QVERIFY(!headline.advice.isEmpty());
    QVERIFY(adviceOf(diagnosis.at(DoctorStage::Upgrade)).contains(u"\n→ "_s));
}

void TestDiagnosisWords::namesACauseWhileTheRestIsLookedAt()
{
    Diagnosis diagnosis = illDiagnosis();
    diagnosis.over = false;
    setStage(diagnosis, DoctorStage::Host, DoctorVerdict::Running);
    QCOMPARE(headlineOf(diagnosis, 0, 0).verdict, DoctorVerdict::Ill);
}

void TestDiagnosisWords::findsTheStageItSpeaksOf()
{
    QCOMPARE(stageOfHeadline(illDiagnosis()), std::optional(DoctorStage::Upgrade));
    QCOMPARE(stageOfHeadline(runningAt(DoctorStage::Close)), std::optional(DoctorStage::Close));
    QCOMPARE(stageOfHeadline(healthyDiagnosis()), std::nullopt);
    Diagnosis noted = healthyDiagnosis();
    setStage(noted, DoctorStage::Idle, DoctorVerdict::Noted);
    QCOMPARE(stageOfHeadline(noted), std::optional(DoctorStage::Idle));
}

void TestDiagnosisWords::showsBytesAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    QTest::newRow("a head") << QByteArray("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n")
                            << u"    HTTP/1.1 200 OK\n    Server: x"_s;
    QTest::newRow("umlauts") << QByteArray("größer") << u"    größer"_s;
    QTest::newRow("an alert of TLS") << QByteArray("\x15\x03\x01\x00\x02", 5)
                                     << u"    0000  15 03 01 00 02                                   ....."_s;
    QTest::newRow("an escape sequence") << QByteArray("\x1b[2J")
                                        << u"    0000  1b 5b 32 4a                                      .[2J"_s;
    QTest::newRow("half of a character") << QByteArray("\xc3")
                                         << u"    0000  c3                                               ."_s;
    QTest::newRow("text that turns around") << QByteArray("a\u202eb") << u"    a·b"_s;
    QTest::newRow("two lines of bytes")
        << QByteArray(17, '\0')
        << u"    0000  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................\n"
           "    0010  00                                               ."_s;
}

void TestDiagnosisWords::showsBytesAsTheyAre()
{
    QFETCH(QByteArray, bytes);
    const QString text = evidenceOf(withBytes(bytes));
    QTEST(text.section(u'\n', 1), "shown");
}

void TestDiagnosisWords::givesTheTimeOfWhatTookSome()
{
    QVERIFY(evidenceOf(healthyDiagnosis().at(DoctorStage::Dns)).endsWith(u"  (%1)"_s.arg(formatSpan(1'234))));
}

void TestDiagnosisWords::saysWhatIsInItFirst()
{
    DoctorStageResult result;
    QCOMPARE(foundIn(result), QString());
    result.evidence = {{DoctorFact::Request, {}, "GET / HTTP/1.1"}, {DoctorFact::Answer, {"101"}, {}}};
    QCOMPARE(foundIn(result), wordsOf(result.evidence.last()));
    result.findings = {{DoctorCause::OriginRefused, {}}};
    QCOMPARE(foundIn(result), wordsOf(result.findings.first()).sentence);
}

QTEST_MAIN(TestDiagnosisWords)
#include "tst_diagnosiswords.moc"
