// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/conditioncompletion.h"
#include "ui/models/messagesmodel.h"

#include <QWidget>
#include <functional>

class QComboBox;
class QTimer;
class QToolButton;

namespace glasshouse {

class FilterChoices;
class FilterField;
class OverflowRow;

/// The controls above a message log. Gives out a CaptureFilter without connections: those are the log's business.
class MessageFilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit MessageFilterBar(QWidget *parent = nullptr);

    /// While the expression is wrong: with what was right before.
    [[nodiscard]] CaptureFilter filter() const;
    [[nodiscard]] MessagesModel::FilterMode mode() const;
    [[nodiscard]] FilterField *field() const;
    void clearFilter();
    void setKnownTypes(const QSet<QByteArray> &types);
    /// What conditions are completed with; asked while somebody types.
    void setKnown(std::function<KnownValues()> known);
    void setNarrowed(bool narrowed, const QString &label);
    void setNarrowingShown(bool shown);
    void setFollowing(bool following);
    /// Whose words the directions take.
    void setViewpoint(Viewpoint viewpoint);
    /// Find, clear filter, earlier filters, their help, pause, follow, clear view.
    [[nodiscard]] QList<QAction *> menuActions() const;

    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

signals:
    void filterChanged();
    void narrowingWanted(bool on);
    void pauseWanted(bool on);
    void followWanted(bool on);
    void clearViewWanted();
    void typesWanted(); ///< the list of types is about to open
    void leaveWanted(); ///< to the messages

private:
    OverflowRow *m_row;
    FilterField *m_text;
    QComboBox *m_type;
    QComboBox *m_direction;
    QComboBox *m_mode;
    QAction *m_narrow;
    QToolButton *m_narrowButton = nullptr;
    QAction *m_errors;
    QAction *m_control;
    QTimer *m_typing;
    FilterChoices *m_choices = nullptr;
    std::function<KnownValues()> m_known;
    QAction *m_find;
    QAction *m_choose;
    QAction *m_help;
    QAction *m_pause;
    QAction *m_follow;
    QAction *m_clearFilter;
    QAction *m_clearView;

    void buildFields();
    void buildActions();
    void layOut();
    void connectFields();
    void fillRow();
    [[nodiscard]] QAction *toggle(const QString &text, const QString &toolTip);
};

} // namespace glasshouse
