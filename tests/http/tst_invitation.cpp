// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/httprequest.h"
#include "server/http/invitation.h"
#include "tests/support/requests.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QByteArray lan = "http://192.168.1.20:8080/";

HttpRequest request(const QByteArray &host, const char *client, const QByteArray &headers = {})
{
    HttpRequest asked;
    asked.head = requestHead("GET", "/api/v1/invitation?room=blue", "Host: " + host + "\r\n" + headers);
    asked.context.client.address = QHostAddress(QString::fromLatin1(client));
    return asked;
}

} // namespace

class TestInvitation final : public QObject
{
    Q_OBJECT

private slots:
    void leadsOthersHere_data();
    void leadsOthersHere();
    void followsWhatIsConfigured();
    void tellsNothingOverHttp10();
    void tellsAStrangerNothingOfTheLan_data();
    void tellsAStrangerNothingOfTheLan();

private:
    const InvitationFacts m_facts{{}, {}, {}, 8080, {u"192.168.1.20"_s, u"10.0.0.7"_s}};
};

void TestInvitation::leadsOthersHere_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("url");
    const auto row = [](const char *host, const QByteArray &url) { QTest::newRow(host) << QByteArray(host) << url; };
    row("localhost:8080", lan);
    row("LOCALHOST", lan);
    row("glass.localhost:8080", lan);
    row("127.0.0.1:8080", lan);
    row("127.8.9.10:8080", lan);
    row("[::1]:8080", lan);
    row("localhost.:8080", lan);
    row("0.0.0.0:8080", lan);
    row("[::]:8080", lan);
    row("10.0.0.7:8080", "http://10.0.0.7:8080/"); // this way it works already
    row("game.lan:8080", "http://game.lan:8080/");
    row("[2001:db8::7]:8080", "http://[2001:db8::7]:8080/");
}

void TestInvitation::leadsOthersHere()
{
    QFETCH(QByteArray, host);
    QTEST(addressForOthers(m_facts, request(host, "127.0.0.1")), "url");
}

void TestInvitation::followsWhatIsConfigured()
{
    const auto with = [this](auto change, bool secure = false) {
        InvitationFacts facts = m_facts;
        change(facts);
        HttpRequest asked = request("localhost:8080", "127.0.0.1");
        asked.context.secure = asked.overTls = secure;
        return addressForOthers(facts, asked);
    };
    QCOMPARE(with([](auto &) {}, true), "https://192.168.1.20:8080/");
    HttpRequest throughAProxy = request("localhost", "127.0.0.1");
    throughAProxy.context.secure = true; // it has the certificate, and is not at that address
    QCOMPARE(addressForOthers(m_facts, throughAProxy), lan);
    QCOMPARE(with([](auto &facts) { facts.basePath = "/play"; }), lan + "play/");
    QCOMPARE(with([](auto &facts) { facts.bindAddress = u"127.0.0.1"_s; }), "");
    QCOMPARE(with([](auto &facts) { facts.bindAddress = u"0.0.0.0"_s; }), lan);
    QCOMPARE(with([](auto &facts) { facts.lanAddresses.clear(); }), "");
    QCOMPARE(with([](auto &facts) { facts.lanAddresses = {u"169.254.7.7"_s}; }), ""); // phones do not find it
    const auto behind = [&](const char *url, const char *base) {
        return with([&](auto &facts) {
            facts.publicUrl = url;
            facts.basePath = base;
        });
    };
    QCOMPARE(behind("https://play.example.org", ""), "https://play.example.org/");
    QCOMPARE(behind("https://play.example.org", "/play"), "https://play.example.org/play/");
    QCOMPARE(behind("https://play.example.org/", "/play"), "https://play.example.org/play/");
    QCOMPARE(behind("https://play.example.org/games", "/play"), "https://play.example.org/games/");
    for (const char *here : {"http://localhost:3000", "https://[::1]/play", "http://127.0.0.1"})
        QCOMPARE(behind(here, ""), lan);
}

void TestInvitation::tellsAStrangerNothingOfTheLan_data()
{
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("isTold");
    const auto row = [](const char *client, const char *headers, bool isTold) {
        QTest::addRow("%s %s", client, headers) << QByteArray(client) << QByteArray(headers) << isTold;
    };
    for (const char *near : {"127.0.0.1", "::1", "192.168.7.7", "10.1.2.3", "172.16.0.1", "172.31.255.1", "169.254.1.1",
                             "fe80::1", "fd00::1", "::ffff:192.168.1.7"})
        row(near, "", true);
    for (const char *far : {"203.0.113.7", "172.32.0.1", "11.0.0.1", "2001:db8::1", "::ffff:203.0.113.7"})
        row(far, "", false);
    // A proxy on this machine that the server was not told of: its clients may be anybody.
    for (const char *trace : {"X-Forwarded-For: 203.0.113.7\r\n", "Forwarded: for=203.0.113.7\r\n", "Via: 1.1 x\r\n"})
        row("127.0.0.1", trace, false);
}

void TestInvitation::tellsNothingOverHttp10()
{
    HttpRequest asked = request("localhost:8080", "127.0.0.1");
    asked.head.http10 = true; // as nginx speaks where it is told nothing else
    QCOMPARE(addressForOthers(m_facts, asked), "");
}

void TestInvitation::tellsAStrangerNothingOfTheLan()
{
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, headers);
    QFETCH(bool, isTold);
    QCOMPARE(addressForOthers(m_facts, request("localhost:8080", client.constData(), headers)),
             isTold ? lan : QByteArray());
}

QTEST_GUILESS_MAIN(TestInvitation)
#include "tst_invitation.moc"
