// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclient.h"
#include "ui/base/plainlabels.h"
#include "ui/client/clientanswers.h"
#include "ui/client/payloadcheck.h"

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
class HandshakePage;
class MemorySource;
class MessageLogPanel;
class MessagePage;

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
    void open(const QUrl &url, bool connectNow);
    /// Puts a text or binary message into the editor; nothing is sent.
    void write(const CapturedRow &row);
    [[nodiscard]] TestClientState state() const { return m_client.state(); }

private:
    QSettings &m_settings;
    PlainLabels m_plainLabels; ///< before the first label
    MemorySource *m_source;
    ClientStatusLine *m_status;
    MessagePage *m_message;
    ConnectionPage *m_connection;
    HandshakePage *m_handshake;
    DoctorPanel *m_doctor;
    MessageLogPanel *m_log;
    QComboBox *m_url;
    QTabWidget *m_tabs;
    QSplitter *m_splitter;
    QList<int> m_sizesOfOthers; ///< of the splitter, while the doctor has more room; empty: it has not
    QAction *m_connect;
    QAction *m_disconnect;
    QAction *m_abort;
    QToolButton *m_button; ///< connects or disconnects
    quint32 m_attempts = 0;
    ClientAnswers m_answers;
    bool m_leaving = false; ///< it was closed, and the server is being told
    std::function<QByteArray(const QUrl &)> m_known;
    TestClient m_client; ///< the last member: it goes first, while the others still listen to nothing

    void closeEvent(QCloseEvent *event) override;
    void buildUrlBar();
    void buildActions();
    void buildLayout();
    void buildMenus();
    void connectClient();
    void connectPages();
    void connectDoctor();
    void makeRoomForDoctor();
    void restore();
    void save();
    void putLayoutBack();
    [[nodiscard]] TestClientOptions nextOptions() const;
    void startConnection();
    void endConnection();
    void rememberUrl();
    void showState(TestClientState state);
    void showOpened(const QByteArray &subprotocol, const QByteArray &head);
    void showEnding(const TestClientEnding &whole);
    void explain(TestClientSend result);
    void record(const FrameHeader &header, const QByteArray &payload, qint64 timeUs, quint8 flags,
                FrameViolation violation);
    void note(quint8 eventKind, const QByteArray &json);
};

} // namespace glasshouse
