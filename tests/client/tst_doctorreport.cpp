// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/report/doctorreport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

using Kind = DoctorReport::Kind;

/// Everything before `stage` is good, everything behind it was left out.
Diagnosis diagnosisOf(DoctorStage stage, const DoctorStageResult &result)
{
    Diagnosis diagnosis;
    diagnosis.url = QUrl(u"ws://host:8080/ws"_s);
    diagnosis.began = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    diagnosis.over = true;
    for (int i = 0; i < doctorStageCount; ++i) {
        DoctorStageResult &one = diagnosis.at(DoctorStage(i));
        one.verdict = i < int(stage) ? DoctorVerdict::Good : DoctorVerdict::Skipped;
        one.beganMs = one.tookMs = i < int(stage) ? i : -1;
    }
    diagnosis.at(stage) = result;
    return diagnosis;
}

Diagnosis diagnosisOf(DoctorCause cause, const QByteArrayList &arguments, const QByteArray &bytes = {})
{
    DoctorStageResult result;
    result.verdict = rowOf(cause).isIllness ? DoctorVerdict::Ill : DoctorVerdict::Noted;
    result.findings = {{cause, arguments}};
    result.evidence = {{DoctorFact::Answer, {arguments.value(0)}, bytes, 2'345}};
    result.beganMs = 12;
    result.tookMs = 1'500;
    return diagnosisOf(DoctorStage::Upgrade, result);
}

Diagnosis healthy()
{
    DoctorStageResult good;
    good.verdict = DoctorVerdict::Good;
    return diagnosisOf(DoctorStage::Host, good);
}

QByteArray whole(const Diagnosis &diagnosis, Kind kind) { return DoctorReport{kind}.whole(diagnosis); }

QJsonObject json(const QByteArray &line) { return QJsonDocument::fromJson(line).object(); }

} // namespace

class TestDoctorReport final : public QObject
{
    Q_OBJECT

private slots:
    void saysACauseInEveryForm_data();
    void saysACauseInEveryForm();
    void putsTheCauseLastInATerminalAndFirstInMarkdown();
    void hasABlockForEachStage();
    void saysThatItWorks_data();
    void saysThatItWorks();
    void saysThatItWasStopped();
    void nothingHostileReachesTheReader_data();
    void nothingHostileReachesTheReader();
    void markdownStaysText_data();
    void markdownStaysText();
    void nothingEndsABlockOfCode();
    void showsBytes_data();
    void showsBytes();
    void writesOneObjectALine();
    void keepsBytesInJson();
    void coloursOnlyWhenAsked();
    void neverShowsWhoConnects();
};

void TestDoctorReport::saysACauseInEveryForm_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArrayList>("parts");
    const DoctorWords words = wordsOf(DoctorFinding{DoctorCause::BadGateway, {"502 Bad Gateway"}});
    const QByteArray sentence = words.sentence.toUtf8();
    QTest::newRow("text") << int(Kind::Text)
                          << QByteArrayList{"Examining ws://host:8080/ws\n", "✗ Upgrade", "1.5 s\n",           sentence,
                                            "→ " + words.fix.toUtf8(),       "(2 ms)",    "✗ Ill: " + sentence};
    QTest::newRow("Markdown") << int(Kind::Markdown)
                              << QByteArrayList{"## ", "`ws://host:8080/ws`, 2026-01-02T03:04:05Z",
                                                "### ✗ Upgrade (1.5 s)", "(`badGateway`)", "```\n"};
    QTest::newRow("JSON") << int(Kind::Json)
                          << QByteArrayList{"\"event\":\"diagnosis\"", "\"cause\":\"badGateway\"",
                                            "\"verdict\":\"ill\"", "\"microseconds\":2345", "\"tookMs\":1500"};
}

void TestDoctorReport::saysACauseInEveryForm()
{
    QFETCH(int, kind);
    QFETCH(QByteArrayList, parts);
    const QByteArray report = whole(diagnosisOf(DoctorCause::BadGateway, {"502 Bad Gateway"}), Kind(kind));
    for (const QByteArray &part : parts)
        QVERIFY2(report.contains(part), (part + "\n--- is not in ---\n" + report).constData());
}

void TestDoctorReport::putsTheCauseLastInATerminalAndFirstInMarkdown()
{
    const Diagnosis diagnosis = diagnosisOf(DoctorCause::NotFound, {"404 Not Found"});
    const QByteArray text = whole(diagnosis, Kind::Text);
    QVERIFY(text.indexOf("Ill:") > text.indexOf("Silence"));
    const QByteArray markdown = whole(diagnosis, Kind::Markdown);
    QVERIFY(markdown.indexOf("Ill:") < markdown.indexOf("###"));
}

