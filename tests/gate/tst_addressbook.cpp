// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/addressbook.h"

#include <QTest>

using namespace glasshouse;

class TestAddressBook final : public QObject
{
    Q_OBJECT

private slots:
    void limitsConnectionsOfAnAddress();
    void limitsHeadsOfAnAddress();
    void limitsNewConnectionsASecond();
    void limitsWrongGuessesAMinute();
    void takesOtherLimitsWhileItHoldsAddresses();
    void keepsWhatWasUsedWhenItsLimitsComeAnew();
    void countsWhoBelongsTogether_data();
    void countsWhoBelongsTogether();
    void forgetsAddressesThatHoldNothing();
    void keepsAnAddressUntilItsRateIsFull();
    void zeroIsNoLimit();
    void trustedProxiesHaveNoLimits();

private:
    const QHostAddress m_here{QStringLiteral("192.0.2.1")};
    const QHostAddress m_there{QStringLiteral("192.0.2.2")};
};

void TestAddressBook::limitsConnectionsOfAnAddress()
{
    AddressBook book;
    book.setLimits({2, 0, 0}, 0);
    book.opened(m_here);
    QVERIFY(book.mayOpen(m_here));
    book.opened(m_here);
    QVERIFY(!book.mayOpen(m_here));
    QVERIFY(book.mayOpen(m_there));
    book.closed(m_here, 0);
    QVERIFY(book.mayOpen(m_here));
}

void TestAddressBook::limitsHeadsOfAnAddress()
{
    AddressBook book;
    book.setLimits({0, 1, 0}, 0);
    book.opened(m_here);
    book.headBegan(m_here);
    QVERIFY(!book.mayBeginHead(m_here));
    QVERIFY(book.mayOpen(m_here));
    book.headEnded(m_here);
    QVERIFY(book.mayBeginHead(m_here));
}

