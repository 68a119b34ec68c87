// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/doctorself.h"

#include "server/http/routes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <functional>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

SelfFacts usualFacts()
{
    SelfFacts facts;
    facts.port = 8080;
    facts.config.port = 8080;
    facts.lanAddresses = {u"192.168.1.5"_s};
    facts.descriptors = 100'000;
    facts.owner = u"glasshouse (PID 7)"_s;
    facts.now = QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    return facts;
}

CertificateInfo certificate(const SelfFacts &facts)
{
    CertificateInfo info;
    info.names = {u"localhost"_s, u"192.168.1.5"_s};
    info.notBefore = facts.now.addDays(-1);
    info.notAfter = facts.now.addDays(300);
    info.fingerprint = "AB:CD";
    return info;
}

SelfFacts withTokens()
{
    SelfFacts facts = usualFacts();
    facts.config.bindAddress = u"127.0.0.1"_s;
    facts.config.auth = AuthMode::Token;
    facts.config.token.algorithm = "HS256";
    facts.config.token.secret = "a secret that is long enough for it";
    return facts;
}

QByteArrayList namesOf(const SelfFacts &facts)
{
    QByteArrayList names;
    for (const SelfRemark &remark : remarksOn(facts))
        names += remark.name;
    return names;
}

QStringList urlsOf(const QList<DoctorOrder> &orders)
{
    QStringList urls;
    for (const DoctorOrder &order : orders)
        urls += order.client.url.toString();
    return urls;
}

} // namespace

class TestDoctorSelf final : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatAPhoneWillMeet_data();
    void saysWhatAPhoneWillMeet();
    void saysNothingElseOfAUsualServer();
    void examinesEachAddress_data();
    void examinesEachAddress();
    void comesAsAPageDoes();
    void bringsWhatIsAskedFor();
    void keepsItsTokens_data();
    void keepsItsTokens();
    void makesTokensForMinutes();
    void warnsOfAddressesThatPeopleCanComeBy();
    void writesRemarks();
};

using Change = std::function<void(SelfFacts &)>;
Q_DECLARE_METATYPE(Change)

void TestDoctorSelf::saysWhatAPhoneWillMeet_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("remark");
    const auto row = [](const char *name, const Change &change) { QTest::newRow(name) << change << QByteArray(name); };
    row("anotherProgram", [](SelfFacts &facts) { facts.owner = u"nginx (PID 3)"_s; });
    row("notRunning", [](SelfFacts &facts) { facts.wasStarted = true; });
    row("loopbackOnly", [](SelfFacts &facts) { facts.config.bindAddress = u"127.0.0.1"_s; });
    row("noNetwork", [](SelfFacts &facts) { facts.lanAddresses.clear(); });
    row("basePath", [](SelfFacts &facts) { facts.config.basePath = "/play"; });
    row("certificateSelfSigned", [](SelfFacts &facts) {
        facts.certificate = certificate(facts);
        facts.certificate->selfSigned = true;
    });
    row("certificateTime", [](SelfFacts &facts) {
        facts.certificate = certificate(facts);
        facts.certificate->notAfter = facts.now.addDays(-1);
    });
    row("certificateNames", [](SelfFacts &facts) {
        facts.certificate = certificate(facts);
        facts.lanAddresses += u"10.0.0.1"_s;
    });
    row("tokenWanted", [](SelfFacts &facts) {
        facts.config.auth = AuthMode::Token;
        facts.token = "a.b.c";
    });
    row("tokenMissing", [](SelfFacts &facts) { facts.config.auth = AuthMode::Token; });
    row("tokenKept", [](SelfFacts &facts) {
        facts.config.auth = AuthMode::Token;
        facts.owner.clear();
    });
    row("pagesOfOrigins", [](SelfFacts &facts) { facts.config.allowedOrigins = {"http://page"}; });
    row("pagesOfAnyOrigin", [](SelfFacts &facts) { facts.config.allowedOrigins = {"*"}; });
    row("descriptors", [](SelfFacts &facts) { facts.descriptors = 1024; });
}

