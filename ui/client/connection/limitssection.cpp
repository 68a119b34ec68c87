// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connection/limitssection.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int leastBits = 9; // zlib writes no raw stream with 8

int bitsOf(const QComboBox &box) { return 15 - box.currentIndex(); }

void fillBits(QComboBox &box, const QString &unnamed)
{
    box.addItem(unnamed);
    for (int bits = 14; bits >= leastBits; --bits)
        box.addItem(u"%1 · %2 B"_s.arg(bits).arg(QLocale().toString(1 << bits)));
}

} // namespace

LimitsSection::LimitsSection(QWidget *parent)
    : ConnectionSection(parent),
      m_opening(new QDoubleSpinBox(this)),
      m_redirects(new QSpinBox(this)),
      m_message(new QSpinBox(this)),
      m_deflate(new QCheckBox(tr("Offer &permessage-deflate"), this)),
      m_serverBits(new QComboBox(this)),
      m_clientBits(new QComboBox(this)),
      m_serverTakeover(new QCheckBox(tr("server_no_context_&takeover"), this)),
      m_clientTakeover(new QCheckBox(tr("client_no_context_ta&keover"), this))
{
    buildLimits();
    buildDeflate();
    auto *left = new QFormLayout;
    left->addRow(tr("&Opening deadline:"), m_opening);
    left->addRow(tr("Follow &redirects:"), m_redirects);
    left->addRow(tr("Largest messa&ge:"), m_message);
    auto *right = new QFormLayout;
    right->addRow(m_deflate);
    right->addRow(tr("&Server's window:"), m_serverBits);
    right->addRow(tr("Window o&f ours:"), m_clientBits);
    right->addRow(m_serverTakeover);
    right->addRow(m_clientTakeover);
    auto *layout = new QHBoxLayout(this);
    layout->addLayout(left, 1);
    layout->addSpacing(12);
    layout->addLayout(right, 1);
}

void LimitsSection::buildLimits()
{
    m_opening->setRange(0.1, 600);
    m_opening->setDecimals(1);
    m_opening->setSuffix(tr(" s"));
    m_opening->setToolTip(tr("Deadline for name, TCP, TLS and upgrade together"));
    m_redirects->setRange(0, 50);
    m_redirects->setSpecialValueText(tr("never"));
    m_redirects->setToolTip(
        tr("So many, one after the other. No secret goes to another origin, and none goes from wss to ws"));
    m_message->setRange(0, 2 * 1024 * 1024);
    m_message->setGroupSeparatorShown(true);
    m_message->setSuffix(tr(" KiB"));
    m_message->setSpecialValueText(tr("no limit"));
    m_message->setToolTip(tr("A larger one that comes, also one that is compressed, ends the connection with 1009"));
}

void LimitsSection::buildDeflate()
{
    m_deflate->setToolTip(
        tr("Compression of messages (RFC 7692); whether the server agreed stands on the tab Handshake"));
    fillBits(*m_serverBits, tr("as it likes"));
    m_serverBits->setToolTip(tr("server_max_window_bits: the memory that the server's messages need here"));
    fillBits(*m_clientBits, tr("as the server likes"));
    m_clientBits->setToolTip(tr("client_max_window_bits: the memory that our messages need there"));
    m_serverTakeover->setToolTip(tr("The server compresses each message by itself"));
    m_clientTakeover->setToolTip(tr("This client compresses each message by itself"));
    const auto enable = [this](bool on) {
        for (QWidget *field :
             std::initializer_list<QWidget *>{m_serverBits, m_clientBits, m_serverTakeover, m_clientTakeover})
            field->setEnabled(on);
    };
    connect(m_deflate, &QCheckBox::toggled, this, enable);
    enable(false);
}

void LimitsSection::take(const ConnectionDraft &draft)
{
    const TestClientOptions &options = draft.options;
    m_opening->setValue(options.openingMs / 1000.0);
    m_redirects->setValue(options.maxRedirects);
    m_message->setValue(int((options.maxMessageBytes + 1023) / 1024));
    m_deflate->setChecked(options.deflate.offered);
    m_serverBits->setCurrentIndex(15 - qBound(leastBits, options.deflate.serverMaxWindowBits, 15));
    m_clientBits->setCurrentIndex(15 - qBound(leastBits, options.deflate.clientMaxWindowBits, 15));
    m_serverTakeover->setChecked(options.deflate.serverNoContextTakeover);
    m_clientTakeover->setChecked(options.deflate.clientNoContextTakeover);
}

void LimitsSection::put(ConnectionDraft &draft) const
{
    TestClientOptions &options = draft.options;
    options.openingMs = int(m_opening->value() * 1000);
    options.maxRedirects = m_redirects->value();
    options.maxMessageBytes = qint64(m_message->value()) * 1024;
    options.deflate.offered = m_deflate->isChecked();
    options.deflate.serverNoContextTakeover = m_serverTakeover->isChecked();
    options.deflate.clientNoContextTakeover = m_clientTakeover->isChecked();
    options.deflate.serverMaxWindowBits = bitsOf(*m_serverBits);
    options.deflate.clientMaxWindowBits = bitsOf(*m_clientBits);
}

} // namespace glasshouse
