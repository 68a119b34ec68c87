// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logcolours.h"

#include "ui/log/colourrulesdialog.h"
#include "ui/log/keptcolours.h"
#include "ui/models/messagesmodel.h"

#include <QAction>

namespace glasshouse {

LogColours::LogColours(MessagesModel *model, std::function<QString()> filterWords, QWidget *parent)
    : QObject(parent),
      m_model(model),
      m_filterWords(std::move(filterWords)),
      m_window(parent),
      m_action(new QAction(tr("Colour rules…"), this))
{
    m_action->setShortcut(tr("Ctrl+Shift+U"));
    m_action->setToolTip(tr("Give the messages that a condition means a ground of their own, in all windows"));
    connect(m_action, &QAction::triggered, this, &LogColours::ask);
}

void LogColours::ask()
{
    ColourRulesDialog dialog(m_model->colours(), m_filterWords(), m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    if (m_kept != nullptr)
        m_kept->set(dialog.rules());
    else
        m_model->setColours(dialog.rules());
}

void LogColours::setKept(KeptColours &kept)
{
    m_kept = &kept;
    m_model->setColours(kept.rules());
    connect(&kept, &KeptColours::changed, this, [this] { m_model->setColours(m_kept->rules()); });
}

void LogColours::takeEarlier(const QString &text)
{
    if (m_kept != nullptr)
        m_kept->takeEarlier(text);
}

} // namespace glasshouse
