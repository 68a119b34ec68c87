// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctor.h"
#include "client/doctor/doctorjudges.h"
#include "client/doctor/doctorsecrets.h"
#include "client/doctor/sizestep.h"
#include "net/transport/socketcalls.h"

#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(glasshouse::DoctorCause)
Q_DECLARE_METATYPE(glasshouse::TlsFailure)

// What is made of what was seen, without a network.

namespace {

QByteArray names(const QList<DoctorFinding> &findings)
{
    QByteArrayList texts;
    for (const DoctorFinding &finding : findings)
        texts += rowOf(finding.cause).name;
    return texts.join(' ');
}

enum class Way : quint8 { Works, Refused, Dead, Unreachable, NoHost, Fails };

NetworkSeen::Address addressWith(const char *address, Way way)
{
    NetworkSeen::Address seen{QHostAddress(QLatin1String(address)), {}};
    seen.result.connectUs = 400'000;
    switch (way) {
    case Way::Works:
        seen.result.reach = ProbeResult::Reach::Connected;
        break;
    case Way::Refused:
        seen.result.end = StreamEnd::Refused;
        break;
    case Way::Dead:
        seen.result.timedOut = true;
        break;
    case Way::Unreachable:
        seen.result.end = StreamEnd::Unreachable;
        break;
    case Way::NoHost:
        seen.result.end = StreamEnd::Unreachable;
        seen.result.endText = wordsForNoHost();
        break;
    case Way::Fails:
        seen.result.end = StreamEnd::Error;
        break;
    }
    return seen;
}

struct NetworkRow
{
    const char *name;
    const char *host;
    std::initializer_list<std::pair<const char *, Way>> addresses;
    const char *causes;
};
const NetworkRow networks[] = {
    {"all answer", "a.test", {{"192.0.2.1", Way::Works}, {"2001:db8::1", Way::Works}}, ""},
    {"one refuses, the other is dead",
     "a.test",
     {{"192.0.2.1", Way::Refused}, {"192.0.2.2", Way::Dead}},
     "connectionRefused"},
    {"all are dead", "a.test", {{"192.0.2.1", Way::Dead}, {"192.0.2.2", Way::Dead}}, "connectionTimeout"},
    {"all are unreachable", "a.test", {{"192.0.2.1", Way::Unreachable}}, "networkUnreachable"},
    {"it fails in another way", "a.test", {{"192.0.2.1", Way::Fails}}, "connectionFailed"},
    {"the first is dead", "a.test", {{"192.0.2.1", Way::Dead}, {"192.0.2.2", Way::Works}}, "firstAddressDead"},
    {"the second is dead", "a.test", {{"192.0.2.1", Way::Works}, {"192.0.2.2", Way::Dead}}, "addressDead"},
    {"the first refuses", "a.test", {{"192.0.2.1", Way::Refused}, {"192.0.2.2", Way::Works}}, "addressDead"},
    {"IPv6 is dead", "a.test", {{"2001:db8::1", Way::Dead}, {"192.0.2.1", Way::Works}}, "ipv6Broken"},
    {"IPv6 is dead, and comes second", "a.test", {{"192.0.2.1", Way::Works}, {"2001:db8::1", Way::Dead}}, "ipv6Broken"},
    {"IPv6 refuses", "a.test", {{"2001:db8::1", Way::Refused}, {"192.0.2.1", Way::Works}}, "ipv6Broken"},
    {"this device has no IPv6",
     "a.test",
     {{"2001:db8::1", Way::Unreachable}, {"192.0.2.1", Way::Works}},
     "familyNotHere"},
    {"nobody is at the IPv6 address",
     "a.test",
     {{"2001:db8::1", Way::NoHost}, {"192.0.2.1", Way::Works}},
     "ipv6Broken"},
    {"nobody is at the address", "a.test", {{"192.0.2.1", Way::NoHost}}, "networkUnreachable"},
    {"IPv4 refuses", "a.test", {{"2001:db8::1", Way::Works}, {"192.0.2.1", Way::Refused}}, "ipv4Broken"},
    {"localhost is IPv4 alone", "localhost", {{"::1", Way::Refused}, {"127.0.0.1", Way::Works}}, "addressDead"},
};

} // namespace

