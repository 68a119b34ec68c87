// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/controlbar.h"

#include "protocol/closecode.h"
#include "ui/base/icons.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr quint16 offeredCodes[] = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 4000};

constexpr quint16 noSuchCode = 0xFFFF; // is refused where it is to be sent

/// 0: without a code.
quint16 codeIn(const QString &written)
{
    const QString number = written.trimmed().section(u' ', 0, 0);
    bool isOne = number.isEmpty();
    const quint16 code = isOne ? quint16(0) : number.toUShort(&isOne);
    return isOne ? code : noSuchCode;
}

QToolButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

ControlBar::ControlBar(QWidget *parent)
    : QWidget(parent),
      m_pingPayload(new QLineEdit(this)),
      m_code(new QComboBox(this)),
      m_reason(new QLineEdit(this)),
      m_ping(new QAction(icon(Icon::Ping), tr("Send &ping"), this)),
      m_close(new QAction(icon(Icon::Close), tr("Send &close"), this))
{
    buildActions();
    buildFields();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_pingPayload, 2);
    row->addWidget(buttonFor(m_ping, this));
    row->addSpacing(16);
    row->addWidget(m_code);
    row->addWidget(m_reason, 3);
    row->addWidget(buttonFor(m_close, this));
    setConnected(false);
}

void ControlBar::buildActions()
{
    // What it does, also while it can not be done.
    m_ping->setStatusTip(tr("Send a ping frame and measure the round trip"));
    m_close->setStatusTip(tr("Begin the closing handshake with this code and reason"));
    m_ping->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    m_close->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    connect(m_ping, &QAction::triggered, this, [this] { emit pingRequested(m_pingPayload->text().toUtf8()); });
    connect(m_close, &QAction::triggered, this,
            [this] { emit closeRequested(codeIn(m_code->currentText()), m_reason->text().toUtf8()); });
}

void ControlBar::buildFields()
{
    m_pingPayload->setPlaceholderText(tr("payload"));
    m_pingPayload->setMaxLength(125);
    m_pingPayload->setAccessibleName(tr("Payload of a ping"));
    m_pingPayload->setToolTip(tr("Comes back in the pong; at most 125 bytes"));
    for (const quint16 code : offeredCodes) {
        const QByteArray name = closeCodeName(code).toByteArray();
        m_code->addItem(name.isEmpty() ? QString::number(code) : u"%1 %2"_s.arg(code).arg(QString::fromLatin1(name)));
    }
    m_code->addItem(u"0 "_s + tr("no code"));
    m_code->setEditable(true);
    m_code->setInsertPolicy(QComboBox::NoInsert);
    m_code->setMinimumContentsLength(12);
    m_code->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_code->setAccessibleName(tr("Close code"));
    m_code->setToolTip(tr("Close code: 1000 to 1014 as registered, 3000 to 4999 for programs"));
    m_reason->setPlaceholderText(tr("reason"));
    m_reason->setMaxLength(123);
    m_reason->setAccessibleName(tr("Reason of the close"));
    m_reason->setToolTip(tr("Goes with the code; at most 123 bytes"));
}

void ControlBar::setConnected(bool connected)
{
    m_ping->setEnabled(connected);
    m_ping->setToolTip(connected ? tr("Send a ping frame and measure the round trip") : tr("No ping: not connected"));
    m_close->setEnabled(connected);
    m_close->setToolTip(connected ? tr("Begin the closing handshake with this code and reason")
                                  : tr("No close: not connected"));
}

} // namespace glasshouse
