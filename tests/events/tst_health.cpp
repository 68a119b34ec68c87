// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/health.h"

#include "server/events/eventtext.h"

#include <QTest>
#include <QTimer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestHealth final : public QObject
{
    Q_OBJECT

private slots:
    void keepsItsPublicNames();
    void saysOnceWhatIsWrong();
    void saysWhenItIsOver();
    void waitsUntilItIsQuiet();
    void endsAlthoughItIsSaidAgainThatAllIsWell();
    void saysNothingOfWhatNeverWas();

private:
    QStringList m_told;
    [[nodiscard]] Health health(int calmMs = 1)
    {
        m_told.clear();
        return Health([this](const ServerEvent &event) { m_told += eventText(event); }, calmMs);
    }
};

// Programs read them in /health and /metrics.
void TestHealth::keepsItsPublicNames()
{
    QStringList names;
    for (int i = 0; i < healthFaultCount; ++i)
        names += QString::fromLatin1(healthFaultType(HealthFault(i)).name);
    QCOMPARE(names, (QStringList{u"capture_stopped"_s, u"results_failed"_s, u"log_failed"_s, u"accepting_paused"_s}));
}

void TestHealth::saysOnceWhatIsWrong()
{
    Health now = health();
    now.set(HealthFault::ResultsFailed, u"no room"_s);
    now.set(HealthFault::CaptureStopped, u"No space left on device"_s, 5);
    now.set(HealthFault::CaptureStopped, u"No space left on device"_s, 9);
    QCOMPARE(m_told,
             (QStringList{u"Results of games are not kept: no room"_s,
                          u"The capture can not be written: No space left on device"_s}));
    QCOMPARE(now.faults(), (QStringList{u"capture_stopped"_s, u"results_failed"_s}));
}

void TestHealth::saysWhenItIsOver()
{
    Health now = health();
    now.set(HealthFault::CaptureStopped, u"No space left on device"_s, 5);
    now.set(HealthFault::CaptureStopped, {}, 12);
    QTRY_COMPARE(m_told.value(1), u"The capture is written again; rows lost since the start: 12"_s);
    QCOMPARE(now.faults(), QStringList());
    now.set(HealthFault::CaptureStopped, u"anew"_s, 12);
    QCOMPARE(m_told.size(), 3);
}

void TestHealth::waitsUntilItIsQuiet()
{
    Health now = health(60'000);
    for (int i = 0; i < 3; ++i) {
        now.set(HealthFault::CaptureStopped, u"No space left on device"_s);
        now.set(HealthFault::CaptureStopped, {});
    }
    QCOMPARE(m_told.size(), 1);
    QCOMPARE(now.faults(), QStringList{u"capture_stopped"_s});
}

// As every result that is kept says it.
void TestHealth::endsAlthoughItIsSaidAgainThatAllIsWell()
{
    Health now = health(50);
    now.set(HealthFault::ResultsFailed, u"no room"_s);
    QTimer busy;
    busy.callOnTimeout([&now] { now.set(HealthFault::ResultsFailed, {}); });
    busy.start(1);
    QTRY_COMPARE(now.faults(), QStringList());
    QCOMPARE(m_told.size(), 2);
}

void TestHealth::saysNothingOfWhatNeverWas()
{
    Health now = health();
    now.set(HealthFault::LogFailed, {});
    now.set(HealthFault::CaptureStopped, u"wrong"_s);
    now.set(HealthFault::CaptureStopped, {});
    QTRY_COMPARE(m_told.size(), 2);
}

QTEST_GUILESS_MAIN(TestHealth)
#include "tst_health.moc"
