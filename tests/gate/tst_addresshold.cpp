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
    void staysInItsNetwork();
    void takesNothingAlongThatItGaveBack();
    void countsNoConnectionWhileItRests();
    void becomesASocket();

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
        QCOMPARE(book.count(m_here, Held::Visit), 1);
        QCOMPARE(book.count(m_here, Held::Head), 1);
    }
    QCOMPARE(book.size(), 0);
}

void TestAddressHold::movesWhatItHolds()
{
    AddressBook book;
    AddressHold hold(book, m_clock, m_here);
    hold.beginHead();
    QVERIFY(hold.moveTo(m_there));
    QCOMPARE(book.count(m_here, Held::Visit), 0);
    QCOMPARE(book.count(m_here, Held::Head), 0);
    QCOMPARE(book.count(m_there, Held::Visit), 1);
    QCOMPARE(book.count(m_there, Held::Head), 1);
    hold.endHead();
    QVERIFY(hold.moveTo(m_there));
    hold.giveBack();
    QCOMPARE(book.size(), 0);
}

void TestAddressHold::saysWhereItMayNotGo()
{
    AddressBook book;
    book.setLimits(AddressBook::Limits().with(Held::Visit, {1, 0}), 0);
    const AddressHold there(book, m_clock, m_there);
    AddressHold hold(book, m_clock, m_here);
    QVERIFY(hold.moveTo(m_here)); // it is there already
    QVERIFY(!hold.moveTo(m_there));
    QCOMPARE(book.count(m_there, Held::Visit), 2); // and counts there, as long as it is told so
}

// It would have to give way to itself.
void TestAddressHold::staysInItsNetwork()
{
    struct Holder final : HeadHolder
    {
        int asked = 0;
        void giveWay() override { ++asked; }
    } holder;
    const QHostAddress proxy(QStringLiteral("2001:db8::1"));
    const QHostAddress client(QStringLiteral("2001:db8::2"));
    AddressBook book;
    book.setLimits(AddressBook::Limits().with(Held::Visit, {1, 0}), 0);
    AddressHold hold(book, m_clock, proxy, &holder);
    hold.beginHead();
    QVERIFY(hold.moveTo(client));
    QCOMPARE(holder.asked, 0);
    QCOMPARE(hold.address(), client);
    QCOMPARE(book.count(client, Held::Visit), 1);
    hold.giveBack();
    QCOMPARE(book.size(), 0);
}

void TestAddressHold::takesNothingAlongThatItGaveBack()
{
    AddressBook book;
    AddressHold hold(book, m_clock, m_here);
    hold.giveBack();
    QVERIFY(hold.moveTo(m_there));
    QCOMPARE(hold.address(), m_there);
    QCOMPARE(book.size(), 0);
}

void TestAddressHold::countsNoConnectionWhileItRests()
{
    AddressBook book;
    AddressBook::Limits limits;
    limits.connections = 1;
    book.setLimits(limits.with(Held::Visit, {1, 0}).with(Held::Rest, {1, 2}), 0);
    AddressHold hold(book, m_clock, m_here);
    QVERIFY(!book.mayHold(m_here, Held::Visit) && book.isFull());
    QVERIFY(book.mayHold(m_here, Held::Rest));
    hold.beginRest();
    QVERIFY(book.mayHold(m_here, Held::Visit) && !book.isFull());
    QVERIFY(!book.mayHold(m_here, Held::Rest));
    QVERIFY(book.mayHold(m_there, Held::Rest));
    AddressHold other(book, m_clock, m_there);
    other.beginRest();
    QCOMPARE(book.count(Held::Rest), 2);
    QVERIFY(!book.mayHold(QHostAddress(QStringLiteral("192.0.2.3")), Held::Rest)); // two in all
    book.forgetIdle(1'000'000);
    QCOMPARE(book.size(), 2);
    hold.endRest();
    QVERIFY(!book.mayHold(m_here, Held::Visit) && book.isFull());
    hold.giveBack();
    other.giveBack();
    QCOMPARE(book.size(), 0);
    QCOMPARE(book.count(Held::Rest), 0);
}

void TestAddressHold::becomesASocket()
{
    AddressBook book;
    {
        AddressHold hold(book, m_clock, m_here);
        hold.beginHead();
        hold.becomeSocket();
    }
    QCOMPARE(book.count(m_here, Held::Visit), 0);
    QCOMPARE(book.count(m_here, Held::Head), 0);
    QCOMPARE(book.count(m_here, Held::Socket), 1);
    book.ended(m_here, Held::Socket, 0);
    QCOMPARE(book.size(), 0);
}

QTEST_GUILESS_MAIN(TestAddressHold)
#include "tst_addresshold.moc"
