// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/messageeditor.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int shownKeys = 8;

/// Those that the list of offers takes while it shows.
bool isForOffers(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape || key == Qt::Key_Tab
        || key == Qt::Key_Backtab;
}

} // namespace

MessageEditor::MessageEditor(QWidget *parent)
    : QPlainTextEdit(parent),
      m_completion(new QCompleter(this)),
      m_words(new QStringListModel(this))
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setTabChangesFocus(true);
    setMinimumHeight(3 * fontMetrics().lineSpacing());
    m_completion->setModel(m_words);
    m_completion->setWidget(this);
    m_completion->setCompletionMode(QCompleter::PopupCompletion);
    m_completion->setCaseSensitivity(Qt::CaseInsensitive);
    m_completion->setMaxVisibleItems(shownKeys);
    connect(m_completion, qOverload<const QString &>(&QCompleter::activated), this, &MessageEditor::complete);
}

bool MessageEditor::isOffering() const { return m_completion->popup()->isVisible(); }

/// The name of a member that the cursor stands in, from its quotation mark on; null: it stands elsewhere.
QString MessageEditor::begun() const
{
    static const QRegularExpression name(u"(?:^|[{,])\\s*\"([^\"\\\\:{}]*)$"_s);
    const QTextCursor cursor = textCursor();
    const auto match = name.match(cursor.block().text().left(cursor.positionInBlock()).right(200));
    return match.hasMatch() ? match.captured(1) : QString();
}

void MessageEditor::keyPressEvent(QKeyEvent *event)
{
    if (isOffering() && isForOffers(event->key()))
        return event->ignore(); // the list gets it then
    const bool isAsked = event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier;
    if (!isAsked)
        QPlainTextEdit::keyPressEvent(event);
    const bool isTyped =
        !event->text().isEmpty() && (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) == 0;
    if (!isAsked && !isTyped && !isOffering())
        return;
    const QString prefix = begun();
    if (isAsked ? !prefix.isNull() : !prefix.isEmpty())
        offer(prefix);
    else
        m_completion->popup()->hide();
}

void MessageEditor::offer(const QString &prefix)
{
    if (!isOffering())
        m_words->setStringList(m_keys ? m_keys() : QStringList());
    m_completion->setCompletionPrefix(prefix);
    const bool isWhole = m_completion->completionCount() == 1 && m_completion->currentCompletion() == prefix;
    if (m_completion->completionCount() == 0 || isWhole)
        return m_completion->popup()->hide();
    m_completion->popup()->setCurrentIndex(m_completion->completionModel()->index(0, 0));
    QRect place = cursorRect();
    place.setWidth(m_completion->popup()->sizeHintForColumn(0)
                   + m_completion->popup()->verticalScrollBar()->sizeHint().width());
    m_completion->complete(place);
}

void MessageEditor::complete(const QString &key)
{
    QTextCursor cursor = textCursor();
    const QString prefix = begun();
    cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor, int(prefix.size()));
    const QString behind = cursor.block().text().mid(textCursor().positionInBlock());
    cursor.insertText(behind.startsWith(u'"') ? key : key + u"\": "_s);
    setTextCursor(cursor);
}

/// Tab takes what is offered.
bool MessageEditor::focusNextPrevChild(bool next) { return !isOffering() && QPlainTextEdit::focusNextPrevChild(next); }

} // namespace glasshouse
