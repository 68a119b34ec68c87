// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/devicetimeouts.h"
#include "server/deployment/proxytest.h"
#include "server/endings/endinghint.h"

#include <QJsonDocument>
#include <QTest>

using namespace glasshouse;
using Fault = ProxyFault;

namespace {

constexpr const char *nginxPage = "<html><head><title>502 Bad Gateway</title></head></html>";

Reflection goodReflection()
{
    Reflection good;
    good.method = "GET";
    good.target = "/api/v1/reflect?nonce=n";
    good.secure = true;
    good.peer = "127.0.0.1";
    good.client = "198.51.100.4";
    good.clientSource = "X-Forwarded-For";
    good.headers = {{"Host", "play.example.org:8443"},
                    {"X-Forwarded-For", "198.51.100.4"},
                    {"X-Forwarded-Proto", "https"},
                    {"Connection", "close"}};
    return good;
}

void setHeader(Reflection &reflection, const QByteArray &name, const QByteArray &value)
{
    reflection.headers.removeIf([&](const HttpHeader &header) { return header.name == name; });
    if (!value.isNull())
        reflection.headers.append({name, value});
}

HttpOutcome answered(const Reflection &reflection)
{
    return {true, 200, {}, QJsonDocument(toJson(reflection)).toJson(QJsonDocument::Compact), {}};
}

ProxyTrial goodTrial()
{
    ProxyTrial trial;
    trial.host = "play.example.org:8443";
    trial.publicPath = "/prefix";
    trial.target = "/api/v1/reflect?nonce=n";
    trial.forgedAddress = "203.0.113.77";
    trial.plain = answered(goodReflection());
    trial.forged = trial.plain;
    trial.socket = {true, true, true, 101, {}, {}, 0};
    return trial;
}

QByteArray ours(const QByteArray &message) { return R"({"error":"x","message":")" + message + "\"}\n"; }

using Change = std::function<void(ProxyTrial &)>;
Change arrived(const std::function<void(Reflection &)> &change)
{
    return [change](ProxyTrial &trial) {
        Reflection reflection = goodReflection();
        change(reflection);
        trial.plain = trial.forged = answered(reflection);
    };
}

Change answeredWith(int status, const QByteArray &body)
{
    return [=](ProxyTrial &trial) { trial.plain = trial.forged = {true, status, {}, body, {}}; };
}

Change socketEndedWith(int status, const QByteArray &body)
{
    return [=](ProxyTrial &trial) { trial.socket = {true, false, false, status, body, "no answer", 0}; };
}

Change cutAfter(double seconds, int heartbeat)
{
    return [=](ProxyTrial &trial) {
        trial.idle = {true, true, seconds};
        trial.limits.heartbeatSeconds = heartbeat;
    };
}

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(glasshouse::ProxyFault)
Q_DECLARE_METATYPE(glasshouse::FindingLevel)

class TestProxyTest final : public QObject
{
    Q_OBJECT

private slots:
    void findsNothingWhereAllIsWell();
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
    void saysTheWorstFirst();
    void saysNothingThatWasNotAsked();
    void namesTheDevicesThatEndingsName();
    void hasAFixForEveryFaultOfTheProxy();
};

void TestProxyTest::findsNothingWhereAllIsWell()
{
    ProxyTrial trial = goodTrial();
    for (const ProxyFinding &finding : judgeProxy(trial))
        QCOMPARE(finding.level, FindingLevel::Fine);
    trial.publicPath.clear();
    trial.secure = false;
    QList<ProxyFault> faults;
    for (const ProxyFinding &finding : judgeProxy(trial))
        faults.append(finding.fault);
    QCOMPARE(faults, (QList<ProxyFault>{Fault::HttpFine, Fault::SocketFine}));
}

