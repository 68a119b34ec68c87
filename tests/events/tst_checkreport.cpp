// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/checkreport.h"

#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

using Outcome = CheckResult::Outcome;

namespace {

QByteArray reportWith(const QByteArray &steps, const QByteArray &run = "0123456789abcdef")
{
    return "{\"run\":\"" + run + "\",\"steps\":" + steps + ",\"over\":true}";
}

} // namespace

class TestCheckReport final : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatThePageSays();
    void takesNoMoreThanItKnows_data();
    void takesNoMoreThanItKnows();
    void refusesWhatIsNoReport_data();
    void refusesWhatIsNoReport();
    void sumsUp();
    void namesDevices_data();
    void namesDevices();
    void hasWordsForEachStep();
};

void TestCheckReport::readsWhatThePageSays()
{
    const auto report =
        parseCheckReport(reportWith(R"({"http":{"ok":true,"ms":12},"socket":{"ok":false,"code":1006}})"));
    QVERIFY(report);
    QCOMPARE(report->run, "0123456789abcdef");
    QVERIFY(report->over);
    QCOMPARE(report->at(CheckStep::Http), (CheckResult{Outcome::Passed, 12, 0}));
    QCOMPARE(report->at(CheckStep::Socket), (CheckResult{Outcome::Failed, -1, 1006}));
    QCOMPARE(report->at(CheckStep::Silence), CheckResult{});
}

void TestCheckReport::takesNoMoreThanItKnows_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<CheckResult>("http");
    QTest::newRow("no step") << QByteArray("{}") << CheckResult{};
    QTest::newRow("a step that is none") << QByteArray(R"({"http":[1]})") << CheckResult{};
    QTest::newRow("not said how it went") << QByteArray(R"({"http":{"ms":7}})") << CheckResult{Outcome::Open, 7, 0};
    QTest::newRow("said in words") << QByteArray(R"({"http":{"ok":"true"}})") << CheckResult{};
    QTest::newRow("a time before it began")
        << QByteArray(R"({"http":{"ok":true,"ms":-9e99}})") << CheckResult{Outcome::Passed, -1, 0};
    QTest::newRow("a time without an end")
        << QByteArray(R"({"http":{"ok":true,"ms":99999999}})") << CheckResult{Outcome::Passed, 3'600'000, 0};
    QTest::newRow("a code that is none") << QByteArray(R"({"http":{"ok":false,"code":77777}})")
                                         << CheckResult{Outcome::Failed, -1, 4'999};
    QTest::newRow("a code below all") << QByteArray(R"({"http":{"ok":false,"code":-1}})")
                                      << CheckResult{Outcome::Failed, -1, 0};
    QTest::newRow("steps of its own") << QByteArray(R"({"mine":{"ok":true}})") << CheckResult{};
}

void TestCheckReport::takesNoMoreThanItKnows()
{
    QFETCH(QByteArray, steps);
    const auto report = parseCheckReport(reportWith(steps));
    QVERIFY(report);
    QTEST(report->at(CheckStep::Http), "http");
}

void TestCheckReport::refusesWhatIsNoReport_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("run=1");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("no run") << QByteArray(R"({"steps":{}})");
    QTest::newRow("no steps") << QByteArray(R"({"run":"0123456789abcdef"})");
    QTest::newRow("steps in a row") << reportWith("[]");
    QTest::newRow("a short run") << reportWith("{}", "0123456");
    QTest::newRow("a long run") << reportWith("{}", QByteArray(33, 'a'));
    QTest::newRow("a run with other characters") << reportWith("{}", "0123456789abcdeF");
    QTest::newRow("deep") << reportWith(QByteArray(1'500, '['));
}

void TestCheckReport::refusesWhatIsNoReport()
{
    QFETCH(QByteArray, json);
    QVERIFY(!parseCheckReport(json));
}

void TestCheckReport::sumsUp()
{
    CheckReport report;
    QVERIFY(!report.hasFailed() && !report.hasPassed());
    report.results.fill({Outcome::Passed, 1, 0});
    QVERIFY(!report.hasFailed() && report.hasPassed());
    report.results.back().outcome = Outcome::Failed;
    QVERIFY(report.hasFailed() && !report.hasPassed());
}

void TestCheckReport::namesDevices_data()
{
    QTest::addColumn<QByteArray>("agent");
    QTest::addColumn<QString>("name");
    const auto row = [](const QString &name, const char *agent) {
        QTest::newRow(qPrintable(name)) << QByteArray(agent) << name;
    };
    row(u"Safari, iPhone"_s,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
        "Gecko) Version/17.5 Mobile/15E148 Safari/604.1");
    row(u"Chrome, iPhone"_s,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
        "Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1");
    row(u"Chrome, Android"_s,
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0.0.0 Mobile Safari/537.36");
    row(u"Samsung Internet, Android"_s,
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36");
    row(u"Firefox, Linux"_s, "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0");
    row(u"Edge, Windows"_s,
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0");
    row(u"Safari, macOS"_s,
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.5 Safari/605.1.15");
    row(u"curl/8.5"_s, "curl/8.5");
    row(u""_s, "");
    row(QString(60, u'x'), QByteArray(5'000, 'x').constData());
    row(u"a\\u{202E}b"_s, "a\u202eb");
}

void TestCheckReport::namesDevices()
{
    QFETCH(QByteArray, agent);
    QTEST(deviceName(agent), "name");
}

void TestCheckReport::hasWordsForEachStep()
{
    QSet<QByteArray> names;
    for (int step = 0; step < checkStepCount; ++step) {
        const CheckStepText &text = textOf(CheckStep(step));
        names << text.name;
        QVERIFY(*text.text != 0 && *text.tip != 0);
    }
    QCOMPARE(names.size(), checkStepCount);
}

QTEST_GUILESS_MAIN(TestCheckReport)
#include "tst_checkreport.moc"
