// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/gamepane.h"

#include "ui/panels/jsonhighlighter.h"
#include "ui/panels/tableview.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

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
      m_horses(new TableView(tr("Horses"), tr("No horses are on the track."))),
      m_highlighter(new JsonHighlighter(this))
{
    m_subject->setTextFormat(Qt::PlainText);
    m_subject->setContentsMargins(6, 3, 6, 3);
    m_subject->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_horses->setModel(&m_horsesModel);
    m_horses->setWidths({3, 15, 6, 12, 5});
    m_horses->setElasticColumn(HorsesModel::Position);
    for (QWidget *page :
         {static_cast<QWidget *>(m_note), static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_horses)})
        m_pages->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_subject);
    layout->addWidget(m_pages, 1);
}

void GamePane::show(const QString &kind, const GameView &view)
{
    m_subject->setText(view.subject);
    m_subject->setVisible(!view.subject.isEmpty());
    m_horsesModel.apply(view.horses);
    setText(view.text, view.isJson);
    m_note->setText(noteFor(kind));
    if (kind == "horse-race"_L1)
        m_pages->setCurrentWidget(m_horses);
    else
        m_pages->setCurrentWidget(view.text.isEmpty() ? static_cast<QWidget *>(m_note) : m_text);
}

QString GamePane::noteFor(const QString &kind)
{
    if (kind == "code-racer"_L1)
        return tr("The code to type stands here when the race starts.");
    return tr("This game keeps no state on the server.\nIts messages are in the log below.");
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
