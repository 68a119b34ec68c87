// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorjudges.h"
#include "tests/client/doctor/bench.h"
#include "tests/client/doctor/fulllistener.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;

// Addresses and networks on which no server is reached, or not by everybody.

namespace {

const QHostAddress v4(QHostAddress::LocalHost);
const QHostAddress v6(QHostAddress::LocalHostIPv6);
const QHostAddress otherV4(u"127.0.0.2"_s);

quint16 unusedPort()
{
    QTcpServer server;
    server.listen(v4);
    return server.serverPort();
}

/// A port that takes nobody, and how it is dialed.
quint16 addFullListener(DoctorBench &bench, const QHostAddress &address = v4, quint16 port = 0)
{
    auto listener = std::make_unique<FullListener>(address, port);
    const quint16 taken = listener->port();
    bench.more.push_back(std::move(listener));
    return taken;
}

constexpr BrokenCase cases[] = {
    {"http", [](DoctorBench &b) { b.setUrl("http", "localhost", 80); }, "urlHttp"},
    {"https", [](DoctorBench &b) { b.setUrl("https", "localhost", 80); }, "urlHttp"},
    {"another scheme", [](DoctorBench &b) { b.setUrl("ftp", "localhost", 80); }, "urlScheme"},
    {"a fragment", [](DoctorBench &b) { b.setUrl("ws", "localhost", 80, "/ws#part"); }, "urlFragment"},
    {"no host", [](DoctorBench &b) { b.order.client.url = QUrl(u"ws:///ws"_s); }, "urlInvalid"},
    {"nothing", [](DoctorBench &b) { b.order.client.url = QUrl(); }, "urlInvalid"},
    {"a header with a line break",
     [](DoctorBench &b) {
         b.setUrl("ws", "127.0.0.1", 80);
         b.order.client.headers = {{"X", "a\r\nb"}};
     },
     "requestInvalid"},
    {"a name that nobody knows",
     [](DoctorBench &b) {
         b.setUrl("ws", "nobody.invalid", 80);
         b.resolveTo({});
     },
     "nameNotFound"},
    {"a name server that says nothing",
     [](DoctorBench &b) {
         b.setUrl("ws", "silent.invalid", 80);
         b.tools.resolve = [](const QString &, const DoctorTools::Resolved &) {};
     },
     "nameTimeout"},
    {"refused", [](DoctorBench &b) { b.setUrl("ws", "127.0.0.1", unusedPort()); }, "connectionRefused"},
    {"a black hole", [](DoctorBench &b) { b.setUrl("ws", "127.0.0.1", addFullListener(b)); }, "connectionTimeout"},
    {"listens on another address of this machine",
     [](DoctorBench &b) {
         QVERIFY(b.server.listen(v4));
         b.setUrl("ws", "127.0.0.2", b.server.port());
     },
     "listensElsewhere"},
    {"IPv6 alone is broken",
     [](DoctorBench &b) {
         b.listen("ws", "both.test");
         b.resolveTo({v6, v4});
     },
     "ipv6Broken"},
    {"IPv4 alone is broken",
     [](DoctorBench &b) {
         QVERIFY(b.server.listen(v6));
         b.setUrl("ws", "both.test", b.server.port());
         b.resolveTo({v6, v4});
     },
     "ipv4Broken"},
    {"the first address is dead",
     [](DoctorBench &b) {
         b.listen("ws", "two.test");
         QCOMPARE(addFullListener(b, otherV4, b.server.port()), b.server.port());
         b.resolveTo({otherV4, v4});
     },
     "firstAddressDead"},
};

} // namespace

class TestDoctorWay final : public QObject
{
    Q_OBJECT
private slots:
    void namesWhatIsWrong_data() { addCases(cases); }
    void namesWhatIsWrong();
    void offersTheSchemeThatIsMeant();
    void missesThePort();
    void aDeadAddressBehindTheFirstIsNoIllness();
    void localhostMayBeOneOfBothFamilies();
    void namesWhoHasThePort();
    void leavesOutWhatAnIllnessExplains();
    void notesTheProxyOfTheSystem_data();
    void notesTheProxyOfTheSystem();
    void showsNoSecretOfTheAddress_data();
    void showsNoSecretOfTheAddress();
};

void TestDoctorWay::namesWhatIsWrong()
{
    QFETCH(const BrokenCase *, broken);
    examineCase(*broken);
}

void TestDoctorWay::offersTheSchemeThatIsMeant()
{
    DoctorBench bench;
    bench.setUrl("https", "example.org", 8443);
    QCOMPARE(bench.examine().cause()->arguments, QByteArrayList{"wss://example.org:8443/ws"});
}