void TestProxyTest::findsWhatIsWrong_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<ProxyFault>("fault");
    QTest::addColumn<FindingLevel>("level");
    QTest::addColumn<QByteArray>("evidence"); // a part of it
    const auto row = [](const char *name, const Change &change, Fault fault, FindingLevel level,
                        const char *evidence = "") {
        QTest::newRow(name) << change << fault << level << QByteArray(evidence);
    };
    constexpr auto bad = FindingLevel::Fault;
    constexpr auto warning = FindingLevel::Warning;

    row(
        "no answer",
        [](ProxyTrial &t) {
            t.plain = {true, 0, {}, {}, "Connection refused"};
        },
        Fault::Unreachable, bad, "Connection refused");
    row("bad gateway", answeredWith(502, nginxPage), Fault::UpstreamDown, bad, "502");
    row("gateway time-out", answeredWith(504, {}), Fault::UpstreamDown, bad, "504");
    row(
        "redirect",
        [](ProxyTrial &t) {
            t.plain = {true, 301, {{"location", "https://x/"}}, {}, {}};
        },
        Fault::Redirected, bad, "https://x/");
    row("a page of the proxy", answeredWith(200, "<html>welcome"), Fault::OtherServer, bad, "welcome");
    row("404 of the proxy", answeredWith(404, "<html>404"), Fault::OtherServer, bad);
    row("another name", answeredWith(421, ours("this server does not answer to the name play.example")),
        Fault::HostRefused, bad, "play.example");
    row("HTTP/1.0", answeredWith(505, ours("not HTTP/1.1")), Fault::OldHttp, bad);
    row("prefix kept, and unknown", answeredWith(404, ours("there is nothing here")), Fault::UnknownPath, bad);
    row(
        "another instance",
        [](ProxyTrial &t) {
            t.publicPath.clear();
            t.plain = {true, 404, {}, ours("there is nothing here"), {}};
        },
        Fault::NonceRefused, bad);
    row(
        "body altered", [](ProxyTrial &t) { t.plain.body.append("<script>"); }, Fault::BodyAltered, bad);
    row(
        "prefix kept, and known",
        [](ProxyTrial &t) {
            Reflection kept = goodReflection();
            kept.target.prepend("/prefix");
            t.basePath = "/prefix";
            t.plain = answered(kept);
        },
        Fault::PrefixKept, FindingLevel::Fine, "/prefix/api");
    row(
        "prefix stripped", [](ProxyTrial &) {}, Fault::PrefixStripped, FindingLevel::Fine);
    row("path rewritten", arrived([](Reflection &r) { r.target = "/other/reflect?nonce=n"; }), Fault::PathRewritten,
        warning, "/other/");
    row("query lost", arrived([](Reflection &r) { r.target = "/api/v1/reflect"; }), Fault::QueryChanged, warning);
    row("port lost", arrived([](Reflection &r) { setHeader(r, "Host", "play.example.org"); }), Fault::PortLost, bad,
        "arrived \"play.example.org\"");
    row("host of the upstream", arrived([](Reflection &r) { setHeader(r, "Host", "127.0.0.1:8080"); }),
        Fault::HostChanged, bad, "127.0.0.1:8080");
    row("address lost", arrived([](Reflection &r) {
            r.client = r.peer;
            r.clientSource = "peer";
            setHeader(r, "X-Forwarded-For", {});
        }),
        Fault::AddressLost, bad, "127.0.0.1");
    row("proxy not trusted", arrived([](Reflection &r) {
            r.client = r.peer;
            r.clientSource = "peer";
        }),
        Fault::ProxyNotTrusted, bad, "198.51.100.4");
    row("address in doubt", arrived([](Reflection &r) { r.doubt = "two headers name two clients"; }),
        Fault::AddressDoubtful, bad, "two headers");
    row(
        "forgery believed",
        [](ProxyTrial &t) {
            Reflection forged = goodReflection();
            forged.client = t.forgedAddress;
            t.forged = answered(forged);
        },
        Fault::ForgeryBelieved, bad);
    row(
        "forgery passed on",
        [](ProxyTrial &t) {
            Reflection forged = goodReflection();
            setHeader(forged, "X-Forwarded-For", t.forgedAddress + ", 198.51.100.4");
            t.forged = answered(forged);
        },
        Fault::ForgeryPassedOn, FindingLevel::Note, "203.0.113.77");
    row(
        "forgery in doubt",
        [](ProxyTrial &t) {
            Reflection forged = goodReflection();
            forged.doubt = "two headers name two clients";
            t.forged = answered(forged);
        },
        Fault::AddressDoubtful, bad);
    row("https not told", arrived([](Reflection &r) {
            r.secure = false;
            setHeader(r, "X-Forwarded-Proto", {});
        }),
        Fault::SchemeLost, warning, "no X-Forwarded-Proto");
    row("https told as http", arrived([](Reflection &r) {
            r.secure = false;
            setHeader(r, "X-Forwarded-Proto", "http");
        }),
        Fault::SchemeLost, warning, "X-Forwarded-Proto: http");
    row(
        "compressed",
        [](ProxyTrial &t) {
            t.plain.headers.append(HttpHeader{"content-encoding", "gzip"});
        },
        Fault::Compressed, FindingLevel::Note, "gzip");

    row("upgrade dropped", socketEndedWith(426, ours("for WebSocket")), Fault::UpgradeDropped, bad, "426");
    row("half an upgrade", socketEndedWith(400, ours("no Sec-WebSocket-Key")), Fault::UpgradeBroken, bad,
        "Sec-WebSocket-Key");
    row("origin refused", socketEndedWith(403, ours("this origin may not connect")), Fault::OriginRefused, bad);
    row(
        "origin refused by a close code",
        [](ProxyTrial &t) { t.socket = {true, true, false, 101, {}, "4003 origin refused", 4003}; },
        Fault::OriginRefused, bad, "4003");
    row("an unknown path for a socket", socketEndedWith(404, ours("there is no player route here")), Fault::UnknownPath,
        bad, "404");
    row(
        "forgery, tested on the proxy's own machine",
        [](ProxyTrial &t) {
            Reflection own = goodReflection();
            own.client = own.peer;
            own.clientSource = "X-Forwarded-For";
            t.plain = answered(own);
            own.client = t.forgedAddress;
            setHeader(own, "X-Forwarded-For", t.forgedAddress + ", 127.0.0.1");
            t.forged = answered(own);
        },
        Fault::ForgeryPassedOn, FindingLevel::Note);
    row("socket with HTTP/1.0", socketEndedWith(426, ours("this one came over HTTP/1.0")), Fault::OldHttp, bad);
    row("socket with another HTTP", socketEndedWith(505, ours("not HTTP/1.1")), Fault::OldHttp, bad);
    row("a page for a socket", socketEndedWith(200, nginxPage), Fault::SocketRefused, bad, "200");
    row("426 of another", socketEndedWith(426, nginxPage), Fault::SocketRefused, bad);
    row("a redirect for a socket", socketEndedWith(301, {}), Fault::Redirected, bad);
    row("no socket", socketEndedWith(0, {}), Fault::SocketUnreachable, bad, "no answer");
    row(
        "no echo", [](ProxyTrial &t) { t.socket = {true, true, false, 101, {}, "nothing in 5 s", 0}; }, Fault::EchoLost,
        bad);

    row("idle below the heartbeat", cutAfter(20, 25), Fault::IdleTooShort, bad, "20.0 s");
    row("idle without a heartbeat", cutAfter(60.4, 0), Fault::IdleTooShort, bad, "nginx");
    row("idle above the heartbeat", cutAfter(60.4, 25), Fault::IdleFound, FindingLevel::Note, "AWS ALB");
    row(
        "not cut",
        [](ProxyTrial &t) {
            t.idle = {true, false, 130};
        },
        Fault::IdleNone, FindingLevel::Fine, "130.0 s");
}

