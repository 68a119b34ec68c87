// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/seatedplayers.h"

#include "protocol/framewriter.h"
#include "server/capture/capturestore.h"
#include "server/capture/recorder.h"
#include "server/events/eventrows.h"

#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

using Rows = std::vector<quint64>;

/// Conditions over a capture, with who sat where.
class TestSeatedPlayers final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void findsWhatIsMeant_data();
    void findsWhatIsMeant();
    void keepsThePlayerWhoSaysGoodbye();
    void knowsNobodyWhoseSeatWasNotSeen();

private:
    QTemporaryDir m_folder;
    std::shared_ptr<CaptureStore> m_store = std::make_shared<CaptureStore>();

    [[nodiscard]] Rows foundAlone(const CaptureFilter &filter) const;
};

void TestSeatedPlayers::initTestCase()
{
    QVERIFY(m_store->create({.directory = m_folder.path()}));
    Recorder recorder(m_store.get());
    const auto sit = [&](quint32 connection, EventKind kind, const QString &name, const QString &room) {
        recorder.event(ConnectionId{connection}, kind,
                       seatToJson({.room = room, .seat = 1, .playerId = {}, .name = name}));
    };
    const auto say = [&](quint32 connection, const QByteArray &payload, Opcode opcode = Opcode::Text) {
        recorder.frameIn(ConnectionId{connection}, headerFor(opcode, quint64(payload.size())), payload);
    };
    sit(1, EventKind::SeatTaken, u"Ada"_s, u"main"_s);  // 0
    sit(2, EventKind::SeatTaken, u"Bob"_s, u"other"_s); // 1
    say(1, R"({"type":"move","data":{"x":100}})");      // 2
    say(1, R"({"type":"move","data":{"x":400}})");      // 3
    say(2, R"({"type":"move","data":{"x":500}})");      // 4
    const QByteArray error = R"({"type":"error","data":{"code":"bad_data"}})";
    recorder.frameOut(ConnectionId{2}, headerFor(Opcode::Text, quint64(error.size())), error); // 5
    say(3, R"({"type":"move","data":{"x":900}})");                                             // 6
    say(1, closePayload(1002, "oh"), Opcode::Close);                                           // 7
    recorder.event(ConnectionId{1}, EventKind::ConnectionEnded, "{}");                         // 8
    sit(4, EventKind::SeatResumed, u"Ada"_s, u"main"_s);                                       // 9
    say(4, R"({"type":"chat","data":{"text":"Ada and x"}})");                                  // 10
    sit(1, EventKind::SeatDropped, u"Ada"_s, u"main"_s); // 11, behind the end of its connection
    recorder.flush();
    m_store->flush();
}

void TestSeatedPlayers::findsWhatIsMeant_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<Rows>("rows");
    const auto add = [](const QString &words, const Rows &rows) { QTest::newRow(qPrintable(words)) << words << rows; };
    add(u"type == move && data.x > 300"_s, {3, 4, 6});
    add(u"from == Ada"_s, {2, 3, 7, 10});
    add(u"to == Bob"_s, {5});
    add(u"player == Bob"_s, {4, 5});
    add(u"room == main && type == move"_s, {2, 3});
    add(u"player != Ada && data.x > 0"_s, {4, 6});
    add(u"error"_s, {5, 7});
    add(u"way == out"_s, {5});
    add(u"opcode == close"_s, {7});
    add(u"size > 1 KiB"_s, {});
    add(u"#4 or #3"_s, {6, 10});
    add(u"not type == move"_s, {5, 7, 10});
    add(u"has data.text"_s, {10});
    add(u"number >= 6"_s, {6, 7, 10});
    add(u"bad_data"_s, {5}); // a text
}

/// The rows in the order of the capture, each as a whole.
Rows TestSeatedPlayers::foundAlone(const CaptureFilter &filter) const
{
    SeatedPlayers players;
    const std::atomic<bool> never = false;
    Rows rows;
    m_store->scanRows(0, m_store->endRow(), [&](quint64 number, const RowView &row) {
        if (isEvent(row.record))
            players.add(row);
        if (filter.find(row, number, {.players = &players}, never) == Found::Yes)
            rows.push_back(number);
        return true;
    });
    return rows;
}

void TestSeatedPlayers::findsWhatIsMeant()
{
    QFETCH(const QString, words);
    QFETCH(const Rows, rows);
    const auto condition = Condition::read(words);
    QVERIFY(condition);
    CaptureFilter filter;
    filter.condition = condition.value();
    QVERIFY(!filter.isEmpty());
    QCOMPARE(foundAlone(filter), rows);
    CaptureQuery query(m_store, filter, std::make_unique<SeatedPlayers>());
    Rows found;
    quint64 scanned = 0;
    connect(&query, &CaptureQuery::found, this, [&](const RowSet &more, quint64 to) {
        more.forEachRun(0, RowSet::noEnd, [&](quint64 first, quint64 end) {
            for (; first < end; ++first)
                found.push_back(first);
        });
        scanned = to;
    });
    query.follow();
    QTRY_COMPARE(scanned, m_store->endRow());
    QCOMPARE(found, rows);
}

void TestSeatedPlayers::keepsThePlayerWhoSaysGoodbye()
{
    CaptureFilter filter;
    filter.condition = Condition::read(u"player == Ada && kind == event"_s).value();
    filter.events = true;
    QCOMPARE(foundAlone(filter), (Rows{0, 8, 9, 11}));
}

void TestSeatedPlayers::knowsNobodyWhoseSeatWasNotSeen()
{
    const SeatedPlayers players;
    const MatchedMessage message{.connection = ConnectionId{7}};
    QVERIFY(players.playerOf(message).isEmpty());
    QVERIFY(players.roomOf(message).isEmpty());
}

QTEST_GUILESS_MAIN(TestSeatedPlayers)
#include "tst_seatedplayers.moc"
