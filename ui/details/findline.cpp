// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/findline.h"

#include "ui/base/icons.h"
#include "ui/base/livelabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace glasshouse {

FindLine::FindLine(QWidget *parent)
    : QWidget(parent),
      m_field(new QLineEdit),
      m_answer(new LiveLabel(tr("What was found in the message")))
{
    setSought(false);
    m_field->setAccessibleName(tr("Find in the message"));
    m_field->setToolTip(tr("A text in the message; Enter goes to the next place, Shift+Enter to the one before.\n"
                           "Without a text they go through what the filter of the log looks for"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    auto *closeButton = new QToolButton;
    closeButton->setIcon(icon(Icon::Close));
    closeButton->setAutoRaise(true);
    closeButton->setToolTip(tr("Stop looking (Escape)"));
    closeButton->setAccessibleName(tr("Stop looking"));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(6, 2, 6, 2);
    line->addWidget(m_field, 1);
    line->addWidget(m_answer);
    line->addWidget(closeButton);
    connect(closeButton, &QToolButton::clicked, this, &FindLine::close);
    connect(m_field, &QLineEdit::textChanged, this, [this] { setFound(true); });
    hide();
}

void FindLine::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindLine::setSought(bool isSought)
{
    m_isSought = isSought;
    m_field->setPlaceholderText(isSought ? tr("Text; empty: what the filter found") : tr("Find in the message"));
}

void FindLine::close()
{
    hide();
    emit closed();
}

void FindLine::ask(bool backwards)
{
    if (!m_field->text().isEmpty())
        emit wanted(m_field->text(), backwards);
    else if (m_isSought)
        emit soughtWanted(backwards);
}

void FindLine::setFound(bool found) { m_answer->setText(found ? QString() : tr("not there")); }

/// The keys of the window have to wait: Escape would lead elsewhere.
bool FindLine::eventFilter(QObject *object, QEvent *event)
{
    const bool isPress = event->type() == QEvent::KeyPress;
    if (!isPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(object, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isEnter && key->key() != Qt::Key_Escape)
        return QWidget::eventFilter(object, event);
    if (!isPress)
        event->accept();
    else if (isEnter)
        ask((key->modifiers() & Qt::ShiftModifier) != 0);
    else
        close();
    return true;
}

} // namespace glasshouse
