// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/eventrows.h"
#include "ui/messages/messagewriter.h"
#include "ui/messages/shellquoting.h"
#include "ui/models/memoryrows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

CapturedRow row(const QByteArray &payload, quint8 firstByte = 0x81, quint64 number = 7)
{
    CapturedRow row;
    row.number = number;
    row.record.timeUs = 1'764'590'261'204'123; // 2025-12-01T11:57:41.204123Z
    row.record.connection = 3;
    row.record.firstByte = firstByte;
    row.record.wireLength = row.record.storedLength = quint32(payload.size());
    row.payload = payload;
    return row;
}

const MessageFormat &format(const QByteArray &id)
{
    for (const MessageFormat &one : messageFormats()) {
        if (one.id == id)
            return one;
    }
    qFatal("no such format");
}

QByteArray written(const QByteArray &id, const QList<CapturedRow> &rows, const MessageContext &context = {})
{
    MessageWriter writer(format(id), context);
    QByteArray text = writer.begin();
    for (const CapturedRow &one : rows)
        text += writer.next(one);
    return text + writer.end();
}

MessageContext opened()
{
    MessageContext context;
    context.anyUrl = "ws://localhost:8080/ws/main";
    context.origins.insert(ConnectionId{3},
                           {"ws://localhost:8080/ws/main?name=O'Neil",
                            "GET /ws/main?name=O'Neil HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                            "Sec-WebSocket-Key: abc\r\nOrigin: https://a.example\r\nX-Odd: '$(id)'\r\n\r\n"});
    return context;
}

QByteArray shellSays(const QByteArray &script)
{
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, QString::fromUtf8(script)});
    shell.waitForFinished();
    return shell.readAllStandardOutput();
}

/// RFC 4180.
QList<QList<QByteArray>> readCsv(const QByteArray &text)
{
    QList<QList<QByteArray>> lines{{QByteArray()}};
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        QByteArray &cell = lines.last().last();
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
            cell += text[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == ',')
            lines.last().append(QByteArray());
        else if (!quoted && c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
            lines.append({QByteArray()});
            ++i;
        } else
            cell += c;
    }
    return lines;
}

} // namespace

class TestMessageWriter final : public QObject
{
    Q_OBJECT
private:
    static void hostile_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("quotes") << QByteArray("'\"'; id; '");
        QTest::newRow("expansions") << QByteArray("$(id) `id` ${HOME} $HOME !! !x ~ * ? [a] {a,b} #");
        QTest::newRow("backslashes") << QByteArray("\\ \\\\ \\' \\n %s %n %%");
        QTest::newRow("newlines") << QByteArray("a\nb\r\nc; id\n'\nd");
        QTest::newRow("escapes") << QByteArray("\x1b[201~id\n\x03\x04\x1b]0;x\x07 !'%\\\t");
        QTest::newRow("C1") << QByteArray("\xC2\x9B"
                                          "31m'$(id)");
        QTest::newRow("turned around") << QByteArray("\xE2\x80\xAE"
                                                     "di '`id`");
        QTest::newRow("no UTF-8") << QByteArray("\xff\xfe'$(id)\x80");
        QTest::newRow("an option") << QByteArray("--help");
        QTest::newRow("an option with a control") << QByteArray("-x\x01");
        QTest::newRow("letters") << QByteArray("Zoë 東京 🏇 \"'");
        QTest::newRow("a formula") << QByteArray("=HYPERLINK(\"http://x\",\"y\")");
        QTest::newRow("a formula in a list") << QByteArray("+1\",=1+1,\"@x");
    }

