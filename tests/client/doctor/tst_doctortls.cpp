// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorjudges.h"
#include "tests/client/doctor/bench.h"
#include "tests/client/doctor/certificates.h"

using namespace glasshouse;
using namespace Qt::StringLiterals;

// Servers behind TLS, and ports that have it, or have not, where the address says the other.

namespace {

/// What keeps a server's certificates as long as a case runs.
struct Kept final : QObject
{
    MadeCertificate authority = makeCertificate({.name = nullptr});
    std::shared_ptr<SSL_CTX> context;
    QTemporaryDir folder;
};

Kept &keep(DoctorBench &bench)
{
    auto kept = std::make_unique<Kept>();
    Kept &reference = *kept;
    bench.more.push_back(std::move(kept));
    return reference;
}

/// Over TLS, with that certificate of an authority that is trusted.
Kept &secure(DoctorBench &bench, CertificateWish wish = {}, int minVersion = TLS1_2_VERSION,
             int maxVersion = TLS1_3_VERSION)
{
    Kept &kept = keep(bench);
    wish.signer = &kept.authority;
    kept.context = serverContext(makeCertificate(wish), minVersion, maxVersion);
    bench.script().tls = kept.context.get();
    bench.order.client.trust.authorities = kept.folder.filePath(u"authority.pem"_s);
    writePem(kept.authority, bench.order.client.trust.authorities);
    bench.listen("wss");
    return kept;
}

int refuseAllProtocols(SSL *, const unsigned char **, unsigned char *, const unsigned char *, unsigned, void *)
{
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

int refuseAllNames(SSL *, int *alert, void *)
{
    *alert = SSL_AD_UNRECOGNIZED_NAME;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

void wantClientCertificate(DoctorBench &bench, int version)
{
    Kept &kept = secure(bench, {}, version, version);
    SSL_CTX_set_verify(kept.context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

constexpr BrokenCase cases[] = {
    {"expired", [](DoctorBench &b) { secure(b, {.fromSeconds = -86'400, .toSeconds = -3'600}); }, "certificateExpired"},
    {"not yet valid", [](DoctorBench &b) { secure(b, {.fromSeconds = 3'600}); }, "certificateNotYetValid"},
    {"for another name", [](DoctorBench &b) { secure(b, {.name = "DNS:elsewhere.test"}); }, "certificateWrongName"},
    {"signed by itself",
     [](DoctorBench &b) {
         Kept &kept = keep(b);
         kept.context = serverContext(makeCertificate({}));
         b.script().tls = kept.context.get();
         b.listen("wss");
     },
     "certificateSelfSigned"},
    {"of an unknown authority",
     [](DoctorBench &b) {
         secure(b);
         b.order.client.trust.authorities.clear();
     },
     "certificateUnknownAuthority"},
    {"a weak key", [](DoctorBench &b) { secure(b, {.rsaBits = 1'024}); }, "certificateWeak"},
    {"TLS 1.1 alone", [](DoctorBench &b) { secure(b, {}, TLS1_VERSION, TLS1_1_VERSION); }, "tlsVersion"},
    {"wants a certificate of the client over TLS 1.2", [](DoctorBench &b) { wantClientCertificate(b, TLS1_2_VERSION); },
     "clientCertificateMissing"},
    {"wants a certificate of the client over TLS 1.3", [](DoctorBench &b) { wantClientCertificate(b, TLS1_3_VERSION); },
     "clientCertificateMissing"},
    {"HTTP/2 alone",
     [](DoctorBench &b) { SSL_CTX_set_alpn_select_cb(secure(b).context.get(), refuseAllProtocols, nullptr); },
     "http2Only"},
    {"an unknown name",
     [](DoctorBench &b) {
         Kept &kept = secure(b);
         SSL_CTX_set_tlsext_servername_callback(kept.context.get(), refuseAllNames);
         b.setUrl("wss", "localhost", b.server.port());
         b.resolveTo({QHostAddress(QHostAddress::LocalHost)});
     },
     "tlsNameUnknown"},
    {"wss to a plain port", [](DoctorBench &b) { b.listen("wss"); }, "tlsToPlainPort"},
    {"ws to a port with TLS",
     [](DoctorBench &b) {
         secure(b);
         b.setUrl("ws", "127.0.0.1", b.server.port());
     },
     "plainToTlsPort"},
    {"silence behind wss",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &) {};
         b.listen("wss");
     },
     "tlsSilent"},
    {"an end in place of TLS",
     [](DoctorBench &b) {
         b.script().accepted = [](ScriptedPeer &peer) { peer.end(); };
         b.listen("wss");
     },
     "tlsCut"},
    {"files that can not be used",
     [](DoctorBench &b) {
         secure(b);
         b.order.client.trust.authorities = u"/nowhere/authority.pem"_s;
     },
     "tlsUnusable"},
    {"an upgrade that is refused behind TLS",
     [](DoctorBench &b) {
         b.script().answer = [](ScriptedPeer &peer) { peer.refuse("502 Bad Gateway"); };
         secure(b);
     },
     "badGateway"},
};

} // namespace

class TestDoctorTls final : public QObject
{
    Q_OBJECT
private slots:
    void namesWhatIsWrong_data() { addCases(cases); }
    void namesWhatIsWrong();
    void aGoodServerIsNotIll();
    void aCertificateThatIsTakenOnPurposeIsNoted();
    void showsTheChain();
    void saysNoSecretInTheClear_data();
    void saysNoSecretInTheClear();
};

void TestDoctorTls::namesWhatIsWrong()
{
    QFETCH(const BrokenCase *, broken);
    examineCase(*broken);
}

void TestDoctorTls::aGoodServerIsNotIll()
{
    DoctorBench bench;
    secure(bench);
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(diagnosis.cause() == nullptr, report(diagnosis).constData());
    QCOMPARE(diagnosis.at(DoctorStage::Tls).verdict, DoctorVerdict::Good);
    QCOMPARE(diagnosis.at(DoctorStage::Close).verdict, DoctorVerdict::Good);
}

void TestDoctorTls::aCertificateThatIsTakenOnPurposeIsNoted()
{
    DoctorBench bench;
    secure(bench, {.fromSeconds = -86'400, .toSeconds = -3'600});
    bench.order.client.ignoreTlsErrors = true;
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(diagnosis.cause() == nullptr, report(diagnosis).constData());
    QCOMPARE(diagnosis.at(DoctorStage::Tls).findings.first().cause, DoctorCause::CertificateNotChecked);
}

void TestDoctorTls::showsTheChain()
{
    DoctorBench bench;
    Kept &kept = secure(bench);
    SSL_CTX_add1_chain_cert(kept.context.get(), kept.authority.certificate.get());
    const Diagnosis diagnosis = bench.examine();
    const QList<DoctorEvidence> &evidence = diagnosis.at(DoctorStage::Tls).evidence;
    QVERIFY2(std::any_of(evidence.begin(), evidence.end(),
                         [](const DoctorEvidence &e) {
                             return e.fact == DoctorFact::CertificateAbove
                                 && e.arguments.first() == "CN=Test authority";
                         }),
             report(diagnosis).constData());
}

void TestDoctorTls::saysNoSecretInTheClear_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("asked");
    QTest::newRow("none in the path") << QByteArray("/ws") << QByteArray("/ws");
    QTest::newRow("one in the path") << QByteArray("/ws/opaque-1") << QByteArray("/");
}

// A port without TLS is found by asking it in the clear, and that is heard by all on the way.
void TestDoctorTls::saysNoSecretInTheClear()
{
    DoctorBench bench;
    QByteArrayList heard;
    bench.script().answer = [&heard](ScriptedPeer &peer) {
        heard += peer.request().target;
        for (const HttpHeader &header : peer.request().headers)
            heard += header.name + ": " + header.value;
        peer.accept();
    };
    bench.script().said = [&heard](ScriptedPeer &, QByteArrayView text) { heard += text.toByteArray(); };
    QFETCH(QByteArray, path);
    bench.listen("wss", "127.0.0.1", path.constData());
    bench.order.token = "opaque-1";
    bench.order.client.url.setUserInfo(u"anna:opaque-2"_s);
    bench.order.client.url.setQuery(u"token=opaque-3"_s);
    bench.order.client.headers = {{"Cookie", "session=opaque-4"}, {"Authorization", "Bearer opaque-5"}};
    bench.order.client.subprotocols = {"chat", "bearer.opaque-6"};
    bench.order.client.first = {{false, "opaque-7"}};
    const Diagnosis diagnosis = bench.examine();
    QCOMPARE(QByteArray(rowOf(diagnosis.cause()->cause).name), "tlsToPlainPort");
    QTEST(heard.value(0), "asked");
    QVERIFY2(!heard.join('\n').contains("opaque"), heard.join('\n').constData());
    QVERIFY2(!heard.join('\n').contains("Authorization"), heard.join('\n').constData());
}

QTEST_GUILESS_MAIN(TestDoctorTls)
#include "tst_doctortls.moc"
