// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/seattable.h"
#include "tests/support/recordingwire.h"
#include "tests/support/turningclock.h"

#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr int resumeSeconds = 30;

SequencedText textOf(const QByteArray &data) { return SequencedText("{\"data\":" + data + ",\"seq\":"); }

QByteArrayList bodiesOf(const std::vector<ResumeLog::Message> &messages)
{
    QByteArrayList bodies;
    for (const ResumeLog::Message &message : messages)
        bodies += message.body;
    return bodies;
}

} // namespace

class TestSeatTable final : public QObject
{
    Q_OBJECT

private slots:
    void namesWhoHasNoName();
    void numbersNamesThatAreTaken();
    void findsANumberAmongHundreds();
    void givesEverySeatAnIdAndATokenOfItsOwn();
    void findsSeats();
    void knowsSinceWhenItIsEmpty();
    void takesASeatOnce();
    void keepsSeatsOfThoseWhoDropped();
    void givesSeatsUpInTheirTime();
    void takesOtherTimes();
    void givesASeatToWhoHasItsToken_data();
    void givesASeatToWhoHasItsToken();
    void replacesAConnection();
    void numbersEveryMessage();
    void sendsOneFrameToMany();
    void keepsWhatWasMissed_data();
    void keepsWhatWasMissed();
    void keepsNothingWhereNoSeatWaits();
    void removesThoseWhoDropped();
    void tellsOfEveryChange();

private:
    TurningClock m_clock;
    RecordingWire m_anna, m_ben, m_back;

    /// Sends it a `connected` and the numbers 2 to `last`.
    void sendUpTo(SeatTable &table, Seat &seat, int last);
};

void TestSeatTable::sendUpTo(SeatTable &table, Seat &seat, int last)
{
    SequencedText connected = textOf("\"connected\"");
    table.sendOnce(seat, connected);
    for (int number = 2; number <= last; ++number) {
        SequencedText text = textOf(QByteArray::number(number));
        table.send(seat, text);
    }
}

void TestSeatTable::numbersNamesThatAreTaken()
{
    SeatTable table(resumeSeconds, m_clock);
    const auto add = [&](const QString &name) -> Seat & { return table.add(m_anna, name, 1, {}); };
    Seat &ada = add(u"Ada"_s);
    QCOMPARE(ada.player.name, u"Ada"_s);
    Seat &second = add(u"\uFF21DA\u200B"_s); // wide, in capitals, with something that does not show
    QCOMPARE(second.player.name, u"\uFF21DA (2)"_s);
    QCOMPARE(add(u"Ada (3)"_s).player.name, u"Ada (3)"_s); // who calls himself so takes it from nobody
    QCOMPARE(add(u"Ada"_s).player.name, u"Ada (4)"_s);
    QCOMPARE(add(u"ada (2)"_s).player.name, u"ada (2) (2)"_s);
    table.drop(ada); // its seat waits for it, and so does its name
    QCOMPARE(add(u"Ada"_s).player.name, u"Ada (5)"_s);
    QVERIFY(table.reseat(ada, m_back, 9, ada.token));
    QCOMPARE(ada.player.name, u"Ada"_s);
    (void)table.take(ada);
    QCOMPARE(second.player.name, u"\uFF21DA (2)"_s); // stays it
    QCOMPARE(add(u"Ada"_s).player.name, u"Ada"_s);
    QCOMPARE(add(u"Player 9"_s).player.name, u"Player 9"_s);
    QCOMPARE(add({}).player.name, u"Player 9 (2)"_s);
}

void TestSeatTable::findsANumberAmongHundreds()
{
    SeatTable table(resumeSeconds, m_clock);
    QSet<QString> names;
    for (int i = 0; i < 300; ++i)
        names.insert(table.add(m_anna, QString(40, u'x'), 1, {}).player.name);
    QCOMPARE(names.size(), 300);
    QVERIFY(names.contains(QString(26, u'x') + u" (300)"_s));
}

