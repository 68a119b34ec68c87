// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/messagedetails.h"

#include "match/jsonplace.h"
#include "protocol/json.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/plainlabels.h"
#include "ui/details/changeswords.h"
#include "ui/details/contentpage.h"
#include "ui/details/findline.h"
#include "ui/details/hexview.h"
#include "ui/details/messagetexts.h"
#include "ui/details/relatedline.h"
#include "ui/details/textpage.h"
#include "ui/models/messagesource.h"
#include "ui/models/payloadtext.h"
#include "ui/panels/captiontabs.h"

#include <QAction>
#include <QMenu>
#include <QTimer>
#include <QVBoxLayout>
#include <utility>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int pathCharacters = 40; // a key may have any number
constexpr int deepestJson = 64;    // as deep as columns look
constexpr int againMs = 500;
constexpr int mostLooks = 20; // ten seconds: what takes longer is looked for when it is selected again

} // namespace

MessageDetails::MessageDetails(QWidget *parent)
    : QWidget(parent),
      m_tabs(new CaptionTabs(tr("The selected message"))),
      m_content(new ContentPage),
      m_text(new TextPage),
      m_raw(new TextPage),
      m_hex(new HexView),
      m_frame(new TextPage),
      m_changes(new TextPage),
      m_related(new RelatedLine),
      m_find(new FindLine),
      m_findAction(new QAction(icon(Icon::Search), tr("Find in the details"), this)),
      m_again(new QTimer(this))
{
    addPage(m_content, tr("Tree"), tr("JSON as a tree, values as they were written"));
    addPage(m_text, tr("Text"), tr("JSON, indented; numbers as they were written"));
    addPage(m_raw, tr("Raw"), tr("The payload as text"));
    addPage(m_hex, tr("Hex"), tr("The payload in hexadecimal"));
    addPage(m_frame, tr("Frame"), tr("The frame's header, bit by bit"));
    addPage(m_changes, tr("Diff"), tr("What is different from the message of this type before it"));
    m_changes->wrap(0);
    m_findAction->setShortcut(tr("Ctrl+Shift+I"));
    m_findAction->setToolTip(tr("Look for a text in the selected message"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_related);
    layout->addWidget(m_find);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MessageDetails::fillCurrent);
    connect(m_content, &ContentPage::columnWanted, this, &MessageDetails::columnWanted);
    connect(m_content, &ContentPage::menuFilled, this, &MessageDetails::offerFilters);
    connect(m_related, &RelatedLine::wholeWanted, this, &MessageDetails::showWhole);
    connect(m_related, &RelatedLine::rowWanted, this, &MessageDetails::rowWanted);
    connect(m_text, &SafeTextView::menuWanted, this, &MessageDetails::offerColumn);
    connect(m_findAction, &QAction::triggered, this, &MessageDetails::beginFinding);
    m_again->setInterval(againMs);
    m_again->setSingleShot(true);
    connect(m_again, &QTimer::timeout, this, &MessageDetails::lookForAnswer);
    connect(m_find, &FindLine::wanted, this, &MessageDetails::find);
    connect(m_find, &FindLine::soughtWanted, this, &MessageDetails::findSought);
    connect(m_find, &FindLine::closed, m_tabs, [this] { m_tabs->currentWidget()->setFocus(); });
}

void MessageDetails::offerFilters(QMenu *menu, const JsonPath &path)
{
    if (!m_whole) // conditions are asked of frames
        emit menuFilled(menu, m_row, path);
}

void MessageDetails::offerColumn(QMenu *menu, int position)
{
    const QString text = m_text->toPlainText();
    const QByteArray json = text.toUtf8();
    const bool isJson = m_shown && bool(checkJson(json, deepestJson));
    const auto path = isJson ? jsonPathAt(json, text.left(position).toUtf8().size()) : std::nullopt;
    menu->addSeparator();
    QAction *action = menu->addAction(
        path ? tr("Make a &column of %1").arg(withoutMnemonics(oneLine(path->wordsFromRoot(), pathCharacters)))
             : tr("Make a &column of this value"));
    // The text that shows may differ from the payload where a key has characters that nobody sees.
    const bool isThere = path && !jsonOf(content()).isNull() && !path->value(content().payload).isNull();
    action->setEnabled(isThere);
    if (!isThere)
        return;
    connect(action, &QAction::triggered, this, [this, path] { emit columnWanted(*path); });
    offerFilters(menu, *path);
}

