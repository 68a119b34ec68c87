// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/textpage.h"

#include "ui/panels/jsonhighlighter.h"

#include <QEvent>
#include <QFontDatabase>
#include <QTextBlock>

namespace glasshouse {

TextPage::TextPage(QWidget *parent) : SafeTextView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::textChanged, this, [this] { m_lines = {-1, -1}; });
}

void TextPage::setColoured(bool coloured)
{
    m_isJson = coloured;
    m_lines = {-1, -1};
    setExtraSelections({});
}

std::pair<int, int> TextPage::linesInSight() const
{
    const QTextBlock first = firstVisibleBlock();
    QTextBlock last = first;
    for (double y = contentOffset().y(); last.isValid() && y < viewport()->height(); last = last.next())
        y += blockBoundingRect(last).height();
    return {first.blockNumber(), last.isValid() ? last.blockNumber() : document()->blockCount()};
}

/// The document itself stays as it is: nothing of it has to be laid out anew.
void TextPage::colourLines()
{
    const auto lines = linesInSight();
    if (!m_isJson || lines == m_lines)
        return;
    m_lines = lines;
    QList<QTextEdit::ExtraSelection> colours;
    QTextBlock block = document()->findBlockByNumber(lines.first);
    for (int line = lines.first; line < lines.second && block.isValid(); ++line, block = block.next()) {
        const QString text = block.text();
        const QList<JsonToken> tokens = jsonTokens(text);
        for (const JsonToken &token : tokens) {
            QTextEdit::ExtraSelection colour;
            colour.format.setForeground(tint(token.tint));
            colour.cursor = QTextCursor(block);
            colour.cursor.setPosition(block.position() + token.begin);
            colour.cursor.setPosition(block.position() + token.begin + token.length, QTextCursor::KeepAnchor);
            colours << colour;
        }
    }
    setExtraSelections(colours);
}

void TextPage::paintEvent(QPaintEvent *event)
{
    colourLines();
    SafeTextView::paintEvent(event);
}

void TextPage::changeEvent(QEvent *event)
{
    SafeTextView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_lines = {-1, -1};
}

bool TextPage::find(const QString &text, bool backwards)
{
    complete();
    const QTextDocument::FindFlags way = backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    QTextCursor found = document()->find(text, textCursor(), way);
    if (found.isNull()) {
        QTextCursor other(document());
        other.movePosition(backwards ? QTextCursor::End : QTextCursor::Start);
        found = document()->find(text, other, way);
    }
    if (found.isNull())
        return false;
    setTextCursor(found);
    return true;
}

} // namespace glasshouse