void TestDoctorSelf::saysWhatAPhoneWillMeet()
{
    QFETCH(Change, change);
    QFETCH(QByteArray, remark);
    SelfFacts facts = usualFacts();
    QVERIFY(!namesOf(facts).contains(remark));
    change(facts);
    QVERIFY2(namesOf(facts).contains(remark), namesOf(facts).join(' ').constData());
    for (const SelfRemark &one : remarksOn(facts))
        QVERIFY2(!one.words.sentence.contains(u'%') && !one.words.fix.contains(u'%'), one.name);
}

void TestDoctorSelf::saysNothingElseOfAUsualServer()
{
    QCOMPARE(namesOf(usualFacts()), (QByteArrayList{"running", "ownPagesOnly"}));
}

void TestDoctorSelf::examinesEachAddress_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QStringList>("urls");
    QTest::newRow("everywhere") << Change([](SelfFacts &) {})
                                << QStringList{u"ws://127.0.0.1:8080/echo"_s, u"ws://192.168.1.5:8080/echo"_s};
    QTest::newRow("one address") << Change([](SelfFacts &facts) { facts.config.bindAddress = u"::1"_s; })
                                 << QStringList{u"ws://[::1]:8080/echo"_s};
    QTest::newRow("base path") << Change([](SelfFacts &facts) {
        facts.config.basePath = "/play";
        facts.config.bindAddress = u"127.0.0.1"_s;
    }) << QStringList{u"ws://127.0.0.1:8080/play/echo"_s};
    QTest::newRow("TLS and a public address") << Change([](SelfFacts &facts) {
        facts.config.bindAddress = u"127.0.0.1"_s;
        facts.config.tls.certFile = u"/c.pem"_s;
        facts.config.publicUrl = "https://play.example.org";
    }) << QStringList{u"wss://127.0.0.1:8080/echo"_s, u"wss://play.example.org/echo"_s};
    QTest::newRow("a public path") << Change([](SelfFacts &facts) {
        facts.config.bindAddress = u"127.0.0.1"_s;
        facts.config.publicUrl = "http://example.org:81/games";
    }) << QStringList{u"ws://127.0.0.1:8080/echo"_s, u"ws://example.org:81/games/echo"_s};
    QTest::newRow("many networks") << Change([](SelfFacts &facts) {
        facts.lanAddresses = {u"10.0.0.1"_s, u"10.0.0.2"_s, u"10.0.0.3"_s, u"10.0.0.4"_s, u"10.0.0.5"_s};
    })
                                   << QStringList{u"ws://127.0.0.1:8080/echo"_s, u"ws://10.0.0.1:8080/echo"_s,
                                                  u"ws://10.0.0.2:8080/echo"_s, u"ws://10.0.0.3:8080/echo"_s,
                                                  u"ws://10.0.0.4:8080/echo"_s};
}

void TestDoctorSelf::examinesEachAddress()
{
    QFETCH(Change, change);
    SelfFacts facts = usualFacts();
    change(facts);
    QTEST(urlsOf(ordersOf(facts, {})), "urls");
}

void TestDoctorSelf::comesAsAPageDoes()
{
    SelfFacts facts = usualFacts();
    facts.config.allowedOrigins = {"*", "http://a", "http://b", "http://c", "http://d"};
    const QList<DoctorOrder> orders = ordersOf(facts, {});
    QByteArrayList origins;
    for (const DoctorOrder &order : orders)
        origins += order.client.origin;
    QCOMPARE(origins,
             (QByteArrayList{"http://127.0.0.1:8080", "http://192.168.1.5:8080", "http://a", "http://b", "http://c"}));
    QCOMPARE(urlsOf(orders).last(), u"ws://127.0.0.1:8080/echo"_s);
}