void MessageDetails::addPage(QWidget *page, const QString &title, const QString &toolTip)
{
    page->setAccessibleName(title);
    m_tabs->setTabToolTip(m_tabs->addTab(page, title), toolTip);
}

QSize MessageDetails::minimumSizeHint() const { return m_tabs->minimumSizeHint(); }

void MessageDetails::show(const CapturedRow &row) { showRow(row, false); }
void MessageDetails::showHidden(const CapturedRow &row) { showRow(row, true); }

void MessageDetails::showRow(const CapturedRow &row, bool isHidden)
{
    m_row = row;
    m_assembling.stop();
    m_whole.reset();
    m_shown = true;
    m_isHidden = isHidden;
    m_filled = {};
    m_tabs->setCaption(caption());
    m_changes->setTexts({}, {});
    m_related->setEnabled(false); // says something about another message
    m_looks = 0;
    fillCurrent();
    lookForRelatives();
}

/// Through thousands of rows, perhaps: the window does not wait.
void MessageDetails::lookForRelatives()
{
    m_again->stop();
    const auto rows = m_source != nullptr ? m_source->rows() : nullptr;
    if (!rows) {
        m_search.stop();
        return m_related->clear();
    }
    m_search.run(
        this,
        [rows, row = m_row](const std::atomic<bool> &stop) {
            const MessageRelatives relatives = relativesOf(row, *rows, stop);
            return Relatives{relatives, stop ? QString() : changesInWords(row, relatives.before, stop)};
        },
        [this](const Relatives &found) { takeRelatives(found.first, found.second); });
}

/// In what came since.
void MessageDetails::lookForAnswer()
{
    const auto rows = m_source != nullptr ? m_source->rows() : nullptr;
    if (!rows)
        return;
    m_search.run(
        this,
        [rows, row = m_row, found = m_found](const std::atomic<bool> &stop) {
            return Relatives{answerOf(row, found, *rows, stop), {}};
        },
        [this](const Relatives &found) { takeRelatives(found.first, found.second); });
}

void MessageDetails::takeRelatives(const MessageRelatives &relatives, const QString &changes)
{
    m_found = relatives;
    m_related->show(m_row, relatives, m_whole.has_value());
    if (std::exchange(m_looks, m_looks + 1) == 0)
        m_changes->setTexts(changes, {});
    if (relatives.awaitedFrom && m_looks < mostLooks)
        m_again->start();
}

void MessageDetails::showWhole(bool whole)
{
    const auto rows = m_source != nullptr ? m_source->rows() : nullptr;
    m_assembling.stop();
    if (!whole || !rows || !m_found.fragments)
        return takeWhole({});
    m_assembling.run(
        this,
        [rows, row = m_row, first = m_found.fragments->first](const std::atomic<bool> &stop) {
            return wholeMessage(row, first, *rows, stop);
        },
        [this](const std::optional<WholeMessage> &found) { takeWhole(found); });
}

void MessageDetails::takeWhole(const std::optional<WholeMessage> &whole)
{
    m_whole = whole;
    m_filled = {};
    m_filled[Changes] = true; // came with the relatives
    m_tabs->setCaption(caption());
    m_related->show(m_row, m_found, m_whole.has_value());
    fillCurrent();
}

void MessageDetails::clear()
{
    m_shown = false;
    m_row = {};
    m_assembling.stop();
    m_whole.reset();
    m_search.stop();
    m_again->stop();
    m_related->clear();
    m_tabs->setCaption({});
    m_content->clear();
    m_hex->setBytes({}, {});
    for (TextPage *page : {m_text, m_raw, m_frame, m_changes})
        page->setTexts({}, {});
}

