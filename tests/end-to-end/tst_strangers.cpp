// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificatefiles.h"
#include "tests/support/rawclient.h"
#include "tests/support/serverprocess.h"

#include <QTest>
#include <algorithm>
#include <memory>
#include <vector>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mebibyte = 1024 * 1024;
constexpr int heads = 500;
#ifdef __SANITIZE_ADDRESS__
constexpr qint64 largestHandshake = 200 * 1024;
constexpr qint64 mayStay = 128 * 1024 * 1024; // what was freed is kept, to see who still uses it
#else
constexpr qint64 mayStay = 8 * 1024 * 1024;
constexpr qint64 largestHandshake = 64 * 1024; // docs/architecture.md makes 128 MiB of it
#endif

const QByteArray page = "GET /style.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

QByteArray bigEndian(qsizetype number, int bytes)
{
    QByteArray text;
    for (int i = bytes - 1; i >= 0; --i)
        text += char(quint8(number >> (8 * i)));
    return text;
}

/// A hello of TLS 1.2 with one cipher: the server answers it with all that it has, and waits.
QByteArray hello()
{
    // x25519 for the exchange, and P-256, or a certificate on that curve is none that the client could check.
    const QByteArray groups = QByteArray::fromHex("000a00060004001d0017000b00020100000d000a0008040304030401"
                                                  "0501");
    const QByteArray body = QByteArray::fromHex("0303") + QByteArray(32, 'r')
        + QByteArray::fromHex("000004c02bc02c0100") + bigEndian(groups.size(), 2) + groups;
    const QByteArray message = '\x01' + bigEndian(body.size(), 3) + body;
    return QByteArray::fromHex("160301") + bigEndian(message.size(), 2) + message;
}

} // namespace

/// What strangers make the server hold and do has a bound, and keeps nobody else out.
class TestStrangers : public QObject
{
    Q_OBJECT

private slots:
    void halfOpenRequestsGiveWay();
    void halfOpenTlsHasABound();
    void brokenRequestsAreSlowedDown();
    void tooManySocketsAreTold();
};

void TestStrangers::halfOpenRequestsGiveWay()
{
    ServerProcess server({u"--heads-per-address"_s, u"20"_s, u"--head-seconds"_s, u"60"_s});
    QVERIFY2(server.start(), server.output().constData());
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 60; ++i) {
        silent.push_back(std::make_unique<RawClient>(server.port()));
        silent.back()->send("GET / HT");
    }
    RawClient client(server.port());
    QVERIFY(client.request(page));
    QCOMPARE(client.response().status, 200);
    const auto isLeft = [](const auto &other) { return !other->ended(); };
    const auto leftBesideANewerOne = [&] {
        RawClient newer(server.port());
        newer.send("GET ");
        return std::count_if(silent.begin(), silent.end(), isLeft);
    };
    QTRY_VERIFY(leftBesideANewerOne() <= 20); // as soon as they have had their moment
    QVERIFY(isLeft(silent.back()));           // the oldest went
    QCOMPARE(server.ending(1)[u"cause"_s].toString(), u"too_many_heads_from_address"_s);
    QCOMPARE(server.stop(), 0);
}

// Handshakes that never end, from however many addresses.
void TestStrangers::halfOpenTlsHasABound()
{
    CertificateFiles certificates;
    QVERIFY(certificates.make(u"server"_s));
    ServerProcess server(manyConnections() + certificates.options(u"server"_s)
                         + QStringList{u"--max-heads"_s, QString::number(heads), u"--heads-per-address"_s, u"0"_s,
                                       u"--head-seconds"_s, u"20"_s});
    QVERIFY2(server.start(), server.output().constData());
    RawClient first(server.port());
    QVERIFY(first.request(page));
    const qint64 before = server.residentBytes();
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 800; ++i) {
        silent.push_back(std::make_unique<RawClient>(server.port()));
        silent.back()->send(hello());
    }
    const auto left = [&] {
        return std::count_if(silent.begin(), silent.end(), [](const auto &other) { return !other->ended(); });
    };
    QTRY_VERIFY(left() <= heads);
    QVERIFY(left() > heads / 2); // they are taken for handshakes
    RawClient client(server.port());
    QVERIFY(client.request(page));
    QCOMPARE(client.response().status, 200);
    const qint64 held = server.residentBytes() - before;
    qInfo("%lld KiB each", held / 1024 / heads);
    QVERIFY2(held < heads * largestHandshake, qPrintable(u"%1 KiB each"_s.arg(held / 1024 / heads)));
    silent.clear();
    QTRY_VERIFY2_WITH_TIMEOUT(server.residentBytes() - before < mayStay,
                              qPrintable(u"%1 MiB stayed"_s.arg((server.residentBytes() - before) / mebibyte)), 20'000);
    QCOMPARE(server.stop(), 0);
}

void TestStrangers::brokenRequestsAreSlowedDown()
{
    ServerProcess server({u"--broken-request-rate"_s, u"1"_s});
    QVERIFY2(server.start(), server.output().constData());
    QList<int> statuses;
    for (int i = 0; i < 10; ++i) {
        RawClient client(server.port());
        QVERIFY(client.request("nonsense\r\n\r\n"));
        statuses += client.response().status;
        if (statuses.last() == 429) {
            QVERIFY(client.response().value("Retry-After").toInt() > 0);
            QVERIFY(client.body().contains("broken"));
        }
    }
    QCOMPARE(statuses.first(), 400);
    QCOMPARE(statuses.last(), 429);
    RawClient client(server.port());
    QVERIFY(client.request(page));
    QCOMPARE(client.response().status, 200);
    QCOMPARE(server.ending(10)[u"cause"_s].toString(), u"failing_too_fast"_s);
    QCOMPARE(server.stop(), 0);
}

void TestStrangers::tooManySocketsAreTold()
{
    ServerProcess server({u"--max-connections-per-address"_s, u"2"_s});
    QVERIFY2(server.start(), server.output().constData());
    RawClient first(server.port());
    RawClient second(server.port());
    RawClient third(server.port());
    QVERIFY(first.upgrade() && second.upgrade());
    QVERIFY(!third.upgrade());
    QVERIFY(third.waitForBody());
    QCOMPARE(third.response().status, 429);
    QVERIFY(third.response().value("Retry-After").toInt() > 0);
    QVERIFY(third.body().contains("WebSocket connections"));
    QCOMPARE(server.ending(1)[u"cause"_s].toString(), u"too_many_from_address"_s);
    RawClient reader(server.port()); // pages are no players
    QVERIFY(reader.request(page));
    QCOMPARE(reader.response().status, 200);
    QCOMPARE(server.stop(), 0);
}

QTEST_GUILESS_MAIN(TestStrangers)
#include "tst_strangers.moc"