void TestAddressBook::limitsNewConnectionsASecond()
{
    AddressBook book;
    book.setLimits({0, 0, 10}, 0);
    for (int i = 0; i < 10; ++i)
        QVERIFY(book.takeRate(m_here, 1'000));
    QVERIFY(!book.takeRate(m_here, 1'000));
    QVERIFY(!book.takeRate(m_here, 1'099));
    QVERIFY(book.takeRate(m_here, 1'100));
    QVERIFY(book.takeRate(m_there, 1'100));
}

void TestAddressBook::limitsWrongGuessesAMinute()
{
    AddressBook book;
    book.setLimits({0, 0, 0, 3}, 0);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(book.mayGuess(m_here, 1'000));
        book.guessedWrong(m_here, 1'000);
    }
    QVERIFY(!book.mayGuess(m_here, 1'000));
    QVERIFY(book.mayGuess(m_there, 1'000));
    QVERIFY(!book.mayGuess(m_here, 20'999));
    QVERIFY(book.mayGuess(m_here, 21'000)); // one in twenty seconds comes back
    book.forgetIdle(60'999);
    QCOMPARE(book.size(), 1);
    book.forgetIdle(61'000);
    QCOMPARE(book.size(), 0);
}

void TestAddressBook::takesOtherLimitsWhileItHoldsAddresses()
{
    AddressBook book;
    book.setLimits({0, 0, 1}, 0);
    QVERIFY(book.takeRate(m_here, 1'000));
    QVERIFY(!book.takeRate(m_here, 1'000));
    book.setLimits({0, 0, 2}, 1'000);
    QVERIFY(book.takeRate(m_here, 1'000)); // one of the two was used before
    QVERIFY(!book.takeRate(m_here, 1'000));
    QVERIFY(book.takeRate(m_there, 1'000) && book.takeRate(m_there, 1'000));
}

void TestAddressBook::keepsWhatWasUsedWhenItsLimitsComeAnew()
{
    AddressBook book;
    const AddressBook::Limits limits{0, 0, 3, 2};
    book.setLimits(limits, 0);
    for (int i = 0; i < 3; ++i)
        QVERIFY(book.takeRate(m_here, 1'000));
    for (int i = 0; i < 30; ++i)
        QVERIFY(book.takeRequest(m_here, 1'000));
    book.guessedWrong(m_here, 1'000);
    book.guessedWrong(m_here, 1'000);
    for (int i = 0; i < 5; ++i) // as a reload does that changes something else
        book.setLimits(limits, 1'000);
    QVERIFY(!book.takeRate(m_here, 1'000));
    QVERIFY(!book.takeRequest(m_here, 1'000));
    QVERIFY(!book.mayGuess(m_here, 1'000));
    QVERIFY(book.takeRate(m_here, 1'334));
    QVERIFY(book.mayGuess(m_here, 31'000));
}

void TestAddressBook::countsWhoBelongsTogether_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("together");
    QTest::newRow("IPv4, the same") << QStringLiteral("192.0.2.1") << QStringLiteral("192.0.2.1") << true;
    QTest::newRow("IPv4, neighbours") << QStringLiteral("192.0.2.1") << QStringLiteral("192.0.2.2") << false;
    QTest::newRow("IPv6, one network of 64 bits")
        << QStringLiteral("2001:db8:1:2::1") << QStringLiteral("2001:db8:1:2:ffff::9") << true;
    QTest::newRow("IPv6, two networks") << QStringLiteral("2001:db8:1:2::1") << QStringLiteral("2001:db8:1:3::1")
                                        << false;
    QTest::newRow("IPv4 in IPv6 clothes")
        << QStringLiteral("::ffff:192.0.2.1") << QStringLiteral("::ffff:192.0.2.2") << false;
    QTest::newRow("the same IPv4 in both") << QStringLiteral("::ffff:192.0.2.1") << QStringLiteral("192.0.2.1") << true;
    QTest::newRow("loopback and its network") << QStringLiteral("::1") << QStringLiteral("::2") << false;
}

void TestAddressBook::countsWhoBelongsTogether()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    AddressBook book;
    book.setLimits({1, 0, 0}, 0);
    book.opened(QHostAddress(first));
    QFETCH(bool, together);
    QCOMPARE(book.mayOpen(QHostAddress(second)), !together);
}

void TestAddressBook::forgetsAddressesThatHoldNothing()
{
    AddressBook book;
    for (quint32 i = 0; i < 100; ++i) {
        book.opened(QHostAddress(0x0A000000 + i));
        book.headBegan(QHostAddress(0x0A000000 + i));
    }
    QCOMPARE(book.size(), 100);
    for (quint32 i = 0; i < 100; ++i) {
        book.headEnded(QHostAddress(0x0A000000 + i));
        book.closed(QHostAddress(0x0A000000 + i), 0);
    }
    QCOMPARE(book.size(), 0);
    book.closed(m_here, 0); // never opened
    QCOMPARE(book.size(), 0);
}

void TestAddressBook::keepsAnAddressUntilItsRateIsFull()
{
    AddressBook book;
    book.setLimits({0, 0, 1}, 0);
    book.opened(m_here);
    QVERIFY(book.takeRate(m_here, 1'000));
    book.closed(m_here, 1'000);
    QVERIFY(!book.takeRate(m_here, 1'500)); // who closes and comes again has not paid less
    book.forgetIdle(1'900);
    QCOMPARE(book.size(), 1);
    book.forgetIdle(2'000);
    QCOMPARE(book.size(), 0);
}

void TestAddressBook::zeroIsNoLimit()
{
    AddressBook book;
    for (int i = 0; i < 1'000; ++i) {
        QVERIFY(book.mayOpen(m_here) && book.mayBeginHead(m_here) && book.takeRate(m_here, 0));
        book.opened(m_here);
        book.headBegan(m_here);
    }
}

void TestAddressBook::trustedProxiesHaveNoLimits()
{
    AddressBook book;
    book.setLimits({1, 1, 1, 1}, 0);
    book.setTrusted({AddressRange::parse("192.0.2.1").value()});
    QVERIFY(book.isTrusted(m_here) && !book.isTrusted(m_there));
    for (const QHostAddress &address : {m_here, m_there}) {
        for (int i = 0; i < 20; ++i) {
            book.opened(address);
            book.headBegan(address);
            book.guessedWrong(address, 0);
            std::ignore = book.takeRate(address, 0);
            std::ignore = book.takeRequest(address, 0);
        }
        const bool trusted = book.isTrusted(address);
        QCOMPARE(book.mayOpen(address), trusted);
        QCOMPARE(book.mayBeginHead(address), trusted);
        QCOMPARE(book.mayGuess(address, 0), trusted);
        QCOMPARE(book.takeRate(address, 0), trusted);
        QCOMPARE(book.takeRequest(address, 0), trusted);
    }
}

QTEST_GUILESS_MAIN(TestAddressBook)
#include "tst_addressbook.moc"
