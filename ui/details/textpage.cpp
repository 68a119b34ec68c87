// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/textpage.h"

#include "ui/panels/jsonhighlighter.h"

#include <QFontDatabase>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QTextBlock>
#include <algorithm>

namespace glasshouse {

namespace {

/// Spaces that a line begins with.
qsizetype indentOf(const QTextBlock &block)
{
    const QString text = block.text();
    return std::ranges::find_if(text, [](QChar c) { return c != u' '; }) - text.begin();
}

} // namespace

/// Beside the lines: an arrow where something folds.
class TextPage::FoldMargin final : public QWidget
{
public:
    explicit FoldMargin(TextPage *page) : QWidget(page), m_page(page)
    {
        setCursor(Qt::PointingHandCursor);
        setToolTip(TextPage::tr("Fold what is inside together, or open it"));
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tint(Tint::Muted));
        forEachLine([&](int line, const QRectF &place) {
            if (m_page->canFold(line))
                painter.drawPolygon(arrow(place.center(), m_page->isFolded(line)));
        });
    }

    void mousePressEvent(QMouseEvent *event) override
    {
        int pressed = -1;
        forEachLine([&](int line, const QRectF &place) {
            if (place.top() <= event->position().y() && event->position().y() < place.bottom())
                pressed = line;
        });
        if (pressed >= 0 && m_page->canFold(pressed))
            m_page->setFolded(pressed, !m_page->isFolded(pressed));
    }

private:
    TextPage *m_page;

    template <typename Visit>
    void forEachLine(Visit visit) const
    {
        double y = m_page->contentOffset().y();
        for (QTextBlock block = m_page->firstVisibleBlock(); block.isValid() && y < height(); block = block.next()) {
            const double size = m_page->blockBoundingRect(block).height();
            if (block.isVisible())
                visit(block.blockNumber(), QRectF(0, y, width(), size));
            y += size;
        }
    }

    /// To the right where something is closed, else down.
    [[nodiscard]] QPolygonF arrow(QPointF at, bool isClosed) const
    {
        const double half = fontMetrics().height() / 5.0;
        QPolygonF shape;
        for (const auto &[along, across] : {std::pair(-half, -half), std::pair(-half, half), std::pair(half, 0.0)})
            shape << at + (isClosed ? QPointF(along, across) : QPointF(across, along));
        return shape;
    }
};

TextPage::TextPage(QWidget *parent) : SafeTextView(parent), m_margin(new FoldMargin(this))
{
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::textChanged, this, [this] { m_lines = {-1, -1}; });
    connect(this, &QPlainTextEdit::updateRequest, m_margin, qOverload<>(&QWidget::update));
    connect(this, &SafeTextView::menuWanted, this, &TextPage::offerFolding);
    setJson(false);
}

void TextPage::setJson(bool isJson)
{
    m_isJson = isJson;
    m_lines = {-1, -1};
    setExtraSelections({});
    m_margin->setVisible(isJson);
    setViewportMargins(isJson ? fontMetrics().height() : 0, 0, 0, 0);
}

void TextPage::wrap(qsizetype characters)
{
    constexpr qsizetype mostForWords = 4096;
    setLineWrapMode(WidgetWidth);
    setWordWrapMode(characters > mostForWords ? QTextOption::WrapAnywhere : QTextOption::WrapAtWordBoundaryOrAnywhere);
}

void TextPage::resizeEvent(QResizeEvent *event)
{
    SafeTextView::resizeEvent(event);
    m_margin->setGeometry(contentsRect().left(), contentsRect().top(), fontMetrics().height(), viewport()->height());
}

bool TextPage::canFold(int line) const
{
    const QTextBlock head = document()->findBlockByNumber(line);
    const QString text = head.text();
    return m_isJson && (text.endsWith(u'{') || text.endsWith(u'[')) && indentOf(head.next()) > indentOf(head);
}

bool TextPage::isFolded(int line) const
{
    return canFold(line) && !document()->findBlockByNumber(line + 1).isVisible();
}

/// What was folded inside of it opens with it.
void TextPage::setFolded(int line, bool folded)
{
    if (!canFold(line))
        return;
    complete(); // its end may not have come yet
    const QTextBlock head = document()->findBlockByNumber(line);
    const qsizetype indent = indentOf(head);
    for (QTextBlock block = head.next(); block.isValid() && indentOf(block) > indent; block = block.next()) {
        block.setVisible(!folded);
        block.setLineCount(folded ? 0 : 1);
    }
    if (!textCursor().block().isVisible())
        setTextCursor(QTextCursor(head));
    showFolds();
}

void TextPage::unfoldAll()
{
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (!block.isVisible()) {
            block.setVisible(true);
            block.setLineCount(1);
        }
    }
    showFolds();
}

void TextPage::showFolds()
{
    m_lines = {-1, -1};
    auto *layout = document()->documentLayout();
    emit layout->documentSizeChanged(layout->documentSize());
    viewport()->update();
    m_margin->update();
}

void TextPage::offerFolding(QMenu *menu, int position)
{
    if (!m_isJson)
        return;
    const int line = document()->findBlock(position).blockNumber();
    const bool folded = isFolded(line);
    menu->addSeparator();
    QAction *fold = menu->addAction(folded ? tr("&Open what is inside") : tr("&Fold together"), this,
                                    [this, line, folded] { setFolded(line, !folded); });
    fold->setEnabled(canFold(line));
    menu->addAction(tr("O&pen everything"), this, &TextPage::unfoldAll);
}

void TextPage::keyPressEvent(QKeyEvent *event)
{
    const bool folds = event->key() == Qt::Key_Minus;
    if (m_isJson && (folds || event->key() == Qt::Key_Plus))
        setFolded(textCursor().blockNumber(), folds);
    else
        SafeTextView::keyPressEvent(event);
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
        const QString text = block.isVisible() ? block.text() : QString();
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
    if (!found.block().isVisible())
        unfoldAll();
    setTextCursor(found);
    return true;
}

} // namespace glasshouse
