// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/connectiondraft.h"
#include "client/drafts/seenkeys.h"
#include "client/testclient.h"
#include "ui/base/plainlabels.h"
#include "ui/client/clientlog.h"
#include "ui/client/handshakefacts.h"
#include "ui/messages/background.h"

#include <QMainWindow>
#include <functional>

class QComboBox;
class QSettings;
class QSplitter;
class QTabWidget;
class QToolButton;

namespace glasshouse {

class ClientStatusLine;
class ConnectionPage;
class DoctorPanel;
struct CapturedRow;
struct FilledDraft;
class HandshakePage;
struct ImportedConnection;
class MemorySource;
class MessageLogPanel;
class MessagePage;
struct OutgoingMessage;
class VariablesDialog;
class WorkspaceFiles;
struct Workspace;

/// The second window: one test client with its log. Several can be open; each has a connection of its own. Deletes itself
/// when it is closed only if its creator says so (Qt::WA_DeleteOnClose).
class TestClientWindow final : public QMainWindow
{
    Q_OBJECT
public:
    explicit TestClientWindow(QSettings &settings, QWidget *parent = nullptr);
    ~TestClientWindow() override;

    /// Asked at each connect: the fingerprint of the certificate that is known to be behind an address; empty: unknown.
    void setKnownCertificates(std::function<QByteArray(const QUrl &)> known) { m_known = std::move(known); }
    /// What was restored goes to no other server than the one that it is of: it is left out then, and kept.
    void open(const QUrl &url, bool connectNow);
    /// The same with all that is known of how somebody else connected.
    void openLike(const ImportedConnection &connection, bool connectNow);
    [[nodiscard]] WorkspaceFiles *workspaceFiles() const { return m_files; }
    /// All that is set up here, secrets too.
    [[nodiscard]] Workspace workspace() const;
    void setWorkspace(const Workspace &workspace);
    /// Puts a text or binary message into the editor; nothing is sent.
    void write(const CapturedRow &row);
    /// All messages of the log, in the format of the server's captures, into a folder that is empty or not there yet.
    void saveSession(const QString &folder);
    [[nodiscard]] TestClientState state() const { return m_client.state(); }

private:
    QSettings &m_settings;
    PlainLabels m_plainLabels; ///< before the first label
    TextVariables m_texts;     ///< of all that is written here
    MemorySource *m_source;
    ClientStatusLine *m_status;
    MessagePage *m_message;
    ConnectionPage *m_connection;
    HandshakePage *m_handshake;
    DoctorPanel *m_doctor;
    MessageLogPanel *m_log;
    VariablesDialog *m_variables;
    WorkspaceFiles *m_files;
    QComboBox *m_url;
    QTabWidget *m_tabs;
    QSplitter *m_splitter;
    QList<int> m_sizesOfOthers; ///< of the splitter, while the doctor has more room; empty: it has not
    QAction *m_connect;
    QAction *m_disconnect;
    QAction *m_abort;
    QAction *m_lastSetup;  ///< brings m_leftOut back
    QToolButton *m_button; ///< connects or disconnects
    ClientLog m_records;
    SeenKeys m_keys;
    quint64 m_keysTo = 0;  ///< rows before it have taught theirs
    QString m_restoredFor; ///< address of the setup, if it is that of another window; empty: it is of this one
    std::optional<ConnectionDraft> m_leftOut; ///< such a setup, which is for another server
    QUrl m_suggestion;                        ///< of the last ending, as it is
    TestClientEnding m_lastEnding;            ///< without secrets
    HandshakeFacts m_facts;                   ///< of this attempt
    bool m_isRedirected = false;              ///< the attempt to come belongs to the one before
    int m_waiting = 0;                        ///< messages, for a connection
    Background<QString> m_saving;             ///< of a session
    QTimer m_refresh;                         ///< until values of the last message are shown
    bool m_leaving = false;                   ///< it was closed, and the server is being told
    std::function<QByteArray(const QUrl &)> m_known;
    TestClient m_client; ///< the last member: it goes first, while the others still listen to nothing

    void closeEvent(QCloseEvent *event) override;
    void buildUrlBar();
    void buildActions();
    void buildLayout();
    void buildMenus();
    void buildWorkspaceMenu();
    void connectClient();
    void connectFrames();
    void connectFacts();
    void connectPages();
    void connectWriting();
    void connectDoctor();
    void makeRoomForDoctor();
    void restore();
    void leaveSetupOfOthers(const QUrl &url);
    void takeLastSetup();
    void save();
    void putLayoutBack();
    /// What the next connection is told.
    [[nodiscard]] FilledDraft nextDraft(TextVariables &texts) const;
    void startConnection();
    void explainFault(const FilledDraft &draft);
    void takeSuggestion();
    /// An address with variables in the places of their secret values, and without the token.
    [[nodiscard]] QString withVariables(const QUrl &url) const;
    void endConnection();
    void rememberUrl();
    void showState(TestClientState state);
    void showOpened(const QByteArray &subprotocol, const QByteArray &head);
    void showEnding(const TestClientEnding &whole);
    void send(const OutgoingMessage &message);
    void explain(TestClientSend result);
    [[nodiscard]] QString whyNotSent(TestClientSend result) const;
    void setWaiting(int messages);
    void beginAttempt();
    void chooseSession();
    void showImport();
    void say(const QString &words);
    [[nodiscard]] QStringList seenKeys();
    /// Without the values of secret variables and the token.
    [[nodiscard]] QByteArray hidden(QByteArray text) const;
    [[nodiscard]] QByteArrayList secrets() const;
    [[nodiscard]] QUrl shownUrl(const QUrl &url) const;
};

} // namespace glasshouse
