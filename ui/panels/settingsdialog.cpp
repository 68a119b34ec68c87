// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/settingsdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int kib = 1024;
constexpr qint64 mib = 1024LL * 1024;

QSpinBox *numberField(int least, int most, qint64 value, const QString &unit, const QString &tip)
{
    auto *field = new QSpinBox;
    field->setRange(least, most);
    field->setValue(int(std::min<qint64>(value, most)));
    field->setGroupSeparatorShown(true);
    field->setSuffix(unit.isEmpty() ? unit : u' ' + unit);
    field->setToolTip(tip);
    field->setAlignment(Qt::AlignRight);
    return field;
}

} // namespace

SettingsDialog::SettingsDialog(const ServerConfig &config, bool running, QWidget *parent)
    : QDialog(parent),
      m_config(config),
      m_tabs(new QTabWidget)
{
    setWindowTitle(tr("Settings"));
    buildServerPage();
    buildClientLimits();
    buildServerLimits();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *note = new QLabel(tr("The server is running: changes count from its next start on."));
    note->setVisible(running);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs);
    layout->addWidget(note);
    layout->addWidget(buttons);
}

QFormLayout *SettingsDialog::addPage(const QString &title)
{
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins(14, 12, 14, 12);
    form->setHorizontalSpacing(18);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    m_tabs->addTab(page, title);
    return form;
}

void SettingsDialog::buildServerPage()
{
    QFormLayout *form = addPage(tr("&Server"));
    m_port = numberField(0, 65535, m_config.port, {}, tr("TCP port; 0 takes one that is free"));
    m_port->setGroupSeparatorShown(false);
    m_port->setSpecialValueText(tr("any free"));
    m_bind = new QLineEdit(m_config.bindAddress);
    m_bind->setPlaceholderText(tr("all addresses"));
    m_bind->setMinimumWidth(220);
    m_bind->setToolTip(tr("IP address to listen on; 127.0.0.1 for this computer only"));
    m_capture = new QCheckBox(tr("&Record everything on the wire"));
    m_capture->setChecked(m_config.capture);
    m_capture->setToolTip(tr("Without it the message log stays empty"));
    m_budget = numberField(0, 1'000'000, m_config.captureBudgetBytes / mib, tr("MiB"),
                           tr("On disk; beyond it the oldest messages go"));
    m_budget->setSpecialValueText(tr("no bound"));
    m_budget->setSingleStep(256);
    m_budget->setEnabled(m_config.capture);
    connect(m_capture, &QCheckBox::toggled, m_budget, &QWidget::setEnabled);
    form->addRow(tr("&Port:"), m_port);
    form->addRow(tr("&Address:"), m_bind);
    form->addRow(tr("Capture:"), m_capture);
    form->addRow(tr("Space on &disk:"), m_budget);
}

void SettingsDialog::buildClientLimits()
{
    QFormLayout *form = addPage(tr("Limits of a &client"));
    addLimit(form, tr("Largest message:"), &Limits::messageBytes, 1024 * 1024, tr("KiB"),
             tr("A larger one ends the connection with 1009"), kib);
    addLimit(form, tr("Messages a second:"), &Limits::messageRate, 100'000, {}, tr("On average"));
    addLimit(form, tr("Messages at once:"), &Limits::messageBurst, 1'000'000, {}, tr("So many may come in a burst"));
    addLimit(form, tr("Bytes a second:"), &Limits::byteRate, 1024 * 1024, tr("KiB/s"), tr("In, on average"), kib);
    addLimit(form, tr("Waiting to be sent:"), &Limits::queueBytes, 1024 * 1024, tr("KiB"),
             tr("A client that reads too slowly is sent away"), kib);
    addLimit(form, tr("Ping every:"), &Limits::heartbeatSeconds, 3600, tr("s"),
             tr("Keeps the way open and measures the RTT"));
    addLimit(form, tr("Answer within:"), &Limits::pongSeconds, 3600, tr("s"),
             tr("Without a pong the connection counts as lost"));
}

void SettingsDialog::buildServerLimits()
{
    QFormLayout *form = addPage(tr("Limits of the se&rver"));
    addLimit(form, tr("Connections:"), &Limits::connections, 1'000'000, {}, tr("Together"));
    addLimit(form, tr("Connections of an address:"), &Limits::connectionsPerAddress, 1'000'000, {},
             tr("From one IP address"));
    addLimit(form, tr("Players in a room:"), &Limits::players, 100'000, {}, tr("Further ones are refused with 4005"));
    addLimit(form, tr("Rooms:"), &Limits::rooms, 1'000'000, {}, tr("Together"));
}

template <typename Value>
void SettingsDialog::addLimit(QFormLayout *form, const QString &name, Value Limits::*limit, int most,
                              const QString &unit, const QString &tip, int factor)
{
    QSpinBox *field = numberField(0, most, qint64(m_config.limits.*limit) / factor, unit, tip);
    field->setSpecialValueText(tr("no limit"));
    field->setMinimumWidth(130);
    form->addRow(name, field);
    const int before = field->value();
    m_takers.push_back([field, limit, factor, before](Limits &limits) {
        if (field->value() != before) // what was not touched keeps the bytes that the unit hides
            limits.*limit = Value(field->value()) * factor;
    });
}

ServerConfig SettingsDialog::config() const
{
    ServerConfig config = m_config;
    config.port = quint16(m_port->value());
    config.bindAddress = m_bind->text().trimmed();
    config.capture = m_capture->isChecked();
    if (m_budget->value() != m_config.captureBudgetBytes / mib)
        config.captureBudgetBytes = m_budget->value() * mib;
    for (const auto &take : m_takers)
        take(config.limits);
    return config;
}

} // namespace glasshouse
