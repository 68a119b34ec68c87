// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/addresshold.h"
#include "tests/support/turningclock.h"

#include <QTest>

using namespace glasshouse;

class TestAddressHold final : public QObject
{
    Q_OBJECT

private slots:
    void givesBackWhatItHolds();
    void movesWhatItHolds();
    void saysWhereItMayNotGo();
    void countsNoConnectionWhileItRests();
    void leavesItsConnection();

private:
    TurningClock m_clock;
    const QHostAddress m_here{QStringLiteral("192.0.2.1")};
    const QHostAddress m_there{QStringLiteral("192.0.2.2")};
};

void TestAddressHold::givesBackWhatItHolds()
{
    AddressBook book;
    {
        AddressHold hold(book, m_clock, m_here);
        hold.beginHead();
        hold.beginHead();
        QCOMPARE(book.connectionsOf(m_here), 1);
        QCOMPARE(book.headsOf(m_here), 1);
    }
    QCOMPARE(book.size(), 0);
}

void TestAddressHold::movesWhatItHolds()
{
    AddressBook book;
    AddressHold hold(book, m_clock, m_here);
    hold.beginHead();
    QVERIFY(hold.moveTo(m_there));
    QCOMPARE(book.connectionsOf(m_here), 0);
    QCOMPARE(book.headsOf(m_here), 0);
    QCOMPARE(book.connectionsOf(m_there), 1);
    QCOMPARE(book.headsOf(m_there), 1);
    hold.endHead();
    QVERIFY(hold.moveTo(m_there));
    hold.giveBack();
    QCOMPARE(book.size(), 0);
}

void TestAddressHold::saysWhereItMayNotGo()
{
    AddressBook book;
    book.setLimits({.connections = 1}, 0);
    const AddressHold there(book, m_clock, m_there);
    AddressHold hold(book, m_clock, m_here);
    QVERIFY(hold.moveTo(m_here)); // it is there already
    QVERIFY(!hold.moveTo(m_there));
    QCOMPARE(book.connectionsOf(m_there), 2); // and counts there, as long as it is told so
}

void TestAddressHold::countsNoConnectionWhileItRests()
{
    AddressBook book;
    book.setLimits({.connections = 1, .idle = 1, .allConnections = 1, .allIdle = 2}, 0);
    AddressHold hold(book, m_clock, m_here);
    QVERIFY(!book.mayOpen(m_here) && book.isFull());
    QVERIFY(book.mayRest(m_here));
    hold.beginRest();
    QVERIFY(book.mayOpen(m_here) && !book.isFull());
    QVERIFY(!book.mayRest(m_here));
    QVERIFY(book.mayRest(m_there));
    AddressHold other(book, m_clock, m_there);
    other.beginRest();
    QCOMPARE(book.idleConnections(), 2);
    QVERIFY(!book.mayRest(QHostAddress(QStringLiteral("192.0.2.3")))); // two in all
    book.forgetIdle(1'000'000);
    QCOMPARE(book.size(), 2);
    hold.endRest();
    QVERIFY(!book.mayOpen(m_here) && book.isFull());
    hold.giveBack();
    other.giveBack();
    QCOMPARE(book.size(), 0);
    QCOMPARE(book.idleConnections(), 0);
}

void TestAddressHold::leavesItsConnection()
{
    AddressBook book;
    {
        AddressHold hold(book, m_clock, m_here);
        hold.beginHead();
        hold.leaveConnection();
    }
    QCOMPARE(book.connectionsOf(m_here), 1);
    QCOMPARE(book.headsOf(m_here), 0);
    book.closed(m_here, 0);
    QCOMPARE(book.size(), 0);
}

QTEST_GUILESS_MAIN(TestAddressHold)
#include "tst_addresshold.moc"