void TestSeatTable::namesWhoHasNoName()
{
    SeatTable table(resumeSeconds, m_clock);
    QCOMPARE(table.add(m_anna, u"Anna"_s, 1, {}).player.name, u"Anna"_s);
    (void)table.take(table.add(m_ben, {}, 2, {}));
    QCOMPARE(table.add(m_ben, {}, 3, {}).player.name, u"Player 3"_s); // no number comes twice
    QCOMPARE(table.guests(), 3);
    QCOMPARE(table.size(), 2);
}

void TestSeatTable::givesEverySeatAnIdAndATokenOfItsOwn()
{
    SeatTable table(resumeSeconds, m_clock);
    QSet<QByteArray> ids, tokens;
    for (quint32 i = 1; i <= 100; ++i) {
        const Seat &seat = table.add(m_anna, {}, i, {});
        ids += seat.player.id;
        tokens += seat.token;
        QVERIFY(seat.token.size() >= 22); // 128 bits or more
    }
    QCOMPARE(ids.size(), 100);
    QCOMPARE(tokens.size(), 100);
}

void TestSeatTable::findsSeats()
{
    SeatTable table(resumeSeconds, m_clock);
    QVERIFY(table.firstPresent() == nullptr);
    Seat &anna = table.add(m_anna, {}, 1, {});
    Seat &ben = table.add(m_ben, {}, 2, {});
    QCOMPARE(table.find(ben.player.id), &ben);
    QVERIFY(table.find("nobody") == nullptr);
    QCOMPARE(table.firstPresent(), &anna);
    table.drop(anna);
    QCOMPARE(table.firstPresent(), &ben);
}

void TestSeatTable::knowsSinceWhenItIsEmpty()
{
    SeatTable table(resumeSeconds, m_clock);
    QCOMPARE(table.emptySinceMs(), m_clock.monotonicMs());
    const Seat &seat = table.add(m_anna, {}, 1, {});
    QCOMPARE(table.emptySinceMs(), -1);
    m_clock.turn(500);
    (void)table.take(seat);
    const qint64 since = m_clock.monotonicMs();
    m_clock.turn(500);
    table.removeDropped();
    QCOMPARE(table.emptySinceMs(), since);
}

void TestSeatTable::takesASeatOnce()
{
    SeatTable table(resumeSeconds, m_clock);
    const Seat &seat = table.add(m_anna, {}, 1, {});
    const auto taken = table.take(seat);
    QCOMPARE(taken.get(), &seat);
    QVERIFY(table.take(*taken) == nullptr);
    QCOMPARE(table.size(), 0);
}