// No program of a test may listen on port 80, and few machines have one there.
void TestDoctorWay::missesThePort()
{
    NetworkSeen seen;
    seen.url = QUrl(u"ws://localhost/ws"_s);
    seen.port = 80;
    seen.addresses = {{v4, {}}};
    seen.addresses[0].result.end = StreamEnd::Refused;
    QCOMPARE(judgeNetwork(seen).first().cause, DoctorCause::PortMissing);
}

void TestDoctorWay::aDeadAddressBehindTheFirstIsNoIllness()
{
    DoctorBench bench;
    bench.listen("ws", "two.test");
    bench.resolveTo({v4, otherV4});
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(diagnosis.cause() == nullptr, report(diagnosis).constData());
    QCOMPARE(diagnosis.at(DoctorStage::Tcp).findings.first().cause, DoctorCause::AddressDead);
}

void TestDoctorWay::localhostMayBeOneOfBothFamilies()
{
    DoctorBench bench;
    bench.listen("ws", "localhost");
    bench.resolveTo({v6, v4});
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(diagnosis.cause() == nullptr, report(diagnosis).constData());
}

void TestDoctorWay::namesWhoHasThePort()
{
#ifndef Q_OS_LINUX
    QSKIP("the system does not tell");
#endif
    DoctorBench bench;
    bench.listen();
    const Diagnosis diagnosis = bench.examine();
    const QList<DoctorEvidence> &evidence = diagnosis.at(DoctorStage::Host).evidence;
    const auto owner = std::find_if(evidence.begin(), evidence.end(),
                                    [](const DoctorEvidence &e) { return e.fact == DoctorFact::PortOwner; });
    QVERIFY2(owner != evidence.end(), report(diagnosis).constData());
    QVERIFY(owner->arguments.last().contains(QByteArray::number(QCoreApplication::applicationPid())));
}

void TestDoctorWay::leavesOutWhatAnIllnessExplains()
{
    DoctorBench bench;
    bench.setUrl("ws", "127.0.0.1", unusedPort());
    const Diagnosis diagnosis = bench.examine();
    for (int i = int(DoctorStage::Tls); i < int(DoctorStage::Host); ++i)
        QCOMPARE(diagnosis.at(DoctorStage(i)).verdict, DoctorVerdict::Skipped);
}

void TestDoctorWay::notesTheProxyOfTheSystem_data()
{
    QTest::addColumn<QByteArray>("proxy");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("one") << QByteArray("http://127.0.0.1:3128");
}

// Everywhere but on macOS and Windows the environment is what says so.
void TestDoctorWay::notesTheProxyOfTheSystem()
{
#if defined(Q_OS_WIN) || defined(Q_OS_DARWIN)
    QSKIP("the system's settings are not the test's to change");
#endif
    QFETCH(QByteArray, proxy);
    qputenv("no_proxy", "");
    qputenv("http_proxy", proxy);
    DoctorBench bench;
    bench.setUrl("ws", "somewhere.invalid", 80);
    bench.resolveTo({});
    bench.order.client.proxy.kind = TestClientProxy::Kind::System;
    const Diagnosis diagnosis = bench.examine();
    qunsetenv("http_proxy");
    const QList<DoctorFinding> &findings = diagnosis.at(DoctorStage::Url).findings;
    QCOMPARE(findings.size(), proxy.isEmpty() ? 0 : 1);
    QVERIFY(findings.isEmpty() || findings.first().cause == DoctorCause::ProxyLeftOut);
}

void TestDoctorWay::showsNoSecretOfTheAddress_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("in the path") << u"ws://127.0.0.1:1/ws/opaque-1?t=opaque-1"_s;
    QTest::newRow("in the fragment") << u"ws://127.0.0.1:1/ws#access_token=opaque-2"_s;
    QTest::newRow("in the fragment of a page") << u"http://127.0.0.1:1/ws#access_token=opaque-2"_s;
}

void TestDoctorWay::showsNoSecretOfTheAddress()
{
    QFETCH(QString, url);
    DoctorBench bench;
    bench.order.client.url = QUrl(url);
    bench.order.token = "opaque-1";
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(!diagnosis.url.toEncoded().contains("opaque"), diagnosis.url.toEncoded().constData());
    QVERIFY2(!report(diagnosis).contains("opaque"), report(diagnosis).constData());
    for (const DoctorFinding &finding : diagnosis.at(DoctorStage::Url).findings)
        QVERIFY2(!wordsOf(finding).fix.contains(u"opaque"), qPrintable(wordsOf(finding).fix));
}

QTEST_GUILESS_MAIN(TestDoctorWay)
#include "tst_doctorway.moc"
