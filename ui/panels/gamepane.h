// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gameboardmodel.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace glasshouse {

class GameFace;
class JsonHighlighter;
class TableView;

/// What is played, as the game's face shows it: a table, a text (the code that is typed, the state as JSON) or a note. Nothing
/// moves that is the same as before.
class GamePane final : public QWidget
{
    Q_OBJECT
public:
    explicit GamePane(QWidget *parent = nullptr);

    /// How another game is shown.
    void setFace(const GameFace &face);
    void show(const GameView &view);

    /// Of the table, if the game has one.
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);

private:
    GameBoardModel m_boardModel;
    QLabel *m_subject;
    QStackedWidget *m_pages;
    QLabel *m_note;
    QPlainTextEdit *m_text;
    TableView *m_board;
    JsonHighlighter *m_highlighter;
    QString m_shown; ///< in m_text

    void setText(const QString &text, bool isJson);
};

} // namespace glasshouse
