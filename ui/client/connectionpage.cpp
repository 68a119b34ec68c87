// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connectionpage.h"

#include "client/testclientladder.h"
#include "ui/base/focusring.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int shownRungs = 7;

QString seconds(int ms) { return QLocale().toString(ms / 1000.0, 'g', 3); }

} // namespace

ConnectionPage::ConnectionPage(QWidget *parent)
    : QWidget(parent),
      m_origin(new QLineEdit(this)),
      m_subprotocols(new QLineEdit(this)),
      m_opening(new QDoubleSpinBox(this)),
      m_ping(new QSpinBox(this)),
      m_answerPings(new QCheckBox(tr("&Answer pings with pongs"), this)),
      m_ignoreTls(new QCheckBox(tr("&Ignore certificate errors"), this)),
      m_headers(new QTableWidget(0, 2, this)),
      m_reconnect(new QCheckBox(tr("Come &back by itself after a loss"), this)),
      m_ladder(new QLabel(this))
{
    buildFields();
    auto *layout = new QHBoxLayout(this);
    layout->addLayout(buildLeft(), 2);
    layout->addSpacing(12);
    layout->addLayout(buildRight(), 3);
    connect(m_reconnect, &QCheckBox::toggled, this, &ConnectionPage::showLadder);
    setOptions({});
}

void ConnectionPage::buildFields()
{
    m_origin->setPlaceholderText(tr("none, like a program"));
    m_origin->setToolTip(tr("Origin header, as a browser sends it: https://game.example"));
    m_subprotocols->setPlaceholderText(tr("none"));
    m_subprotocols->setToolTip(tr("Subprotocols to offer, best first, with commas between them"));
    m_opening->setRange(0.1, 600);
    m_opening->setDecimals(1);
    m_opening->setSuffix(tr(" s"));
    m_opening->setToolTip(tr("Deadline for name, TCP, TLS and upgrade together"));
    m_ping->setRange(0, 3600);
    m_ping->setSuffix(tr(" s"));
    m_ping->setSpecialValueText(tr("never"));
    m_ping->setToolTip(tr("Keeps the connection alive and measures the round trip"));
    m_answerPings->setToolTip(tr("Switch it off to see what the server does with a client that does not answer"));
    m_ignoreTls->setToolTip(tr("For tests with certificates of your own; anybody on the way could listen"));
    m_headers->setHorizontalHeaderLabels({tr("Header"), tr("Value")});
    m_headers->horizontalHeader()->setStretchLastSection(true);
    m_headers->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_headers->setColumnWidth(0, 160);
    m_headers->verticalHeader()->hide();
    m_headers->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_headers->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_headers->setTabKeyNavigation(false);
    m_headers->setMinimumHeight(60);
    m_headers->setItemDelegate(new FocusDelegate(m_headers));
    m_headers->setAccessibleName(tr("Headers of the request"));
    m_headers->setToolTip(
        tr("Sent with the request; they replace ours of the same name. Values of Authorization and Cookie are "
           "not kept when the window closes."));
    m_reconnect->setToolTip(tr("Not after a close that was meant: by you, or with a code that says so"));
    m_ladder->setTextFormat(Qt::RichText); // our own numbers only
    m_ladder->setWordWrap(true);
    m_ladder->setToolTip(tr("Seconds before each attempt, ± 20 %; it starts again after 5 s of stable connection"));
}

QVBoxLayout *ConnectionPage::buildLeft()
{
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("&Origin:"), m_origin);
    form->addRow(tr("Sub&protocols:"), m_subprotocols);
    form->addRow(tr("Opening &deadline:"), m_opening);
    form->addRow(tr("Pin&g every:"), m_ping);
    auto *column = new QVBoxLayout;
    column->addLayout(form);
    column->addWidget(m_answerPings);
    column->addWidget(m_ignoreTls);
    column->addStretch();
    return column;
}

