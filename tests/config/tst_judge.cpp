// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/judge.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray keysOf(const QList<ConfigFault> &faults)
{
    QByteArrayList keys;
    for (const ConfigFault &fault : faults)
        keys += fault.key.isEmpty() ? fault.text.section(u':', 0, 0).toUtf8() : fault.key;
    return keys.join(' ');
}

} // namespace

// Its parts have tests of their own: tst_configfaults and tst_production.
class TestJudge final : public QObject
{
    Q_OBJECT

private slots:
    void findsAllThatIsWrong();
    void asksWhetherAuthWasForgotten_data();
    void asksWhetherAuthWasForgotten();
    void letsBeWhatIsMeantOrNotKnown_data();
    void letsBeWhatIsMeantOrNotKnown();
};

void TestJudge::findsAllThatIsWrong()
{
    QCOMPARE(keysOf(judge({})), "");
    ServerConfig config;
    config.bindAddress = u"nowhere"_s;
    config.proxyProtocol = true;
    config.webRoot = u"/nowhere/at all"_s;
    QCOMPARE(keysOf(judge(config)), "bind proxy-protocol web-root");
    QCOMPARE(keysOf(judge(config, {.production = true, .given = {u"jwt-issuer"_s}})),
             "bind proxy-protocol web-root jwt-issuer production");
}

void TestJudge::asksWhetherAuthWasForgotten_data()
{
    QTest::addColumn<QStringList>("given");
    QTest::addColumn<QByteArray>("keys");
    QTest::newRow("nothing") << QStringList() << QByteArray();
    QTest::newRow("another option") << QStringList{u"port"_s} << QByteArray();
    QTest::newRow("a key") << QStringList{u"jwt-public-key"_s} << QByteArray("jwt-public-key");
    QTest::newRow("the first of two") << QStringList{u"jwt-audience"_s, u"jwt-issuer"_s} << QByteArray("jwt-issuer");
    QTest::newRow("open, and says so") << QStringList{u"jwt-issuer"_s, u"auth"_s} << QByteArray();
}

void TestJudge::asksWhetherAuthWasForgotten()
{
    QFETCH(QStringList, given);
    QTEST(keysOf(judge({}, {.given = given})), "keys");
}

void TestJudge::letsBeWhatIsMeantOrNotKnown_data()
{
    QTest::addColumn<ConfigIntent>("intent");
    QTest::addColumn<int>("count");
    QTest::newRow("no production") << ConfigIntent() << 0;
    QTest::newRow("production") << ConfigIntent{.production = true} << 2;
    QTest::newRow("meant") << ConfigIntent{.production = true, .allowInsecure = {u"any-origin"_s}} << 1;
    QTest::newRow("not known") << ConfigIntent{.production = true, .unread = {u"bind"_s}} << 1;
}

void TestJudge::letsBeWhatIsMeantOrNotKnown()
{
    QFETCH(ConfigIntent, intent);
    ServerConfig config;
    config.allowedOrigins = {"*"};
    const QList<ConfigFault> faults = judge(config, intent);
    QTEST(int(faults.size()), "count");
    for (const ConfigFault &fault : faults)
        QVERIFY2(fault.key.isEmpty() && fault.text.startsWith(u"production: "_s), qPrintable(fault.text));
}

QTEST_GUILESS_MAIN(TestJudge)
#include "tst_judge.moc"
