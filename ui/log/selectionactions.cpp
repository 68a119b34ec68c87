// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/selectionactions.h"

#include "protocol/frame.h"
#include "ui/log/comparewindow.h"
#include "ui/log/logcursor.h"
#include "ui/log/logselection.h"
#include "ui/log/markactions.h"
#include "ui/log/messagecopier.h"
#include "ui/log/neighbouractions.h"
#include "ui/log/typeswindow.h"
#include "ui/models/messagesmodel.h"
#include "ui/models/messagesource.h"
#include "ui/models/payloadtext.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QMenu>

namespace glasshouse {

namespace {

constexpr qsizetype mostResent = 256 * 1024; // bytes: an editor takes it without a hitch

} // namespace

SelectionActions::SelectionActions(MessageSource *source, MessagesModel *model, LogCursor *cursor, TableView *view,
                                   QWidget *panel)
    : QObject(panel),
      m_source(source),
      m_cursor(cursor),
      m_panel(panel),
      m_copier(new MessageCopier(source, cursor, view, this)),
      m_marks(new MarkActions(model, cursor, view, this)),
      m_neighbours(new NeighbourActions(source, model, cursor, view, this)),
      m_resend(make(tr("Resen&d in a test client…"), tr("Ctrl+Shift+Return"),
                    tr("Put the current message into the editor of a test client, without its secrets"),
                    &SelectionActions::resend)),
      m_compare(make(tr("Compa&re"), tr("Ctrl+J"), tr("Compare two selected messages line by line"),
                     &SelectionActions::compare)),
      m_types(make(tr("Types of messa&ges…"), tr("Ctrl+Shift+Y"),
                   tr("How many messages of which type there are, how large and how often"),
                   &SelectionActions::showTypes))
{
    m_copier->setPlayers(model->players());
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->addActions(actions());
    const LogSelection *selection = cursor->selection();
    connect(selection, &LogSelection::chosen, this, [this] { m_told.clear(); });
    connect(selection, &LogSelection::lost, this,
            [this] { say(tr("the selection lay in too many pieces to be kept")); });
    connect(selection, &LogSelection::changed, this, &SelectionActions::notesChanged);
    connect(m_copier, &MessageCopier::told, this, &SelectionActions::say);
    connect(m_neighbours, &NeighbourActions::told, this, &SelectionActions::say);
    connect(m_marks, &MarkActions::told, this, &SelectionActions::say);
    connect(source, &MessageSource::reset, m_marks->marks(), &MessageMarks::clear); // the next run counts from 0 again
}

QAction *SelectionActions::make(const QString &text, const QString &keys, const QString &tip,
                                void (SelectionActions::*act)())
{
    auto *action = new QAction(text, this);
    action->setShortcut(keys);
    action->setToolTip(tip);
    connect(action, &QAction::triggered, this, act);
    return action;
}

QList<QAction *> SelectionActions::actions() const
{
    return m_copier->actions() << m_marks->menu()->menuAction() << m_neighbours->menu()->menuAction() << m_resend
                               << m_compare << m_types;
}

void SelectionActions::setViewpoint(Viewpoint viewpoint)
{
    m_viewpoint = viewpoint;
    m_copier->setViewpoint(viewpoint);
}

void SelectionActions::setOrigins(std::function<MessageContext()> origins) { m_copier->setOrigins(std::move(origins)); }

void SelectionActions::setSecrets(std::function<QByteArrayList()> secrets) { m_copier->setSecrets(std::move(secrets)); }

QStringList SelectionActions::notes() const
{
    QStringList notes{m_told, selectionWords(*m_cursor->selection(), *m_source)};
    notes.removeAll(QString());
    return notes;
}

void SelectionActions::say(const QString &note)
{
    m_told = note;
    emit notesChanged();
}

void SelectionActions::resend()
{
    const auto row = m_cursor->current() ? m_source->row(*m_cursor->current()) : std::nullopt;
    const bool isMessage = row && !row->isEvent() && !row->broken()
        && (row->opcode() == quint8(Opcode::Text) || row->opcode() == quint8(Opcode::Binary));
    if (!isMessage)
        return say(tr("select a text or a binary message first"));
    if ((row->record.flags & RecordPayloadOmitted) != 0)
        return say(tr("this payload was left out of the capture"));
    if ((row->record.firstByte & 0x80) == 0)
        return say(tr("this is only the first part of a message"));
    if (row->payload.size() > mostResent)
        return say(tr("the message is too long for an editor"));
    emit resendWanted(withoutSecrets(*row));
}

void SelectionActions::compare()
{
    const auto ends = m_cursor->selection()->ends();
    const auto first = ends ? m_source->row(ends->first) : std::nullopt;
    const auto last = ends ? m_source->row(ends->second) : std::nullopt;
    if (m_cursor->selection()->count() != 2 || !first || !last)
        return say(tr("select two messages first"));
    auto *window = new CompareWindow(*first, *last, m_viewpoint, m_panel);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->show();
}

void SelectionActions::showTypes()
{
    if (m_typesWindow == nullptr)
        m_typesWindow = new TypesWindow(m_source, m_panel);
    m_typesWindow->show();
    m_typesWindow->raise();
    m_typesWindow->activateWindow();
}

} // namespace glasshouse