QVBoxLayout *ConnectionPage::buildRight()
{
    auto *add = new QPushButton(tr("Add h&eader"), this);
    auto *remove = new QPushButton(tr("&Remove header"), this);
    add->setToolTip(tr("Adds an empty line to the headers"));
    remove->setToolTip(tr("Removes the selected header"));
    connect(add, &QPushButton::clicked, this, [this] {
        addHeader({});
        m_headers->setCurrentCell(m_headers->rowCount() - 1, 0);
        m_headers->editItem(m_headers->currentItem());
    });
    connect(remove, &QPushButton::clicked, this, &ConnectionPage::removeHeader);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch();
    auto *column = new QVBoxLayout;
    column->addWidget(m_headers, 1);
    column->addLayout(buttons);
    column->addWidget(m_reconnect);
    column->addWidget(m_ladder);
    return column;
}

void ConnectionPage::addHeader(const HttpHeader &header)
{
    const int row = m_headers->rowCount();
    m_headers->insertRow(row);
    m_headers->setItem(row, 0, new QTableWidgetItem(QString::fromUtf8(header.name)));
    m_headers->setItem(row, 1, new QTableWidgetItem(QString::fromUtf8(header.value)));
    updateHeaderFocus();
}

void ConnectionPage::removeHeader()
{
    const int row = m_headers->currentRow() >= 0 ? m_headers->currentRow() : m_headers->rowCount() - 1;
    m_headers->removeRow(row);
    updateHeaderFocus();
}

/// Without a line there is nothing that a key could do there, and nowhere to show that it would.
void ConnectionPage::updateHeaderFocus()
{
    m_headers->setFocusPolicy(m_headers->rowCount() > 0 ? Qt::StrongFocus : Qt::NoFocus);
}

TestClientOptions ConnectionPage::options() const
{
    TestClientOptions options;
    options.origin = m_origin->text().trimmed().toUtf8();
    for (const QString &name : m_subprotocols->text().split(u',', Qt::SkipEmptyParts))
        options.subprotocols.append(name.trimmed().toUtf8());
    options.openingMs = int(m_opening->value() * 1000);
    options.pingMs = m_ping->value() * 1000;
    options.answerPings = m_answerPings->isChecked();
    options.ignoreTlsErrors = m_ignoreTls->isChecked();
    options.reconnect.enabled = m_reconnect->isChecked();
    for (int row = 0; row < m_headers->rowCount(); ++row) {
        const HttpHeader header{m_headers->item(row, 0)->text().trimmed().toUtf8(),
                                m_headers->item(row, 1)->text().trimmed().toUtf8()};
        if (!header.name.isEmpty() || !header.value.isEmpty())
            options.headers.append(header);
    }
    return options;
}

void ConnectionPage::setOptions(const TestClientOptions &options)
{
    m_origin->setText(QString::fromUtf8(options.origin));
    m_subprotocols->setText(QString::fromUtf8(options.subprotocols.join(", ")));
    m_opening->setValue(options.openingMs / 1000.0);
    m_ping->setValue(options.pingMs / 1000);
    m_answerPings->setChecked(options.answerPings);
    m_ignoreTls->setChecked(options.ignoreTlsErrors);
    m_reconnect->setChecked(options.reconnect.enabled);
    m_headers->setRowCount(0);
    updateHeaderFocus();
    for (const HttpHeader &header : options.headers)
        addHeader(header);
    showLadder();
}

void ConnectionPage::setAttempt(int attempt)
{
    m_attempt = attempt;
    showLadder();
}

void ConnectionPage::showLadder()
{
    const TestClientReconnect policy;
    QStringList rungs;
    for (int i = 0; i < shownRungs; ++i) {
        const QString text = seconds(TestClientLadder::rung(policy, i));
        const bool here = i == qMin(m_attempt, shownRungs) - 1;
        rungs << (here ? u"<b><u>%1</u></b>"_s.arg(text) : text);
    }
    m_ladder->setText(tr("Waits: %1 s").arg(rungs.join(u" → "_s)));
    m_ladder->setEnabled(m_reconnect->isChecked());
}

} // namespace glasshouse
