// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/markactions.h"

#include "ui/base/formats.h"
#include "ui/log/logcursor.h"
#include "ui/log/logselection.h"
#include "ui/models/messagesmodel.h"
#include "ui/panels/prompts.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QPainter>

namespace glasshouse {

namespace {

constexpr int swatchSide = 12;

QIcon swatch(MarkColour colour, const QPalette &palette)
{
    QPixmap pixmap(swatchSide, swatchSide);
    pixmap.fill(markColour(colour));
    QPainter painter(&pixmap);
    painter.setPen(palette.color(QPalette::Mid));
    painter.drawRect(0, 0, swatchSide - 1, swatchSide - 1);
    return pixmap;
}

} // namespace

MarkActions::MarkActions(MessagesModel *model, LogCursor *cursor, TableView *view, QObject *parent)
    : QObject(parent),
      m_model(model),
      m_cursor(cursor),
      m_view(view),
      m_menu(new QMenu(tr("Mar&k"), view))
{
    m_model->setMarks(&m_marks);
    buildMenu();
}

void MarkActions::buildMenu()
{
    m_menu->menuAction()->setToolTip(tr("Mark messages, find them again, and count time from one"));
    m_menu->setToolTipsVisible(true);
    add(tr("&Mark"), tr("Ctrl+M"),
        tr("Mark the selected messages, or take their marks away; marks last until this run ends"),
        &MarkActions::toggle);
    auto *choice = new QActionGroup(this);
    for (int i = 0; i < markColourCount; ++i) {
        const auto colour = MarkColour(i);
        QAction *action = m_menu->addAction(markColourName(colour), this, [this, colour] { paint(colour); });
        choice->addAction(action);
        action->setToolTip(tr("Mark the selected messages with this colour; it is the one of the next marks as well"));
    }
    m_menu->addSeparator();
    add(tr("N&ote…"), tr("Ctrl+Shift+M"), tr("Write a note to the message; it stands in front of its preview"),
        &MarkActions::askNote);
    add(tr("&Next mark"), tr("F2"), tr("Go to the next marked message that the log shows"), &MarkActions::goNext);
    add(tr("&Previous mark"), tr("Shift+F2"), tr("Go to the marked message before this one"), &MarkActions::goBack);
    add(tr("Remove &all marks"), tr("Ctrl+F2"), tr("Take all marks and notes away"), &MarkActions::removeAll);
    m_menu->addSeparator();
    add(tr("&Time reference"), tr("Ctrl+Alt+R"),
        tr("The times of all messages count from this one; again, and they count from the row above"),
        &MarkActions::toggleReference);
    // The colours are those of the palette just now.
    connect(m_menu, &QMenu::aboutToShow, this, [this] {
        const auto actions = m_menu->actions();
        for (int i = 0; i < markColourCount; ++i)
            actions.at(1 + i)->setIcon(swatch(MarkColour(i), m_menu->palette()));
    });
}

QAction *MarkActions::add(const QString &text, const QKeySequence &keys, const QString &tip, void (MarkActions::*act)())
{
    QAction *action = m_menu->addAction(text, keys, this, act);
    action->setToolTip(tip);
    return action;
}

std::optional<quint64> MarkActions::current() const
{
    const auto current = m_cursor->current();
    return current && m_model->rowOf(*current) >= 0 ? current : std::nullopt;
}

QList<quint64> MarkActions::chosen()
{
    const quint64 count = m_cursor->selection()->count();
    const auto current = this->current();
    if (count > mostAtOnce)
        emit told(tr("at most %1 messages can be marked at once").arg(formatCount(mostAtOnce)));
    else if (count > 0)
        return m_cursor->selection()->list();
    else if (current)
        return {*current};
    else
        emit told(tr("no message is selected"));
    return {};
}

void MarkActions::toggle()
{
    const QList<quint64> numbers = chosen();
    const bool isAll = std::ranges::all_of(numbers, [this](quint64 number) { return m_marks.find(number) != nullptr; });
    if (!isAll)
        return paint(m_colour);
    for (const quint64 number : numbers)
        m_marks.remove(number);
}

void MarkActions::paint(MarkColour colour)
{
    m_colour = colour;
    const QList<quint64> numbers = chosen();
    for (const quint64 number : numbers) {
        const Mark *before = m_marks.find(number);
        if (!m_marks.set(number, {colour, before != nullptr ? before->note : QString()}))
            return emit told(tr("there are %1 marks, and no room for more").arg(formatCount(MessageMarks::most)));
    }
}

void MarkActions::askNote()
{
    const auto number = current();
    if (!number)
        return emit told(tr("no message is selected"));
    const Mark *before = m_marks.find(*number);
    Mark mark = before != nullptr ? *before : Mark{m_colour, {}};
    const auto note = askLine(m_view, tr("Note"), tr("What there is to say of this message:"), mark.note, tr("Keep"));
    if (!note)
        return;
    mark.note = *note;
    if (!m_marks.set(*number, mark))
        emit told(tr("there are %1 marks, and no room for more").arg(formatCount(MessageMarks::most)));
}

void MarkActions::removeAll() { m_marks.clear(); }

void MarkActions::go(bool forwards)
{
    const auto &all = m_marks.all();
    const auto current = m_cursor->current();
    const auto isShown = [this](const auto &mark) { return m_model->rowOf(mark.first) >= 0; };
    std::optional<quint64> found;
    if (forwards) {
        const auto from = current ? all.upper_bound(*current) : all.begin();
        if (const auto at = std::find_if(from, all.end(), isShown); at != all.end())
            found = at->first;
    } else {
        const auto from = std::make_reverse_iterator(current ? all.lower_bound(*current) : all.end());
        if (const auto at = std::find_if(from, all.rend(), isShown); at != all.rend())
            found = at->first;
    }
    if (found)
        m_cursor->goTo(*found);
    else if (std::ranges::none_of(all, isShown) && !all.empty())
        emit told(tr("the filter hides the marked messages"));
    else
        emit told(forwards ? tr("no mark below") : tr("no mark above"));
}

void MarkActions::toggleReference()
{
    const auto current = m_cursor->current();
    const bool lifts = m_model->reference() && (!current || m_model->reference() == current);
    if (!lifts && !current)
        return emit told(tr("no message is selected"));
    m_model->setReference(lifts ? std::nullopt : current);
    emit told(lifts ? QString() : tr("times count from the chosen message"));
}

} // namespace glasshouse
