// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connection/keepingsection.h"

#include "client/testclientladder.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int shownRungs = 7;

enum Beat { Ping, Text, Binary }; // the last one only where there is one

QString seconds(int ms) { return QLocale().toString(ms / 1000.0, 'g', 3); }

} // namespace

KeepingSection::KeepingSection(QWidget *parent)
    : ConnectionSection(parent),
      m_every(new QSpinBox(this)),
      m_beat(new QComboBox(this)),
      m_beatText(new QLineEdit(this)),
      m_answerPings(new QCheckBox(tr("&Answer pings with pongs"), this)),
      m_reconnect(new QCheckBox(tr("Come &back by itself after a loss"), this)),
      m_ladder(new QLabel(this)),
      m_queue(new QCheckBox(tr("&Keep what is sent meanwhile until there is a connection"), this))
{
    buildFields();
    auto *form = new QFormLayout;
    form->addRow(tr("Heartbeat eve&ry:"), m_every);
    form->addRow(tr("It &is:"), m_beat);
    form->addRow(tr("M&essage:"), m_beatText);
    form->addRow(m_answerPings);
    auto *right = new QVBoxLayout;
    right->addWidget(m_reconnect);
    right->addWidget(m_ladder);
    right->addWidget(m_queue);
    right->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->addLayout(form, 1);
    layout->addSpacing(12);
    layout->addLayout(right, 1);
    connect(m_reconnect, &QCheckBox::toggled, this, &KeepingSection::showLadder);
    connect(m_beat, &QComboBox::currentIndexChanged, this, &KeepingSection::enableFields);
    connect(m_every, &QSpinBox::valueChanged, this, &KeepingSection::enableFields);
    take({});
}

void KeepingSection::buildFields()
{
    m_every->setRange(0, 3'600);
    m_every->setSuffix(tr(" s"));
    m_every->setSpecialValueText(tr("never"));
    m_every->setToolTip(tr("Keeps the connection alive; a ping measures the round trip as well"));
    m_beat->addItems({tr("a ping"), tr("a text message")});
    m_beat->setToolTip(tr("What is sent: a ping frame, or a message that the server knows"));
    m_beatText->setPlaceholderText(u"{\"type\": \"ping\"}"_s);
    m_beatText->setToolTip(tr("Said again and again while the connection is open"));
    m_answerPings->setToolTip(tr("Switch it off to see what the server does with a client that does not answer"));
    m_reconnect->setToolTip(tr("Not after a close that was meant: by you, or with a code that says so"));
    m_ladder->setTextFormat(Qt::RichText); // our own numbers only
    m_ladder->setWordWrap(true);
    m_ladder->setToolTip(tr("Seconds before each attempt, ± 20 %; it starts again after 5 s of stable connection"));
    m_queue->setToolTip(tr("Up to 16 MiB; it is forgotten where you disconnect"));
}

void KeepingSection::enableFields()
{
    m_beat->setEnabled(m_every->value() > 0);
    m_beatText->setEnabled(m_every->value() > 0 && m_beat->currentIndex() == Text);
}

void KeepingSection::take(const ConnectionDraft &draft)
{
    const TestClientOptions &options = draft.options;
    m_every->setValue((options.pingMs + 999) / 1000); // never none where there was one
    takeBeat(options.heartbeat);
    m_answerPings->setChecked(options.answerPings);
    m_reconnect->setChecked(options.reconnect.enabled);
    m_queue->setChecked(options.queueOffline);
    enableFields();
    showLadder();
}

void KeepingSection::takeBeat(const std::optional<TestClientMessage> &beat)
{
    const bool isBinary = beat && beat->binary;
    m_binary = isBinary ? beat : std::nullopt;
    m_beat->removeItem(Binary);
    if (isBinary)
        m_beat->insertItem(Binary, tr("a binary message of the workspace"));
    m_beat->setCurrentIndex(isBinary ? Binary : beat ? Text : Ping);
    m_beatText->setText(beat && !isBinary ? QString::fromUtf8(beat->bytes) : QString());
}

void KeepingSection::put(ConnectionDraft &draft) const
{
    TestClientOptions &options = draft.options;
    const QString text = m_beatText->text().isEmpty() ? m_beatText->placeholderText() : m_beatText->text();
    options.pingMs = m_every->value() * 1000;
    options.heartbeat = m_beat->currentIndex() == Binary ? m_binary
        : m_beat->currentIndex() == Text                 ? std::optional(TestClientMessage{false, text.toUtf8()})
                                                         : std::nullopt;
    options.answerPings = m_answerPings->isChecked();
    options.reconnect.enabled = m_reconnect->isChecked();
    options.queueOffline = m_queue->isChecked();
}

void KeepingSection::setAttempt(int attempt)
{
    m_attempt = attempt;
    showLadder();
}

void KeepingSection::showLadder()
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
