// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventrows.h"
#include "ui/messages/messagerows.h"
#include "ui/messages/messagesaver.h"
#include "ui/models/memoryrows.h"

#include <QBuffer>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// A disk with so much room.
class SmallDisk final : public QIODevice
{
public:
    explicit SmallDisk(qint64 room) : m_room(room) { open(WriteOnly); }
    QByteArray text;

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        if (size > m_room)
            return -1;
        m_room -= size;
        text.append(data, size);
        return size;
    }

private:
    qint64 m_room;
};

std::shared_ptr<MemoryRows> filled(int count, int bytes = 4)
{
    auto rows = std::make_shared<MemoryRows>();
    rows->setBounds(1'000'000, 1LL << 30);
    for (int i = 0; i < count; ++i) {
        FrameRecord record;
        record.firstByte = 0x81;
        rows->append(record, QByteArray::number(i).rightJustified(bytes, '.'));
    }
    return rows;
}

/// Counts what would be blocks that are read from a disk.
class CountedRows final : public SearchableRows
{
public:
    explicit CountedRows(std::shared_ptr<const SearchableRows> rows) : m_rows(std::move(rows)) { }
    mutable int blocks = 0;

    quint64 endRow() const override { return m_rows->endRow(); }
    void scan(quint64 first, quint64 end, Read read, const std::function<bool(RowStretch &)> &visit) const override
    {
        m_rows->scan(first, end, read, [&](RowStretch &stretch) {
            ++blocks;
            return visit(stretch);
        });
    }

private:
    std::shared_ptr<const SearchableRows> m_rows;
};

MessageWriter payloads() { return {messageFormats().first(), {}}; }

RowSet allOf(quint64 end)
{
    RowSet numbers;
    numbers.append(0, end);
    return numbers;
}

} // namespace

class TestMessageRows final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_dir;

