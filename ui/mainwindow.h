// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/importedconnection.h"
#include "match/conditioncompletion.h"
#include "server/host.h"
#include "ui/base/appearance.h"
#include "ui/base/plainlabels.h"
#include "ui/models/capturesource.h"
#include "ui/models/connectionsmodel.h"
#include "ui/models/eventsmodel.h"
#include "ui/models/roomsmodel.h"
#include "ui/panels/notifier.h"

#include <QMainWindow>
#include <functional>

class QSettings;
class QTabWidget;

namespace glasshouse {

class ConnectionDetails;
class ConnectionsPanel;
class DoctorDesk;
class EndingsWindow;
class EventsPanel;
class GamesDesk;
class JoinPanel;
class MainLayout;
class MessageLogPanel;
class RoomPage;
class RowGuide;
class RoomsPanel;
class ServerBar;
class StatusLine;
class SummaryLine;
struct MessageContext;
struct Remedy;

/// Host and monitor: puts the panels together. Host and settings must outlive it. Each panel is a member, and each thing that
/// has to be done between two of them a short function: so it has more of both than others.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// Takes the configuration from the settings, over the host's.
    MainWindow(Host &host, QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// What the next start uses. Not stored: the command line is for this time only.
    void setConfig(const ServerConfig &config);
    [[nodiscard]] const ServerConfig &config() const { return m_config; }
    /// Asked before a configuration is put in force: reasons against it, for people; none: it may.
    void setStartCheck(std::function<QStringList(const ServerConfig &)> check) { m_startCheck = std::move(check); }
    void startServer() { startServer(m_config); }
    /// Says why something did not happen.
    void showFault(const QString &text);

signals:
    /// Somebody wants a test client that is connected to this address.
    void testClientRequested(const QUrl &url);
    /// The same, connected as somebody else was; without secrets.
    void twinRequested(const glasshouse::ImportedConnection &connection);
    /// Somebody wants such a client to have this message in its editor.
    void resendRequested(const QUrl &url, const glasshouse::CapturedRow &row);
    /// The user has closed it, and meant it.
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    Host &m_host;
    QSettings &m_settings;
    ServerConfig m_config;
    std::function<QStringList(const ServerConfig &)> m_startCheck;
    PlainLabels m_plainLabels; ///< before the first label
    AppearanceSwitch m_appearance;
    Notifier *m_notifier;
    CaptureSource m_capture;
    ConnectionsModel m_connectionsModel;
    RoomsModel m_roomsModel;
    EventsModel m_eventsModel;
    quint64 m_faults = 0;        ///< of this run, as far as it is known
    bool m_messageLeads = false; ///< the details are those of the selected message's connection
    ServerBar *m_bar;
    JoinPanel *m_join;
    ConnectionsPanel *m_connections;
    RoomsPanel *m_rooms;
    RoomPage *m_room;
    MessageLogPanel *m_log;
    ConnectionDetails *m_details;
    EventsPanel *m_events;
    SummaryLine *m_summary;
    StatusLine *m_status;
    RowGuide *m_guide;
    GamesDesk *m_desk;
    DoctorDesk *m_doctor;
    EndingsWindow *m_endings = nullptr;  ///< when it was asked for
    EndingStatistics m_endingStatistics; ///< the last ones
    QTabWidget *m_pages;
    MainLayout *m_layout = nullptr;
    enum Page { ConnectionsPage, RoomsPage };

    void layOut();
    void buildPages();
    void showPage(Page page);
    void buildMenus();
    void buildViewMenu();
    void addAppearance(QMenu *menu);
    void connectHost();
    void connectBar();
    void connectConnections();
    void connectGuide();
    void connectRooms();
    void connectRoomPage();

    void showState();
    void apply(const Snapshot &snapshot);
    void tellOfFaults(quint64 faults);
    [[nodiscard]] const ConnectionEntry *shownConnection() const;
    void showSelected();
    void showEmptiness();
    void showEndings();
    void takeEndings(const EndingStatistics &statistics);
    void showRoom(const QString &room);
    void beginRun();
    void showConnection(ConnectionId connection, int run);
    void goToFault();
    void startServer(const ServerConfig &config);
    void tellNotStarted(const QString &why);
    void takeRemedy(const Remedy &remedy);
    void narrowLog();
    [[nodiscard]] KnownValues knownValues() const;
    void takeNarrowing(const QList<ConnectionId> &connections);
    [[nodiscard]] MessageContext openings() const;
    void openTwin(ConnectionId connection);
    void openTestClient();
    void connectDoctor();
    void examineLike(ConnectionId connection);
    void resend(const CapturedRow &row);
    void stopServer();
    void editSettings(const QByteArray &option = {});
    void showOption(const QByteArray &option);
    void showProxy();
    void showEvents();
    [[nodiscard]] bool isUp() const;
    void changeConfig(const ServerConfig &config);
    void keepConfig(const ServerConfig &config);
    [[nodiscard]] QStringList reasonsAgainst(const ServerConfig &config) const;
    void showReloaded(const QStringList &needRestart);
    void updatePolling();
    void saveLayout();
    void restoreLayout();
    void putLayoutBack();
    void about();
};

} // namespace glasshouse
