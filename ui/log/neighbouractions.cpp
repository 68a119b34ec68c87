// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/neighbouractions.h"

#include "match/conditionfields.h"
#include "protocol/frame.h"
#include "ui/log/logcursor.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

/// What has no type is like others of its opcode; an event is like none.
std::optional<CaptureFilter> ofType(const CapturedRow &row)
{
    if (row.isEvent() || !isKnownOpcode(row.opcode()))
        return {};
    CaptureFilter filter;
    if (const QByteArrayView type = row.type(); !type.isEmpty()) {
        filter.types = {type.toByteArray()};
        return filter;
    }
    const QString type = row.opcode() == quint8(Opcode::Text) ? u" and type == \"\""_s : QString();
    filter.condition = Condition::read(u"opcode == "_s + opcodeWord(row.opcode()) + type).value();
    return filter;
}

std::optional<CaptureFilter> ofConnection(const CapturedRow &row)
{
    if (row.connection() == ConnectionId{})
        return {};
    CaptureFilter filter;
    filter.connections = {row.connection()};
    filter.events = true;
    return filter;
}

} // namespace

NeighbourActions::NeighbourActions(MessageSource *source, MessagesModel *model, LogCursor *cursor, TableView *view,
                                   QObject *parent)
    : QObject(parent),
      m_source(source),
      m_model(model),
      m_cursor(cursor),
      m_menu(new QMenu(tr("Go to a&nother"), view))
{
    using Way = NeighbourSearch::Way;
    m_menu->menuAction()->setToolTip(tr("Go to a message that has to do with this one"));
    m_menu->setToolTipsVisible(true);
    add(tr("&Next of this type"), tr("Alt+Down"), tr("The next message of the same type that the log shows"), ofType,
        Way::Forwards);
    add(tr("&Previous of this type"), tr("Alt+Up"), tr("The message of the same type before this one"), ofType,
        Way::Backwards);
    add(tr("N&ext of this connection"), tr("Alt+Shift+Down"),
        tr("The next message of the same connection that the log shows"), ofConnection, Way::Forwards);
    add(tr("P&revious of this connection"), tr("Alt+Shift+Up"),
        tr("The message of the same connection before this one"), ofConnection, Way::Backwards);
    connect(m_source, &MessageSource::reset, &m_search, &NeighbourSearch::stop); // numbers are others' then
    connect(&m_search, &NeighbourSearch::found, this, [this](quint64 number) {
        if (!m_cursor->goTo(number))
            emit told(tr("the message is not shown any more"));
    });
    connect(&m_search, &NeighbourSearch::nothingFound, this,
            [this] { emit told(tr("the log shows no other one there")); });
}

void NeighbourActions::add(const QString &text, const QKeySequence &keys, const QString &tip, Like like,
                           NeighbourSearch::Way way)
{
    QAction *action = m_menu->addAction(text, this, [this, like, way] { look(like, way); });
    action->setShortcut(keys);
    action->setShortcutContext(
        Qt::WidgetWithChildrenShortcut); // of the view, which has the menu: elsewhere they open lists
    action->setToolTip(tip);
}

void NeighbourActions::look(Like like, NeighbourSearch::Way way)
{
    const auto current = m_cursor->current();
    const auto row = current ? m_source->row(*current) : std::nullopt;
    const auto rows = m_source->rows();
    if (!row || !rows || m_model->rowCount() == 0)
        return emit told(tr("no message is selected"));
    const auto filter = like(*row);
    if (!filter)
        return emit told(tr("an event has no type, and not every one has a connection"));
    m_search.find(rows, {*filter, *current, way, m_model->numbersOf(0, m_model->rowCount() - 1)});
}

} // namespace glasshouse