void MessageDetails::setViewpoint(Viewpoint viewpoint)
{
    m_viewpoint = viewpoint;
    if (m_shown)
        m_tabs->setCaption(caption());
}

void MessageDetails::fillCurrent()
{
    const auto page = size_t(m_tabs->currentIndex());
    if (!m_shown || std::exchange(m_filled[page], true))
        return;
    fill(Page(page));
}

void MessageDetails::fill(Page page)
{
    using Make = SafeTextView::Pieces (*)(const CapturedRow &row);
    const CapturedRow &row = page == Frame ? m_row : content();
    const CapturedRow safe = m_whole && page != Frame ? m_whole->safe : withoutSecrets(m_row);
    const auto fillText = [&](TextPage *text, Make pieces) {
        const bool hasSecrets = safe.payload != row.payload;
        text->setPieces(pieces(row),
                        hasSecrets ? [safe, pieces] { return pieces(safe); } : std::function<SafeTextView::Pieces()>());
    };
    switch (page) {
    case Tree:
        return m_content->show(row, safe);
    case Text:
        m_text->setJson(!jsonOf(row).isNull());
        return fillText(m_text, readablePieces);
    case Raw:
        m_raw->wrap(row.payload.size());
        return fillText(m_raw, rawPieces);
    case Hex:
        return m_hex->setBytes(row.payload, safe.payload);
    case Frame:
        return m_frame->setTexts(explainFrame(m_row), safe.payload == m_row.payload ? QString() : explainFrame(safe));
    case Changes: // comes with the relatives
    case PageCount:
        break;
    }
}

int MessageDetails::currentPage() const { return m_tabs->currentIndex(); }
void MessageDetails::setCurrentPage(int page) { m_tabs->setCurrentIndex(page); }

TextPage *MessageDetails::currentText() const { return qobject_cast<TextPage *>(m_tabs->currentWidget()); }

QString MessageDetails::pageText() const
{
    const TextPage *text = currentText();
    return text != nullptr ? text->toPlainText() : m_content->text();
}

/// In a text, then: neither a tree nor numbers are one.
void MessageDetails::beginFinding()
{
    if (currentText() == nullptr)
        m_tabs->setCurrentWidget(m_text);
    m_find->open();
}

void MessageDetails::find(const QString &text, bool backwards)
{
    if (currentText() == nullptr)
        m_tabs->setCurrentWidget(m_text);
    m_find->setFound(currentText()->find(text, backwards));
}

void MessageDetails::findSought(bool backwards)
{
    if (currentText() != m_raw)
        m_tabs->setCurrentWidget(m_text);
    m_find->setFound(currentText()->findSought(backwards));
}

void MessageDetails::setSought(const QList<Expression> &sought)
{
    for (TextPage *page : {m_text, m_raw})
        page->setSought(sought);
    m_find->setSought(!sought.isEmpty());
}

QStringList MessageDetails::caption() const
{
    const MessageCells cells = cellsOf(content());
    QStringList parts;
    if (m_viewpoint == Viewpoint::Server && cells.connection != ConnectionId{}) // a client has one
        parts << tr("#%1").arg(quint32(cells.connection));
    parts << formatClock(cells.timeUs);
    if (!cells.event)
        parts << directionText(cells.direction, m_viewpoint) << cells.kind << formatBytes(cells.size);
    else
        parts << cells.kind;
    if (m_whole)
        parts << tr("message of %1 frames").arg(formatNumber(m_whole->frames));
    if (m_whole && m_whole->isCut)
        parts << tr("the first %1").arg(formatBytes(m_whole->row.payload.size()));
    if (m_whole && !m_whole->isKept)
        parts << tr("not all of it was kept");
    if (m_isHidden)
        parts << tr("left out of the log");
    return parts;
}

} // namespace glasshouse