class TestDoctorJudges final : public QObject
{
    Q_OBJECT
private slots:
    void judgesNetworks_data();
    void judgesNetworks();
    void judgesCertificates_data();
    void judgesCertificates();
    void judgesFailuresOfTls_data();
    void judgesFailuresOfTls();
    void judgesTimesOfTokens_data();
    void judgesTimesOfTokens();
    void judgesTokensThatAreTaken_data();
    void judgesTokensThatAreTaken();
    void readsTokensOfStrangers_data();
    void readsTokensOfStrangers();
    void judgesSilence_data();
    void judgesSilence();
    void judgesAddresses_data();
    void judgesAddresses();
    void judgesWhatCanNotBeSent();
    void notesEveryProxyThatIsLeftOut_data();
    void notesEveryProxyThatIsLeftOut();
    void knowsTheServersClock_data();
    void knowsTheServersClock();
    void findsEverySizeInFewSteps_data();
    void findsEverySizeInFewSteps();
    void triesLikelyPaths();
    void triesNothingThatIsTheSame();
    void everyCauseHasItsWords_data();
    void everyCauseHasItsWords();
    void namesAreDifferent();
    void wordsTakeArgumentsAsTheyAre();
    void theFirstIllnessIsTheCause();
};

void TestDoctorJudges::judgesNetworks_data()
{
    QTest::addColumn<const void *>("row");
    for (const NetworkRow &row : networks)
        QTest::newRow(row.name) << static_cast<const void *>(&row);
}

void TestDoctorJudges::judgesNetworks()
{
    QFETCH(const void *, row);
    const auto &network = *static_cast<const NetworkRow *>(row);
    NetworkSeen seen;
    seen.url = QUrl(u"ws://%1:8080/"_s.arg(QLatin1String(network.host)));
    seen.port = 8080;
    for (const auto &[address, way] : network.addresses)
        seen.addresses.append(addressWith(address, way));
    QCOMPARE(names(judgeNetwork(seen)), network.causes);
}

void TestDoctorJudges::judgesCertificates_data()
{
    QTest::addColumn<QByteArray>("complaint");
    QTest::addColumn<QByteArray>("causes");
    const auto row = [](const char *complaint, const char *causes) {
        QTest::newRow(complaint) << QByteArray(complaint) << QByteArray(causes);
    };
    row("certificate has expired", "certificateExpired");
    row("certificate is not yet valid", "certificateNotYetValid");
    row("self-signed certificate", "certificateSelfSigned");
    row("self signed certificate", "certificateSelfSigned");
    row("self-signed certificate in certificate chain", "certificateUnknownAuthority");
    row("unable to get local issuer certificate", "certificateUnknownAuthority");
    row("unable to verify the first certificate", "certificateUnknownAuthority");
    row("hostname mismatch", "certificateWrongName");
    row("IP address mismatch", "certificateWrongName");
    row("EE certificate key too weak", "certificateWeak");
    row("CA signature digest algorithm too weak", "certificateWeak");
    row("certificate revoked", "certificateRefused");
}

void TestDoctorJudges::judgesCertificates()
{
    QFETCH(QByteArray, complaint);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    TestClientOptions options;
    options.url = QUrl(u"wss://a.test/"_s);
    ProbeResult result;
    result.judge = TlsJudge();
    result.judge->certificate = CertificateInfo();
    result.judge->certificate->notAfter = now.addYears(1);
    result.judge->complaint = complaint;
    result.tlsFailure = TlsFailure::Untrusted;
    QTEST(names(judgeTls({options, result, {}, now})), "causes");
}

void TestDoctorJudges::judgesFailuresOfTls_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<TlsFailure>("kind");
    QTest::addColumn<bool>("wantsOurs");
    QTest::addColumn<QByteArray>("causes");
    const auto row = [](const char *words, TlsFailure kind, const char *causes, bool wantsOurs = false) {
        QTest::addRow("%s%s", words, wantsOurs ? ", asked for ours" : "")
            << QByteArray(words) << kind << wantsOurs << QByteArray(causes);
    };
    row("wrong version number", TlsFailure::Broken, "tlsToPlainPort");
    row("http request", TlsFailure::Broken, "tlsToPlainPort");
    row("tlsv1 alert protocol version", TlsFailure::Version, "tlsVersion");
    row("unsupported protocol", TlsFailure::Version, "tlsVersion");
    row("sslv3 alert handshake failure", TlsFailure::Version, "tlsVersion");
    row("sslv3 alert handshake failure", TlsFailure::Version, "clientCertificateMissing", true);
    row("tlsv13 alert certificate required", TlsFailure::CertificateRefused, "clientCertificateMissing");
    row("sslv3 alert certificate unknown", TlsFailure::CertificateRefused, "clientCertificateRefused");
    row("tlsv1 alert no application protocol", TlsFailure::Broken, "http2Only");
    row("tlsv1 unrecognized name", TlsFailure::Broken, "tlsNameUnknown");
    row("tlsv1 alert internal error", TlsFailure::Broken, "tlsNameUnknown");
    row("dh key too small", TlsFailure::Broken, "tlsWeak");
    row("decryption failed or bad record mac", TlsFailure::Broken, "tlsFailed");
}

