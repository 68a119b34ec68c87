// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/serverbar.h"

#include "net/transport/bindaddress.h"
#include "server/config/configoptions.h"
#include "ui/base/addresses.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/livelabel.h"
#include "ui/base/tints.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QToolButton *buttonFor(QAction *action, Qt::ToolButtonStyle style = Qt::ToolButtonTextBesideIcon)
{
    auto *button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(style);
    button->setAutoRaise(style == Qt::ToolButtonIconOnly);
    return button;
}

Tint tintOf(ServerState state)
{
    switch (state) {
    case ServerState::Stopped:
        return Tint::Muted;
    case ServerState::Starting:
    case ServerState::Draining:
    case ServerState::Stopping:
        return Tint::Warning;
    case ServerState::Running:
        return Tint::Good;
    case ServerState::Failed:
        return Tint::Bad;
    }
    Q_UNREACHABLE();
}

} // namespace

QString serverStateText(ServerState state)
{
    switch (state) {
    case ServerState::Stopped:
        return QCoreApplication::translate("Server", "Stopped");
    case ServerState::Starting:
        return QCoreApplication::translate("Server", "Starting");
    case ServerState::Running:
        return QCoreApplication::translate("Server", "Running");
    case ServerState::Draining:
        return QCoreApplication::translate("Server", "Letting games end");
    case ServerState::Stopping:
        return QCoreApplication::translate("Server", "Stopping");
    case ServerState::Failed:
        return QCoreApplication::translate("Server", "Could not start");
    }
    return {};
}

ServerBar::ServerBar(QWidget *parent)
    : OverflowRow(parent),
      m_dot(new QLabel(u"●"_s)),
      m_text(new QLabel),
      m_url(new QLabel),
      m_port(new QSpinBox),
      m_bind(new QComboBox)
{
    buildFields();
    buildActions();
    layOut();
    setState(ServerState::Stopped, {});
}

void ServerBar::buildFields()
{
    QFont strong = font();
    strong.setBold(true);
    m_text->setFont(strong);
    m_text->setAccessibleDescription(tr("State of the server"));
    m_url->setTextFormat(Qt::PlainText);
    m_url->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_url->setAccessibleDescription(tr("Address of the server"));
    m_port->setRange(0, int(findRow(configOptions(), u"port")->most));
    m_port->setSpecialValueText(tr("any free"));
    m_port->setToolTip(tr("TCP port; 0 takes one that is free"));
    m_port->setAccessibleName(tr("Port"));
    m_bind->setEditable(true);
    m_bind->setInsertPolicy(QComboBox::NoInsert);
    m_bind->addItem(tr("All addresses"), QString());
    m_bind->addItem(tr("This computer only"), u"127.0.0.1"_s);
    m_bind->setMinimumContentsLength(18);
    m_bind->setToolTip(tr("Where the server listens; an IP address can be typed"));
    m_bind->setAccessibleName(tr("Address to listen on"));
    connect(m_port, &QSpinBox::valueChanged, this, [this](int port) { emit portChosen(quint16(port)); });
    connect(m_bind, &QComboBox::activated, this, &ServerBar::chooseBindAddress);
    connect(m_bind->lineEdit(), &QLineEdit::editingFinished, this, &ServerBar::chooseBindAddress);
}

void ServerBar::buildActions()
{
    const auto add = [this](Icon name, const QString &text, const QString &keys, const QString &tip) {
        auto *action = new QAction(icon(name), text, this);
        action->setShortcut(QKeySequence(keys));
        action->setToolTip(u"%1 (%2)"_s.arg(tip, QKeySequence(keys).toString(QKeySequence::NativeText)));
        action->setStatusTip(tip);
        return action;
    };
    m_start = add(Icon::Start, tr("&Start"), tr("Ctrl+R"), tr("Start the server"));
    m_stop = add(Icon::Stop, tr("S&top"), tr("Ctrl+."), tr("Stop the server at once; everybody is told"));
    m_drain = add(Icon::Stop, tr("Stop when &games are over"), tr("Ctrl+Shift+D"),
                  tr("Let in nobody new, let games go on for at most five minutes, then stop"));
    m_copy = add(Icon::Copy, tr("Co&py the address"), tr("Ctrl+Shift+C"), tr("Copy the address that players need"));
    m_share =
        add(Icon::Share, tr("S&hare"), tr("Ctrl+Shift+S"), tr("Show the QR code and the address that let others join"));
    m_newRoom =
        add(Icon::Room, tr("&New room…"), tr("Ctrl+N"), tr("Open a room: choose its game and how it is played"));
    m_results = add(Icon::Results, tr("R&esults"), tr("Ctrl+Shift+G"), tr("Rankings, and every game that was played"));
    m_testClient = add(Icon::TestClient, tr("Test c&lient"), tr("Ctrl+T"),
                       tr("Open a test client that is connected to this server"));
    m_doctor = add(Icon::Doctor, tr("&Doctor"), tr("Ctrl+Shift+X"),
                   tr("Find out why a connection fails, and whether a phone can reach this server"));
    connect(m_start, &QAction::triggered, this, &ServerBar::startWanted);
    connect(m_stop, &QAction::triggered, this, &ServerBar::stopWanted);
    connect(m_drain, &QAction::triggered, this, &ServerBar::drainWanted);
    connect(m_copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_url->text()); });
    connect(m_share, &QAction::triggered, this, &ServerBar::shareWanted);
    connect(m_newRoom, &QAction::triggered, this, &ServerBar::newRoomWanted);
    connect(m_results, &QAction::triggered, this, &ServerBar::resultsWanted);
    connect(m_testClient, &QAction::triggered, this, &ServerBar::testClientWanted);
    connect(m_doctor, &QAction::triggered, this, &ServerBar::doctorWanted);
}

