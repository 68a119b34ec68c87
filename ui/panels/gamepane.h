// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gameview.h"
#include "ui/models/horsesmodel.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace glasshouse {

class JsonHighlighter;
class TableView;

/// What is played: the code that is typed, the horses on the track, or the state of a game as JSON. Nothing moves that is the
/// same as before.
class GamePane final : public QWidget
{
    Q_OBJECT
public:
    explicit GamePane(QWidget *parent = nullptr);

    void show(const QString &kind, const GameView &view);

private:
    HorsesModel m_horsesModel;
    QLabel *m_subject;
    QStackedWidget *m_pages;
    QLabel *m_note;
    QPlainTextEdit *m_text;
    TableView *m_horses;
    JsonHighlighter *m_highlighter;
    QString m_shown; ///< in m_text

    void setText(const QString &text, bool isJson);
    [[nodiscard]] static QString noteFor(const QString &kind);
};

} // namespace glasshouse
