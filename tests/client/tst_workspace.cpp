// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/draftoptions.h"
#include "client/drafts/workspace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(WorkspaceFault)
Q_DECLARE_METATYPE(TokenWay)

namespace {

TestClientOptions oddOptions()
{
    TestClientOptions options;
    options.origin = "https://o";
    options.subprotocols = {"a", "{{b}}"};
    options.headers = {{"X-A", "{{a}}"}, {"X-A", ""}};
    options.openingMs = 1'500;
    options.maxMessageBytes = 0;
    options.maxRedirects = 5;
    options.pingMs = 30'000;
    options.heartbeat = TestClientMessage{false, "{\"type\":\"ping\"}"};
    options.answerPings = false;
    options.reconnect.enabled = true;
    options.queueOffline = true;
    options.first = {{false, "hello {{name}}"}, {true, QByteArray("\0\xff", 2)}};
    options.deflate.offered = true;
    options.deflate.serverNoContextTakeover = true;
    options.deflate.serverMaxWindowBits = 10;
    options.proxy = {TestClientProxy::Kind::Socks5, u"p"_s, 1080, u"me"_s, u"hush"_s};
    options.trust = {false, u"/a.pem"_s, u"/c.pem"_s, u"/k.pem"_s};
    options.ignoreTlsErrors = true;
    return options;
}

Workspace oddWorkspace()
{
    Workspace workspace;
    workspace.connection = {u"ws://h/{{room}}"_s, oddOptions(), TokenWay::Subprotocol, u"{{token}}"_s};
    workspace.messages = {{u"Hi"_s, "json", u"{\"a\":\"{{uuid}}\"}"_s}, {u"Bytes"_s, "hex", u"00 ff"_s}};
    workspace.variables = {{u"room"_s, u"main"_s}, {u"token"_s, u"hush"_s, true}};
    return workspace;
}

} // namespace

class TestWorkspace final : public QObject
{
    Q_OBJECT
private slots:
    void comesBackAsItWas()
    {
        const QByteArray file = workspaceFile(oddWorkspace());
        const auto read = readWorkspace(file);
        QVERIFY(read.ok());
        QCOMPARE(workspaceFile(read.value()), file);
        QCOMPARE(read.value().messages, oddWorkspace().messages);
        QVERIFY(read.value().ignored.isEmpty());
        const TestClientOptions options = read.value().connection.options;
        QCOMPARE(options.first, oddOptions().first);
        QCOMPARE(*options.heartbeat, *oddOptions().heartbeat);
        QCOMPARE(options.trust, oddOptions().trust);
        QCOMPARE(options.deflate, oddOptions().deflate);
        QCOMPARE(options.maxMessageBytes, 0);
        QVERIFY(!options.ignoreTlsErrors); // for one window only
    }

    void holdsNoSecretValue()
    {
        const QByteArray file = workspaceFile(oddWorkspace());
        QVERIFY2(!file.contains("hush"), file.constData());
        QCOMPARE(readWorkspace(file).value().variables.at(1), (DraftVariable{u"token"_s, {}, true}));
    }

    void aFreshOneIsSmall()
    {
        QVERIFY(draftOptionsJson({}).isEmpty());
        QVERIFY(readWorkspace(workspaceFile({})).ok());
    }

