// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/coderaceroptions.h"
#include "tests/games/recordingoutput.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestCodeRacerOptions final : public QObject
{
    Q_OBJECT

private slots:
    void takesOptions_data();
    void takesOptions();
    void refusesOptions_data();
    void refusesOptions();
};

void TestCodeRacerOptions::takesOptions_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("language"); // empty: any
    QTest::addColumn<int>("seconds");         // 0: any
    QTest::addColumn<qint64>("countdownMs");
    const auto row = [](const char *name, const char *options, const char *language, int seconds, qint64 countdownMs) {
        QTest::newRow(name) << QByteArray(options) << QByteArray(language) << seconds << countdownMs;
    };
    row("none", "", "", 0, 3'000);
    row("empty", " { } ", "", 0, 3'000);
    row("language", R"({"language":"sql"})", "sql", 0, 3'000);
    row("short", R"({"length":"short"})", "", 60, 3'000);
    row("medium", R"({"length":"medium"})", "", 120, 3'000);
    row("long", R"({"length":"long"})", "", 240, 3'000);
    row("least", R"({"secondsLimit":20,"countdownSeconds":1})", "", 20, 1'000);
    row("most", R"({"secondsLimit":600,"countdownSeconds":10,"length":"short","language":"go"})", "go", 600, 10'000);
}

void TestCodeRacerOptions::takesOptions()
{
    QFETCH(QByteArray, options);
    QFETCH(QByteArray, language);
    QFETCH(int, seconds);
    QFETCH(qint64, countdownMs);
    for (quint64 seed = 0; seed < 10; ++seed) {
        const auto made = builtInGames().make("code-racer", seed, options);
        QVERIFY2(made, made.ok() ? "" : made.error().text.constData());
        RecordingOutput out;
        made.value()->joined({"anna", u"A"_s}, 1'000, out);
        QByteArray data;
        QVERIFY(made.value()->start(1'000, data, out));
        const QJsonObject started = QJsonDocument::fromJson(data).object();
        QCOMPARE(started.value("startsAt"_L1).toInteger(), 1'000 + countdownMs);
        if (!language.isEmpty())
            QCOMPARE(started.value("language"_L1).toString().toUtf8(), language);
        if (seconds > 0)
            QCOMPARE(started.value("secondsLimit"_L1).toInt(), seconds);
    }
}

void TestCodeRacerOptions::refusesOptions_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("unknown") << QByteArray(R"({"colour":"red"})");
    QTest::newRow("unknown behind a good one") << QByteArray(R"({"length":"long","colour":"red"})");
    QTest::newRow("unknown language") << QByteArray(R"({"language":"latin"})");
    QTest::newRow("empty language") << QByteArray(R"({"language":""})");
    QTest::newRow("language of another type") << QByteArray(R"({"language":7})");
    QTest::newRow("unknown length") << QByteArray(R"({"length":"huge"})");
    QTest::newRow("length of another type") << QByteArray(R"({"length":null})");
    QTest::newRow("too short") << QByteArray(R"({"secondsLimit":19})");
    QTest::newRow("too long") << QByteArray(R"({"secondsLimit":601})");
    QTest::newRow("a fraction") << QByteArray(R"({"secondsLimit":60.5})");
    QTest::newRow("a string") << QByteArray(R"({"countdownSeconds":"3"})");
    QTest::newRow("none") << QByteArray(R"({"countdownSeconds":0})");
    QTest::newRow("negative") << QByteArray(R"({"countdownSeconds":-3})");
    QTest::newRow("huge") << QByteArray(R"({"countdownSeconds":111111111111111111111})");
}

void TestCodeRacerOptions::refusesOptions()
{
    QFETCH(QByteArray, options);
    const auto made = builtInGames().make("code-racer", 1, options);
    QVERIFY(!made);
    QCOMPARE(made.error().code, GameError::BadOptions);
    QVERIFY(!made.error().text.isEmpty());
}

QTEST_GUILESS_MAIN(TestCodeRacerOptions)
#include "tst_coderaceroptions.moc"
