// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/matchedmessage.h"
#include "ui/filter/cellcondition.h"
#include "ui/models/messagesmodel.h"

#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QList<JsonPath> paths{JsonPath::readFromRoot(u"data.x").value(), JsonPath::readFromRoot(u"data.name").value(),
                            JsonPath::readFromRoot(u"data.list").value()};

CapturedRow rowOf(const QByteArray &payload, quint8 firstByte = 0x81)
{
    CapturedRow row;
    row.number = 4;
    row.record.timeUs = 1'764'500'261'204'000;
    row.record.connection = 7;
    row.record.firstByte = firstByte;
    row.record.flags = RecordOut;
    row.payload = payload;
    row.record.wireLength = row.record.storedLength = quint32(payload.size());
    return row;
}

CapturedRow eventRow()
{
    CapturedRow row = rowOf("{}", quint8(EventKind::Note));
    row.record.flags = RecordEvent;
    row.record.connection = 0;
    return row;
}

const QByteArray move = "{\"type\":\"move\",\"data\":{\"x\":3.0,\"name\":\"A\\\"d\",\"list\":[1]}}";

} // namespace

Q_DECLARE_METATYPE(glasshouse::CapturedRow)
Q_DECLARE_METATYPE(std::optional<qint64>)

class TestCellCondition : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatTheCellSays_data()
    {
        QTest::addColumn<CapturedRow>("row");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("words"); // empty: nothing
        const int path = MessagesModel::ColumnCount;
        QTest::newRow("connection") << rowOf(move) << int(MessagesModel::Connection) << u"#7"_s;
        QTest::newRow("no connection") << eventRow() << int(MessagesModel::Connection) << QString();
        QTest::newRow("way") << rowOf(move) << int(MessagesModel::Way) << u"way == out"_s;
        QTest::newRow("kind") << rowOf(move) << int(MessagesModel::Kind) << u"opcode == text"_s;
        QTest::newRow("ping") << rowOf({}, 0x89) << int(MessagesModel::Kind) << u"opcode == ping"_s;
        QTest::newRow("no opcode that is known") << rowOf({}, 0x83) << int(MessagesModel::Kind) << QString();
        QTest::newRow("event") << eventRow() << int(MessagesModel::Kind) << u"kind == event"_s;
        QTest::newRow("event, way") << eventRow() << int(MessagesModel::Way) << QString();
        QTest::newRow("event, size") << eventRow() << int(MessagesModel::Size) << QString();
        QTest::newRow("event, text") << eventRow() << int(MessagesModel::Preview) << QString();
        QTest::newRow("type") << rowOf(move) << int(MessagesModel::Type) << u"type == \"move\""_s;
        QTest::newRow("no type") << rowOf("{}") << int(MessagesModel::Type) << QString();
        QTest::newRow("type that would be more") << rowOf("{\"type\":\"a\\\" || #1\",\"data\":{}}")
                                                 << int(MessagesModel::Type) << u"type == \"a\\\\\\\" || #1\""_s;
        QTest::newRow("size") << rowOf("12345") << int(MessagesModel::Size) << u"size == 5"_s;
        QTest::newRow("text") << rowOf("a \"b\"") << int(MessagesModel::Preview) << u"text == \"a \\\"b\\\"\""_s;
        QTest::newRow("long text") << rowOf(QByteArray(201, 'x')) << int(MessagesModel::Preview) << QString();
        QTest::newRow("binary") << rowOf("abc", 0x82) << int(MessagesModel::Preview) << QString();
        QTest::newRow("secret") << rowOf("{\"type\":\"auth\",\"data\":{\"token\":\"abc\"}}")
                                << int(MessagesModel::Preview) << QString();
        QTest::newRow("delta") << rowOf(move) << int(MessagesModel::Delta) << QString();
        QTest::newRow("number in JSON") << rowOf(move) << path << u"data.x == 3.0"_s;
        QTest::newRow("text in JSON") << rowOf(move) << path + 1 << u"data.name == \"A\\\"d\""_s;
        QTest::newRow("list in JSON") << rowOf(move) << path + 2 << u"has data.list"_s;
        QTest::newRow("not there") << rowOf("{\"type\":\"x\",\"data\":{}}") << path << QString();
        QTest::newRow("no such column") << rowOf(move) << path + 3 << QString();
    }
    void saysWhatTheCellSays()
    {
        QFETCH(CapturedRow, row);
        QFETCH(int, column);
        QFETCH(QString, words);
        const auto condition = cellCondition(row, column, {.paths = paths});
        QCOMPARE(condition ? condition->words() : QString(), words);
    }

    void aTimeOfAnAnswerIsALeastOne_data()
    {
        QTest::addColumn<std::optional<qint64>>("us");
        QTest::addColumn<QString>("words");
        QTest::newRow("none") << std::optional<qint64>() << QString();
        QTest::newRow("short") << std::optional<qint64>(512) << u"answer >= 0.512 ms"_s;
        QTest::newRow("long") << std::optional<qint64>(51'312) << u"answer >= 51 ms"_s;
        QTest::newRow("seconds") << std::optional<qint64>(2'000'999) << u"answer >= 2 s"_s;
        QTest::newRow("nothing at all") << std::optional<qint64>(0) << u"answer >= 0 ms"_s;
    }
    void aTimeOfAnAnswerIsALeastOne()
    {
        QFETCH(std::optional<qint64>, us);
        const auto condition = cellCondition(rowOf(move), MessagesModel::Answer, {.answerUs = us});
        QTEST(condition ? condition->words() : QString(), "words");
    }

    void aPlayerIsWhomTheLogNames()
    {
        const auto condition =
            cellCondition(rowOf(move), MessagesModel::Player, {.paths = {}, .answerUs = {}, .player = u"A \"d"_s});
        QCOMPARE(condition ? condition->words() : QString(), u"player == \"A \\\"d\""_s);
        QVERIFY(!cellCondition(rowOf(move), MessagesModel::Player));
    }

    void aTimeIsItsSecond()
    {
        const auto condition = cellCondition(rowOf(move), MessagesModel::Time);
        QVERIFY(condition && condition->words().startsWith(u"time in ("_s));
        const std::atomic<bool> stop = false;
        MatchedMessage message;
        message.timeUs = 1'764'500'261'999'999;
        QCOMPARE(condition->find(message, stop), Found::Yes);
        message.timeUs = 1'764'500'262'000'000;
        QCOMPARE(condition->find(message, stop), Found::No);
    }
};

QTEST_APPLESS_MAIN(TestCellCondition)
#include "tst_cellcondition.moc"
