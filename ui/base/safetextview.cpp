// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/safetextview.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMimeData>
#include <algorithm>
#include <utility>

namespace glasshouse {

namespace {

SafeTextView::Pieces onePiece(const QString &text)
{
    return [rest = text]() mutable { return std::exchange(rest, {}); };
}

} // namespace

SafeTextView::SafeTextView(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    m_turn.setInterval(0);
    connect(&m_turn, &QTimer::timeout, this, &SafeTextView::addPiece);
    connect(this, &QPlainTextEdit::selectionChanged, this, [this] {
        if (m_safe && textCursor().hasSelection())
            complete(); // what is safe to copy is found in the whole of it
    });
}

void SafeTextView::setTexts(const QString &shown, const QString &safe)
{
    setPieces(
        onePiece(shown), safe.isNull() ? std::function<Pieces()>() : [safe] { return onePiece(safe); });
}

void SafeTextView::setPieces(Pieces shown, std::function<Pieces()> safe)
{
    m_safe = std::move(safe);
    m_rest = std::move(shown);
    setPlainText(m_rest());
    m_turn.start();
}

void SafeTextView::addPiece()
{
    const QString piece = m_rest ? m_rest() : QString();
    if (piece.isEmpty()) {
        m_rest = {};
        m_turn.stop();
        return;
    }
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    end.insertText(piece);
}

void SafeTextView::complete()
{
    while (m_rest)
        addPiece();
}

/// To the end of it and to all of it are farther than what has come by now.
void SafeTextView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::SelectAll) || event->matches(QKeySequence::MoveToEndOfDocument)
        || event->matches(QKeySequence::SelectEndOfDocument))
        complete();
    QPlainTextEdit::keyPressEvent(event);
}

void SafeTextView::contextMenuEvent(QContextMenuEvent *event)
{
    complete(); // the menu selects all of it
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    emit menuWanted(menu, byKey ? textCursor().position() : cursorForPosition(event->pos()).position());
    menu->popup(event->globalPos());
}

QMimeData *SafeTextView::createMimeDataFromSelection() const
{
    if (!m_safe)
        return QPlainTextEdit::createMimeDataFromSelection();
    QString text;
    const Pieces pieces = m_safe();
    for (QString piece = pieces(); !piece.isEmpty(); piece = pieces())
        text += piece;
    QTextDocument safe; // has its own mind about line ends and the like, as the one that shows
    safe.setPlainText(text);
    auto *copy = new QMimeData;
    copy->setText(
        safeCopy(toPlainText(), safe.toPlainText(), textCursor().selectionStart(), textCursor().selectionEnd()));
    return copy;
}

QString safeCopy(QStringView shown, QStringView safe, qsizetype from, qsizetype to)
{
    const qsizetype least = std::min(shown.size(), safe.size());
    const qsizetype head = std::mismatch(shown.begin(), shown.begin() + least, safe.begin()).first - shown.begin();
    qsizetype tail = 0;
    while (tail < least - head && shown[shown.size() - 1 - tail] == safe[safe.size() - 1 - tail])
        ++tail;
    const qsizetype end = shown.size() - tail; // shown[head, end) is what differs
    if (to <= head || from >= end)
        return shown.sliced(from, to - from).toString();
    QString copy = shown.sliced(std::min(from, head), std::max<qsizetype>(0, head - from)).toString();
    copy += safe.sliced(head, safe.size() - tail - head);
    copy += shown.sliced(end, std::max<qsizetype>(0, to - end));
    return copy;
}

} // namespace glasshouse
