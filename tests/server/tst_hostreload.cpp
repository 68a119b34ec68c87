// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventtext.h"
#include "server/inprocesshost.h"

#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// What a reload says and leaves; what it does to players stands in tst_host.
class TestHostReload final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLoggingCategory::setFilterRules(u"glasshouse.*=false"_s); }
    void init();

    void saysWhatNeedsARestart();
    void saysOfEachReloadWhatNeedsARestart();
    void keepsItsConfigurationWhereAnotherIsBad();

private:
    std::unique_ptr<Host> m_host;

    void start();
};

void TestHostReload::init()
{
    m_host = std::make_unique<InProcessHost>();
    start();
}

void TestHostReload::start()
{
    ServerConfig config;
    config.port = 0;
    config.bindAddress = u"127.0.0.1"_s;
    m_host->start(config);
    QTRY_COMPARE(m_host->state(), ServerState::Running);
}

void TestHostReload::saysWhatNeedsARestart()
{
    QSignalSpy reloaded(m_host.get(), &Host::reloaded);
    const quint16 before = m_host->config().port;
    ServerConfig config = m_host->config();
    config.port = 1;
    config.captureBudgetBytes = 1;
    config.limits.rooms = 7;
    m_host->reload(config);
    QTRY_COMPARE(reloaded.size(), 1);
    QCOMPARE(reloaded.first().first().toStringList(), (QStringList{u"port"_s, u"capture-budget-bytes"_s}));
    QCOMPARE(m_host->config().port, before);
    QCOMPARE(m_host->config().limits.rooms, 7);
}

// The second is asked for before the first is in force.
void TestHostReload::saysOfEachReloadWhatNeedsARestart()
{
    QSignalSpy reloaded(m_host.get(), &Host::reloaded);
    const ServerConfig before = m_host->config();
    ServerConfig other = before;
    other.port = 1;
    m_host->reload(other);
    m_host->reload(before);
    QTRY_COMPARE(reloaded.size(), 2);
    QCOMPARE(reloaded.at(0).first().toStringList(), QStringList{u"port"_s});
    QCOMPARE(reloaded.at(1).first().toStringList(), QStringList());
}

void TestHostReload::keepsItsConfigurationWhereAnotherIsBad()
{
    QSignalSpy failed(m_host.get(), &Host::reloadFailed);
    ServerConfig config = m_host->config();
    const ServerConfig before = config;
    config.limits.rooms = 7;
    config.operatorTokenFile = u"/nowhere/at all"_s;
    m_host->reload(config);
    QCOMPARE(failed.size(), 1);
    QVERIFY(faultText(failed.first().first().value<Fault>()).contains(u"/nowhere/at all"_s));
    QVERIFY(m_host->config() == before);
}

QTEST_GUILESS_MAIN(TestHostReload)
#include "tst_hostreload.moc"
