// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connection/proxysection.h"

#include "ui/base/formats.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace glasshouse {

ProxySection::ProxySection(QWidget *parent)
    : ConnectionSection(parent),
      m_kind(new QComboBox(this)),
      m_host(new QLineEdit(this)),
      m_port(new QSpinBox(this)),
      m_user(new QLineEdit(this)),
      m_password(new QLineEdit(this)),
      m_system(new QLabel(this))
{
    m_kind->addItems(
        {tr("None"), tr("As the system says"), tr("HTTP (CONNECT)"), tr("SOCKS5")}); // in the order of the enum
    m_kind->setToolTip(tr("What the client connects through; the proxy resolves the server's name"));
    m_host->setToolTip(tr("Name or address of the proxy"));
    m_port->setRange(0, 65'535);
    m_port->setAccessibleName(tr("Port of the proxy"));
    m_port->setToolTip(tr("TCP port of the proxy"));
    m_user->setPlaceholderText(tr("none"));
    m_user->setToolTip(tr("For a proxy that asks who you are"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password for the proxy"));
    m_password->setPlaceholderText(tr("password"));
    m_password->setToolTip(tr("Stays in memory only. A variable like {{password}} is filled in"));
    m_system->setWordWrap(true);
    auto *place = new QHBoxLayout;
    place->addWidget(m_host, 1);
    place->addWidget(m_port);
    auto *person = new QHBoxLayout;
    person->addWidget(m_user, 1);
    person->addWidget(m_password, 1);
    auto *form = new QFormLayout(this);
    form->addRow(tr("P&roxy:"), m_kind);
    const auto addPair = [&](const QString &text, QHBoxLayout *fields, QWidget *buddy) {
        auto *label = new QLabel(text, this);
        label->setBuddy(buddy);
        form->addRow(label, fields);
    };
    addPair(tr("H&ost and port:"), place, m_host);
    addPair(tr("&User:"), person, m_user);
    form->addRow(m_system);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ProxySection::enableFields);
    enableFields();
}

void ProxySection::take(const ConnectionDraft &draft)
{
    const TestClientProxy &proxy = draft.options.proxy;
    m_kind->setCurrentIndex(int(proxy.kind));
    m_host->setText(proxy.host);
    m_port->setValue(proxy.port);
    m_user->setText(proxy.user);
    m_password->setText(proxy.password);
}

void ProxySection::put(ConnectionDraft &draft) const
{
    draft.options.proxy = {TestClientProxy::Kind(m_kind->currentIndex()), m_host->text().trimmed(),
                           quint16(m_port->value()), m_user->text(), m_password->text()};
}

void ProxySection::enableFields()
{
    const auto kind = TestClientProxy::Kind(m_kind->currentIndex());
    const bool isOwn = kind == TestClientProxy::Kind::Http || kind == TestClientProxy::Kind::Socks5;
    for (QWidget *field : std::initializer_list<QWidget *>{m_host, m_port, m_user, m_password})
        field->setEnabled(isOwn);
    m_system->clear();
    if (kind == TestClientProxy::Kind::System)
        emit systemChosen();
}

void ProxySection::showSystem(const TestClientProxy &found)
{
    if (m_kind->currentIndex() == int(TestClientProxy::Kind::System))
        m_system->setText(tr("The system says for this address: %1").arg(proxyWords(found)));
}

QString proxyWords(const TestClientProxy &proxy)
{
    const QString place = oneLine(proxy.host, 100) + u':' + QString::number(proxy.port);
    switch (proxy.kind) {
    case TestClientProxy::Kind::None:
        return ProxySection::tr("no proxy");
    case TestClientProxy::Kind::System:
        return ProxySection::tr("the system's proxy");
    case TestClientProxy::Kind::Http:
        return ProxySection::tr("HTTP proxy %1").arg(place);
    case TestClientProxy::Kind::Socks5:
        return ProxySection::tr("SOCKS5 proxy %1").arg(place);
    }
    Q_UNREACHABLE();
}

} // namespace glasshouse
