// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/messagedetails.h"

#include "match/jsonplace.h"
#include "protocol/frame.h"
#include "protocol/json.h"
#include "ui/base/formats.h"
#include "ui/base/plainlabels.h"
#include "ui/base/prettyjson.h"
#include "ui/base/safetextview.h"
#include "ui/models/payloadtext.h"
#include "ui/panels/captiontabs.h"
#include "ui/panels/jsonhighlighter.h"

#include <QEvent>
#include <QFontDatabase>
#include <QMenu>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

// What a text view lays out without a hitch.
constexpr qsizetype mostText = 256 * 1024;
constexpr int pathCharacters = 40; // a key may have any number
constexpr qsizetype mostHex = 64 * 1024;
constexpr int deepestJson = 64; // as deep as columns look

QString cutNote(qsizetype shown, qsizetype all)
{
    return shown >= all
        ? QString()
        : u"\n\n"_s + MessageDetails::tr("… the first %1 of %2 are shown").arg(formatBytes(shown), formatBytes(all));
}

} // namespace

MessageDetails::MessageDetails(QWidget *parent) : QWidget(parent), m_tabs(new CaptionTabs(tr("The selected message")))
{
    m_pages[Pretty] = addPage(tr("Pretty"), tr("JSON, indented; numbers as they were written"));
    m_pages[Raw] = addPage(tr("Raw"), tr("The payload as text"));
    m_pages[Hex] = addPage(tr("Hex"), tr("The payload in hexadecimal"));
    m_pages[Frame] = addPage(tr("Frame"), tr("The frame's header, bit by bit"));
    m_pages[Raw]->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_pages[Pretty]->setPlaceholderText(tr("Select a message to see it here."));
    new JsonHighlighter(m_pages[Pretty]->document());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_tabs);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MessageDetails::fillCurrent);
    connect(m_pages[Pretty], &SafeTextView::menuWanted, this, &MessageDetails::offerColumn);
}

void MessageDetails::offerColumn(QMenu *menu, int position)
{
    const QString text = m_pages[Pretty]->toPlainText();
    const QByteArray json = text.toUtf8();
    const bool isJson = m_shown && bool(checkJson(json, deepestJson));
    const auto path = isJson ? jsonPathAt(json, text.left(position).toUtf8().size()) : std::nullopt;
    menu->addSeparator();
    QAction *action = menu->addAction(
        path ? tr("Make a &column of %1").arg(withoutMnemonics(oneLine(path->wordsFromRoot(), pathCharacters)))
             : tr("Make a &column of this value"));
    // The text that shows may differ from the payload where a key has characters that nobody sees.
    const bool isThere = path && !isControl(m_row.opcode()) && !path->value(m_row.payload).isNull();
    action->setEnabled(isThere);
    if (isThere)
        connect(action, &QAction::triggered, this, [this, path] { emit columnWanted(*path); });
}

SafeTextView *MessageDetails::addPage(const QString &title, const QString &toolTip)
{
    auto *page = new SafeTextView;
    page->setFrameShape(QFrame::NoFrame);
    page->setLineWrapMode(QPlainTextEdit::NoWrap);
    page->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    page->setTabChangesFocus(true);
    page->setAccessibleName(title);
    m_tabs->setTabToolTip(m_tabs->addTab(page, title), toolTip);
    return page;
}

void MessageDetails::show(const CapturedRow &row)
{
    m_row = row;
    m_shown = true;
    m_filled = {};
    m_tabs->setCaption(caption());
    fillCurrent();
}

void MessageDetails::clear()
{
    m_shown = false;
    m_tabs->setCaption({});
    for (SafeTextView *page : m_pages)
        page->setTexts({}, {});
}

void MessageDetails::setViewpoint(Viewpoint viewpoint)
{
    m_viewpoint = viewpoint;
    if (m_shown)
        m_tabs->setCaption(caption());
}

void MessageDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    m_filled = {}; // the colours of the text are those of the palette before
    fillCurrent();
}

void MessageDetails::fillCurrent()
{
    const auto page = size_t(m_tabs->currentIndex());
    if (!m_shown || m_filled[page])
        return;
    m_filled[page] = true;
    const CapturedRow safe = withoutSecrets(m_row);
    m_pages[page]->setTexts(textOf(Page(page), m_row),
                            safe.payload == m_row.payload ? QString() : textOf(Page(page), safe));
}

int MessageDetails::currentPage() const { return m_tabs->currentIndex(); }
void MessageDetails::setCurrentPage(int page) { m_tabs->setCurrentIndex(page); }

QString MessageDetails::pageText() const { return m_pages[size_t(m_tabs->currentIndex())]->toPlainText(); }

QString MessageDetails::textOf(Page page, const CapturedRow &row)
{
    const QByteArrayView payload = row.payload;
    switch (page) {
    case Pretty:
        return prettyText(row);
    case Raw: {
        const qsizetype shown = std::min(payload.size(), mostText);
        return harmless(QString::fromUtf8(payload.first(shown))) + cutNote(shown, payload.size());
    }
    case Hex: {
        const qsizetype shown = std::min(payload.size(), mostHex);
        return hexDump(payload.first(shown)) + cutNote(shown, payload.size());
    }
    case Frame:
        return explainFrame(row);
    case PageCount:
        break;
    }
    return {};
}

QString MessageDetails::prettyText(const CapturedRow &row)
{
    if (row.payload.isEmpty())
        return cellsOf(row).preview;
    const bool text = row.isEvent() || row.opcode() == quint8(Opcode::Text);
    if (!text)
        return isControl(row.opcode())
            ? cellsOf(row).preview
            : hexDump(QByteArrayView(row.payload).first(std::min(row.payload.size(), mostHex)));
    if (row.payload.size() > mostText)
        return tr("Too long to indent (%1). See Raw.").arg(formatBytes(row.payload.size()));
    const auto pretty = prettyJson(row.payload);
    return harmless(pretty ? *pretty : QString::fromUtf8(row.payload));
}

QStringList MessageDetails::caption() const
{
    const MessageCells cells = cellsOf(m_row);
    QStringList parts;
    if (m_viewpoint == Viewpoint::Server && cells.connection != ConnectionId{}) // a client has one
        parts << tr("#%1").arg(quint32(cells.connection));
    parts << formatClock(cells.timeUs);
    if (!cells.event)
        parts << directionText(cells.direction, m_viewpoint) << cells.kind << formatBytes(cells.size);
    else
        parts << cells.kind;
    return parts;
}

} // namespace glasshouse