private slots:
    void eachFormatHasItsWords()
    {
        QSet<QByteArray> ids;
        for (const MessageFormat &one : messageFormats()) {
            ids.insert(one.id);
            QVERIFY(!one.name.isEmpty() && !one.tip.isEmpty() && !one.suffix.isEmpty() && one.write != nullptr);
        }
        QCOMPARE(ids.size(), messageFormats().size());
    }

    void writes_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("payload") << QByteArray("payload") << QByteArray("{\"type\":\"chat\"}\n00 ff");
        QTest::newRow("JSON") << QByteArray("json")
                              << QByteArray("[\n"
                                            "{\"number\":7,\"time\":\"2025-12-01T11:57:41.204123Z\",\"connection\":3,"
                                            "\"way\":\"in\",\"kind\":\"text\",\"type\":\"chat\",\"size\":15,"
                                            "\"text\":\"{\\\"type\\\":\\\"chat\\\"}\"},\n"
                                            "{\"number\":8,\"time\":\"2025-12-01T11:57:41.204123Z\",\"connection\":3,"
                                            "\"way\":\"in\",\"kind\":\"binary\",\"size\":2,\"base64\":\"AP8=\"}"
                                            "\n]\n");
        QTest::newRow("CSV") << QByteArray("csv")
                             << QByteArray("number,time,connection,player,way,kind,type,size,payload\r\n"
                                           "7,2025-12-01T11:57:41.204123Z,3,,in,text,chat,15,"
                                           "\"{\"\"type\"\":\"\"chat\"\"}\"\r\n"
                                           "8,2025-12-01T11:57:41.204123Z,3,,in,binary,,2,00 ff\r\n");
        QTest::newRow("wscat") << QByteArray("wscat")
                               << QByteArray("wscat -c 'ws://localhost:8080/ws/main?name=O'\\''Neil' -x "
                                             "'{\"type\":\"chat\"}'\n"
                                             "# message 8: no text, and wscat sends nothing else\n");
        QTest::newRow("cURL") << QByteArray("curl")
                              << QByteArray("curl --include --no-buffer --globoff --http1.1 -H 'Connection: Upgrade' "
                                            "-H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' "
                                            "-H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' "
                                            "-H 'Origin: https://a.example' -H 'X-Odd: '\\''$(id)'\\''' "
                                            "'http://localhost:8080/ws/main?name=O'\\''Neil'\n");
    }
    void writes()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, expected);
        const auto text = written(id, {row("{\"type\":\"chat\"}"), row(QByteArray("\0\xff", 2), 0x82, 8)}, opened());
        QCOMPARE(text, expected);
    }

    void namesThePlayer_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("JSON") << "json"_ba << u"Ada"_s << "\"connection\":3,\"player\":\"Ada\",\"way\":"_ba;
        QTest::newRow("JSON, quotes") << "json"_ba << u"A\"\\"_s << "\"player\":\"A\\\"\\\\\","_ba;
        QTest::newRow("JSON Lines") << "json-lines"_ba << u"Zoë"_s << QByteArray("\"player\":\"Zoë\",");
        QTest::newRow("CSV") << "csv"_ba << u"Ada"_s << ",3,Ada,in,"_ba;
        QTest::newRow("CSV, a formula") << "csv"_ba << u"=1+1"_s << ",3,'=1+1,in,"_ba;
        QTest::newRow("CSV, a comma") << "csv"_ba << u"a,\"b"_s << ",3,\"a,\"\"b\",in,"_ba;
    }
    void namesThePlayer()
    {
        QFETCH(QByteArray, id);
        QFETCH(QString, name);
        QFETCH(QByteArray, expected);
        MemoryRows rows;
        rows.append({.connection = 3, .firstByte = quint8(EventKind::SeatTaken), .flags = RecordEvent},
                    seatToJson({.room = u"main"_s, .seat = 1, .playerId = {}, .name = name}));
        const MessageContext context{.players = std::make_shared<SeatHistory>()};
        QVERIFY(!written(id, {row("x")}, context).contains("player\":"));
        context.players->learn(rows, 8, false, 10'000); // that of the row below as well
        const QByteArray text = written(id, {row("x")}, context);
        QVERIFY2(text.contains(expected), text.constData());
        CapturedRow other = row("x");
        other.record.connection = 4;
        QVERIFY(!written(id, {other}, context).contains(name.toUtf8()));
    }

    void whatIsNotKnownIsNotInvented_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("wscat") << "wscat"_ba;
        QTest::newRow("cURL") << "curl"_ba;
    }
    void whatIsNotKnownIsNotInvented()
    {
        QFETCH(QByteArray, id);
        MessageContext context = opened();
        context.anyUrl.clear();
        context.origins.clear();
        QCOMPARE(written(id, {row("x")}, context), "# message 7: how its connection was opened is not known\n"_ba);
        context.anyUrl = "ws://localhost/echo";
        QVERIFY(written(id, {row("x")}, context)
                    .contains("'" + QByteArray(id == "curl" ? "http" : "ws") + "://localhost/echo'"));
    }

    void theWayIsThatOfWhoLooks()
    {
        MessageContext client;
        client.viewpoint = Viewpoint::Client;
        QVERIFY(written("json-lines", {row("x")}, client).contains("\"way\":\"sent\""));
        QVERIFY(QString::fromUtf8(written("text", {row("x")}, client)).contains(u"→ sent"_s));
    }

    void noSecretLeaves_data()
    {
        QTest::addColumn<QByteArray>("id");
        for (const MessageFormat &one : messageFormats())
            QTest::newRow(one.id.constData()) << one.id;
    }
    void noSecretLeaves()
    {
        QFETCH(QByteArray, id);
        const auto text = written(id, {row("{\"type\":\"auth\",\"data\":{\"token\":\"canary-81\"}}")}, opened());
        QVERIFY2(!text.contains("canary-81"), text.constData());
        QVERIFY2(!text.contains("63 61 6e 61 72 79"), text.constData());
    }

    void aShellGetsWhatItWas_data() { hostile_data(); }
    void aShellGetsWhatItWas()
    {
        QFETCH(QByteArray, payload);
        const auto word = shellWord(payload);
        QVERIFY(word);
        QVERIFY(std::ranges::none_of(*word, [](char c) { return uchar(c) < 0x20 || c == 0x7F; }));
        QCOMPARE(shellSays("f() { printf '%s' \"$1\"; printf '/%d' $#; }; f " + *word), payload + "/1");
        // The whole line: wscat is a function that says how it was called.
        const QByteArray line = written("wscat", {row(payload)}, opened());
        QCOMPARE(line.count('\n'), 1);
        const QByteArray said = shellSays("wscat() { printf '<%s>' \"$@\"; }\n" + line);
        const QByteArray text = payload.startsWith('-') ? "<--execute=" + payload + '>' : "<-x><" + payload + '>';
        QCOMPARE(said, "<-c><ws://localhost:8080/ws/main?name=O'Neil>" + text);
    }

    void aTableIsReadAsItWasWritten_data() { hostile_data(); }
    void aTableIsReadAsItWasWritten()
    {
        QFETCH(QByteArray, payload);
        const auto lines = readCsv(written("csv", {row(payload)}));
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[1].size(), lines[0].size());
        QByteArray cell = lines[1].last();
        QVERIFY(cell.isEmpty() || !QByteArrayView("=+-@\t\r\n").contains(cell.front()));
        if (cell.startsWith('\'') && !payload.startsWith('\''))
            cell.remove(0, 1);
        QCOMPARE(QString::fromUtf8(cell), QString::fromUtf8(payload));
    }

    void jsonIsReadAsItWasWritten_data() { hostile_data(); }
    void jsonIsReadAsItWasWritten()
    {
        QFETCH(QByteArray, payload);
        QJsonParseError fault{};
        const auto all = QJsonDocument::fromJson(written("json", {row(payload), row("x")}), &fault).array();
        QCOMPARE(fault.error, QJsonParseError::NoError);
        QCOMPARE(all.size(), 2);
        const QJsonObject one = all[0].toObject();
        const QByteArray back = one.contains("text"_L1)
            ? one["text"_L1].toString().toUtf8()
            : QByteArray::fromBase64(one["base64"_L1].toString().toLatin1());
        QCOMPARE(back, payload);
        QCOMPARE(written("json-lines", {row(payload)}).count('\n'), 1);
    }

    void aNulIsNoWord()
    {
        const QByteArray nul("a\0b", 3);
        QVERIFY(!shellWord(nul));
        QCOMPARE(written("wscat", {row(nul)}, opened()),
                 QByteArray("# message 7: it holds a NUL, which a shell can not hand over\n"));
        QVERIFY(!written("csv", {row(nul)}).contains('\0'));
        QVERIFY(written("json", {row(nul)}).contains("a\\u0000b"));
    }

    void eventsAreObjects()
    {
        CapturedRow event = row("{\"code\":1000}", quint8(EventKind::ConnectionEnded));
        event.record.flags = RecordEvent;
        const QByteArray line = written("json-lines", {event});
        QVERIFY2(line.contains("\"kind\":\"event\",\"type\":\"connection_ended\",\"data\":{\"code\":1000}"),
                 line.constData());
        QVERIFY(written("csv", {event}).contains(",event,connection_ended,"));
    }
};

QTEST_GUILESS_MAIN(TestMessageWriter)
#include "tst_messagewriter.moc"