void TestProxyTest::findsWhatIsWrong()
{
    QFETCH(Change, change);
    QFETCH(ProxyFault, fault);
    QFETCH(QByteArray, evidence);
    ProxyTrial trial = goodTrial();
    change(trial);
    const QList<ProxyFinding> found = judgeProxy(trial);
    const auto at =
        std::find_if(found.begin(), found.end(), [&](const ProxyFinding &one) { return one.fault == fault; });
    QVERIFY(at != found.end());
    QTEST(at->level, "level");
    QVERIFY2(at->evidence.contains(evidence), at->evidence.constData());
    const auto worse = std::count_if(found.begin(), found.end(),
                                     [](const ProxyFinding &one) { return one.level != FindingLevel::Fine; });
    QVERIFY2(worse <= 1, "one thing is wrong, one thing is said");
}

void TestProxyTest::saysTheWorstFirst()
{
    ProxyTrial trial = goodTrial();
    trial.plain.headers.append(HttpHeader{"Content-Encoding", "br"});
    trial.socket = {true, false, false, 426, ours("for WebSocket"), {}, 0};
    const QList<ProxyFinding> found = judgeProxy(trial);
    QCOMPARE(found.first().fault, Fault::UpgradeDropped);
    QVERIFY(std::is_sorted(found.begin(), found.end(),
                           [](const ProxyFinding &a, const ProxyFinding &b) { return a.level > b.level; }));
}

void TestProxyTest::saysNothingThatWasNotAsked() { QVERIFY(judgeProxy({}).isEmpty()); }

void TestProxyTest::namesTheDevicesThatEndingsName()
{
    for (const DeviceTimeout &known : deviceTimeouts()) {
        ProxyTrial trial = goodTrial();
        trial.idle = {true, true, double(known.seconds)};
        Ending ending;
        ending.cause = EndingCause::ClientVanished;
        ending.silenceMs = ending.lifetimeMs = known.seconds * 1000LL;
        const QByteArray hint = endingHint(ending);
        QVERIFY(hint.contains(known.device));
        const QList<ProxyFinding> found = judgeProxy(trial);
        QVERIFY2(std::any_of(found.begin(), found.end(),
                             [&](const ProxyFinding &one) { return one.evidence.contains("usual for " + hint + ';'); }),
                 hint.constData());
    }
}

void TestProxyTest::hasAFixForEveryFaultOfTheProxy()
{
    for (const Fault fault : {Fault::UpstreamDown, Fault::Redirected, Fault::OldHttp, Fault::UnknownPath,
                              Fault::PathRewritten, Fault::HostChanged, Fault::PortLost, Fault::AddressLost,
                              Fault::ProxyNotTrusted, Fault::AddressDoubtful, Fault::ForgeryBelieved, Fault::SchemeLost,
                              Fault::Compressed, Fault::UpgradeDropped, Fault::UpgradeBroken, Fault::IdleTooShort}) {
        for (const ProxyKind kind : proxyKinds)
            QVERIFY(!proxyFix(fault, kind).isEmpty());
    }
    QVERIFY(proxyFix(Fault::HttpFine, ProxyKind::Nginx).isEmpty());
}

QTEST_GUILESS_MAIN(TestProxyTest)
#include "tst_proxytest.moc"