void TestDoctorJudges::judgesFailuresOfTls()
{
    QFETCH(QByteArray, words);
    QFETCH(TlsFailure, kind);
    QFETCH(bool, wantsOurs);
    TestClientOptions options;
    options.url = QUrl(u"wss://a.test/"_s);
    ProbeResult result;
    result.reach = ProbeResult::Reach::Connected;
    result.judge = TlsJudge();
    result.judge->ownIsWanted = wantsOurs;
    result.tlsFailure = kind;
    result.tlsWords = words;
    QTEST(names(judgeTls({options, result, {}, QDateTime::currentDateTimeUtc()})), "causes");
}

void TestDoctorJudges::judgesTimesOfTokens_data()
{
    QTest::addColumn<qint64>("notBefore");
    QTest::addColumn<qint64>("expires");
    QTest::addColumn<qint64>("serverAhead");
    QTest::addColumn<DoctorCause>("cause");
    // now is 1000
    QTest::newRow("good") << qint64(900) << qint64(1'100) << qint64(0) << DoctorCause::None;
    QTest::newRow("expired") << qint64(0) << qint64(1'000) << qint64(0) << DoctorCause::TokenExpired;
    QTest::newRow("not yet valid") << qint64(1'001) << qint64(2'000) << qint64(0) << DoctorCause::TokenNotYetValid;
    QTest::newRow("the server is ahead") << qint64(900) << qint64(1'100) << qint64(200) << DoctorCause::TokenWrongClock;
    QTest::newRow("the server is behind")
        << qint64(900) << qint64(1'100) << qint64(-200) << DoctorCause::TokenWrongClock;
    QTest::newRow("expired here alone") << qint64(0) << qint64(990) << qint64(-100) << DoctorCause::None;
    QTest::newRow("expired on both") << qint64(0) << qint64(800) << qint64(-100) << DoctorCause::TokenExpired;
}

void TestDoctorJudges::judgesTimesOfTokens()
{
    QFETCH(qint64, notBefore);
    QFETCH(qint64, expires);
    QFETCH(qint64, serverAhead);
    SeenToken token;
    token.notBefore = notBefore;
    token.expires = expires;
    const auto finding = judgeTimes(token, 1'000, serverAhead);
    QTEST(finding ? finding->cause : DoctorCause::None, "cause");
}

void TestDoctorJudges::judgesTokensThatAreTaken_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<qint64>("expires"); // now is 1000
    QTest::addColumn<qint64>("serverAhead");
    QTest::addColumn<QByteArray>("causes");
    const QByteArray none;
    QTest::newRow("good") << u"wss://a.test/"_s << none << qint64(5'000) << qint64(3) << none;
    QTest::newRow("over ws") << u"ws://a.test/"_s << none << qint64(5'000) << qint64(0) << QByteArray("tokenReadable");
    QTest::newRow("over ws, to this machine") << u"ws://localhost/"_s << none << qint64(5'000) << qint64(0) << none;
    QTest::newRow("expired") << u"wss://a.test/"_s << none << qint64(900) << qint64(0)
                             << QByteArray("tokenTakenExpired");
    QTest::newRow("soon") << u"wss://a.test/"_s << none << qint64(1'030) << qint64(0) << QByteArray("tokenExpiresSoon");
    QTest::newRow("of a page") << u"wss://a.test/"_s << QByteArray("https://a.test") << qint64(5'000) << qint64(0)
                               << QByteArray("tokenNeedsHeader");
    QTest::newRow("clocks") << u"wss://a.test/"_s << none << qint64(5'000) << qint64(-90) << QByteArray("clockSkew");
}

void TestDoctorJudges::judgesTokensThatAreTaken()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, origin);
    QFETCH(qint64, expires);
    QFETCH(qint64, serverAhead);
    TestClientOptions options;
    options.url = QUrl(url);
    options.origin = origin;
    SeenToken token;
    token.place = TokenPlace::Authorization;
    token.isReadable = true;
    token.expires = expires;
    QTEST(names(judgeTokens({options, ProbeResult(), {}, {token}, true, 1'000, serverAhead})), "causes");
}

void TestDoctorJudges::readsTokensOfStrangers_data()
{
    const auto part = [](const QByteArray &json) {
        return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    const QByteArray header = part(R"({"alg":"RS256"})");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<bool>("isReadable");
    QTest::newRow("good") << header + '.' + part(R"({"exp":1})") + ".x" << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("opaque") << QByteArray("abc") << false;
    QTest::newRow("dots") << QByteArray("..") << false;
    QTest::newRow("no base64") << QByteArray("%%.%%.%%") << false;
    QTest::newRow("no JSON") << part("abc") + '.' + part("abc") + ".x" << false;
    QTest::newRow("an array") << header + '.' + part("[1]") + ".x" << false;
    QTest::newRow("encrypted") << QByteArray("a.b.c.d.e") << false;
    QTest::newRow("times that are none") << header + '.' + part(R"({"exp":"x","nbf":1e999,"iat":-1,"iss":{}})") + ".x"
                                         << true;
    QTest::newRow("deep") << header + '.' + part(QByteArray(10'000, '[')) + ".x" << false;
    QTest::newRow("long") << header + '.' + QByteArray(1'000'000, 'A') + ".x" << false;
}

void TestDoctorJudges::readsTokensOfStrangers()
{
    QFETCH(QByteArray, token);
    const SeenToken seen = decoded(token, TokenPlace::Query);
    QTEST(seen.isReadable, "isReadable");
    QVERIFY(!seen.notBefore && !seen.issued);
}

void TestDoctorJudges::judgesSilence_data()
{
    QTest::addColumn<qint64>("silentMs");
    QTest::addColumn<int>("code"); // −1: no close
    QTest::addColumn<DoctorCause>("cause");
    QTest::addColumn<QByteArray>("device");
    QTest::newRow("2 s") << qint64(2'000) << -1 << DoctorCause::IdleTooShort << QByteArray();
    QTest::newRow("2 s, with a word") << qint64(2'000) << 1008 << DoctorCause::ClosedWhenSilent << QByteArray();
    QTest::newRow("50 s") << qint64(50'500) << -1 << DoctorCause::IdleTimeout << QByteArray("HAProxy");
    QTest::newRow("60 s") << qint64(60'900) << -1 << DoctorCause::IdleTimeout << QByteArray("nginx proxy_read_timeout");
    QTest::newRow("63 s") << qint64(63'000) << -1 << DoctorCause::IdleTimeout << QByteArray();
    QTest::newRow("100 s") << qint64(99'000) << -1 << DoctorCause::IdleTimeout << QByteArray("Cloudflare");
    QTest::newRow("4 min") << qint64(240'000) << 1001 << DoctorCause::IdleTimeout << QByteArray("Azure load balancer");
}

void TestDoctorJudges::judgesSilence()
{
    QFETCH(qint64, silentMs);
    QFETCH(int, code);
    QFETCH(QByteArray, device);
    TalkRecord record;
    if (code >= 0)
        record.close = {quint16(code), QByteArray()};
    else
        record.end = StreamEnd::EndOfStream;
    const QList<DoctorFinding> findings = judgeSilence(record, {}, silentMs, silentMs);
    QCOMPARE(findings.size(), 1);
    QTEST(findings.first().cause, "cause");
    QVERIFY(findings.first().arguments.last().contains(device));
}

void TestDoctorJudges::judgesAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("causes");
    QTest::newRow("good") << u"ws://a.test/ws"_s << QByteArray() << QByteArray();
    QTest::newRow("http") << u"http://a.test/ws"_s << QByteArray() << QByteArray("urlHttp");
    QTest::newRow("spaces") << u"ws://a.test/my room"_s << QByteArray() << QByteArray("urlSpaces");
    QTest::newRow("all addresses") << u"ws://0.0.0.0:80/"_s << QByteArray() << QByteArray("urlListeningAddress");
    QTest::newRow("all addresses of IPv6") << u"ws://[::]:80/"_s << QByteArray() << QByteArray("urlListeningAddress");
    QTest::newRow("a page over TLS") << u"ws://a.test/"_s << QByteArray("https://a.test") << QByteArray("mixedContent");
    QTest::newRow("a page over TLS, to this machine")
        << u"ws://localhost/"_s << QByteArray("https://a.test") << QByteArray();
    QTest::newRow("a public page into the LAN")
        << u"wss://192.168.1.7/"_s << QByteArray("https://a.test") << QByteArray("localNetworkAccess");
    QTest::newRow("a page of the LAN") << u"ws://192.168.1.7/"_s << QByteArray("http://192.168.1.7") << QByteArray();
}

void TestDoctorJudges::judgesAddresses()
{
    QFETCH(QString, url);
    TestClientOptions options;
    options.url = QUrl(url, QUrl::TolerantMode);
    QFETCH(QByteArray, origin);
    options.origin = origin;
    QTEST(names(judgeUrl(options)), "causes");
}

void TestDoctorJudges::judgesWhatCanNotBeSent()
{
    TestClientOptions options;
    options.url = QUrl(u"ws://a.test/"_s);
    options.first = {{false, "\xFF"}};
    QCOMPARE(names(judgeUrl(options)), "messageInvalid");
}

void TestDoctorJudges::notesEveryProxyThatIsLeftOut_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("causes");
    const auto row = [](const char *name, TestClientProxy::Kind kind, const QString &host, const char *causes) {
        QTest::newRow(name) << int(kind) << host << QByteArray(causes);
    };
    row("none", TestClientProxy::Kind::None, {}, "");
    row("the system's, where there is none", TestClientProxy::Kind::System, {}, "");
    row("one of its own", TestClientProxy::Kind::Socks5, u"proxy.test"_s, "proxyLeftOut");
    row("one that is not complete", TestClientProxy::Kind::Http, {}, "proxyLeftOut");
}

void TestDoctorJudges::notesEveryProxyThatIsLeftOut()
{
    QFETCH(int, kind);
    QFETCH(QString, host);
    TestClientOptions options;
    options.url = QUrl(u"ws://a.test/"_s);
    options.proxy.kind = TestClientProxy::Kind(kind);
    options.proxy.host = host;
    options.proxy.port = host.isEmpty() ? 0 : 8080;
    QTEST(names(judgeUrl(options)), "causes");
}

void TestDoctorJudges::knowsTheServersClock_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<qint64>("ahead");
    QTest::newRow("the same") << QByteArray("Tue, 01 Dec 2026 09:00:00 GMT") << true << qint64(0);
    QTest::newRow("ahead") << QByteArray("Tue, 01 Dec 2026 10:00:00 GMT") << true << qint64(3'600);
    QTest::newRow("behind") << QByteArray("Tue, 01 Dec 2026 08:59:50 GMT") << true << qint64(-10);
    QTest::newRow("none") << QByteArray() << false << qint64(0);
    QTest::newRow("nonsense") << QByteArray("yesterday") << false << qint64(0);
}

void TestDoctorJudges::knowsTheServersClock()
{
    QFETCH(QByteArray, date);
    ProbeAnswer answer;
    answer.head.headers = {{"Date", date}};
    const auto ahead = serverAhead(answer, QDateTime({2026, 12, 1}, {9, 0}, Qt::UTC));
    QTEST(ahead.has_value(), "isKnown");
    QTEST(ahead.value_or(0), "ahead");
}

void TestDoctorJudges::findsEverySizeInFewSteps_data()
{
    QTest::addColumn<qint64>("limit");
    for (const qint64 limit : {0, 15, 16, 125, 1'000, 1'024, 4'096, 65'535, 65'536, 100'000, 1'000'000, 1'048'575})
        QTest::addRow("%lld", limit) << limit;
}

void TestDoctorJudges::findsEverySizeInFewSteps()
{
    QFETCH(qint64, limit);
    SizeSearch search;
    qint64 sent = 0;
    int steps = 0;
    while (const auto size = search.next()) {
        *size <= limit ? search.taken(*size) : search.refused(*size);
        sent += *size;
        QVERIFY(++steps < 24);
    }
    QVERIFY(search.most() <= limit && search.tooBig() > limit);
    QVERIFY(search.tooBig() - search.most() <= qMax(qint64(64), search.most() / 8));
    QVERIFY(sent < 8 * SizeSearch::biggest);
}

void TestDoctorJudges::triesLikelyPaths()
{
    const QByteArrayList paths = likelyPaths("/game/room/ws");
    QVERIFY(paths.contains("/ws") && paths.contains("/room/ws") && paths.contains("/")
            && !paths.contains("/game/room/ws"));
    QVERIFY(paths.size() <= 6);
    QVERIFY(likelyPaths(QByteArray(1'000, '/')).size() <= 6);
}

void TestDoctorJudges::triesNothingThatIsTheSame()
{
    ProbeContext context;
    context.options.url = QUrl(u"ws://a.test:8080/ws?token=abc"_s);
    context.options.origin = ownOriginOf(context.options.url);
    context.options.subprotocols = {"chat"};
    context.token = "abc";
    ProbeResult first;
    first.answer.head.status = 400;
    first.requestHead = "GET";
    ProbeOrder order;
    order.options = context.options;
    order.port = 8080;
    const auto heads = [](const ProbeOrder &o) {
        return o.options.url.toEncoded() + '|' + o.options.origin + '|' + o.options.subprotocols.join(',') + '|'
            + QByteArray::number(int(o.aim)) + (o.options.headers.isEmpty() ? "" : o.options.headers.last().value);
    };
    QSet<QByteArray> seen{heads(order)};
    const QList<ProbeVariation> variations = variationsFor(first, context);
    QVERIFY(variations.size() > 8 && variations.size() <= 20);
    for (const ProbeVariation &variation : variations) {
        const QByteArray head = heads(varied(order, variation, context.token));
        QVERIFY2(!seen.contains(head), head.constData());
        seen.insert(head);
    }
}

void TestDoctorJudges::everyCauseHasItsWords_data()
{
    QTest::addColumn<DoctorCause>("cause");
    for (int i = 1; i < doctorCauseCount; ++i)
        QTest::newRow(rowOf(DoctorCause(i)).name) << DoctorCause(i);
}

void TestDoctorJudges::everyCauseHasItsWords()
{
    QFETCH(DoctorCause, cause);
    const DoctorCauseRow &row = rowOf(cause);
    const QByteArray sentence(row.sentence);
    QVERIFY(sentence.endsWith('.') && (sentence.front() == '%' || sentence.front() >= 'A'));
    QVERIFY(QByteArray(row.fix).isEmpty() || QByteArray(row.fix).endsWith('.') || QByteArray(row.fix).endsWith(')')
            || QByteArray(row.fix).endsWith(';'));
    QVERIFY(QByteArray(row.name).front() >= 'a');
}

void TestDoctorJudges::namesAreDifferent()
{
    QSet<QByteArray> causes;
    for (const DoctorCauseRow &row : doctorCauses())
        causes.insert(row.name);
    QCOMPARE(causes.size(), doctorCauseCount);
    QSet<QByteArray> facts;
    for (int i = 0; i < doctorFactCount; ++i)
        facts.insert(nameOf(DoctorFact(i)).toByteArray());
    QCOMPARE(facts.size(), doctorFactCount);
}

void TestDoctorJudges::wordsTakeArgumentsAsTheyAre()
{
    const DoctorWords words = wordsOf(DoctorFinding{DoctorCause::ConnectionFailed, {"%2%1", "100 %1\r\n\x1b[31m"}});
    QVERIFY(words.sentence.contains(u"%2%1"_s) && words.sentence.contains(u"100 %1"_s));
    QVERIFY(!words.sentence.contains(u'\n') && !words.sentence.contains(QChar(0x1B)));
}

void TestDoctorJudges::theFirstIllnessIsTheCause()
{
    Diagnosis diagnosis;
    QCOMPARE(diagnosis.cause(), nullptr);
    diagnosis.at(DoctorStage::Tcp).findings = {{DoctorCause::ConnectSlow, {}}};
    diagnosis.at(DoctorStage::Close).findings = {{DoctorCause::CloseNotAnswered, {}}};
    diagnosis.at(DoctorStage::Upgrade).findings = {{DoctorCause::NotFound, {}}, {DoctorCause::Forbidden, {}}};
    QCOMPARE(diagnosis.cause()->cause, DoctorCause::NotFound);
}

QTEST_GUILESS_MAIN(TestDoctorJudges)
#include "tst_doctorjudges.moc"
