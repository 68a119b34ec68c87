// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/devicetimeouts.h"
#include "server/endings/endinghint.h"

#include <QTest>

using namespace glasshouse;

class TestEndingHint final : public QObject
{
    Q_OBJECT

private slots:
    void knowsTheTimeoutsOfDevices_data();
    void knowsTheTimeoutsOfDevices();
    void isSilentSinceTheLastFrameOfEitherSide();
    void guessesOnlyWhereADeviceMayHaveCut_data();
    void guessesOnlyWhereADeviceMayHaveCut();
};

void TestEndingHint::knowsTheTimeoutsOfDevices_data()
{
    QTest::addColumn<qint64>("silence");
    QTest::addColumn<qint64>("lifetime");
    QTest::addColumn<QByteArray>("device");
    const auto row = [](const char *name, qint64 silence, qint64 lifetime, const char *device) {
        QTest::newRow(name) << silence << lifetime << QByteArray(device);
    };
    row("no silence", 0, 1'000, "");
    row("47.9 s are nobody's", 47'999, 90'000, "");
    row("HAProxy as packaged", 50'000, 90'000, "HAProxy");
    row("between two", 52'500, 90'000, "");
    row("Heroku", 55'300, 90'000, "Heroku");
    row("57.9 s are nobody's", 57'999, 90'000, "");
    row("nginx, 2 s early", 58'000, 90'000, "nginx");
    row("AWS", 60'000, 90'000, "AWS ALB");
    row("Traefik, 2 s late", 62'000, 90'000, "Traefik");
    row("62.1 s are nobody's", 62'001, 90'000, "");
    row("Cloudflare", 100'500, 200'000, "Cloudflare");
    row("Cloudflare's newer table", 121'000, 200'000, "Cloudflare (120 s)");
    row("Azure load balancer", 240'000, 500'000, "Azure load balancer");
    row("Azure Front Door", 300'000, 500'000, "Azure Front Door (5 min)");
    row("mitmproxy", 600'000, 700'000, "mitmproxy");
    row("GCP counts from the start", 4'000, 30'100, "GCP");
    row("Azure Front Door at most", 4'000, 4 * 3'600'000, "Azure Front Door (4 h from the start)");
    row("a silence goes before a lifetime", 55'000, 30'000, "Heroku");
}

void TestEndingHint::knowsTheTimeoutsOfDevices()
{
    QFETCH(qint64, silence);
    QFETCH(qint64, lifetime);
    QFETCH(QByteArray, device);
    const QByteArray guess = devicesThatCutAfter(silence, lifetime);
    QCOMPARE(guess.isEmpty(), device.isEmpty());
    QVERIFY2(guess.contains(device), guess.constData());
}

void TestEndingHint::isSilentSinceTheLastFrameOfEitherSide()
{
    Ending ending;
    ending.cause = EndingCause::ClientVanished;
    ending.lifetimeMs = 200'000;
    ending.silenceMs = 60'100;
    QVERIFY(endingHint(ending).contains("nginx"));
    ending.lastFrames = {{.direction = Direction::In, .beforeEndMs = 60'100},
                         {.direction = Direction::Out, .beforeEndMs = 12'000}};
    QVERIFY(endingHint(ending).isEmpty()); // we sent something in between
    ending.lastFrames.last().beforeEndMs = 54'900;
    QVERIFY(endingHint(ending).contains("Heroku"));
}

void TestEndingHint::guessesOnlyWhereADeviceMayHaveCut_data()
{
    QTest::addColumn<EndingCause>("cause");
    for (int i = 0; i < endingCauseCount; ++i)
        QTest::newRow(endingText(EndingCause(i)).name) << EndingCause(i);
}

void TestEndingHint::guessesOnlyWhereADeviceMayHaveCut()
{
    QFETCH(EndingCause, cause);
    Ending ending;
    ending.cause = cause;
    ending.silenceMs = 60'000;
    ending.lifetimeMs = 200'000;
    const bool may = cause == EndingCause::ClientVanished || cause == EndingCause::ConnectionReset;
    QCOMPARE(!endingHint(ending).isEmpty(), may);
    QCOMPARE(endingToJson(ending).contains("\"hint\":\"nginx"), may);
}

QTEST_GUILESS_MAIN(TestEndingHint)
#include "tst_endinghint.moc"
