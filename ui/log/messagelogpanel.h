// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditioncompletion.h"
#include "ui/filter/seenpaths.h"
#include "ui/models/messagesmodel.h"

#include <QWidget>
#include <functional>
#include <optional>

class QAction;
class QTableView;

namespace glasshouse {

class DetailsSplitter;
class FilterChips;
class KeptColours;
class LogColours;
class LogCursor;
class LogFooter;
class LogWatch;
class MatchSteps;
class MessageDetails;
class MessageFilterBar;
class PathColumns;
class SelectionActions;
class TableView;

/// The message log: filter bar, table and details, over any MessageSource, which must outlive it. Follows the newest row until
/// somebody scrolls up or selects one; never takes the selection away.
class MessageLogPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit MessageLogPanel(MessageSource *source, QWidget *parent = nullptr);
    ~MessageLogPanel() override;

    /// Narrows the log to some connections; an empty list lifts it. `label` names them: "#7 Ada", "room main". A selected message
    /// of another connection is selected no more.
    void setConnectionFilter(QList<ConnectionId> connections);
    void setConnectionFilter(QList<ConnectionId> connections, const QString &label);
    /// A log of one connection needs neither the column nor the button.
    void setConnectionsShown(bool shown);
    /// In the words of a client: what it sent and received, instead of what came in and went out.
    void setSeenFromClient(bool client);
    /// Players, rooms and connections, to complete conditions with; asked while somebody types.
    void setKnownBeside(std::function<KnownValues()> known);
    /// The rules that colour it, with the logs of other windows; must outlive it. Before restoreState().
    void setKeptColours(KeptColours &kept);
    /// What stands there while there are no messages at all.
    void setEmptyText(const QString &text);
    /// What is done with the selected messages.
    [[nodiscard]] SelectionActions *selection() const { return m_selection; }
    /// The source is about to hold another run: the log says that the messages it has now are in the folder of their session, and
    /// counts them with those of the runs before that lie beside it.
    void leaveRun(const QString &sessionFolder);
    /// A further pane next to the message's details.
    void addDetailsPane(QWidget *pane);
    void setDetailsVisible(bool visible);
    /// Puts the details where there is room for them; by itself it does so when its window has another size.
    void arrange();
    /// Where they stand: a choice, for a menu.
    [[nodiscard]] QList<QAction *> placeActions() const { return m_places; }

    [[nodiscard]] QByteArray saveState() const;
    bool restoreState(const QByteArray &state);
    /// As at the first start: columns, and where the details stand.
    void resetLayout();

    /// Leads somebody to a row. False: the log does not show it, and its details do.
    bool goTo(quint64 number);
    /// Of the selected message.
    [[nodiscard]] std::optional<ConnectionId> selectedConnection() const;
    /// Find, pause, follow, clear view, and what is done with the selected messages: for a menu. Their shortcuts work in the panel's window.
    [[nodiscard]] QList<QAction *> menuActions() const;
    [[nodiscard]] bool isFollowing() const;
    /// Does it wait for messages? Then its source must go on while nobody can see it.
    [[nodiscard]] bool isWatching() const;
    [[nodiscard]] QTableView *view() const;
    [[nodiscard]] MessagesModel *model() const { return m_model; }

signals:
    /// Another message was selected, or none is any more. See selectedConnection().
    void messageSelected();
    /// Somebody lifted or set the narrowing in the panel itself.
    void connectionFilterChanged(const QList<glasshouse::ConnectionId> &connections);
    /// See isWatching().
    void watchSwitched();
    /// What was waited for has come, in our own words.
    void attentionWanted(const QString &words);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    MessageSource *m_source;
    MessagesModel *m_model;
    MessageFilterBar *m_bar;
    TableView *m_view;
    LogCursor *m_cursor;
    LogFooter *m_footer;
    PathColumns *m_columns = nullptr;
    LogColours *m_colours = nullptr;
    LogWatch *m_watch = nullptr;
    MatchSteps *m_steps = nullptr;
    FilterChips *m_chips = nullptr;
    MessageDetails *m_details;
    DetailsSplitter *m_splitter = nullptr;
    SelectionActions *m_selection = nullptr;
    QList<QAction *> m_places;
    std::optional<std::pair<CaptureFilter, MessagesModel::FilterMode>> m_asked; ///< of the model
    QList<ConnectionId> m_connections;
    std::function<KnownValues()> m_knownBeside;
    SeenPaths m_seenPaths;
    QString m_emptyText;

    void buildView();
    void buildActions();
    void buildPlaces();
    void showPlace();
    void connectParts();
    void connectBar();
    void learnPaths();
    [[nodiscard]] KnownValues known();
    [[nodiscard]] CaptureFilter filter() const;
    void applyFilter();
    void narrowToSelected(bool on);
    void updateFooter();
};

} // namespace glasshouse
