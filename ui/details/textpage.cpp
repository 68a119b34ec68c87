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

constexpr int longestInFull = 4096; // characters beside those in sight that are marked as well

/// Spaces that a line begins with.
qsizetype indentOf(const QTextBlock &block)
{
    const QString text = block.text();
    return std::ranges::find_if(text, [](QChar c) { return c != u' '; }) - text.begin();
}

/// Its colour is set later.
QTextEdit::ExtraSelection stretchOf(const QTextBlock &line, qsizetype begin, qsizetype end)
{
    QTextEdit::ExtraSelection stretch;
    stretch.cursor = QTextCursor(line);
    stretch.cursor.setPosition(line.position() + int(begin));
    stretch.cursor.setPosition(line.position() + int(end), QTextCursor::KeepAnchor);
    return stretch;
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
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        m_seen = {};
        m_places.clear();
    });
    connect(this, &QPlainTextEdit::updateRequest, m_margin, qOverload<>(&QWidget::update));
    connect(this, &SafeTextView::menuWanted, this, &TextPage::offerFolding);
    setJson(false);
}

void TextPage::setJson(bool isJson)
{
    m_isJson = isJson;
    m_seen = {};
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
    m_seen = {};
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

TextPage::Sight TextPage::sight() const
{
    const QTextBlock first = firstVisibleBlock();
    QTextBlock last = first;
    for (double y = contentOffset().y(); last.isValid() && y < viewport()->height(); last = last.next())
        y += blockBoundingRect(last).height();
    const QRect page = viewport()->rect();
    return {{first.blockNumber(), last.isValid() ? last.blockNumber() : document()->blockCount()},
            {cursorForPosition(page.topLeft()).position(), cursorForPosition(page.bottomRight()).position()}};
}

/// The document itself stays as it is: nothing of it has to be laid out anew.
void TextPage::colourSight()
{
    const bool isPlain = !m_isJson && m_sought.isEmpty();
    const Sight now = isPlain ? Sight() : sight();
    if (now == m_seen)
        return;
    m_seen = now;
    QList<QTextEdit::ExtraSelection> all;
    SoughtRoom room(m_sought);
    QTextBlock block = document()->findBlockByNumber(now.lines.first);
    for (int line = now.lines.first; line < now.lines.second && block.isValid(); ++line, block = block.next()) {
        if (!block.isVisible())
            continue;
        if (m_isJson)
            addColours(block, all);
        if (!m_sought.isEmpty())
            addMarks(block, room, all);
    }
    setExtraSelections(all);
}

void TextPage::addColours(const QTextBlock &line, QList<QTextEdit::ExtraSelection> &all) const
{
    const QString text = line.text();
    const QList<JsonToken> tokens = jsonTokens(text);
    for (const JsonToken &token : tokens) {
        all << stretchOf(line, token.begin, token.begin + token.length);
        all.last().format.setForeground(tint(token.tint));
    }
}

/// Underlined as well: a colour alone is not for everybody. Where there is no room left, lines get theirs when they are painted again.
void TextPage::addMarks(const QTextBlock &line, SoughtRoom &room, QList<QTextEdit::ExtraSelection> &all)
{
    const int number = line.blockNumber();
    if (!m_places.contains(number) && !room.take(line.length()))
        return;
    if (!m_places.contains(number))
        m_places.insert(number, new QList<TextStretch>(soughtIn(line.text(), m_sought)));
    const int from = m_seen.characters.first - longestInFull, to = m_seen.characters.second + longestInFull;
    for (const auto &[begin, end] : *m_places.object(number)) {
        if (line.position() + end < from || line.position() + begin > to)
            continue;
        all << stretchOf(line, begin, end);
        all.last().format.setBackground(tint(Tint::Marked));
        all.last().format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        all.last().format.setUnderlineColor(tint(Tint::Warning));
    }
}

void TextPage::setSought(const QList<Expression> &sought)
{
    if (sought == m_sought)
        return;
    m_sought = sought;
    m_places.clear();
    m_seen = {};
    setExtraSelections({});
    viewport()->update();
}

void TextPage::paintEvent(QPaintEvent *event)
{
    colourSight();
    SafeTextView::paintEvent(event);
}

void TextPage::changeEvent(QEvent *event)
{
    SafeTextView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_seen = {};
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
    select(found);
    return true;
}

bool TextPage::findSought(bool backwards)
{
    complete();
    const QTextCursor now = textCursor();
    const auto found =
        nextSought(*document(), m_sought, backwards ? now.selectionStart() : now.selectionEnd(), backwards);
    if (!found)
        return false;
    QTextCursor place(document());
    place.setPosition(found->begin);
    place.setPosition(found->end, QTextCursor::KeepAnchor);
    select(place);
    return true;
}

void TextPage::select(const QTextCursor &found)
{
    if (!found.block().isVisible())
        unfoldAll();
    setTextCursor(found);
}

} // namespace glasshouse
