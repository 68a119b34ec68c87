// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/servermessages.h"
#include "tests/support/writtenpart.h"

#include <QSet>

using namespace glasshouse;

// What a room says stands in one table. docs/protocol.md and the client library have it from there: scripts/messages runs this
// with GLASSHOUSE_REWRITE_DOCS=1, and then it writes them in place of comparing them.

namespace {

QByteArrayList types()
{
    QByteArrayList list;
    for (int i = 0; i < serverMessageCount; ++i)
        list += typeOf(ServerMessage(i)).toByteArray();
    return list;
}

/// "a", "b" … in lines of at most 120 characters.
QByteArray wrapped(const QByteArray &separator)
{
    QByteArray text;
    QByteArray line(" ");
    for (const QByteArray &type : types()) {
        const QByteArray next = " \"" + type + '"' + separator;
        if (line.size() + next.size() > 120)
            text += std::exchange(line, " ") + '\n';
        line += next;
    }
    return text + line;
}

QByteArray documentation()
{
    QByteArray text("| type | data |\n|---|---|\n");
    for (int i = 0; i < serverMessageCount; ++i)
        text += "| `" + typeOf(ServerMessage(i)).toByteArray() + "` | " + contentsOf(ServerMessage(i)).toByteArray()
            + " |\n";
    return text;
}

QByteArray script() { return "const serverTypes = new Set([\n" + wrapped(",") + "\n]);\n"; }

QByteArray declaration() { return "export type ServerType =\n" + wrapped(" |").chopped(2) + ";\n"; }

} // namespace

class TestServerMessages final : public QObject
{
    Q_OBJECT

private slots:
    void typesAreTypes();
    void knowsItsTypes_data();
    void knowsItsTypes();
    void docsAndLibrarySayWhatTheTableSays_data();
    void docsAndLibrarySayWhatTheTableSays();
};

void TestServerMessages::typesAreTypes()
{
    QSet<QByteArray> seen;
    for (const QByteArray &type : types()) {
        QVERIFY(!type.isEmpty() && type.size() <= 64 && !seen.contains(type) && isServerType(type));
        seen.insert(type);
    }
    for (int i = 0; i < serverMessageCount; ++i)
        QVERIFY(!contentsOf(ServerMessage(i)).isEmpty());
}

void TestServerMessages::knowsItsTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("servers");
    for (const char *type : {"connected", "player_left", "notice", "chat", "error", "server_closing", "pong"})
        QTest::newRow(type) << QByteArray(type) << true;
    for (const char *type : {"move", "notices", "Notice", "", "progress", "player"})
        QTest::newRow(type[0] == 0 ? "(empty)" : type) << QByteArray(type) << false;
}

void TestServerMessages::knowsItsTypes()
{
    QFETCH(QByteArray, type);
    QTEST(isServerType(type), "servers");
}

void TestServerMessages::docsAndLibrarySayWhatTheTableSays_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<QByteArray>("wanted");
    const QString source = QStringLiteral(GLASSHOUSE_SOURCE_DIR "/");
    QTest::newRow("docs") << source + QStringLiteral("docs/protocol.md")
                          << QByteArray("<!-- messages: written by scripts/messages -->\n")
                          << QByteArray("<!-- end of messages -->\n") << documentation();
    const QByteArray begin("// messages: written by scripts/messages\n");
    const QByteArray end("// end of messages\n");
    QTest::newRow("library") << source + QStringLiteral("resources/web/glasshouse.js") << begin << end << script();
    QTest::newRow("its types") << source + QStringLiteral("resources/web/glasshouse.d.ts") << begin << end
                               << declaration();
}

void TestServerMessages::docsAndLibrarySayWhatTheTableSays()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, end);
    QFETCH(QByteArray, wanted);
    compareOrRewrite(path, begin, end, wanted);
}

QTEST_GUILESS_MAIN(TestServerMessages)
#include "tst_servermessages.moc"