    void refusesOthers_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<WorkspaceFault>("fault");
        QTest::newRow("nothing") << ""_ba << WorkspaceFault::NotJson;
        QTest::newRow("cut") << workspaceFile(oddWorkspace()).chopped(5) << WorkspaceFault::NotJson;
        QTest::newRow("no UTF-8") << "{\"glasshouse\":\"\xff\"}"_ba << WorkspaceFault::NotJson;
        QTest::newRow("too deep") << QByteArray(200, '[') + QByteArray(200, ']') << WorkspaceFault::NotJson;
        QTest::newRow("another JSON") << "{\"name\":\"x\"}"_ba << WorkspaceFault::NotAWorkspace;
        QTest::newRow("a list") << "[]"_ba << WorkspaceFault::NotAWorkspace;
        QTest::newRow("newer") << "{\"glasshouse\":\"workspace\",\"version\":2}"_ba << WorkspaceFault::NewerVersion;
        QTest::newRow("too large") << QByteArray(int(largestWorkspace) + 1, ' ') << WorkspaceFault::TooLarge;
    }
    void refusesOthers()
    {
        QFETCH(QByteArray, file);
        QFETCH(WorkspaceFault, fault);
        const auto read = readWorkspace(file);
        QVERIFY(!read.ok());
        QCOMPARE(int(read.error().code), int(fault));
        QVERIFY(!workspaceFaultText(fault).isEmpty());
    }

    void saysWhatCouldNotBeReadAgain_data()
    {
        QTest::addColumn<QByteArray>("list");
        for (const char *list : {"variables", "messages", "headers", "subprotocols", "first"})
            QTest::newRow(list) << QByteArray(list);
    }
    void saysWhatCouldNotBeReadAgain()
    {
        QFETCH(QByteArray, list);
        for (const int count : {1'000, 1'001}) {
            Workspace workspace;
            TestClientOptions &options = workspace.connection.options;
            for (int i = 0; i < count; ++i) {
                if (list == "variables")
                    workspace.variables.append({u"v%1"_s.arg(i), u"x"_s});
                else if (list == "messages")
                    workspace.messages.append({u"m"_s, "text", u"x"_s});
                else if (list == "headers")
                    options.headers.append(HttpHeader{"X-A", "x"});
                else if (list == "subprotocols")
                    options.subprotocols.append("x"_ba);
                else
                    options.first.append(TestClientMessage{false, "x"});
            }
            const QByteArray file = workspaceFile(workspace);
            const auto read = readWorkspace(file);
            QCOMPARE(read.ok(), count == 1'000);
            QCOMPARE(faultOfFile(workspace, file).has_value(), !read.ok());
            if (read.ok())
                QCOMPARE(workspaceFile(read.value()), file);
            else
                QCOMPARE(*faultOfFile(workspace, file), read.error().code);
        }
        Workspace large;
        large.messages = {{u"m"_s, "text", QString(largestWorkspace, u'x')}};
        QVERIFY(faultOfFile(large, workspaceFile(large)) == WorkspaceFault::TooLarge);
    }

    void bringsValuesIntoTheirBounds()
    {
        const QByteArray connection = "{\"openingMs\":-1,\"maxRedirects\":9999,\"pingMs\":\"x\",\"deflate\":{"
                                      "\"serverMaxWindowBits\":99},\"headers\":7, "
                                      "\"proxy\":{\"kind\":\"nonsense\",\"port\":99999999},\"first\":{\"a\":1},"
                                      "\"answerPings\":\"no\",\"fromTomorrow\":1}";
        const auto read =
            readWorkspace("{\"glasshouse\":\"workspace\",\"version\":1,\"variables\":[{\"name\":\"a "
                          "b\"},{\"name\":\"x\",\"value\":\"1\"}, "
                          "{\"name\":\"x\",\"value\":\"2\"},7],\"token\":{\"way\":\"pigeon\"},\"connection\":"
                          + connection + "}");
        QVERIFY(read.ok());
        const TestClientOptions &options = read.value().connection.options;
        QCOMPARE(options.openingMs, 100);
        QCOMPARE(options.maxRedirects, 50);
        QCOMPARE(options.pingMs, 0);
        QCOMPARE(options.deflate.serverMaxWindowBits, 15);
        QVERIFY(options.headers.isEmpty());
        QCOMPARE(options.proxy.kind, TestClientProxy::Kind::None);
        QCOMPARE(options.proxy.port, 65'535);
        QVERIFY(options.answerPings);
        QCOMPARE(read.value().connection.tokenWay, TokenWay::None);
        QCOMPARE(read.value().variables, (QList<DraftVariable>{{u"x"_s, u"1"_s}}));
        QCOMPARE(read.value().ignored, QStringList{u"fromTomorrow"_s});
    }

    void putsATokenInItsPlace_data()
    {
        QTest::addColumn<TokenWay>("way");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<QList<QByteArray>>("subprotocols");
        QTest::addColumn<QByteArray>("first");
        const QString plain = u"ws://h/main?a=x%26y"_s;
        QTest::newRow("none") << TokenWay::None << plain << ""_ba << QList<QByteArray>{"chat"} << ""_ba;
        QTest::newRow("header") << TokenWay::Header << plain << "Bearer s&cret"_ba << QList<QByteArray>{"chat"}
                                << ""_ba;
        QTest::newRow("query") << TokenWay::Query << plain + u"&token=s%26cret"_s << ""_ba << QList<QByteArray>{"chat"}
                               << ""_ba;
        QTest::newRow("subprotocol") << TokenWay::Subprotocol << plain << ""_ba
                                     << QList<QByteArray>{"chat", "bearer.s&cret"} << ""_ba;
        QTest::newRow("message") << TokenWay::Message << plain << ""_ba << QList<QByteArray>{"chat"}
                                 << "{\"type\":\"auth\",\"data\":{\"token\":\"s&cret\"}}"_ba;
    }
    void putsATokenInItsPlace()
    {
        QFETCH(TokenWay, way);
        TextVariables variables;
        setOwnVariables(variables, {{u"token"_s, u"s&cret"_s, true}, {u"room"_s, u"main"_s}, {u"a"_s, u"x&y"_s}});
        ConnectionDraft draft{u"ws://h/{{room}}?a={{a}}"_s, {}, way, u" {{token}} "_s};
        draft.options.subprotocols = {"chat"};
        const FilledDraft filled = fillDraft(draft, variables);
        QVERIFY(!filled.fault);
        QTEST(filled.options.url.toString(QUrl::FullyEncoded), "address");
        QTEST(filled.options.headers.isEmpty() ? QByteArray() : filled.options.headers[0].value, "authorization");
        QTEST(filled.options.subprotocols, "subprotocols");
        QTEST(filled.options.first.isEmpty() ? QByteArray() : filled.options.first[0].bytes, "first");
    }

    void saysWhichTextIsWrong()
    {
        TextVariables variables;
        setOwnVariables(variables, {{u"token"_s, {}, true}});
        ConnectionDraft draft{u"ws://h/"_s, {}, TokenWay::None, u"{{token}}"_s};
        QVERIFY(!fillDraft(draft, variables).fault); // not used
        draft.tokenWay = TokenWay::Header;
        FilledDraft filled = fillDraft(draft, variables);
        QVERIFY(filled.fault);
        QCOMPARE(int(*filled.fault->fault), int(VariableFault::Missing));
        QCOMPARE(int(filled.place.kind), int(DraftText::Kind::Token));
        draft.address = u"ws://h/?x={{nobody}}"_s;
        filled = fillDraft(draft, variables);
        QCOMPARE(int(filled.place.kind), int(DraftText::Kind::Address));
        QCOMPARE(filled.fault->position, 10);
        draft.address = u"ws://h/"_s;
        draft.options.headers = {{"X-A", "{{nobody}}"}};
        QCOMPARE(draftTextName(fillDraft(draft, variables).place), u"the header “X-A”"_s);
    }
};

QTEST_APPLESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
