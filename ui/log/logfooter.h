// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/matchsteps.h"

#include <QStringList>
#include <QWidget>

class QToolButton;

namespace glasshouse {

class MessagesModel;
class MessageSource;
class PartsLine;

/// The line below a log: how many messages it shows and why not all, and what to do about it.
class LogFooter final : public QWidget
{
    Q_OBJECT
public:
    explicit LogFooter(QWidget *parent = nullptr);

    /// `place`: of the selected message among the matches.
    void show(const MessagesModel &model, const MessageSource &source, const std::optional<MatchPlace> &place);
    /// What there is to say of the selected messages, behind their count at the next show().
    void setNotes(const QStringList &notes) { m_notes = notes; }
    void setFollowing(bool following);
    /// Stand before the text, which does not move them, and take what it can do without.
    void addChips(QWidget *chips);
    /// Stands at the end of the line.
    void addButton(QWidget *button);
    /// Counts messages of a run that ended: they are in a folder beside this session's.
    void addEarlierRun(quint64 messages, const QString &sessionFolder);

signals:
    void followWanted();
    void earlierWanted();

private:
    PartsLine *m_text;
    QToolButton *m_jump;
    QToolButton *m_showEarlier;
    QToolButton *m_openFolder;
    QStringList m_notes;
    QString m_sessionsFolder;    ///< of the run before this one
    quint64 m_ofEarlierRuns = 0; ///< messages of the runs in that folder

    void layOut();
    [[nodiscard]] static QStringList countsOf(const MessagesModel &model, const std::optional<MatchPlace> &place);
    [[nodiscard]] static QStringList matchesOf(const MessagesModel &model, const std::optional<MatchPlace> &place);
};

} // namespace glasshouse
