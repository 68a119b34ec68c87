// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gate/addressbook.h"

#include <QTest>
#include <algorithm>
#include <memory>
#include <vector>

using namespace glasshouse;

using BookLimits = AddressBook::Limits;

namespace {

/// Somebody with a half-open head, who gives it up when he is asked to.
struct Holder final : HeadHolder
{
    AddressBook &book;
    HeadPlace place;
    bool holds = true;

    Holder(AddressBook &in, const QHostAddress &address, qint64 nowMs = 0) : book(in)
    {
        place.holder = this;
        book.headBegan(address, place, nowMs);
    }
    ~Holder() override { end(); }
    Q_DISABLE_COPY_MOVE(Holder)
    void giveWay() override { end(); }
    void end()
    {
        if (std::exchange(holds, false))
            book.headEnded(place, 0);
    }
};

QHostAddress numbered(quint32 i) { return QHostAddress(0x0A000000 + i); }

} // namespace

class TestAddressBook final : public QObject
{
    Q_OBJECT

private slots:
    void limitsWhatAnAddressHolds_data();
    void limitsWhatAnAddressHolds();
    void limitsWhatAllHold();
    void isFullOfVisitsAndSockets();
    void limitsWhatAnAddressDoes_data();
    void limitsWhatAnAddressDoes();
    void limitsEachForItself();
    void letsWaitForATurn();
    void limitsWrongGuessesAMinute();
    void letsTheOldestHeadOfAnAddressGiveWay();
    void letsManyComeAtOnce();
    void letsAHeadOfTheGreediestGiveWay();
    void makesPlaceForAVisit();
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

void TestAddressBook::limitsWhatAnAddressHolds_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("visits") << int(Held::Visit);
    QTest::newRow("rests") << int(Held::Rest);
    QTest::newRow("sockets") << int(Held::Socket);
    QTest::newRow("files") << int(Held::File);
}

void TestAddressBook::limitsWhatAnAddressHolds()
{
    QFETCH(int, what);
    const auto held = Held(what);
    AddressBook book;
    book.setLimits(BookLimits().with(held, {2, 0}), 0);
    book.began(m_here, held);
    QVERIFY(book.mayHold(m_here, held));
    book.began(m_here, held);
    QVERIFY(!book.mayHold(m_here, held));
    QVERIFY(book.mayHold(m_there, held));
    for (const Held other : {Held::Visit, Held::Rest, Held::Socket, Held::File})
        QCOMPARE(book.mayHold(m_here, other), other != held);
    book.ended(m_here, held, 0);
    QVERIFY(book.mayHold(m_here, held));
}

void TestAddressBook::limitsWhatAllHold()
{
    AddressBook book;
    book.setLimits(BookLimits().with(Held::Rest, {0, 2}), 0);
    book.began(m_here, Held::Rest);
    book.began(m_there, Held::Rest);
    QCOMPARE(book.count(Held::Rest), 2);
    QVERIFY(!book.mayHold(numbered(1), Held::Rest));
    book.ended(m_there, Held::Rest, 0);
    QVERIFY(book.mayHold(numbered(1), Held::Rest));
}

void TestAddressBook::isFullOfVisitsAndSockets()
{
    AddressBook book;
    BookLimits limits;
    limits.connections = 2;
    book.setLimits(limits, 0);
    book.began(m_here, Held::Socket);
    book.began(m_here, Held::Rest);
    QVERIFY(!book.isFull());
    book.began(m_there, Held::Visit);
    QVERIFY(book.isFull());
}

void TestAddressBook::limitsWhatAnAddressDoes_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("requests") << int(Deed::Request);
    QTest::newRow("broken requests") << int(Deed::Broken);
    QTest::newRow("connections") << int(Deed::Connecting);
}

