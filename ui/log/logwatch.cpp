// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logwatch.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"

#include <QAction>
#include <QToolButton>

namespace glasshouse {

LogWatch::LogWatch(MessageSource *source, std::function<CaptureFilter()> filter, QWidget *parent)
    : QObject(parent),
      m_source(source),
      m_filter(std::move(filter)),
      m_action(new QAction(icon(Icon::Bell), tr("Tell me when more come"), this)),
      m_button(new QToolButton(parent))
{
    m_action->setCheckable(true);
    m_action->setShortcut(tr("Ctrl+Shift+V"));
    m_action->setToolTip(
        tr("Count the messages that come from now on and that the filter means, or errors where it has "
           "none, and raise a notification while you look elsewhere"));
    m_button->setObjectName(QStringLiteral("watch"));
    m_button->setIcon(icon(Icon::Bell));
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setAutoRaise(true);
    m_button->hide();
    connect(m_action, &QAction::toggled, this, &LogWatch::set);
    connect(m_button, &QToolButton::clicked, this, [this] {
        if (const auto row = m_watch ? m_watch->newestRow() : std::nullopt)
            emit rowWanted(*row);
    });
}

void LogWatch::set(bool on)
{
    m_watch.reset();
    if (on) {
        CaptureFilter filter = m_filter();
        CaptureFilter asked = filter;
        asked.controlFrames = true; // whether they show is no question
        const bool isErrors = asked.isEmpty();
        filter.errorsOnly = filter.errorsOnly || isErrors;
        m_watch = std::make_unique<MessageWatch>(m_source, filter);
        connect(m_watch.get(), &MessageWatch::seen, this, [this] {
            showCount();
            emit attentionWanted(
                m_watch->count() == 1
                    ? tr("A message that you wait for has come.")
                    : tr("%1 messages that you wait for have come.").arg(formatCount(m_watch->count())));
        });
        connect(
            m_watch.get(), &MessageWatch::ended, m_action, [this] { m_action->setChecked(false); },
            Qt::QueuedConnection);
        m_button->setToolTip((isErrors ? tr("Errors since %1; go to the newest of them")
                                       : tr("Since %1, of those that the filter meant then; go to the newest of them"))
                                 .arg(formatClock(m_watch->sinceUs())));
        showCount();
    }
    m_button->setVisible(on);
    emit switched();
}

void LogWatch::showCount()
{
    m_button->setText(formatCount(m_watch->count()));
    m_button->setAccessibleName(tr("Messages that you wait for: %1").arg(formatCount(m_watch->count())));
}

} // namespace glasshouse