void TestDoctorSelf::bringsWhatIsAskedFor()
{
    SelfFacts facts = usualFacts();
    facts.token = "a.b.c";
    facts.certificate = certificate(facts);
    DoctorRequest request;
    const DoctorOrder order = ordersOf(facts, request).first();
    QCOMPARE(order.token, QByteArray("a.b.c"));
    QCOMPARE(order.client.headers.value(0).value, QByteArray("Bearer a.b.c"));
    QCOMPARE(order.client.trustedFingerprint, QByteArray("AB:CD"));
    QCOMPARE(order.idleMs, 0);
    request.idle = 30;
    QCOMPARE(ordersOf(facts, request).first().idleMs, 30'000);
}

void TestDoctorSelf::keepsItsTokens_data()
{
    QTest::addColumn<QString>("owner");
    QTest::addColumn<bool>("wasStarted");
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<bool>("hasToken");
    QTest::addColumn<QStringList>("urls");
    const QStringList echo{u"ws://127.0.0.1:8080/echo"_s};
    const QStringList check{u"ws://127.0.0.1:8080/check/echo"_s};
    QTest::newRow("ours") << u"glasshouse (PID 7)"_s << false << ""_ba << true << echo;
    QTest::newRow("started for the test") << QString() << true << ""_ba << true << echo;
    QTest::newRow("another program") << u"nc (PID 3)"_s << false << ""_ba << false << QStringList();
    QTest::newRow("another program, given one") << u"nc (PID 3)"_s << false << "a.b.c"_ba << false << QStringList();
    QTest::newRow("nobody tells") << QString() << false << ""_ba << false << check;
    QTest::newRow("nobody tells, given one") << QString() << false << "a.b.c"_ba << true << echo;
}

void TestDoctorSelf::keepsItsTokens()
{
    QFETCH(QString, owner);
    QFETCH(bool, wasStarted);
    QFETCH(QByteArray, given);
    QFETCH(bool, hasToken);
    SelfFacts facts = withTokens();
    facts.owner = owner;
    facts.wasStarted = wasStarted;
    DoctorRequest request;
    request.idle = 3'600;
    facts.token = tokenFor(facts, request, given);
    QCOMPARE(!facts.token.isEmpty(), hasToken);
    const QList<DoctorOrder> orders = ordersOf(facts, request);
    QTEST(urlsOf(orders), "urls");
    for (const DoctorOrder &order : orders)
        QCOMPARE(order.idleMs < Routes::checkMs, order.client.url.path() == u"/check/echo"_s);
}

void TestDoctorSelf::makesTokensForMinutes()
{
    const SelfFacts facts = withTokens();
    const auto lifeOf = [](const QByteArray &token) {
        const QByteArray claims = QByteArray::fromBase64(token.split('.').value(1), QByteArray::Base64UrlEncoding);
        const QJsonObject object = QJsonDocument::fromJson(claims).object();
        return object[u"exp"_s].toInteger() - object[u"iat"_s].toInteger();
    };
    DoctorRequest request;
    QCOMPARE(lifeOf(tokenFor(facts, request, {})), 300);
    request.idle = 60;
    QCOMPARE(lifeOf(tokenFor(facts, request, {})), 360); // it does not run out meanwhile
}

void TestDoctorSelf::warnsOfAddressesThatPeopleCanComeBy()
{
    SelfFacts facts = usualFacts();
    facts.certificate = certificate(facts);
    facts.lanAddresses += u"10.0.0.1"_s;
    QVERIFY(namesOf(facts).contains("certificateNames"));
    facts.config.bindAddress = u"10.0.0.1"_s;
    QVERIFY(namesOf(facts).contains("certificateNames"));
    facts.config.bindAddress = u"192.168.1.5"_s;
    QVERIFY(!namesOf(facts).contains("certificateNames"));
    facts.config.bindAddress = u"127.0.0.1"_s;
    QVERIFY(!namesOf(facts).contains("certificateNames"));
}

void TestDoctorSelf::writesRemarks()
{
    SelfFacts facts = usualFacts();
    facts.owner = u"\x1B[2Jevil (PID 3)"_s;
    const QList<SelfRemark> remarks = remarksOn(facts);
    const QByteArray text = remarkReport({}, remarks);
    QVERIFY(text.contains("✗ Port 8080 is taken by \\u{1B}[2Jevil (PID 3)"));
    QVERIFY(remarkReport({DoctorReport::Kind::Markdown}, remarks).contains("(`anotherProgram`)"));
    const QByteArray line = remarkReport({DoctorReport::Kind::Json}, remarks);
    QCOMPARE(line.count('\n'), 1);
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    QCOMPARE(json[u"event"_s].toString(), u"self"_s);
    QCOMPARE(json[u"remarks"_s][0][u"remark"_s].toString(), u"anotherProgram"_s);
    QVERIFY(json[u"remarks"_s][0][u"illness"_s].toBool());
}

QTEST_GUILESS_MAIN(TestDoctorSelf)
#include "tst_doctorself.moc"