void TestAddressBook::limitsWhatAnAddressDoes()
{
    QFETCH(int, what);
    const auto deed = Deed(what);
    AddressBook book;
    book.setLimits(BookLimits().with(deed, {10, 40}), 0);
    for (int i = 0; i < 40; ++i)
        QVERIFY(book.take(m_here, deed, 1'000));
    QVERIFY(!book.take(m_here, deed, 1'000));
    QVERIFY(!book.take(m_here, deed, 1'099));
    QVERIFY(book.take(m_here, deed, 1'100));
    QVERIFY(book.take(m_there, deed, 1'100));
}

void TestAddressBook::limitsEachForItself()
{
    AddressBook book;
    book.setLimits(BookLimits().with(Deed::Broken, {1, 1}).with(Deed::Request, {1, 1}).with(Deed::Connecting, {1, 1}),
                   0);
    QVERIFY(book.take(m_here, Deed::Broken, 1'000));
    QVERIFY(!book.take(m_here, Deed::Broken, 1'000));
    QVERIFY(book.take(m_here, Deed::Request, 1'000));
    QVERIFY(book.take(m_here, Deed::Connecting, 1'000));
}

// Whoever asks too much waits; who asks while others wait comes behind them, and nobody waits without end.
void TestAddressBook::letsWaitForATurn()
{
    AddressBook book;
    book.setLimits(BookLimits().with(Deed::Request, {10, 2}), 0);
    const auto turn = [&](qint64 nowMs) { return book.reserve(m_here, Deed::Request, nowMs, 300).value_or(-1); };
    QCOMPARE(turn(1'000), 0);
    QCOMPARE(turn(1'000), 0);
    QCOMPARE(turn(1'000), 100);
    QCOMPARE(turn(1'000), 200);
    QCOMPARE(turn(1'000), 300);
    QCOMPARE(turn(1'000), -1);
    QCOMPARE(turn(1'000), -1); // who was turned away has taken nothing
    QCOMPARE(turn(1'100), 300);
    QCOMPARE(book.reserve(m_there, Deed::Request, 1'100, 300), 0);
}

void TestAddressBook::limitsWrongGuessesAMinute()
{
    AddressBook book;
    book.setLimits(BookLimits().with(Deed::Guess, {3 / 60.0, 3}), 0);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(book.may(m_here, Deed::Guess, 1'000));
        QVERIFY(book.take(m_here, Deed::Guess, 1'000));
    }
    QVERIFY(!book.may(m_here, Deed::Guess, 1'000));
    QVERIFY(book.may(m_there, Deed::Guess, 1'000));
    QVERIFY(!book.may(m_here, Deed::Guess, 20'999));
    QVERIFY(book.may(m_here, Deed::Guess, 21'000)); // one in twenty seconds comes back
    book.forgetIdle(60'999);
    QCOMPARE(book.size(), 1);
    book.forgetIdle(61'000);
    QCOMPARE(book.size(), 0);
}

void TestAddressBook::letsTheOldestHeadOfAnAddressGiveWay()
{
    AddressBook book;
    book.setLimits(BookLimits().with(Held::Head, {2, 0}), 0);
    Holder other(book, m_there);
    Holder first(book, m_here);
    Holder second(book, m_here);
    Holder third(book, m_here, AddressBook::silentMs);
    QVERIFY(other.holds && !first.holds && second.holds && third.holds);
    QCOMPARE(book.count(m_here, Held::Head), 2);
    second.end();
    Holder fourth(book, m_here, 2 * AddressBook::silentMs);
    QVERIFY(third.holds && fourth.holds);
    QCOMPARE(book.count(Held::Head), 3);
}

// A class that opens a page: what they ask is on its way, and nobody may be sent off for it.
void TestAddressBook::letsManyComeAtOnce()
{
    AddressBook book;
    book.setLimits(BookLimits().with(Held::Head, {2, 0}), 0);
    std::vector<std::unique_ptr<Holder>> many;
    const auto left = [&] { return std::ranges::count_if(many, [](const auto &one) { return one->holds; }); };
    for (int i = 0; i < 10; ++i)
        many.push_back(std::make_unique<Holder>(book, m_here, i));
    QCOMPARE(left(), 10);
    many.push_back(std::make_unique<Holder>(book, m_here, AddressBook::silentMs + 7)); // eight say nothing until now
    QCOMPARE(left(), 3);
    QVERIFY(!many[7]->holds && many[8]->holds);
}

void TestAddressBook::letsAHeadOfTheGreediestGiveWay()
{
    AddressBook book;
    book.setLimits(BookLimits().with(Held::Head, {0, 4}), 0);
    Holder honest(book, m_there);
    Holder greedy[] = {{book, m_here}, {book, m_here}, {book, m_here}};
    Holder newcomer(book, numbered(1));
    QVERIFY(honest.holds && newcomer.holds && !greedy[0].holds && greedy[1].holds && greedy[2].holds);
    QCOMPARE(book.count(Held::Head), 4);
}

void TestAddressBook::makesPlaceForAVisit()
{
    AddressBook book;
    QVERIFY(!book.makePlace(m_here));
    Holder first(book, m_here);
    Holder second(book, m_here);
    QVERIFY(book.makePlace(m_here));
    QVERIFY(!first.holds && second.holds);
    QVERIFY(!book.makePlace(m_there));
}

void TestAddressBook::takesOtherLimitsWhileItHoldsAddresses()
{
    AddressBook book;
    const auto take = [&](const QHostAddress &address) { return book.take(address, Deed::Connecting, 1'000); };
    book.setLimits(BookLimits().with(Deed::Connecting, {1, 1}), 0);
    QVERIFY(take(m_here));
    QVERIFY(!take(m_here));
    book.setLimits(BookLimits().with(Deed::Connecting, {2, 2}), 1'000);
    QVERIFY(take(m_here)); // one of the two was used before
    QVERIFY(!take(m_here));
    QVERIFY(take(m_there) && take(m_there));
}

void TestAddressBook::keepsWhatWasUsedWhenItsLimitsComeAnew()
{
    AddressBook book;
    const BookLimits limits =
        BookLimits().with(Deed::Connecting, {3, 3}).with(Deed::Request, {30, 30}).with(Deed::Guess, {2 / 60.0, 2});
    book.setLimits(limits, 0);
    for (int i = 0; i < 3; ++i)
        QVERIFY(book.take(m_here, Deed::Connecting, 1'000));
    for (int i = 0; i < 30; ++i)
        QVERIFY(book.take(m_here, Deed::Request, 1'000));
    QVERIFY(book.take(m_here, Deed::Guess, 1'000) && book.take(m_here, Deed::Guess, 1'000));
    for (int i = 0; i < 5; ++i) // as a reload does that changes something else
        book.setLimits(limits, 1'000);
    QVERIFY(!book.take(m_here, Deed::Connecting, 1'000));
    QVERIFY(!book.take(m_here, Deed::Request, 1'000));
    QVERIFY(!book.may(m_here, Deed::Guess, 1'000));
    QVERIFY(book.take(m_here, Deed::Connecting, 1'334));
    QVERIFY(book.may(m_here, Deed::Guess, 31'000));
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
    book.setLimits(BookLimits().with(Held::Visit, {1, 0}), 0);
    book.began(QHostAddress(first), Held::Visit);
    QFETCH(bool, together);
    QCOMPARE(book.mayHold(QHostAddress(second), Held::Visit), !together);
}

void TestAddressBook::forgetsAddressesThatHoldNothing()
{
    AddressBook book;
    {
        std::list<Holder> holders;
        for (quint32 i = 0; i < 100; ++i) {
            book.began(numbered(i), Held::Visit);
            holders.emplace_back(book, numbered(i));
        }
        QCOMPARE(book.size(), 100);
        for (quint32 i = 0; i < 100; ++i)
            book.ended(numbered(i), Held::Visit, 0);
        QCOMPARE(book.size(), 100);
    }
    QCOMPARE(book.size(), 0);
    book.ended(m_here, Held::Visit, 0); // never began
    QCOMPARE(book.size(), 0);
}

void TestAddressBook::keepsAnAddressUntilItsRateIsFull()
{
    AddressBook book;
    book.setLimits(BookLimits().with(Deed::Connecting, {1, 1}), 0);
    book.began(m_here, Held::Socket);
    QVERIFY(book.take(m_here, Deed::Connecting, 1'000));
    book.ended(m_here, Held::Socket, 1'000);
    QVERIFY(!book.take(m_here, Deed::Connecting, 1'500)); // who closes and comes again has not paid less
    book.forgetIdle(1'900);
    QCOMPARE(book.size(), 1);
    book.forgetIdle(2'000);
    QCOMPARE(book.size(), 0);
}

void TestAddressBook::zeroIsNoLimit()
{
    AddressBook book;
    std::list<Holder> holders;
    for (int i = 0; i < 1'000; ++i) {
        QVERIFY(book.mayHold(m_here, Held::Visit) && book.take(m_here, Deed::Request, 0));
        QCOMPARE(book.reserve(m_here, Deed::Request, 0, 0), 0);
        book.began(m_here, Held::Visit);
        holders.emplace_back(book, m_here);
    }
    QVERIFY(std::all_of(holders.begin(), holders.end(), [](const Holder &holder) { return holder.holds; }));
}

void TestAddressBook::trustedProxiesHaveNoLimits()
{
    AddressBook book;
    BookLimits limits;
    for (size_t i = 0; i < heldKinds; ++i)
        limits.with(Held(i), {1, 0});
    for (size_t i = 0; i < deedKinds; ++i)
        limits.with(Deed(i), {1, 1});
    book.setLimits(limits, 0);
    book.setTrusted({AddressRange::parse("192.0.2.1").value()});
    QVERIFY(book.isTrusted(m_here) && !book.isTrusted(m_there));
    for (const QHostAddress &address : {m_here, m_there}) {
        const bool trusted = book.isTrusted(address);
        std::list<Holder> holders;
        for (int i = 0; i < 3; ++i) {
            book.began(address, Held::Visit);
            book.began(address, Held::Socket);
            holders.emplace_back(book, address, i * AddressBook::silentMs);
        }
        QCOMPARE(book.mayHold(address, Held::Visit), trusted);
        QCOMPARE(book.mayHold(address, Held::Socket), trusted);
        QCOMPARE(holders.front().holds, trusted);
        for (size_t i = 0; i < deedKinds; ++i) {
            QVERIFY(book.take(address, Deed(i), 0));
            QCOMPARE(book.may(address, Deed(i), 0), trusted);
            QCOMPARE(book.take(address, Deed(i), 0), trusted);
        }
    }
}

QTEST_GUILESS_MAIN(TestAddressBook)
#include "tst_addressbook.moc"
