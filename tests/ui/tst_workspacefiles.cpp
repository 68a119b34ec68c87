// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/capturestore.h"
#include "tests/client/fakeserver.h"
#include "ui/client/clientstatusline.h"
#include "ui/client/connectionpage.h"
#include "ui/client/handshakepage.h"
#include "ui/client/importdialog.h"
#include "ui/client/messagepage.h"
#include "ui/client/testclientwindow.h"
#include "ui/client/variablesdialog.h"
#include "ui/client/workspacefiles.h"
#include "ui/client/workspacesecrets.h"
#include "ui/doctor/doctorpanel.h"
#include "ui/log/messagecopier.h"
#include "ui/log/messagelogpanel.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/tableview.h"

#include <QMessageBox>
#include <QSettings>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

Workspace secretive(const QString &address)
{
    Workspace workspace;
    workspace.connection.address = address;
    workspace.connection.options.headers = {{"Authorization", "Bearer hush"}, {"X-Plain", "{{room}}"}};
    workspace.variables = {{u"room"_s, u"main"_s}};
    workspace.messages = {{u"Hi"_s, "json", u"{\"a\":1}"_s}};
    return workspace;
}

} // namespace

class TestWorkspaceFiles final : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_dir;
    std::unique_ptr<QSettings> m_settings;

