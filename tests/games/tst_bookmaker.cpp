// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/bookmaker.h"
#include "server/games/chance.h"

#include <QTest>

using namespace glasshouse;

class TestBookmaker final : public QObject
{
    Q_OBJECT

private slots:
    void takesStakesWithinTheLimits_data();
    void takesStakesWithinTheLimits();
    void takesFiveBetsARound();
    void paysInWholeChips_data();
    void paysInWholeChips();
    void lendsToTheBroke();
    void keepsTheStakesOfThoseWhoLeave();
    void keepsThePurseOfAnAccount();
    void paysWhoIsAway();
    void givesOneAccountOnePurse();
    void givesAnUntouchedPurseToTheOtherSeat();
    void keepsNoPurseThatIsLikeANewOne();
    void boundsThePursesOfThoseAway();
    void givesStakesBack();
    void neverLosesAChip_data();
    void neverLosesAChip();
};

namespace {

Player player(const PlayerId &id) { return {id, QString::fromLatin1(id)}; }

qint64 allChips(const Bookmaker &bookmaker)
{
    qint64 sum = bookmaker.takings();
    for (const Account &account : bookmaker.accounts())
        sum += account.chips + account.staked - account.loans;
    return sum;
}

} // namespace

void TestBookmaker::takesStakesWithinTheLimits_data()
{
    QTest::addColumn<int>("spent");
    QTest::addColumn<int>("stake");
    QTest::addColumn<bool>("taken");
    QTest::newRow("least") << 0 << 1 << true;
    QTest::newRow("nothing") << 0 << 0 << false;
    QTest::newRow("negative") << 0 << -100 << false;
    QTest::newRow("most") << 0 << 500 << true;
    QTest::newRow("over the limit") << 0 << 501 << false;
    QTest::newRow("huge") << 0 << 999'999'999 << false;
    QTest::newRow("the last chip") << 700 << 300 << true;
    QTest::newRow("over the last chip") << 700 << 301 << false;
}

void TestBookmaker::takesStakesWithinTheLimits()
{
    QFETCH(int, spent);
    QFETCH(int, stake);
    QFETCH(bool, taken);
    Bookmaker bookmaker;
    bookmaker.join(player("anna"));
    for (int left = spent; left > 0; left -= 350)
        QVERIFY(bookmaker.place({"anna", 1, 350}));
    const auto placed = bookmaker.place({"anna", 1, stake});
    QCOMPARE(placed.ok(), taken);
    QCOMPARE(bookmaker.find("anna")->chips, 1'000 - spent - (taken ? stake : 0));
    QCOMPARE(bookmaker.find("anna")->staked, spent + (taken ? stake : 0));
    if (taken)
        QCOMPARE(placed.value(), bookmaker.find("anna")->chips);
    else
        QCOMPARE(placed.error().code, ErrorCode::BadData);
}

void TestBookmaker::takesFiveBetsARound()
{
    Bookmaker bookmaker;
    bookmaker.join(player("anna"));
    bookmaker.join(player("ben"));
    for (int bet = 0; bet < 5; ++bet)
        QVERIFY(bookmaker.place({"anna", 1, 10}));
    QCOMPARE(bookmaker.place({"anna", 2, 10}).error().code, ErrorCode::NotAllowed);
    QVERIFY(bookmaker.place({"ben", 2, 10}));
    QCOMPARE(bookmaker.place({"carl", 2, 10}).error().code, ErrorCode::NotAllowed);
    QCOMPARE(bookmaker.openBets().size(), 6);
    bookmaker.settle(3, 200);
    QVERIFY(bookmaker.place({"anna", 1, 10}));
}

void TestBookmaker::paysInWholeChips_data()
{
    QTest::addColumn<int>("stake");
    QTest::addColumn<int>("odds");
    QTest::addColumn<qint64>("payout");
    QTest::newRow("even") << 10 << 350 << qint64(35);
    QTest::newRow("a part stays") << 1 << 399 << qint64(3);
    QTest::newRow("floor") << 1 << 105 << qint64(1);
    QTest::newRow("long") << 500 << 9'999 << qint64(49'995);
}

