// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/safetextview.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMimeData>
#include <algorithm>

namespace glasshouse {

SafeTextView::SafeTextView(QWidget *parent) : QPlainTextEdit(parent) { setReadOnly(true); }

void SafeTextView::setTexts(const QString &shown, const QString &safe)
{
    m_safe = safe;
    setPlainText(shown);
}

void SafeTextView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    emit menuWanted(menu, byKey ? textCursor().position() : cursorForPosition(event->pos()).position());
    menu->popup(event->globalPos());
}

QMimeData *SafeTextView::createMimeDataFromSelection() const
{
    if (m_safe.isNull())
        return QPlainTextEdit::createMimeDataFromSelection();
    QTextDocument safe; // has its own mind about line ends and the like, as the one that shows
    safe.setPlainText(m_safe);
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
