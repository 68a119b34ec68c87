// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/hostpolicy.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;
using Names = QList<QByteArray>;

class TestHostPolicy final : public QObject
{
    Q_OBJECT

private slots:
    void judgesHosts_data();
    void judgesHosts();
    void letsAllInWhereTold();
    void namesWhatCouldBeAllowed_data();
    void namesWhatCouldBeAllowed();
};

void TestHostPolicy::judgesHosts_data()
{
    QTest::addColumn<bool>("passes");
    for (const char *host : {"127.0.0.1",
                             "127.0.0.1:8080",
                             "192.168.1.5:8080",
                             "203.0.113.7",
                             "127.1",
                             "[::1]",
                             "[::1]:8080",
                             "[2001:DB8::1]",
                             "[fe80::1%25eth0]:8080",
                             "[fe80::1%eth0]",
                             "localhost",
                             "LOCALHOST:8080",
                             "localhost.",
                             "game.localhost",
                             "den",
                             "Den:8080",
                             "den.local",
                             "den.local.",
                             "den.home.arpa",
                             "a.cert.example",
                             "play.example",
                             "games.example",
                             "Games.Example",
                             "games.example:8080",
                             "other.example:81",
                             "third.example:80",
                             "third.example",
                             "fourth.example",
                             "xn--bcher-kva.example:1"})
        QTest::newRow(host) << true;
    QTest::newRow("none") << true;
    for (const char *host :
         {"evil.example", "evilgames.example", "games.example.evil", "other.example:82", "other.example",
          "third.example:8080", "cert.example", "a.b.cert.example", "127.0.0.1.evil.example", "localhost.evil.example",
          "evillocalhost", "den.evil", "[::1].evil", "[evil]", "1.evil", "*", "0x7f.evil", "[::1", "play.example.evil"})
        QTest::newRow(host) << false;
}

void TestHostPolicy::judgesHosts()
{
    const HostPolicy policy(
        {u"Den"_s, u"den.local"_s, u"den.home.arpa"_s, u"*.cert.example"_s, u"play.example"_s},
        {"games.example", "other.example:81", "third.example:80", "Fourth.Example/", "bücher.example"});
    const QByteArray host = QTest::currentDataTag() == QByteArray("none") ? QByteArray() : QTest::currentDataTag();
    QTEST(policy.allows(host), "passes");
}

void TestHostPolicy::letsAllInWhereTold()
{
    QVERIFY(!HostPolicy().allows("anything.example"));
    QVERIFY(HostPolicy({}, {"*"}).allows("anything.example"));
    QVERIFY(HostPolicy().allows("localhost"));
}

void TestHostPolicy::namesWhatCouldBeAllowed_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("game.lan") << QByteArray("game.lan");
    QTest::newRow("Game.LAN:8080") << QByteArray("game.lan");
    QTest::newRow("game.lan.") << QByteArray("game.lan");
    for (const char *bad : {"$(reboot)", "a;b", "-x", "a'b", "a b", "a\nb",
                            "b\xfc"
                            "cher.example",
                            "[::1]", ".lan", "a`b", "a%41", "<b>"})
        QTest::newRow(bad) << QByteArray();
    QTest::newRow(QByteArray(300, 'a').constData()) << QByteArray();
}

void TestHostPolicy::namesWhatCouldBeAllowed() { QTEST(nameToAllow(QTest::currentDataTag()), "name"); }

QTEST_GUILESS_MAIN(TestHostPolicy)
#include "tst_hostpolicy.moc"