void TestBookmaker::paysInWholeChips()
{
    QFETCH(int, stake);
    QFETCH(int, odds);
    QFETCH(qint64, payout);
    Bookmaker bookmaker;
    bookmaker.join(player("anna"));
    bookmaker.join(player("ben"));
    QVERIFY(bookmaker.place({"anna", 4, stake}));
    QVERIFY(bookmaker.place({"ben", 3, stake}));
    const QList<PaidBet> paid = bookmaker.settle(4, odds);
    QCOMPARE(paid.size(), 2);
    QCOMPARE(paid.at(0).payout, payout);
    QCOMPARE(paid.at(1).payout, 0);
    QCOMPARE(bookmaker.find("anna")->chips, 1'000 - stake + payout);
    QCOMPARE(bookmaker.find("ben")->chips, 1'000 - stake);
    QCOMPARE(bookmaker.takings(), 2 * stake - payout);
    QCOMPARE(bookmaker.openBets().size(), 0);
    QCOMPARE(bookmaker.find("anna")->staked, 0);
}

void TestBookmaker::lendsToTheBroke()
{
    Bookmaker bookmaker;
    bookmaker.join(player("anna"));
    bookmaker.join(player("ben"));
    QVERIFY(bookmaker.place({"anna", 1, 500}));
    QVERIFY(bookmaker.place({"anna", 1, 491}));
    QVERIFY(bookmaker.place({"ben", 1, 500}));
    QVERIFY(bookmaker.place({"ben", 1, 490}));
    QCOMPARE(bookmaker.lend(), {}); // the stakes are still out
    bookmaker.settle(2, 300);
    QCOMPARE(bookmaker.lend(), QList<PlayerId>{"anna"}); // 9 chips; ben has 10
    QCOMPARE(bookmaker.find("anna")->chips, 509);
    QCOMPARE(bookmaker.find("anna")->loans, 500);
    QCOMPARE(bookmaker.find("ben")->loans, 0);
    QCOMPARE(bookmaker.lend(), {});
}

void TestBookmaker::keepsTheStakesOfThoseWhoLeave()
{
    Bookmaker bookmaker;
    bookmaker.join(player("anna"));
    bookmaker.join(player("ben"));
    QVERIFY(bookmaker.place({"anna", 1, 200}));
    QVERIFY(bookmaker.place({"ben", 1, 100}));
    bookmaker.leave("anna");
    QCOMPARE(bookmaker.takings(), 200);
    QCOMPARE(bookmaker.openBets().size(), 1);
    QCOMPARE(bookmaker.settle(1, 200).size(), 1);
    QCOMPARE(bookmaker.takings(), 100);
    bookmaker.leave("nobody");
    QCOMPARE(bookmaker.accounts().size(), 1);
}

void TestBookmaker::keepsThePurseOfAnAccount()
{
    Bookmaker bookmaker;
    QVERIFY(!bookmaker.join({"a1", {}, "sub anna"}));
    for (const int stake : {500, 495})
        QVERIFY(bookmaker.place({"a1", 1, stake}));
    bookmaker.settle(2, 300);
    QCOMPARE(bookmaker.lend(), QList<PlayerId>{"a1"});
    bookmaker.leave("a1");
    QVERIFY(!bookmaker.join({"b1", {}, "sub ben"})); // the same name would be no reason
    QCOMPARE(bookmaker.find("b1")->chips, 1'000);
    QVERIFY(bookmaker.join({"a2", {}, "sub anna"}));
    QCOMPARE(bookmaker.find("a2")->chips, 505);
    QCOMPARE(bookmaker.find("a2")->loans, 500);
    QVERIFY(bookmaker.absent().isEmpty());
    bookmaker.leave("a2");
    bookmaker.startAnew();
    QVERIFY(!bookmaker.join({"a3", {}, "sub anna"}));
    QCOMPARE(bookmaker.find("a3")->chips, 1'000);
}

// Bets run on, and belong to the next seat of the account.
void TestBookmaker::paysWhoIsAway()
{
    Bookmaker bookmaker;
    bookmaker.join({"a1", {}, "sub anna"});
    bookmaker.join({"b1", {}, "sub ben"});
    QVERIFY(bookmaker.place({"a1", 1, 100}));
    QVERIFY(bookmaker.place({"b1", 1, 100}));
    bookmaker.leave("a1");
    bookmaker.leave("b1");
    QVERIFY(bookmaker.join({"b2", {}, "sub ben"}));
    QCOMPARE(bookmaker.find("b2")->staked, 100);
    QCOMPARE(bookmaker.find("b2")->bets, 1);
    const QList<PaidBet> paid = bookmaker.settle(1, 400);
    QCOMPARE(paid.at(1).bet.player, "b2");
    QCOMPARE(bookmaker.find("b2")->chips, 1'300);
    QVERIFY(bookmaker.join({"a2", {}, "sub anna"}));
    QCOMPARE(bookmaker.find("a2")->chips, 1'300);
    QVERIFY(bookmaker.place({"a2", 1, 50}));
    bookmaker.leave("a2");
    bookmaker.giveBack();
    bookmaker.join({"a3", {}, "sub anna"});
    QCOMPARE(bookmaker.find("a3")->chips, 1'300);
}

void TestBookmaker::givesOneAccountOnePurse()
{
    Bookmaker bookmaker;
    bookmaker.join({"a1", {}, "sub anna"});
    bookmaker.join({"a2", {}, "sub anna"});
    QCOMPARE(bookmaker.find("a2")->chips, 0);
    QVERIFY(!bookmaker.place({"a2", 1, 1}));
    QCOMPARE(bookmaker.lend(), {});
    bookmaker.leave("a2");
    bookmaker.join({"a3", {}, "sub anna"});
    QVERIFY(bookmaker.place({"a1", 1, 400}));
    bookmaker.leave("a1"); // the seat that is left gets it
    QCOMPARE(bookmaker.find("a3")->chips, 600);
    QCOMPARE(bookmaker.openBets().at(0).player, "a3");
    QCOMPARE(bookmaker.accounts().size(), 1);
}

void TestBookmaker::givesAnUntouchedPurseToTheOtherSeat()
{
    Bookmaker bookmaker;
    bookmaker.join({"a1", {}, "sub anna"});
    bookmaker.join({"a2", {}, "sub anna"});
    bookmaker.join({"a3", {}, "sub anna"});
    const Account *heir = bookmaker.leave("a1");
    QVERIFY(heir != nullptr);
    QCOMPARE(heir->player.id, "a2");
    QCOMPARE(heir->chips, 1'000);
    QVERIFY(!heir->isShared);
    QVERIFY(bookmaker.absent().isEmpty());
    QVERIFY(bookmaker.leave("a3") == nullptr); // it had none
    QVERIFY(bookmaker.place({"a2", 1, 100}));
    QVERIFY(bookmaker.leave("a2") == nullptr);
    QCOMPARE(bookmaker.absent().size(), 1);
}

void TestBookmaker::keepsNoPurseThatIsLikeANewOne()
{
    Bookmaker bookmaker;
    bookmaker.join({"a1", {}, "guest 1"});
    bookmaker.leave("a1");
    QVERIFY(bookmaker.absent().isEmpty());
}

void TestBookmaker::boundsThePursesOfThoseAway()
{
    Bookmaker bookmaker;
    const auto visit = [&](int number) {
        const QByteArray id = QByteArray::number(number);
        bookmaker.join({id, {}, "guest " + id});
        QVERIFY(bookmaker.place({id, 1, 10}));
        bookmaker.leave(id);
    };
    for (int i = 0; i < Bookmaker::mostAbsent + 5; ++i)
        visit(i);
    QCOMPARE(bookmaker.absent().size(), Bookmaker::mostAbsent);
    QCOMPARE(bookmaker.openBets().size(), Bookmaker::mostAbsent);
    QCOMPARE(bookmaker.takings(), 50);
}

void TestBookmaker::givesStakesBack()
{
    Bookmaker bookmaker;
    bookmaker.join(player("anna"));
    QVERIFY(bookmaker.place({"anna", 1, 200}));
    QVERIFY(bookmaker.place({"anna", 2, 300}));
    bookmaker.giveBack();
    QCOMPARE(bookmaker.find("anna")->chips, 1'000);
    QCOMPARE(bookmaker.find("anna")->staked, 0);
    QCOMPARE(bookmaker.openBets().size(), 0);
    QCOMPARE(bookmaker.takings(), 0);
}

void TestBookmaker::neverLosesAChip_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %llu", seed) << seed;
}

// Anything that can happen, in any order: what the players have (but for loans) and what the house won is what they brought.
void TestBookmaker::neverLosesAChip()
{
    QFETCH(quint64, seed);
    Chance chance(seed);
    Bookmaker bookmaker;
    qint64 brought = 0;
    for (int step = 0; step < 5'000; ++step) {
        const PlayerId who = "p" + QByteArray::number(chance.below(8));
        const Account *account = bookmaker.find(who);
        const quint64 what = chance.below(40);
        if (account == nullptr) {
            bookmaker.join(player(who));
            brought += Bookmaker::firstChips;
        } else if (what == 0) {
            brought -= account->chips - account->loans;
            bookmaker.leave(who);
        } else if (what == 1) {
            bookmaker.giveBack();
        } else if (what < 6) {
            bookmaker.settle(int(chance.below(4)), 105 + int(chance.below(10'000)));
            bookmaker.lend();
        } else {
            (void)bookmaker.place({who, int(chance.below(4)), int(chance.below(600)) - 50});
        }
        QCOMPARE(allChips(bookmaker), brought);
        for (const Account &each : bookmaker.accounts())
            QVERIFY(each.chips >= 0 && each.staked >= 0 && each.bets <= Bookmaker::mostBets);
    }
}

QTEST_GUILESS_MAIN(TestBookmaker)
#include "tst_bookmaker.moc"