private slots:
    void init()
    {
        QFile::remove(m_dir.filePath(u"settings.ini"_s));
        m_settings = std::make_unique<QSettings>(m_dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
    }

    void goesIntoAFileAndBack()
    {
        FakeServer server;
        const QString path = m_dir.filePath(u"one.json"_s);
        TestClientWindow window(*m_settings);
        window.setWorkspace(secretive(server.url().toString()));
        QSignalSpy told(window.workspaceFiles(), &WorkspaceFiles::told);
        QVERIFY(window.workspaceFiles()->save(path));
        QVERIFY2(!contents(path).contains("hush"), contents(path).constData());
        QVERIFY(told.last().at(0).toString().contains(u"authorization"_s));
        // here the value is still known
        QCOMPARE(window.workspace().connection.options.headers[0].value, "Bearer {{authorization}}"_ba);
        window.open(server.url(), true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        QVERIFY(server.last()->raw().contains("Authorization: Bearer hush\r\n"));
        QVERIFY(server.last()->raw().contains("X-Plain: main\r\n"));
        QVERIFY(!window.findChild<HandshakePage *>()->text().contains(u"hush"_s));

        TestClientWindow other(*m_settings);
        QVERIFY(other.workspaceFiles()->open(path));
        QCOMPARE(other.workspace().connection.address, server.url().toString());
        QCOMPARE(other.workspace().messages, window.workspace().messages);
        QCOMPARE(other.workspace().variables.size(), 2);
        QVERIFY(other.workspace().variables[1].isSecret && other.workspace().variables[1].value.isEmpty());
    }

    void asksForAValueThatIsMissing()
    {
        FakeServer server;
        TestClientWindow window(*m_settings);
        Workspace workspace = secretive(server.url().toString());
        takeSecrets(workspace);
        workspace.variables[1].value.clear();
        window.setWorkspace(workspace);
        window.show();
        window.open(server.url(), true);
        QCOMPARE(window.state(), TestClientState::Idle);
        const QString said = window.findChild<ClientStatusLine *>()->text();
        QVERIFY2(said.contains(u"Authorization"_s) && said.contains(u"no value"_s), qPrintable(said));
        auto *dialog = window.findChild<VariablesDialog *>();
        QVERIFY(dialog->isVisible());
        auto *table = dialog->findChild<QTableWidget *>();
        QCOMPARE(table->currentRow(), 1);
        table->item(1, 1)->setText(u"hush"_s);
        window.open(server.url(), true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        QVERIFY(server.last()->raw().contains("Authorization: Bearer hush\r\n"));
    }

    void noDoctorExaminesWhatIsUnfinished()
    {
        TestClientWindow window(*m_settings);
        Workspace workspace;
        workspace.connection.address = u"ws://127.0.0.1:1/?t={{token}}"_s;
        workspace.variables = {{u"token"_s, {}, true}};
        window.setWorkspace(workspace);
        window.show();
        auto *doctor = window.findChild<DoctorPanel *>();
        doctor->examineAsked();
        QVERIFY(doctor->isIdle());
        const QString said = window.findChild<ClientStatusLine *>()->text();
        QVERIFY2(said.contains(u"token"_s) && said.contains(u"no value"_s), qPrintable(said));
    }

    void aFileThatIsNoneChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("empty") << ""_ba;
        QTest::newRow("no JSON") << "{\"glasshouse\":"_ba;
        QTest::newRow("another") << "{\"name\":\"collection\"}"_ba;
        QTest::newRow("newer") << "{\"glasshouse\":\"workspace\",\"version\":99}"_ba;
    }
    void aFileThatIsNoneChangesNothing()
    {
        QFETCH(QByteArray, file);
        const QString path = m_dir.filePath(u"broken.json"_s);
        write(path, file);
        TestClientWindow window(*m_settings);
        window.setWorkspace(secretive(u"ws://h/"_s));
        const QByteArray before = workspaceFile(window.workspace());
        QVERIFY(!window.workspaceFiles()->open(path));
        QCOMPARE(workspaceFile(window.workspace()), before);
        QVERIFY(window.findChild<QMessageBox *>() != nullptr);
        QVERIFY(m_settings->value(u"testClient/recentWorkspaces"_s).toStringList().isEmpty());
    }

    void aFileThatCanNotBeWrittenIsSaid()
    {
        TestClientWindow window(*m_settings);
        window.setWorkspace(secretive(u"ws://h/"_s));
        QVERIFY(!window.workspaceFiles()->save(u"/proc/nowhere/one.json"_s));
        QVERIFY(window.findChild<QMessageBox *>() != nullptr);
        QCOMPARE(window.workspace().connection.options.headers[0].value, "Bearer hush"_ba);
        QVERIFY(!window.workspaceFiles()->open(m_dir.filePath(u"nobody.json"_s)));
    }

    void whatOneCanNotReadIsNamed()
    {
        const QString path = m_dir.filePath(u"later.json"_s);
        write(path, "{\"glasshouse\":\"workspace\",\"version\":1,\"connection\":{\"fromTomorrow\":1}}");
        TestClientWindow window(*m_settings);
        QSignalSpy told(window.workspaceFiles(), &WorkspaceFiles::told);
        QVERIFY(window.workspaceFiles()->open(path));
        QVERIFY(told.last().at(0).toString().contains(u"fromTomorrow"_s));
    }

    void secretsBecomeVariables_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("value"); // of the only variable; null: there is none
        QTest::newRow("none") << u"ws://h/x?a=1"_s << u"ws://h/x?a=1"_s << QString();
        QTest::newRow("a variable") << u"ws://h/x?token={{t}}"_s << u"ws://h/x?token={{t}}"_s << QString();
        QTest::newRow("a parameter") << u"ws://h/x?token=a%26b&c"_s << u"ws://h/x?token={{token}}&c"_s << u"a&b"_s;
        QTest::newRow("mixed with a variable")
            << u"ws://h/x?token=a{{t}}"_s << u"ws://h/x?token={{token}}{{t}}"_s << u"a"_s;
        QTest::newRow("a password") << u"ws://me:pw@h/x"_s << u"ws://me:{{password}}@h/x"_s << u"pw"_s;
        QTest::newRow("an own name stays")
            << u"ws://h/x?access_token=1"_s << u"ws://h/x?access_token={{access-token}}"_s << u"1"_s;
    }
    void secretsBecomeVariables()
    {
        QFETCH(QString, address);
        QFETCH(QString, value);
        Workspace workspace;
        workspace.connection.address = address;
        const QStringList names = takeSecrets(workspace);
        QTEST(workspace.connection.address, "after");
        QCOMPARE(names.size(), value.isNull() ? 0 : 1);
        if (!value.isNull())
            QCOMPARE(workspace.variables.value(0).value, value);
        QVERIFY(takeSecrets(workspace).isEmpty()); // once
    }

    void savingChangesNothingThatIsSaid()
    {
        FakeServer server;
        TestClientWindow window(*m_settings);
        Workspace workspace;
        workspace.connection.address = server.url().toString();
        workspace.connection.options.headers = {{"Cookie", "sid=hush; lang={{lang}}"}};
        const QByteArray message = "{\"n\":{{lang}},password:\"hush\"}"; // is no JSON, and taken as a whole
        workspace.connection.options.first = {{false, message}};
        workspace.variables = {{u"lang"_s, u"de"_s}};
        window.setWorkspace(workspace);
        const QString path = m_dir.filePath(u"mixed.json"_s);
        QVERIFY(window.workspaceFiles()->save(path));
        QVERIFY2(!contents(path).contains("hush"), contents(path).constData());
        QVERIFY2(contents(path).contains("{{lang}}"), contents(path).constData());
        window.open(server.url(), true);
        QTRY_VERIFY(!server.peers.isEmpty() && server.last()->frames.size() == 1);
        QVERIFY2(server.last()->raw().contains("Cookie: sid=hush; lang=de\r\n"), server.last()->raw().constData());
        QCOMPARE(server.last()->frames[0].second, "{\"n\":de,password:\"hush\"}"_ba);
    }

    void takesSecretsOutOfAMessage_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("after");
        const QString blob(30'000, u'x');
        QTest::newRow("behind a long member") << u"{\"blob\":\"%1\",\"password\":\"hush\"}"_s.arg(blob)
                                              << u"{\"blob\":\"%1\",\"password\":\"{{password}}\"}"_s.arg(blob);
        QTest::newRow("a name with an escape")
            << u"{\"passw\\u006frd\":\"hush\"}"_s << u"{\"passw\\u006frd\":\"{{password}}\"}"_s;
        QTest::newRow("a list") << u"{\"tokens\": [\"hush\", 1]}"_s << u"{\"tokens\": [\"{{tokens}}\", 1]}"_s;
        QTest::newRow("a value outside of quotes")
            << u"{\"n\":{{counter}},\"password\":\"hush\"}"_s << u"{\"n\":{{counter}},\"password\":\"{{password}}\"}"_s;
        QTest::newRow("JSON as a text") << u"{\"body\":\"{\\\"password\\\":\\\"hush\\\"}\"}"_s
                                        << u"{\"body\":\"{{body}}\"}"_s;
        QTest::newRow("no JSON") << u"{\"a\":1,password:\"hush\"}"_s << u"{{message}}"_s;
        QTest::newRow("not ended") << u"{\"password\":\"hush"_s << u"{{message}}"_s;
        QTest::newRow("braces around it") << u"{{\"password\":\"hush\"}}"_s << u"{{message}}"_s;
        QTest::newRow("nothing secret") << u"{\"a\":[1,\"x\",{\"b\":\"\"}]}"_s << u"{\"a\":[1,\"x\",{\"b\":\"\"}]}"_s;
        QTest::newRow("nothing secret, no JSON") << u"{\"a\":"_s << u"{\"a\":"_s;
    }
    void takesSecretsOutOfAMessage()
    {
        QFETCH(QString, text);
        Workspace workspace;
        workspace.messages = {{u"Hi"_s, "json", text}};
        takeSecrets(workspace);
        QTEST(workspace.messages[0].text, "after");
        QVERIFY(takeSecrets(workspace).isEmpty()); // once
        QVERIFY(!workspaceFile(workspace).contains("hush"));
    }

    /// It runs where people type: each is gone by once.
    void takesManySecretsOutOfAMessage()
    {
        constexpr int count = 20'000;
        QByteArray text = "{\"a\":0";
        for (int i = 0; i < count; ++i)
            text += ",\"k" + QByteArray::number(i) + "\":\"x\",\"password\":\"hush" + QByteArray::number(i % 500) + '"';
        Workspace workspace;
        workspace.messages = {{u"Hi"_s, "json", QString::fromUtf8(text + '}')}};
        QCOMPARE(takeSecrets(workspace).size(), 500);
        QCOMPARE(workspace.messages[0].text.count(u"{{password"_s), count);
        QVERIFY(!workspaceFile(workspace).contains("hush"));
    }

    void aVariableThatIsSecretIsHeldSo()
    {
        const QString path = m_dir.filePath(u"unticked.json"_s);
        TestClientWindow window(*m_settings);
        Workspace workspace;
        workspace.variables = {
            {u"my-token"_s, u"hush"_s}, {u"x"_s, u"eyJhbGciOiJIUzI1NiJ9.e30.hush"_s}, {u"room"_s, u"main"_s}};
        window.setWorkspace(workspace);
        QSignalSpy told(window.workspaceFiles(), &WorkspaceFiles::told);
        QVERIFY(window.workspaceFiles()->save(path));
        QVERIFY2(!contents(path).contains("hush"), contents(path).constData());
        QVERIFY(contents(path).contains("main"));
        QVERIFY(told.last().at(0).toString().contains(u"my-token, x"_s));
        const QList<DraftVariable> here = window.workspace().variables;
        QCOMPARE(here[0], (DraftVariable{u"my-token"_s, u"hush"_s, true}));
        QVERIFY(here[1].isSecret && !here[2].isSecret);
    }

    /// It says where a secret goes, and may say: to me.
    void aFileGetsNoValueOfThisWindow()
    {
        const QString path = m_dir.filePath(u"stranger.json"_s);
        write(path,
              "{\"glasshouse\":\"workspace\",\"version\":1,\"address\":\"ws://there/?t={{token}}\","
              "\"variables\":[{\"name\":\"token\",\"secret\":true}]}");
        TestClientWindow window(*m_settings);
        Workspace workspace;
        workspace.variables = {{u"token"_s, u"hush"_s, true}};
        window.setWorkspace(workspace);
        QVERIFY(window.workspaceFiles()->open(path));
        QCOMPARE(window.workspace().variables, (QList<DraftVariable>{{u"token"_s, {}, true}}));
    }

    void whatNobodyCouldReadAgainIsNotSaved()
    {
        const QString path = m_dir.filePath(u"large.json"_s);
        {
            TestClientWindow window(*m_settings);
            window.setWorkspace(secretive(u"ws://h/"_s));
            QVERIFY(window.workspaceFiles()->save(path));
            window.close();
        }
        const QByteArray before = contents(path);
        {
            TestClientWindow window(*m_settings);
            Workspace workspace = secretive(u"ws://h/"_s);
            workspace.messages = {{u"Large"_s, "text", QString(5'000'000, u'x')}};
            window.setWorkspace(workspace);
            QVERIFY(!window.workspaceFiles()->save(path));
            QVERIFY(window.findChild<QMessageBox *>()->text().contains(u"MiB"_s)
                    || window.findChild<QMessageBox *>()->informativeText().contains(u"MiB"_s));
            window.close();
        }
        QCOMPARE(contents(path), before);
        TestClientWindow window(*m_settings);
        QCOMPARE(window.workspace().messages.value(0).name, u"Hi"_s);
        QVERIFY2(window.statusBar()->currentMessage().contains(u"MiB"_s),
                 qPrintable(window.statusBar()->currentMessage()));
        window.close();
        TestClientWindow next(*m_settings);
        QVERIFY(next.statusBar()->currentMessage().isEmpty()); // once
    }

    void readsALine()
    {
        TestClientWindow window(*m_settings);
        ImportDialog dialog;
        QSignalSpy imported(&dialog, &ImportDialog::imported);
        dialog.setLine(u"wscat -c"_s);
        QVERIFY(dialog.verdict().contains(u"-c"_s));
        dialog.accept();
        QVERIFY(imported.isEmpty());
        dialog.setLine(u"wscat -c 'ws://h/x?token=hush' -H X-A:b -w 3"_s);
        QVERIFY2(!dialog.verdict().contains(u"hush"_s) && dialog.verdict().contains(u"-w"_s),
                 qPrintable(dialog.verdict()));
        dialog.accept();
        QCOMPARE(imported.size(), 1);
        window.openLike(imported.at(0).at(0).value<ImportedConnection>(), false);
        QCOMPARE(window.workspace().connection.address, u"ws://h/x?token=hush"_s);
        QCOMPARE(window.workspace().connection.options.headers[0].value, "b"_ba);
        QCOMPARE(window.state(), TestClientState::Idle);
    }

    void aSecretVariableShowsNowhere()
    {
        FakeServer server;
        TestClientWindow window(*m_settings);
        Workspace workspace;
        workspace.variables = {{u"key"_s, u"s/cret"_s, true}};
        workspace.connection.options.headers = {{"X-Odd", "{{key}}"}};
        window.setWorkspace(workspace);
        window.open(QUrl(server.url().toString() + u"odd"_s), false);
        window.openLike({.draft = {server.url().toString() + u"?odd={{key}}"_s, workspace.connection.options, {}, {}}},
                        true);
        QTRY_COMPARE(window.state(), TestClientState::Open);
        QVERIFY(server.last()->raw().contains("X-Odd: s/cret\r\n"));
        auto *doctor = window.findChild<DoctorPanel *>();
        doctor->examineAsked();
        doctor->stop();
        const QString examined = doctor->diagnosis().url.toString(QUrl::FullyEncoded);
        QVERIFY2(examined.contains(u"odd="_s) && !examined.contains(u"cret"_s), qPrintable(examined));
        auto *log = window.findChild<MessageLogPanel *>();
        server.last()->send(Opcode::Text, "{\"odd\":\"s/cret\"}");
        QTRY_COMPARE(log->model()->rowCount(), 2);
        const QString folder = m_dir.filePath(u"log"_s);
        window.saveSession(folder);
        QTRY_VERIFY(window.statusBar()->currentMessage().contains(u"Saved"_s));
        CaptureStore store;
        QVERIFY(store.open(folder).ok());
        QCOMPARE(store.row(1)->payload, "{\"odd\":\"[redacted]\"}"_ba);
        log->findChild<TableView *>()->selectRow(1);
        auto *copier = window.findChild<MessageCopier *>();
        const QString file = m_dir.filePath(u"log.jsonl"_s);
        copier->saveTo(file, MessageCopier::formatOf(file, messageFormats().first()));
        QTRY_VERIFY(contents(file).contains("[redacted]"));
        QVERIFY2(!contents(file).contains("s/cret"), contents(file).constData());
        const QString shown = window.findChild<HandshakePage *>()->text() + window.windowTitle();
        QVERIFY2(!shown.contains(u"s/cret"_s) && !shown.contains(u"s%2Fcret"_s), qPrintable(shown));
    }
};

QTEST_MAIN(TestWorkspaceFiles)
#include "tst_workspacefiles.moc"