void TestSeatTable::keepsSeatsOfThoseWhoDropped()
{
    SeatTable table(resumeSeconds, m_clock);
    Seat &seat = table.add(m_anna, {}, 1, {});
    QCOMPARE(table.secondsLeft(seat), -1);
    table.drop(seat);
    QCOMPARE(table.size(), 1);
    QCOMPARE(table.dropped(), 1);
    QCOMPARE(seat.connection, 0);
    m_clock.turn(500);
    QCOMPARE(table.secondsLeft(seat), 30); // what is begun counts
    m_clock.turn(29'499);
    QCOMPARE(table.secondsLeft(seat), 1);
    m_clock.turn(100'000);
    QCOMPARE(table.secondsLeft(seat), 0);
}

void TestSeatTable::givesSeatsUpInTheirTime()
{
    SeatTable table(resumeSeconds, m_clock);
    Seat &anna = table.add(m_anna, {}, 1, {});
    Seat &ben = table.add(m_ben, {}, 2, {});
    QCOMPARE(table.nextExpiryMs(), -1);
    table.drop(ben);
    m_clock.turn(10'000);
    table.drop(anna);
    QCOMPARE(table.nextExpiryMs(), m_clock.monotonicMs() + 20'000);
    QVERIFY(table.expired() == nullptr);
    m_clock.turn(20'000);
    QCOMPARE(table.expired(), &ben);
    (void)table.take(ben);
    QVERIFY(table.expired() == nullptr);
    QCOMPARE(table.nextExpiryMs(), m_clock.monotonicMs() + 10'000);
    QVERIFY(table.reseat(anna, m_back, 3, anna.token));
    QCOMPARE(table.nextExpiryMs(), -1);
}

void TestSeatTable::takesOtherTimes()
{
    SeatTable table(resumeSeconds, m_clock);
    table.drop(table.add(m_anna, {}, 1, {}));
    table.setResumeSeconds(5);
    QCOMPARE(table.nextExpiryMs(), m_clock.monotonicMs() + 5'000);
    QVERIFY(table.resumable());
    table.setResumeSeconds(0);
    QVERIFY(!table.resumable());
    QVERIFY(table.expired() != nullptr);
}

void TestSeatTable::givesASeatToWhoHasItsToken_data()
{
    QTest::addColumn<QByteArray>("subject");
    QTest::addColumn<QByteArray>("asks");
    QTest::addColumn<bool>("right");
    QTest::addColumn<bool>("leaving");
    QTest::addColumn<bool>("gets");
    QTest::newRow("its token") << QByteArray() << QByteArray() << true << false << true;
    QTest::newRow("another one") << QByteArray() << QByteArray() << false << false << false;
    QTest::newRow("its token and subject") << QByteArray("ada") << QByteArray("ada") << true << false << true;
    QTest::newRow("somebody else's") << QByteArray("ada") << QByteArray("eve") << true << false << false;
    QTest::newRow("nobody") << QByteArray("ada") << QByteArray() << true << false << false;
    QTest::newRow("who leaves has none") << QByteArray() << QByteArray() << true << true << false;
}

void TestSeatTable::givesASeatToWhoHasItsToken()
{
    QFETCH(QByteArray, subject);
    QFETCH(QByteArray, asks);
    QFETCH(bool, right);
    QFETCH(bool, leaving);
    SeatTable table(resumeSeconds, m_clock);
    table.add(m_ben, {}, 1, {});
    Seat &seat = table.add(m_anna, {}, 2, subject);
    seat.leaving = leaving;
    const Seat *found = table.seatFor({right ? seat.token : QByteArray("no such token"), 0, asks});
    QTEST(found == &seat, "gets");
    QVERIFY(table.seatFor({QByteArray(), 0, asks}) == nullptr); // an empty token is none
}

void TestSeatTable::replacesAConnection()
{
    SeatTable table(resumeSeconds, m_clock);
    Seat &seat = table.add(m_anna, {}, 1, {});
    seat.badInARow = 7;
    const QByteArray token = seat.token;
    QVERIFY(!table.reseat(seat, m_back, 2, token)); // it had not dropped
    QCOMPARE(m_anna.end, SeatEnd::Replaced);
    QCOMPARE(seat.connection, 2);
    QCOMPARE(seat.badInARow, 0);
    QVERIFY(seat.token != token);
    QVERIFY(table.seatFor({token}) == nullptr);
    m_back.dead = true; // the new token may have been lost with it
    QCOMPARE(table.seatFor({token}), &seat);
}

void TestSeatTable::numbersEveryMessage()
{
    SeatTable table(resumeSeconds, m_clock);
    Seat &seat = table.add(m_anna = {}, {}, 1, {});
    sendUpTo(table, seat, 3);
    SharedBytes shared;
    table.sendBinary(seat, "\x82\x01!", 2, shared);
    SequencedText text = textOf("5");
    table.send(seat, text);
    QCOMPARE(m_anna.last()["seq"_L1].toInt(), 5);
    QCOMPARE(m_anna.binaries, QByteArrayList{"!"});
    table.drop(seat);
    table.send(seat, text); // kept for the session
    QCOMPARE(m_anna.texts.size(), 4);
    QCOMPARE(seat.sequence, 6);
    QCOMPARE(table.sent(), 6);
}

void TestSeatTable::sendsOneFrameToMany()
{
    SeatTable table(resumeSeconds, m_clock);
    Seat &anna = table.add(m_anna, {}, 1, {});
    Seat &ben = table.add(m_ben, {}, 2, {});
    SequencedText text = textOf("1");
    table.send(anna, text);
    table.send(ben, text);
    const auto logged = [&](Seat &seat) { return table.takeMissed(seat, 0)->front().body; };
    QVERIFY(logged(anna).isSharedWith(logged(ben)) || logged(anna).constData() == text.body().constData());
}

void TestSeatTable::keepsWhatWasMissed_data()
{
    QTest::addColumn<quint64>("lastSeen");
    QTest::addColumn<bool>("known");
    QTest::addColumn<QByteArrayList>("missed");
    const auto body = [](int number) { return textOf(QByteArray::number(number)).body(); };
    QTest::newRow("nothing") << quint64{4} << true << QByteArrayList{};
    QTest::newRow("two") << quint64{2} << true << QByteArrayList{body(3), body(4)};
    QTest::newRow("all, and connected is not said again")
        << quint64{0} << true << QByteArrayList{body(2), body(3), body(4)};
    QTest::newRow("more than there was") << quint64{5} << false << QByteArrayList{};
}

void TestSeatTable::keepsWhatWasMissed()
{
    QFETCH(quint64, lastSeen);
    QFETCH(bool, known);
    QFETCH(QByteArrayList, missed);
    SeatTable table(resumeSeconds, m_clock);
    Seat &seat = table.add(m_anna, {}, 1, {});
    sendUpTo(table, seat, 4);
    const auto taken = table.takeMissed(seat, lastSeen);
    QCOMPARE(taken.has_value(), known);
    QCOMPARE(bodiesOf(taken.value_or(std::vector<ResumeLog::Message>())), missed);
    QCOMPARE(seat.sequence, known ? lastSeen : 0); // it goes on behind what was seen, or begins anew
}

void TestSeatTable::keepsNothingWhereNoSeatWaits()
{
    SeatTable table(0, m_clock);
    Seat &seat = table.add(m_anna, {}, 1, {});
    sendUpTo(table, seat, 4);
    QCOMPARE(seat.sequence, 4);
    QCOMPARE(seat.log.size(), 0);
    QVERIFY(seat.token.isEmpty());
    QVERIFY(!table.takeMissed(seat, 3));
}

void TestSeatTable::removesThoseWhoDropped()
{
    SeatTable table(resumeSeconds, m_clock);
    Seat &anna = table.add(m_anna, {}, 1, {});
    table.drop(table.add(m_ben, {}, 2, {}));
    table.removeDropped();
    QCOMPARE(table.size(), 1);
    QCOMPARE(table.firstPresent(), &anna);
    QCOMPARE(table.nextExpiryMs(), -1);
}

void TestSeatTable::tellsOfEveryChange()
{
    SeatTable table(resumeSeconds, m_clock);
    QStringList changes;
    table.setChangeCallback([&changes](const SeatChange &change) {
        static const QStringList kinds{u"taken"_s, u"resumed"_s, u"dropped"_s, u"left"_s};
        changes += u"%1 %2 by %3 before %4"_s.arg(kinds.at(int(change.kind)), QString::number(change.seat.number),
                                                  QString::number(change.connection), QString::number(change.before));
    });
    Seat &anna = table.add(m_anna, u"Anna"_s, 7, {});
    Seat &ben = table.add(m_ben, u"Ben"_s, 8, {});
    table.drop(anna);
    table.reseat(anna, m_back, 9, anna.token);
    table.reseat(anna, m_anna, 10, anna.token);
    QVERIFY(table.take(anna));
    table.drop(ben);
    table.removeDropped();
    Seat &last = table.add(m_anna, u"Anna"_s, 11, {});
    QCOMPARE(last.number, 3U); // no number comes again
    QCOMPARE(changes,
             (QStringList{u"taken 1 by 7 before 0"_s, u"taken 2 by 8 before 0"_s, u"dropped 1 by 7 before 0"_s,
                          u"resumed 1 by 9 before 0"_s, u"resumed 1 by 10 before 9"_s, u"left 1 by 10 before 0"_s,
                          u"dropped 2 by 8 before 0"_s, u"left 2 by 0 before 0"_s, u"taken 3 by 11 before 0"_s}));
}

QTEST_GUILESS_MAIN(TestSeatTable)
#include "tst_seattable.moc"
