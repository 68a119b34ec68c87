// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorsecrets.h"

#include "client/doctor/doctor.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestDoctorSecrets final : public QObject
{
    Q_OBJECT
private slots:
    void hidesWhatLetsSomebodyIn_data();
    void hidesWhatLetsSomebodyIn();
    void hidesValuesWhereverTheyStand();
    void looksBehindWhatIsSlowToSearch_data();
    void looksBehindWhatIsSlowToSearch();
};

void TestDoctorSecrets::hidesWhatLetsSomebodyIn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &shown) {
        QTest::newRow(name) << text << shown;
    };
    row("nothing", "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\nHost: a\r\n");
    row("of the order", "welcome, s3cr3t-of-mine!", "welcome, …!");
    row("a cookie", "Set-Cookie: sid=abcdef; Path=/\r\nServer: x\r\n", "Set-Cookie: …\r\nServer: x\r\n");
    row("a member", R"({"type":"connected","resume":"Dkmj91o6","resumeSeconds":30})",
        R"({"type":"connected","resume":"…","resumeSeconds":30})");
    row("members of many kinds", R"({"accessToken" : "a\"b","api_key":"c","Password":"d","name":"Ada"})",
        R"({"accessToken" : "…","api_key":"…","Password":"…","name":"Ada"})");
    row("an open packet of Engine.IO", R"(0{"sid":"lv_VI97HAXpY6yYWAAAC","pingInterval":25000})",
        R"(0{"sid":"…","pingInterval":25000})");
    row("a member that is cut", R"({"token":"abc)", R"({"token":"…)");
    row("a member that only counts", R"({"tokens":3,"session":{"n":1}})", R"({"tokens":3,"session":{"n":1}})");
    row("a parameter", "Location: /ws?token=abc&x=1", "Location: /ws?token=…&x=1");
}

void TestDoctorSecrets::hidesWhatLetsSomebodyIn()
{
    QFETCH(QByteArray, text);
    DoctorOrder order;
    order.token = "s3cr3t-of-mine";
    QTEST(DoctorSecrets(order).hidden(text), "shown");
}

void TestDoctorSecrets::hidesValuesWhereverTheyStand()
{
    DoctorOrder order;
    order.secrets = {"s/cr", "s/cret", "odd"};
    const DoctorSecrets secrets(order);
    QCOMPARE(secrets.hidden("X-Odd: s/cret\r\n"), "X-Odd: …\r\n"_ba);
    QCOMPARE(secrets.hidden("GET /a/s%2Fcret?x=s/cr"), "GET /a/…?x=…"_ba);
    QCOMPARE(secrets.hidden("an odd one"), "an … one"_ba);
    const QUrl url = secrets.hidden(QUrl(QStringLiteral("ws://odd.example:8080/a/s%2Fcret/s/cret?x=s%2Fcret&y=1")));
    QCOMPARE(url, QUrl(QStringLiteral("ws://odd.example:8080/a/…/…?x=…&y=1")));
}

void TestDoctorSecrets::looksBehindWhatIsSlowToSearch_data()
{
    QTest::addColumn<QByteArray>("piece");
    for (const char *piece :
         {"\"token", "token", "\"token\":\"\\", "\"a\": ", "eyJaaaaaaaa", "?token=", "\"token\"   "})
        QTest::newRow(piece) << QByteArray(piece);
}

/// An expression that gives up finds nothing behind it.
void TestDoctorSecrets::looksBehindWhatIsSlowToSearch()
{
    QFETCH(QByteArray, piece);
    const QByteArray text = piece.repeated(64 * 1024 / piece.size()) + "\r\n{\"resume\":\"abcdef\"} /ws?token=ghijkl";
    const QByteArray shown = DoctorSecrets().hidden(text, text.size());
    QVERIFY(!shown.contains("abcdef"));
    QVERIFY(!shown.contains("ghijkl"));
}

QTEST_GUILESS_MAIN(TestDoctorSecrets)
#include "tst_doctorsecrets.moc"
