// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rooms/resumelog.h"

#include <QRandomGenerator>
#include <QTest>

using namespace glasshouse;

class TestResumeLog final : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheNewest_data();
    void keepsTheNewest();
    void staysWithinItsBytes_data();
    void staysWithinItsBytes();
    void forgetsEverythingForAMessageThatIsTooBig();
    void forgetsWhatIsNotTaken();
    void holdsWhatAPlainListHolds();
    void keepsTheKindOfAMessage();
    void sharesItsBodies();
    void beginsAnewWhenCleared();
};

namespace {

QByteArrayList bodies(const std::vector<ResumeLog::Message> &messages)
{
    QByteArrayList list;
    for (const ResumeLog::Message &message : messages)
        list += message.body;
    return list;
}

QByteArrayList numbers(int first, int last)
{
    QByteArrayList list;
    for (int i = first; i <= last; ++i)
        list += QByteArray::number(i);
    return list;
}

void addNumbers(ResumeLog &log, int first, int last)
{
    for (const QByteArray &number : numbers(first, last))
        log.add({number, 0});
}

} // namespace

void TestResumeLog::keepsTheNewest_data()
{
    QTest::addColumn<int>("added");
    QTest::addColumn<int>("kept");
    QTest::newRow("none") << 0 << 0;
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("as many as its first ring takes") << 8 << 8;
    QTest::newRow("one more") << 9 << 9;
    QTest::newRow("255") << 255 << 255;
    QTest::newRow("256") << 256 << 256;
    QTest::newRow("257") << 257 << 256;
    QTest::newRow("three times round") << 1000 << 256;
}

void TestResumeLog::keepsTheNewest()
{
    QFETCH(int, added);
    QFETCH(int, kept);
    ResumeLog log;
    addNumbers(log, 1, added);
    QCOMPARE(log.size(), kept);
    QCOMPARE(bodies(log.takeNewest(kept)), numbers(added - kept + 1, added));
}

void TestResumeLog::staysWithinItsBytes_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("added");
    QTest::addColumn<int>("kept");
    QTest::newRow("exactly 256 KiB") << 64 * 1024 << 4 << 4;
    QTest::newRow("one more") << 64 * 1024 << 5 << 4;
    QTest::newRow("a little more than fits four times") << 64 * 1024 + 1 << 4 << 3;
    QTest::newRow("one that fits exactly") << 256 * 1024 << 3 << 1;
    QTest::newRow("one that does not fit") << 256 * 1024 + 1 << 1 << 0;
    QTest::newRow("many middling ones") << 10'000 << 500 << 26;
}

void TestResumeLog::staysWithinItsBytes()
{
    QFETCH(int, size);
    QFETCH(int, added);
    ResumeLog log;
    for (int i = 0; i < added; ++i)
        log.add({QByteArray(size, 'x'), 0});
    QTEST(int(log.size()), "kept");
}

// Whoever missed it can not be told all that was missed, and so nothing before it either.
void TestResumeLog::forgetsEverythingForAMessageThatIsTooBig()
{
    ResumeLog log;
    addNumbers(log, 1, 20);
    log.add({QByteArray(ResumeLog::maxBytes + 1, 'x'), 0});
    QCOMPARE(log.size(), 0);
    addNumbers(log, 21, 22);
    QCOMPARE(bodies(log.takeNewest(2)), numbers(21, 22));
    for (int i = 0; i < 4; ++i) // its bytes are forgotten with it
        log.add({QByteArray(ResumeLog::maxBytes / 4, 'x'), 0});
    QCOMPARE(log.size(), 4);
}

void TestResumeLog::forgetsWhatIsNotTaken()
{
    ResumeLog log;
    addNumbers(log, 1, 10);
    QCOMPARE(bodies(log.takeNewest(3)), numbers(8, 10));
    QCOMPARE(log.size(), 0);
    addNumbers(log, 11, 12);
    QVERIFY(log.takeNewest(0).empty());
    QCOMPARE(log.size(), 0);
}

// Against a plain list: large ones drive out many small ones while the ring is small, half full, or turned.
void TestResumeLog::holdsWhatAPlainListHolds()
{
    QRandomGenerator random(20260421);
    for (int session = 0; session < 30; ++session) {
        ResumeLog log;
        QByteArrayList model;
        qsizetype bytes = 0;
        const int largest = 100 << random.bounded(12);
        for (int i = 0; i < 600; ++i) {
            const QByteArray body = QByteArray::number(i).leftJustified(random.bounded(largest) + 4);
            log.add({body, 0});
            model += body;
            bytes += body.size();
            while (model.size() > ResumeLog::maxMessages || bytes > ResumeLog::maxBytes)
                bytes -= model.takeFirst().size();
            QCOMPARE(log.size(), model.size());
            if (i % 50 == 49)
                QCOMPARE(bodies(ResumeLog(log).takeNewest(log.size())), model);
        }
    }
}

void TestResumeLog::keepsTheKindOfAMessage()
{
    ResumeLog log;
    log.add({"text", 0});
    log.add({"\x82\x01x", 2});
    log.add({});
    const auto messages = log.takeNewest(3);
    QVERIFY(messages[0].isText() && !messages[0].isPlaceholder());
    QVERIFY(!messages[1].isText() && !messages[1].isPlaceholder());
    QVERIFY(messages[2].isPlaceholder());
}

void TestResumeLog::sharesItsBodies()
{
    const QByteArray body(1000, 'x');
    ResumeLog log;
    log.add({body, 0});
    QCOMPARE(static_cast<const void *>(log.takeNewest(1).front().body.constData()),
             static_cast<const void *>(body.constData()));
}

void TestResumeLog::beginsAnewWhenCleared()
{
    ResumeLog log;
    addNumbers(log, 1, 300);
    log.clear();
    QCOMPARE(log.size(), 0);
    addNumbers(log, 301, 310);
    QCOMPARE(bodies(log.takeNewest(10)), numbers(301, 310));
    log.add({QByteArray(ResumeLog::maxBytes, 'x'), 0}); // its bytes were forgotten, too
    QCOMPARE(log.size(), 1);
}

QTEST_GUILESS_MAIN(TestResumeLog)
#include "tst_resumelog.moc"
