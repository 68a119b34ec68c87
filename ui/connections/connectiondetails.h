// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/serverevent.h"
#include "ui/connections/lastframesmodel.h"
#include "ui/models/connectionsmodel.h"
#include "ui/models/messagesource.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QPlainTextEdit;

namespace glasshouse {

class CaptionTabs;
class LimitsPage;
class TableView;
class TimelinePage;

/// One connection: its handshake, its limits while it is open, its life on an axis of time, and how it ended with the evidence. The
/// source is read for its life and the last frames.
class ConnectionDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionDetails(const MessageSource *source, QWidget *parent = nullptr);
    ~ConnectionDetails() override;

    /// Null: none is selected. `run`: of the source's rows; of other runs there is no payload.
    void show(const ConnectionEntry *entry, int run = 0);
    /// Of the watched connection.
    void showLevels(const ConnectionLevels &levels);

signals:
    /// The levels of this connection shall come with the snapshots; 0: of none.
    void watchWanted(glasshouse::ConnectionId connection);
    /// Somebody wants to see this row of the source in the log.
    void rowWanted(quint64 number);
    /// Its row is not there any more.
    void rowMissed();
    /// Somebody wants to see in the log how it ended; it was opened at `sinceMs`.
    void endingWanted(const glasshouse::ServerEvent &event, qint64 sinceMs);
    /// Somebody wants to know more of why it ended.
    void examineWanted(glasshouse::ConnectionId connection);
    /// An advice names this option, and somebody follows it.
    void optionWanted(const QByteArray &option);

protected:
    void changeEvent(QEvent *event) override;

private:
    const MessageSource *m_source;
    CaptionTabs *m_tabs; ///< they say whose they are
    QPlainTextEdit *m_handshake;
    QLabel *m_sentence;
    QLabel *m_advice;
    QLabel *m_inLog;
    QLabel *m_toDoctor;
    QWidget *m_evidence;
    QFormLayout *m_form;
    LastFramesModel m_framesModel;
    QLabel *m_framesTitle;
    TableView *m_frames;
    LimitsPage *m_limits;
    TimelinePage *m_timeline;
    std::optional<ConnectionId> m_shown;
    int m_shownRun = 0;
    bool m_shownOver = false;
    bool m_hasOldColours = false;
    ConnectionId m_watched{};
    std::optional<ServerEvent> m_endingEvent; ///< of what is shown, where the source has rows of it
    qint64 m_sinceMs = 0;

    QWidget *buildEnding();
    QWidget *buildFrames();
    void openFrame(const QModelIndex &index);
    void showWay(const ConnectionEntry *entry, bool hasRows);
    void showCaption(const ConnectionEntry *entry, int run);
    void showOpen();
    void showLimits();
    void showTimeline(const ConnectionEntry *entry, bool hasRows);
    void showEnding(const ConnectionEntry &entry, int run);
    QLabel *addEvidence(const QString &name, const QString &value);
    void followLinksOf(QLabel *label);
    void addQuiet(const Ending &ending);
    void addTraffic(const ConnectionEntry &entry);
    void showFrames(const ConnectionEntry &entry, bool hasRows);
};

} // namespace glasshouse