void TestDoctorReport::hasABlockForEachStage()
{
    Diagnosis diagnosis = diagnosisOf(DoctorCause::NotFound, {"404"});
    diagnosis.at(DoctorStage::Host).verdict = DoctorVerdict::Running;
    const QByteArray text = whole(diagnosis, Kind::Text);
    for (int i = 0; i <= int(DoctorStage::Upgrade); ++i) {
        const QByteArray mark = DoctorStage(i) == DoctorStage::Upgrade ? "✗ " : "✓ ";
        QCOMPARE(text.count('\n' + mark + titleOf(DoctorStage(i)).toUtf8()), 1);
    }
    QVERIFY(text.contains("\n– Left out: Subprotocol, Origin, Token, "));
    QVERIFY(!text.contains(titleOf(DoctorStage::Host).toUtf8())); // not known yet
}

void TestDoctorReport::saysThatItWorks_data()
{
    QTest::addColumn<bool>("noted");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("nothing") << false << QByteArray("✓ It works, and nothing was found.\n");
    QTest::newRow("something to be known") << true << QByteArray("! It works. To be known: ");
}

void TestDoctorReport::saysThatItWorks()
{
    QFETCH(bool, noted);
    QFETCH(QByteArray, words);
    Diagnosis diagnosis = noted ? diagnosisOf(DoctorCause::OriginAny, {}) : healthy();
    QVERIFY(DoctorReport().summary(diagnosis).startsWith(words));
    if (noted) {
        diagnosis.at(DoctorStage::Close) = diagnosis.at(DoctorStage::Upgrade);
        diagnosis.at(DoctorStage::Close).verdict = DoctorVerdict::Noted;
        QVERIFY(DoctorReport().summary(diagnosis).startsWith("! It works. To be known, the first of 2: "));
    }
    QVERIFY(json(whole(diagnosis, Kind::Json))[u"cause"_s].isNull());
}

void TestDoctorReport::saysThatItWasStopped()
{
    Diagnosis diagnosis = diagnosisOf(DoctorCause::NotFound, {"404"});
    diagnosis.stopped = true;
    QVERIFY(DoctorReport().summary(diagnosis).contains("stopped"));
    QVERIFY(whole(diagnosis, Kind::Markdown).contains("stopped"));
    QVERIFY(json(whole(diagnosis, Kind::Json))[u"stopped"_s].toBool());
    diagnosis = healthy();
    diagnosis.stopped = true;
    QVERIFY(DoctorReport().summary(diagnosis).contains("until it was stopped"));
    QVERIFY(DoctorReport().summary(Diagnosis()).contains("Nothing was looked at"));
}

void TestDoctorReport::nothingHostileReachesTheReader_data()
{
    QTest::addColumn<QByteArray>("hostile");
    QTest::newRow("escape") << QByteArray("a\x1B[2J\x1B]0;x\x07");
    QTest::newRow("line of its own") << QByteArray("a\n✓ It works\r\n");
    QTest::newRow("right to left") << QByteArray("a\xE2\x80\xAE"
                                                 "b");
    QTest::newRow("C1") << QByteArray("a\xC2\x9B"
                                      "31m");
    QTest::newRow("no UTF-8") << QByteArray("a\xFF\xFE\x00z", 5);
}

void TestDoctorReport::nothingHostileReachesTheReader()
{
    QFETCH(QByteArray, hostile);
    Diagnosis diagnosis = diagnosisOf(DoctorCause::NotFound, {hostile}, hostile);
    diagnosis.behind = {hostile};
    for (const Kind kind : {Kind::Text, Kind::Markdown, Kind::Json}) {
        const QString report = QString::fromUtf8(whole(diagnosis, kind));
        for (const QChar c : report)
            QVERIFY2(c == u'\n' || c.category() != QChar::Other_Control, qPrintable(report));
        QVERIFY(!report.contains(QChar(0x202E)));
        QVERIFY(!report.contains(u"\n✓ It works"_s));
    }
    QCOMPARE(whole(diagnosis, Kind::Json).count('\n'), 1);
    QVERIFY(!json(whole(diagnosis, Kind::Json)).isEmpty());
}

void TestDoctorReport::markdownStaysText_data()
{
    QTest::addColumn<QByteArray>("hostile");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("link") << QByteArray("[x](http://bad)") << QByteArray("\\[x\\]\\(http://bad\\)");
    QTest::newRow("tag") << QByteArray("<img src=x>") << QByteArray("&lt;img src=x\\>");
    QTest::newRow("person") << QByteArray("@team") << QByteArray("@<!-- -->team");
    QTest::newRow("issue") << QByteArray("see #12") << QByteArray("#<!-- -->12");
    QTest::newRow("code") << QByteArray("`a`") << QByteArray("\\`a\\`");
    QTest::newRow("entity") << QByteArray("&lt;") << QByteArray("&amp;lt;");
    QTest::newRow("bold") << QByteArray("**a**") << QByteArray("\\*\\*a\\*\\*");
}

