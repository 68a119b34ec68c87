// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/gamepane.h"

#include "ui/games/gameface.h"
#include "ui/panels/gamecolumns.h"
#include "ui/panels/jsonhighlighter.h"
#include "ui/panels/tableview.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace glasshouse {

namespace {

QPlainTextEdit *codeText()
{
    auto *text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setTabChangesFocus(true);
    text->setAccessibleName(GamePane::tr("What is played"));
    return text;
}

QLabel *centredNote()
{
    auto *note = new QLabel;
    note->setAlignment(Qt::AlignCenter);
    note->setWordWrap(true);
    note->setMargin(12);
    note->setBackgroundRole(QPalette::Base);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setAutoFillBackground(true);
    return note;
}

} // namespace

GamePane::GamePane(QWidget *parent)
    : QWidget(parent),
      m_subject(new QLabel),
      m_pages(new QStackedWidget),
      m_note(centredNote()),
      m_text(codeText()),
      m_board(new TableView(QString(), QString())),
      m_highlighter(new JsonHighlighter(this))
{
    m_subject->setTextFormat(Qt::PlainText);
    m_subject->setContentsMargins(6, 3, 6, 3);
    m_subject->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_board->setModel(&m_boardModel);
    m_board->offerCopy();
    for (QWidget *page :
         {static_cast<QWidget *>(m_note), static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_board)})
        m_pages->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_subject);
    layout->addWidget(m_pages, 1);
}

void GamePane::setFace(const GameFace &face)
{
    const GameBoard board = face.board();
    m_note->setText(face.note());
    m_boardModel.setColumns(board.columns);
    m_board->setAccessibleName(board.name);
    m_board->setEmptyText(board.emptyText);
    layOutGameColumns(*m_board, 0, board.columns);
    m_board->takeColumnsAsStandard();
}

QByteArray GamePane::saveColumns() const { return m_board->saveColumns(); }
void GamePane::restoreColumns(const QByteArray &state) { m_board->restoreColumns(state); }

void GamePane::show(const GameView &view)
{
    m_subject->setText(view.subject);
    m_subject->setVisible(!view.subject.isEmpty());
    m_boardModel.apply(view.board);
    setText(view.text, view.isJson);
    if (m_boardModel.columnCount() > 0)
        m_pages->setCurrentWidget(m_board);
    else
        m_pages->setCurrentWidget(view.text.isEmpty() ? static_cast<QWidget *>(m_note) : m_text);
}

void GamePane::setText(const QString &text, bool isJson)
{
    if (text == m_shown)
        return;
    m_shown = text;
    m_highlighter->setDocument(isJson ? m_text->document() : nullptr);
    const QTextCursor before = m_text->textCursor();
    const int from = before.anchor(), to = before.position(), scrolled = m_text->verticalScrollBar()->value();
    m_text->setPlainText(text);
    QTextCursor cursor(m_text->document());
    const int last = m_text->document()->characterCount() - 1;
    cursor.setPosition(std::min(from, last));
    cursor.setPosition(std::min(to, last), QTextCursor::KeepAnchor);
    m_text->setTextCursor(cursor);
    m_text->verticalScrollBar()->setValue(scrolled);
}

} // namespace glasshouse