void ServerBar::layOut()
{
    row()->setContentsMargins(8, 5, 8, 3);
    row()->setSpacing(6);
    addFixed(m_dot);
    addFixed(m_text);
    addSpacing(6);
    m_copyButton = buttonFor(m_copy, Qt::ToolButtonIconOnly);
    addYielding(m_url, 0, {});
    addYielding(m_copyButton, 1, {m_copy});
    addFixed(m_bind);
    addFixed(m_port);
    addSpacing(6);
    m_button = buttonFor(m_start);
    addFixed(m_button);
    addStretch();
    addYielding(buttonFor(m_share), 2, {m_share});
    addYielding(buttonFor(m_newRoom), 3, {m_newRoom});
    addYielding(buttonFor(m_results), 5, {m_results});
    addYielding(buttonFor(m_testClient), 4, {m_testClient});
    addYielding(buttonFor(m_doctor), 6, {m_doctor});
}

void ServerBar::setState(ServerState state, const ListenInfo &info)
{
    const bool isNews = std::exchange(m_state, state) != state;
    const bool draining = state == ServerState::Draining;
    const bool up = state == ServerState::Running || draining;
    const bool changing = state == ServerState::Starting || state == ServerState::Stopping;
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, tint(tintOf(state)));
    m_dot->setPalette(colours);
    m_text->setText(serverStateText(state));
    if (isNews && isVisible())
        announce(m_text, m_text->text());
    m_url->setText(up ? roomUrl(info, reachableHosts(info).first(), u"main"_s).toString() : QString());
    // Two actions, so that the key of one never does the other.
    m_start->setEnabled(!up && !changing);
    m_stop->setEnabled(up);
    const bool stops = up || state == ServerState::Stopping;
    m_button->removeAction(stops ? m_start : m_stop); // with both it would be a menu
    m_button->setDefaultAction(stops ? m_stop : m_start);
    m_drain->setEnabled(up && !draining);
    const bool isOpen = up && !draining; // for who is not here yet
    m_testClient->setEnabled(up);
    for (QAction *action : {m_copy, m_share, m_newRoom})
        action->setEnabled(isOpen);
    setWanted(m_url, isOpen);
    setWanted(m_copyButton, isOpen);
    for (QWidget *field : {static_cast<QWidget *>(m_bind), static_cast<QWidget *>(m_port)}) {
        field->setVisible(!up && state != ServerState::Stopping);
        field->setEnabled(!changing);
    }
}

void ServerBar::showDrain(int secondsLeft, int connected)
{
    if (m_state == ServerState::Draining && secondsLeft >= 0)
        m_text->setText(tr("Letting games end · %1 still here · %2 left")
                            .arg(formatNumber(connected), formatDuration(secondsLeft * 1000LL)));
}

void ServerBar::setConfig(const ServerConfig &config)
{
    const QSignalBlocker port(m_port), bind(m_bind);
    m_port->setValue(config.port);
    const int known = m_bind->findData(config.bindAddress);
    m_bind->setCurrentIndex(known);
    if (known < 0)
        m_bind->setEditText(config.bindAddress);
}

void ServerBar::chooseBindAddress()
{
    const QString typed = m_bind->currentText().trimmed();
    const int known = m_bind->findText(typed);
    emit bindAddressChosen(known >= 0 ? m_bind->itemData(known).toString() : normalBindAddress(typed).value_or(typed));
}

QList<QAction *> ServerBar::menuActions() const
{
    return {m_start, m_stop, m_drain, m_share, m_newRoom, m_results, m_copy, m_testClient, m_doctor};
}

} // namespace glasshouse
