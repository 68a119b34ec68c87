// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
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

#include <QMessageBox>
#include <QSettings>
#include <QSignalSpy>
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
            << u"ws://h/x?token=a{{t}}"_s << u"ws://h/x?token={{token}}"_s << u""_s; // asked for
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
        const QString shown = window.findChild<HandshakePage *>()->text() + window.windowTitle();
        QVERIFY2(!shown.contains(u"s/cret"_s) && !shown.contains(u"s%2Fcret"_s), qPrintable(shown));
    }
};

QTEST_MAIN(TestWorkspaceFiles)
#include "tst_workspacefiles.moc"
