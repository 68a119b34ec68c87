// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/messagerelatives.h"
#include "ui/models/memoryrows.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr quint8 text = 0x81;
constexpr quint8 ping = 0x89;
constexpr quint8 pong = 0x8A;

/// Rows of two connections, as they come.
class Log
{
public:
    Log() { m_rows.setBounds(1'000'000, 1 << 30); }

    quint64 in(quint8 firstByte, const QByteArray &payload, quint32 connection = 1)
    {
        return add(firstByte, payload, 0, connection);
    }
    quint64 out(quint8 firstByte, const QByteArray &payload, quint32 connection = 1, quint32 answers = 0)
    {
        return add(firstByte, payload, RecordOut, connection, answers);
    }
    /// Of which the capture knows that it was there.
    quint64 omitted(quint8 firstByte, quint32 length, quint8 flags)
    {
        add(firstByte, {}, flags | RecordPayloadOmitted, 1, 0, length);
        return m_rows.endRow() - 1;
    }
    [[nodiscard]] MessageRelatives of(quint64 number) const
    {
        return relativesOf(m_rows.read(number, 1).first(), m_rows, m_stop);
    }
    /// In what came since.
    [[nodiscard]] MessageRelatives goOn(quint64 number, const MessageRelatives &found) const
    {
        return answerOf(m_rows.read(number, 1).first(), found, m_rows, m_stop);
    }
    void setStopped() { m_stop = true; }

private:
    MemoryRows m_rows;
    std::atomic<bool> m_stop = false;

    quint64 add(quint8 firstByte, const QByteArray &payload, quint8 flags, quint32 connection, quint32 answers = 0,
                quint32 length = 0)
    {
        FrameRecord record;
        record.firstByte = firstByte;
        record.flags = flags;
        record.connection = connection;
        record.wireLength = length != 0 ? length : quint32(payload.size());
        record.answers = answers;
        m_rows.append(record, payload);
        return m_rows.endRow() - 1;
    }
};

} // namespace

class TestMessageRelatives final : public QObject
{
    Q_OBJECT
private slots:
    void knowsWhatTheCaptureSaysAboutAnswers()
    {
        Log log;
        const quint64 asked = log.in(text, "{\"type\":\"move\"}");
        log.out(text, "{\"type\":\"chat\"}", 2, 1); // to somebody else
        const quint64 error = log.out(text, "{\"type\":\"error\"}", 1, 2);
        QCOMPARE(log.of(error).answered->number, asked);
        QCOMPARE(log.of(error).answered->type, "move"_ba);
        QCOMPARE(log.of(asked).answer->number, error);
        QCOMPARE(log.of(asked).answer->type, "error"_ba);
        QVERIFY(!log.of(asked).answered);
        QVERIFY(!log.of(error).answer);
    }

    void readsRe()
    {
        Log log;
        log.in(text, "{\"type\":\"a\",\"id\":7}", 2); // of another connection
        const quint64 asked = log.in(text, "{\"type\":\"a\",\"id\":7}");
        log.in(text, "{\"type\":\"a\",\"id\":\"7\"}");
        log.out(text, "{\"type\":\"b\",\"re\":8}");
        const quint64 answer = log.out(text, "{\"type\":\"b\", \"re\" : 7}");
        QCOMPARE(log.of(answer).answered->number, asked);
        QCOMPARE(log.of(asked).answer->number, answer);
    }

    void bringsPingsAndPongsTogether()
    {
        Log log;
        const quint64 first = log.out(ping, "1");
        const quint64 second = log.out(ping, "2");
        log.out(ping, "2", 2);
        const quint64 answer = log.in(pong, "2");
        QCOMPARE(log.of(answer).answered->number, second);
        QCOMPARE(log.of(second).answer->number, answer);
        QVERIFY(!log.of(first).answer);
    }

    void emptyPingsHavePongs()
    {
        Log log;
        const quint64 asked = log.out(ping, {});
        const quint64 answer = log.in(pong, {});
        QCOMPARE(log.of(answer).answered->number, asked);
        QCOMPARE(log.of(asked).answer->number, answer);
    }