private slots:
    void countsPiecesThatStayHidden()
    {
        MemoryRows rows;
        const auto add = [&rows](quint8 firstByte, const QByteArray &payload) {
            FrameRecord record;
            record.firstByte = firstByte;
            rows.append(record, payload);
        };
        add(0x01, "{\"type\":\"mo");
        add(0x00, "ve\",\"data\":{\"x\":7");
        add(0x80, "77}}");
        add(0x81, "whole");
        const CopiedMessages copied = copyMessages(rows, {0, 1, 2, 3}, payloads(), mostCopied, mostCopiedBytes, false);
        QCOMPARE(copied.messages, 4U);
        QCOMPARE(copied.hiddenPieces, 2U);
    }
    void readsThoseThatAreThere()
    {
        auto rows = filled(10);
        FrameRecord counter;
        counter.flags = RecordEvent;
        counter.firstByte = quint8(EventKind::Sample);
        rows->append(counter, "{}");
        rows->setBounds(9, 1LL << 30); // the first two go
        QCOMPARE(copyMessages(*rows, {0, 1, 2, 5, 9, 10, 11}, payloads()).text, QByteArray("...2\n...5\n...9"));
    }

    void readsEachBlockOnce_data()
    {
        QTest::addColumn<quint64>("step");
        QTest::addColumn<int>("most");
        QTest::newRow("every second row") << quint64{2} << 79; // pages of 256 rows
        QTest::newRow("far apart") << quint64{7'000} << 3;     // what lies between is not read
    }
    void readsEachBlockOnce()
    {
        QFETCH(quint64, step);
        QFETCH(int, most);
        const CountedRows rows(filled(20'000));
        RowSet numbers;
        QByteArrayList expected;
        for (quint64 number = 1; number < 20'000; number += step) {
            numbers.append(number);
            expected << QByteArray::number(number).rightJustified(4, '.');
        }
        QCOMPARE(copyMessages(rows, numbers, payloads()).text, expected.join('\n'));
        QVERIFY2(rows.blocks <= most, QByteArray::number(rows.blocks).constData());
        QCOMPARE(copyMessages(rows, {}, payloads()).messages, 0U);
        QCOMPARE(copyMessages(rows, {19'999, 20'000, 30'000}, payloads()).messages, 1U);
    }

    void copiesWithinBounds()
    {
        const auto rows = filled(100, 100);
        const auto all = copyMessages(*rows, allOf(100), payloads());
        QVERIFY(all.isWhole);
        QCOMPARE(all.messages, 100U);
        const auto few = copyMessages(*rows, allOf(100), payloads(), 10);
        QVERIFY(!few.isWhole);
        QCOMPARE(few.messages, 10U);
        QCOMPARE(few.text.count('\n'), 9);
        const auto small = copyMessages(*rows, allOf(100), payloads(), 100, 1000);
        QVERIFY(!small.isWhole);
        QVERIFY(small.text.size() <= 1000 && small.messages == 9);
        QVERIFY(copyMessages(*rows, {3}, payloads(), 100, 10).isWhole); // one is one
        const std::atomic<bool> stop = true;
        QCOMPARE(copyMessages(*rows, allOf(100), payloads(), 100, 100'000, stop).messages, 0U);
    }

    /// A form that takes a line for a large payload must not read them all.
    void whatIsReadCountsToo()
    {
        const auto rows = filled(100, 1000);
        for (const MessageFormat &format : messageFormats()) {
            if (format.id == "text")
                QVERIFY(copyMessages(*rows, allOf(100), {format, {}}, 100, 10'000).messages <= 10);
        }
    }

    void aFullDiskIsNoticed()
    {
        const auto rows = filled(100, 100);
        std::atomic<bool> stop = false;
        std::atomic<quint64> done = 0;
        SmallDisk disk(1000);
        QVERIFY(!writeMessages(disk, *rows, allOf(100), payloads(), stop, done));
        QCOMPARE(done.load(), 9U);
        SmallDisk large(1'000'000);
        done = 0;
        QVERIFY(writeMessages(large, *rows, allOf(100), payloads(), stop, done));
        QCOMPARE(done.load(), 100U);
        stop = true;
        QVERIFY(!writeMessages(large, *rows, allOf(100), payloads(), stop, done));
    }

    void saves()
    {
        const QString name = m_dir.filePath(u"all.txt"_s);
        MessageSaver saver;
        QSignalSpy finished(&saver, &MessageSaver::finished);
        saver.save(name, filled(50'000), allOf(50'000), 50'000, payloads());
        QVERIFY(saver.isSaving());
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished[0], (QVariantList{name, 50'000ULL, QString()}));
        QVERIFY(!saver.isSaving());
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QCOMPARE(text.count('\n'), 49'999);
        QVERIFY(text.startsWith("...0\n...1\n") && text.endsWith("\n49999"));
    }

    /// What searches has the threads of the application, and what saves has its own.
    void needsNoThreadOfThePool()
    {
        QSemaphore isOver;
        for (int i = 0; i < QThreadPool::globalInstance()->maxThreadCount(); ++i)
            QThreadPool::globalInstance()->start([&isOver] { isOver.acquire(); });
        MessageSaver saver;
        QSignalSpy finished(&saver, &MessageSaver::finished);
        saver.save(m_dir.filePath(u"meanwhile.txt"_s), filled(10), allOf(10), 10, payloads());
        const bool isSaved = finished.wait();
        isOver.release(QThreadPool::globalInstance()->maxThreadCount());
        QVERIFY(QThreadPool::globalInstance()->waitForDone());
        QVERIFY(isSaved);
    }

    void aFolderThatCanNotBeWrittenIsNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("no such folder") << m_dir.filePath(u"no/such/folder.txt"_s);
        QTest::newRow("of the system") << u"/proc/messages.txt"_s;
        QTest::newRow("a folder") << m_dir.path();
    }
    void aFolderThatCanNotBeWrittenIsNamed()
    {
        QFETCH(QString, name);
        MessageSaver saver;
        QSignalSpy finished(&saver, &MessageSaver::finished);
        saver.save(name, filled(10), allOf(10), 10, payloads());
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!finished[0][2].toString().isEmpty());
        QVERIFY(QFileInfo(name).isDir() || !QFile::exists(name));
    }

    void whatIsBrokenOffLeavesTheFileAsItWas()
    {
        const QString name = m_dir.filePath(u"kept.txt"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("before") == 6);
        file.close();
        MessageSaver saver;
        QSignalSpy finished(&saver, &MessageSaver::finished);
        QSignalSpy progressed(&saver, &MessageSaver::progressed);
        auto rows = filled(200'000, 200);
        saver.save(name, rows, allOf(200'000), 200'000, payloads());
        saver.stop();
        QVERIFY(!saver.isSaving());
        QTRY_COMPARE(rows.use_count(), 1); // the thread has gone
        QCoreApplication::processEvents();
        QCOMPARE(finished.size(), 0);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("before"));
        QCOMPARE(QDir(m_dir.path()).entryList({u"kept*"_s}, QDir::Files), QStringList{u"kept.txt"_s});
    }

    void whatIsCopiedNamesPlayersThatNobodyAskedFor()
    {
        MemoryRows rows;
        rows.append({.connection = 3, .firstByte = quint8(EventKind::SeatTaken), .flags = RecordEvent},
                    seatToJson({.room = u"main"_s, .seat = 1, .playerId = {}, .name = u"Ada"_s}));
        for (int i = 0; i < 2'000; ++i)
            rows.append({.connection = 3, .firstByte = 0x81}, "x");
        const auto copied = [&rows](int format, const std::shared_ptr<SeatHistory> &players) {
            const MessageWriter writer(messageFormats().at(format), {.players = players});
            return copyMessages(rows, {1'500}, writer).text;
        };
        for (const int format : {2, 3, 4})
            QVERIFY(copied(format, std::make_shared<SeatHistory>()).contains("Ada"));
        const MessageWriter writer(messageFormats().at(4), {.players = std::make_shared<SeatHistory>()});
        const CopiedMessages early = copyMessages(rows, {1'500}, writer, 10, 10'000, false, 0);
        QVERIFY(!early.hasNames && !early.text.contains("Ada"));
        QVERIFY(copyMessages(rows, {1'500}, writer).hasNames);
        const auto players = std::make_shared<SeatHistory>();
        QCOMPARE(copied(0, players), QByteArray("x"));
        QCOMPARE(players->learntTo(), 0U); // no payload needs them
        QBuffer file;
        QVERIFY(file.open(QIODevice::WriteOnly));
        std::atomic<quint64> done = 0;
        QVERIFY(writeMessages(file, rows, {1'500}, {messageFormats().at(4), {.players = players}}, false, done));
        QVERIFY(file.data().contains(",3,Ada,in,"));
        QCOMPARE(players->learntTo(), 1'501U);
    }

    void nobodyIsNamedWhereNobodyLooked()
    {
        MemoryRows rows;
        for (const QString &name : {u"Ada"_s, u"Bob"_s})
            rows.append({.connection = 3, .firstByte = quint8(EventKind::SeatTaken), .flags = RecordEvent},
                        seatToJson({.room = u"main"_s, .seat = 1, .playerId = {}, .name = name}));
        const auto players = std::make_shared<SeatHistory>();
        players->learn(rows, 1, false, 1'000);
        QCOMPARE(players->learntTo(), 1U);
        const MessageWriter writer(messageFormats().at(4), {.players = players});
        QCOMPARE(writer.playerOf({.number = 0, .record = {.connection = 3}, .payload = {}}), QByteArray("Ada"));
        QCOMPARE(writer.playerOf({.number = 2, .record = {.connection = 3}, .payload = {}}), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestMessageRows)
#include "tst_messagerows.moc"
