// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>

class QAction;

namespace glasshouse {

class LogCursor;
class MessagesModel;
class TableView;

/// Where somebody is among the matches of a filter.
struct MatchPlace
{
    enum class Turn : quint8 { None, ToFirst, ToLast };
    quint64 index = 0;      ///< of the selected message among the matches
    Turn turn = Turn::None; ///< the last step went over the end, to the other one
};

/// From one match of the filter to the next, whether the others are hidden or not: selects it. Knows the matches that were found by
/// then, and begins with what is in sight where no message is selected.
class MatchSteps final : public QObject
{
    Q_OBJECT
public:
    /// All must outlive it.
    MatchSteps(MessagesModel *model, TableView *view, LogCursor *cursor, QObject *parent = nullptr);

    /// Next and previous.
    [[nodiscard]] QList<QAction *> actions() const { return {m_next, m_previous}; }
    /// Nullopt: no match is selected.
    [[nodiscard]] std::optional<MatchPlace> place() const;

signals:
    void placeChanged();

private:
    MessagesModel *m_model;
    TableView *m_view;
    LogCursor *m_cursor;
    QAction *m_next;
    QAction *m_previous;
    MatchPlace::Turn m_turn = MatchPlace::Turn::None;

    [[nodiscard]] QAction *step(const QString &text, const QString &toolTip, const QKeySequence &keys);
    void goNext();
    void goPrevious();
    void select(std::optional<quint64> number, MatchPlace::Turn turn);
    [[nodiscard]] quint64 numberAtEdge(bool isTop) const;
};

} // namespace glasshouse