    void whatWasNotKeptIsLikeNothing()
    {
        Log log;
        const quint64 asked = log.omitted(ping, 4, RecordOut);
        const quint64 empty = log.out(ping, {});
        const quint64 answer = log.omitted(pong, 4, 0);
        QVERIFY(!log.of(asked).answer);
        QVERIFY(!log.of(empty).answer);
        QVERIFY(!log.of(answer).answered);
    }

    void whatIsNoNameAnswersNothing_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<bool>("isName");
        QTest::newRow("a number") << "7"_ba << true;
        QTest::newRow("a negative one") << "-7"_ba << true;
        QTest::newRow("a text") << "\"a\""_ba << true;
        QTest::newRow("null") << "null"_ba << false;
        QTest::newRow("true") << "true"_ba << false;
        QTest::newRow("an object") << "{}"_ba << false;
        QTest::newRow("an array") << "[]"_ba << false;
    }
    void whatIsNoNameAnswersNothing()
    {
        QFETCH(QByteArray, id);
        QFETCH(bool, isName);
        Log log;
        const quint64 asked = log.in(text, "{\"type\":\"a\",\"id\":" + id + '}');
        const quint64 answer = log.out(text, "{\"type\":\"b\",\"re\":" + id + '}');
        QCOMPARE(log.of(asked).answer.has_value(), isName);
        QCOMPARE(log.of(answer).answered.has_value(), isName);
    }

    void knowsWhatMayBeAnswered_data()
    {
        QTest::addColumn<int>("firstByte");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<bool>("isOut");
        QTest::addColumn<bool>("isAwaited");
        QTest::newRow("a ping") << 0x89 << "1"_ba << true << true;
        QTest::newRow("a pong") << 0x8A << "1"_ba << false << false;
        QTest::newRow("a close") << 0x88 << "\x03\xe8"_ba << false << false;
        QTest::newRow("binary") << 0x82 << "1"_ba << false << false;
        QTest::newRow("a continuation") << 0x80 << "1"_ba << false << false;
        QTest::newRow("a text that came in") << 0x81 << "{\"type\":\"a\"}"_ba << false << true;
        QTest::newRow("a text that went out") << 0x81 << "{\"type\":\"a\"}"_ba << true << false;
        QTest::newRow("one with an id") << 0x81 << "{\"type\":\"a\",\"id\":1}"_ba << true << true;
    }
    void knowsWhatMayBeAnswered()
    {
        QFETCH(int, firstByte);
        QFETCH(QByteArray, payload);
        QFETCH(bool, isOut);
        QFETCH(bool, isAwaited);
        Log log;
        const auto number = isOut ? log.out(quint8(firstByte), payload) : log.in(quint8(firstByte), payload);
        QCOMPARE(log.of(number).awaitedFrom.has_value(), isAwaited);
    }

    void waitsFromWhereItEnded()
    {
        Log log;
        log.in(text, "{\"type\":\"a\"}");
        const quint64 asked = log.in(text, "{\"type\":\"a\",\"id\":7}");
        const MessageRelatives first = log.of(asked);
        QCOMPARE(first.awaitedFrom, asked + 1);
        log.in(text, "{\"type\":\"c\"}");
        const MessageRelatives second = log.goOn(asked, first);
        QCOMPARE(second.awaitedFrom, asked + 2);
        QCOMPARE(second.before->number, 0U); // stays
        const quint64 answer = log.out(text, "{\"type\":\"b\",\"re\":7}");
        const MessageRelatives third = log.goOn(asked, second);
        QCOMPARE(third.answer->number, answer);
        QVERIFY(!third.awaitedFrom);
        MessageRelatives behind = second;
        behind.awaitedFrom = answer + 1; // what was looked at is not looked at again
        QVERIFY(!log.goOn(asked, behind).answer);
        for (quint64 i = 0; i < MessageRelatives::mostRows; ++i)
            log.in(text, {}, 2);
        QVERIFY(!log.goOn(asked, behind).awaitedFrom); // the bound
    }

    void findsTheOneOfItsTypeBeforeIt()
    {
        Log log;
        log.in(text, "{\"type\":\"move\",\"data\":0}");
        const quint64 first = log.in(text, "{\"type\":\"move\",\"data\":1}");
        log.in(text, "{\"type\":\"move\",\"data\":2}", 2);
        log.out(text, "{\"type\":\"move\",\"data\":3}");
        for (int i = 0; i < 9000; ++i) // over several steps
            log.in(text, "{\"type\":\"chat\"}");
        const quint64 second = log.in(text, "{\"type\":\"move\",\"data\":4}");
        const auto before = log.of(second).before;
        QVERIFY(before);
        QCOMPARE(before->number, first);
        QCOMPARE(before->payload, "{\"type\":\"move\",\"data\":1}"_ba);
        QCOMPARE(log.of(first).before->number, 0U);
        QVERIFY(!log.of(0).before);
        log.setStopped();
        QVERIFY(!log.of(second).before);
    }

    void looksNoFartherThanItsBound()
    {
        Log log;
        const quint64 asked = log.in(text, "{\"type\":\"a\",\"id\":7}");
        for (quint64 i = 0; i < MessageRelatives::mostRows; ++i)
            log.in(text, {}, 2);
        const quint64 answer = log.out(text, "{\"type\":\"b\",\"re\":7}");
        const quint64 again = log.in(text, "{\"type\":\"a\"}");
        QVERIFY(!log.of(answer).answered);
        QVERIFY(!log.of(asked).answer);
        QVERIFY(!log.of(again).before);
    }

    void putsFragmentsTogether_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<int>("index");
        QTest::newRow("the first") << 1 << 1;
        QTest::newRow("in the middle") << 4 << 2;
        QTest::newRow("the last") << 5 << 3;
    }
    void putsFragmentsTogether()
    {
        QFETCH(int, row);
        QFETCH(int, index);
        Log log;
        log.in(text, "whole");
        log.in(0x01, "one");
        log.in(ping, {});
        log.in(0x80, "of another", 2);
        log.in(0x00, "two");
        log.in(0x80, "three");
        log.in(text, "whole");
        const auto fragments = log.of(quint64(row)).fragments;
        QVERIFY(fragments);
        QCOMPARE(fragments->first, 1U);
        QCOMPARE(fragments->index, index);
        QCOMPARE(fragments->count, 3);
        QCOMPARE(fragments->bytes, 11U);
        QVERIFY(fragments->isWhole);
        QVERIFY(!log.of(0).fragments);
        QVERIFY(!log.of(2).fragments);
        QVERIFY(!log.of(6).fragments);
    }

    void findsFragmentsFarAway()
    {
        Log log;
        const quint64 first = log.in(0x02, "a");
        for (int i = 0; i < 20'000; ++i)
            log.in(text, "between", 2);
        const quint64 last = log.in(0x80, "b");
        QCOMPARE(log.of(last).fragments.value_or(MessageRelatives::Fragments()).first, first);
        QCOMPARE(log.of(last).fragments->index, 2);
        QVERIFY(log.of(first).fragments->isWhole);
    }

    void whatFollowsOnAMessageIsNoneOfIt()
    {
        Log log;
        log.in(0x01, "one");
        log.in(0x80, "two");
        const quint64 stray = log.in(0x80, "stray");
        QVERIFY(!log.of(stray).fragments);
        QCOMPARE(log.of(0).fragments->count, 2);
        log.out(0x01, "out"); // the other way
        log.in(0x01, "in");
        log.in(0x02, "another begins");
        QVERIFY(!log.of(3).fragments->isWhole);
        QCOMPARE(log.of(3).fragments->count, 1);
        QCOMPARE(log.of(4).fragments->count, 1);
    }

    void saysWhatIsMissing()
    {
        Log log;
        log.in(0x01, "one");
        log.in(0x00, "two");
        const auto fragments = log.of(1).fragments;
        QVERIFY(fragments && !fragments->isWhole);
        QCOMPARE(fragments->count, 2);
        Log rest;
        rest.in(0x80, "the beginning is gone");
        QVERIFY(!rest.of(0).fragments);
    }
};

QTEST_GUILESS_MAIN(TestMessageRelatives)
#include "tst_messagerelatives.moc"
