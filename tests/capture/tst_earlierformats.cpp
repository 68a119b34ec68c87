// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <map>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// The sessions in data/ were written by programs of their time, while data/make.py noted what went over the wire.

namespace {

struct Frame
{
    quint8 firstByte = 0;
    QByteArray payload;
    quint32 key = 0;
    quint32 length = 0;
    bool operator==(const Frame &) const = default;
};
/// By connection and direction: between them only the server knows the order.
using Frames = std::map<std::pair<quint32, Direction>, QList<Frame>>;

QString dataPath(int format, const QString &name = {})
{
    return QStringLiteral(GLASSHOUSE_SOURCE_DIR "/tests/capture/data/format-%1/%2").arg(QString::number(format), name);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Frames notedFrames(int format)
{
    Frames frames;
    const QJsonArray noted = QJsonDocument::fromJson(contents(dataPath(format, u"frames.json"_s))).array();
    for (const QJsonValue &value : noted) {
        const QJsonObject frame = value.toObject();
        const bool isIn = frame["direction"_L1].toString() == "in"_L1;
        frames[{quint32(frame["connection"_L1].toInt()), isIn ? Direction::In : Direction::Out}].append(
            {quint8(frame["firstByte"_L1].toInt()), QByteArray::fromBase64(frame["payload"_L1].toString().toLatin1()),
             quint32(frame["key"_L1].toInteger()), quint32(frame["length"_L1].toInt())});
    }
    return frames;
}

Frames framesIn(const QList<CapturedRow> &rows)
{
    Frames frames;
    for (const CapturedRow &row : rows) {
        const bool isIn = row.direction() == Direction::In; // of what goes out, the key is the sequence number
        if (!row.isEvent())
            frames[{row.record.connection, row.direction()}].append(
                {row.record.firstByte, row.payload, isIn ? row.record.key : 0, row.record.wireLength});
    }
    return frames;
}

int count(const QList<CapturedRow> &rows, EventKind kind)
{
    return int(std::count_if(rows.begin(), rows.end(), [kind](const CapturedRow &row) {
        return row.isEvent() && row.eventKind() == kind && QJsonDocument::fromJson(row.payload).isObject();
    }));
}

} // namespace

class TestEarlierFormats : public QObject
{
    Q_OBJECT
private slots:
    void opens_data();
    void opens();
    void knowsWhatIsInRowsSinceFormat4_data() { opens_data(); }
    void knowsWhatIsInRowsSinceFormat4();
    void findsTypes_data() { opens_data(); }
    void findsTypes();
    void survivesFlippedBytes_data() { opens_data(); }
    void survivesFlippedBytes();
    void survivesAnyCut_data() { opens_data(); }
    void survivesAnyCut();
};

void TestEarlierFormats::opens_data()
{
    QTest::addColumn<int>("format");
    for (int format = 1; QFile::exists(dataPath(format, u"session.json"_s)); ++format)
        QTest::addRow("format %d", format) << format;
}

void TestEarlierFormats::opens()
{
    QFETCH(int, format);
    QCOMPARE(QJsonDocument::fromJson(contents(dataPath(format, u"session.json"_s))).object()["format"_L1].toInt(),
             format);
    CaptureStore store;
    QVERIFY(store.open(dataPath(format)));
    const CaptureStats stats = store.stats();
    QCOMPARE(stats.firstRow, 0U);
    QCOMPARE(stats.rowsLost, 0U);
    const QList<CapturedRow> rows = store.read(0, 1000);
    QCOMPARE(quint64(rows.size()), stats.endRow);
    const Frames found = framesIn(rows);
    const Frames noted = notedFrames(format);
    QCOMPARE(noted.size(), 6U);
    for (const auto &[way, frames] : noted) {
        QVERIFY(found.contains(way));
        const QList<Frame> &there = found.at(way);
        QCOMPARE(there.size(), frames.size());
        for (qsizetype i = 0; i < frames.size(); ++i) {
            QCOMPARE(there[i].payload, frames[i].payload);
            QVERIFY(there[i] == frames[i]);
        }
    }
    QCOMPARE(found.size(), noted.size());
    QCOMPARE(count(rows, EventKind::ConnectionOpened), 3);
    QCOMPARE(count(rows, EventKind::ConnectionEnded), 3);
    QCOMPARE(count(rows, EventKind::RequestRefused), format == 1 ? 0 : 1); // that program did not record a 404
    QCOMPARE(count(rows, EventKind::RoomCreated), 1);
    qint64 timeUs = 0;
    for (const CapturedRow &row : rows) {
        QVERIFY(row.record.timeUs >= timeUs);
        timeUs = row.record.timeUs;
    }
}

void TestEarlierFormats::knowsWhatIsInRowsSinceFormat4()
{
    QFETCH(int, format);
    CaptureStore store;
    QVERIFY(store.open(dataPath(format)));
    const QList<CapturedRow> rows = store.read(0, 1000);
    for (const CapturedRow &row : rows) {
        const bool isAnswer =
            format >= 4 && row.direction() == Direction::Out && (row.type() == "error" || row.type() == "pong");
        QCOMPARE(row.answered().has_value(), isAnswer);
        if (isAnswer)
            QCOMPARE(rows.at(qsizetype(*row.answered())).payload,
                     row.type() == "pong" ? R"({"type":"ping","data":{"n":1},"id":"a"})"_ba : "no json"_ba);
        QCOMPARE(row.record.type != MessageTypes::unknown, format >= 4 && isText(row.record));
        QCOMPARE(row.record.rule, 0);
    }
    QCOMPARE(count(rows, EventKind::SeatTaken), format >= 4 ? 2 : 0);
    QCOMPARE(count(rows, EventKind::SeatLeft), format >= 4 ? 2 : 0);
    QCOMPARE(count(rows, EventKind::Sample) > 0, format >= 4);
}

// Formats before the fourth have no types in their rows: the payload says.
void TestEarlierFormats::findsTypes()
{
    QFETCH(int, format);
    CaptureStore store;
    QVERIFY(store.open(dataPath(format)));
    std::map<QByteArray, int> types;
    const QList<CapturedRow> rows = store.read(0, 1000);
    for (const CapturedRow &row : rows)
        ++types[row.type().toByteArray()];
    QCOMPARE(types["move"], 4); // an echo, and one that the relay passed on
    QCOMPARE(types["chat"], 3);
    QCOMPARE(types["ping"], 1);
    QCOMPARE(types["pong"], 1);
    QCOMPARE(types["error"], 1);
    QCOMPARE(types["connected"], 2);
    store.scanRows(0, 1000, [&rows](quint64 number, const RowView &row) {
        return row.type() == rows.at(qsizetype(number)).type() && row.payload == rows.at(qsizetype(number)).payload;
    });
}

void TestEarlierFormats::survivesFlippedBytes()
{
    QFETCH(int, format);
    CaptureStore whole;
    QVERIFY(whole.open(dataPath(format)));
    const QList<CapturedRow> rows = whole.read(0, 1000);
    const QByteArray segment = contents(dataPath(format, u"000001.ghcap"_s));
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"000001.ghcap"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    for (qsizetype at = 0; at < segment.size(); at += 3) {
        QByteArray bytes = segment;
        bytes[at] = char(bytes.at(at) ^ (1 << (at % 8)));
        file.seek(0);
        QCOMPARE(file.write(bytes), bytes.size());
        CaptureStore store;
        const bool isOpen = store.open(folder.path()).ok();
        QVERIFY(isOpen || at < 32); // no segment is left
        const QList<CapturedRow> read = store.read(0, 1000);
        QVERIFY(read.size() < rows.size());
        for (const CapturedRow &row : read) // never anything else than what was there
            QCOMPARE(row.payload, rows.at(qsizetype(row.number)).payload);
    }
}

void TestEarlierFormats::survivesAnyCut()
{
    QFETCH(int, format);
    const QByteArray segment = contents(dataPath(format, u"000001.ghcap"_s));
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"000001.ghcap"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    QCOMPARE(file.write(segment), segment.size());
    qsizetype last = std::numeric_limits<qsizetype>::max();
    for (qsizetype size = segment.size() - 1; size >= 32; --size) {
        QVERIFY(file.resize(size));
        CaptureStore store;
        QVERIFY(store.open(folder.path()));
        const qsizetype rows = store.read(0, 1000).size();
        QVERIFY(rows <= last);
        last = rows;
    }
    QCOMPARE(last, 0);
}

QTEST_GUILESS_MAIN(TestEarlierFormats)
#include "tst_earlierformats.moc"
