// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinepage.h"

#include "ui/base/eventsentence.h"
#include "ui/base/partsline.h"
#include "ui/timeline/timelinereader.h"
#include "ui/timeline/timelineview.h"
#include "ui/timeline/timelinewords.h"

#include <QVBoxLayout>

namespace glasshouse {

TimelinePage::TimelinePage(const MessageSource *source, QWidget *parent)
    : QScrollArea(parent),
      m_source(source),
      m_reader(new TimelineReader(source, this)),
      m_view(new TimelineView(source, m_reader)),
      m_words(new LiveLabel(tr("The connection's life in words"))),
      m_current(new PartsLine(tr("What is chosen on the timeline")))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::NoFocus); // the lanes have it
    m_words->setWordWrap(true);
    m_words->setContentsMargins(8, 2, 8, 0);
    m_current->setContentsMargins(8, 0, 8, 2);
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_words);
    column->addWidget(m_view, 1);
    column->addWidget(m_current);
    setWidget(page);
    connect(m_reader, &TimelineReader::changed, this, &TimelinePage::refresh);
    connect(m_view, &TimelineView::currentChanged, this, [this] {
        showWords();
        if (const QRect place = m_view->currentPlace(); !place.isEmpty()) {
            const QPoint centre = m_view->mapTo(widget(), place.center());
            ensureVisible(centre.x(), centre.y(), 0, fontMetrics().height());
        }
    });
    connect(m_view, &TimelineView::rowWanted, this, &TimelinePage::rowWanted);
}

void TimelinePage::show(ConnectionId connection, qint64 sinceMs)
{
    m_nothing.clear();
    m_reader->read(connection, sinceMs);
    m_view->beginAgain();
}

void TimelinePage::showNothing(const QString &why)
{
    if (why == m_nothing)
        return; // with each snapshot
    m_nothing = why;
    m_reader->read({}, 0);
    m_view->beginAgain();
}

void TimelinePage::readEnd()
{
    const auto number = m_reader->whole().endedRow();
    if (number == m_endNumber)
        return;
    m_endNumber = number;
    m_end = number ? m_source->row(*number) : std::nullopt;
}

void TimelinePage::refresh()
{
    readEnd();
    const ConnectionTimeline &timeline = m_reader->whole();
    const QString words = !m_nothing.isEmpty() ? m_nothing
        : !m_reader->hasRows()                 ? tr("Nothing is recorded: there are no rows to show its life from.")
        : !timeline.isEmpty()                  ? timelineWords(timeline, m_end)
        : m_reader->isUpToDate() || !m_reader->whole().isAny() ? tr("The log has no rows of this connection any more.")
                                                               : tr("Reading…");
    m_words->setText(words);
    m_view->setDescription(words);
    m_view->setEndedBadly(m_end && eventSentence(*m_end).fault);
    m_view->setVisible(!timeline.isEmpty());
    m_current->setVisible(!timeline.isEmpty());
    showWords();
}

void TimelinePage::showWords()
{
    const QStringList words = m_view->currentParts();
    m_current->setParts(!words.isEmpty()
                            ? words
                            : QStringList{tr("Left and Right: from event to event"), tr("Enter: in the log"),
                                          tr("+ and −: closer, and back"), tr("0: all of it")});
}

void TimelinePage::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    m_reader->setReading(true);
    refresh();
}

void TimelinePage::hideEvent(QHideEvent *event)
{
    QScrollArea::hideEvent(event);
    m_reader->setReading(false);
}

} // namespace glasshouse