void TestDoctorReport::markdownStaysText()
{
    QFETCH(QByteArray, hostile);
    QFETCH(QByteArray, shown);
    Diagnosis diagnosis = healthy();
    diagnosis.behind = {hostile};
    const QByteArray report = whole(diagnosis, Kind::Markdown);
    QVERIFY2(report.contains(shown), report.constData());
    QVERIFY(!report.contains(hostile) || hostile == "&lt;");
}

void TestDoctorReport::nothingEndsABlockOfCode()
{
    const QByteArray report = whole(diagnosisOf(DoctorCause::NotFound, {"404"}, "x\n````\n# Mine\n"), Kind::Markdown);
    QCOMPARE(report.count("\n`````\n"), 2);
}

void TestDoctorReport::showsBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("lines") << QByteArray("HTTP/1.1 404\r\nServer: x\r\n\r\n")
                           << QByteArray("      | HTTP/1.1 404\n      | Server: x\n");
    QTest::newRow("binary") << QByteArray("\x16\x03\x01zA", 5)
                            << QByteArray("      | 16 03 01 7a 41                                  ...zA\n");
    QTest::newRow("long") << QByteArray(4000, 'x') << QByteArray("xx\n      | … 2976 more bytes\n");
    QTest::newRow("cut in a letter") << QByteArray(1023, 'x') + "é" << QByteArray("xx\n      | … 2 more bytes\n");
    QTest::newRow("long and binary") << QByteArray(300, '\x01') << QByteArray("\n      | … 44 more bytes\n");
}

void TestDoctorReport::showsBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, shown);
    const QByteArray report = whole(diagnosisOf(DoctorCause::NotFound, {"404"}, bytes), Kind::Text);
    QVERIFY2(report.contains(shown), report.constData());
}

void TestDoctorReport::writesOneObjectALine()
{
    const Diagnosis diagnosis = diagnosisOf(DoctorCause::NotFound, {"404 Not Found"});
    const DoctorReport report{Kind::Json};
    QCOMPARE(report.head(diagnosis), QByteArray());
    const QByteArray stageLine = report.stage(diagnosis, DoctorStage::Upgrade);
    QCOMPARE(stageLine.count('\n'), 1);
    const QJsonObject stage = json(stageLine);
    QCOMPARE(stage[u"event"_s].toString(), u"stage"_s);
    QCOMPARE(stage[u"stage"_s].toString(), u"upgrade"_s);
    QCOMPARE(stage[u"verdict"_s].toString(), u"ill"_s);
    const QJsonObject finding = stage[u"findings"_s][0].toObject();
    QCOMPARE(finding[u"cause"_s].toString(), u"notFound"_s);
    QVERIFY(finding[u"illness"_s].toBool());
    QCOMPARE(finding[u"arguments"_s].toArray(), QJsonArray{u"404 Not Found"_s});
    const QJsonObject all = json(report.summary(diagnosis));
    QCOMPARE(all[u"stages"_s].toArray().size(), doctorStageCount);
    QCOMPARE(all[u"began"_s].toString(), u"2026-01-02T03:04:05.000Z"_s);
    QVERIFY(!all[u"sentence"_s].toString().isEmpty() && !all[u"fix"_s].toString().isEmpty());
}

void TestDoctorReport::keepsBytesInJson()
{
    const auto evidence = [](const QByteArray &bytes) {
        const QJsonObject all = json(whole(diagnosisOf(DoctorCause::NotFound, {"404"}, bytes), Kind::Json));
        return all[u"stages"_s][int(DoctorStage::Upgrade)][u"evidence"_s][0].toObject();
    };
    QCOMPARE(evidence("a\x1B\r\n")[u"text"_s].toString(), u"a\x1B\r\n"_s);
    QCOMPARE(evidence("\xFF")[u"base64"_s].toString(), u"/w=="_s);
    QVERIFY(!evidence({}).contains(u"text"_s));
    QCOMPARE(evidence({})[u"fact"_s].toString(), u"answer"_s);
}

void TestDoctorReport::coloursOnlyWhenAsked()
{
    const Diagnosis diagnosis = diagnosisOf(DoctorCause::NotFound, {"404"});
    QVERIFY(!DoctorReport{}.whole(diagnosis).contains('\x1B'));
    const QByteArray coloured = DoctorReport{Kind::Text, true}.whole(diagnosis);
    QVERIFY(coloured.contains("\x1B[31m✗ Upgrade"));
    QCOMPARE(coloured.count("\x1B[0m") * 2, coloured.count("\x1B["));
    QVERIFY((!DoctorReport{Kind::Markdown, true}.whole(diagnosis).contains('\x1B')));
}

void TestDoctorReport::neverShowsWhoConnects()
{
    Diagnosis diagnosis = diagnosisOf(DoctorCause::NotFound, {"404"});
    diagnosis.url = QUrl(u"ws://ada:secret@host/x"_s);
    for (const Kind kind : {Kind::Text, Kind::Markdown, Kind::Json})
        QVERIFY(!whole(diagnosis, kind).contains("secret"));
}

QTEST_GUILESS_MAIN(TestDoctorReport)
#include "tst_doctorreport.moc"
