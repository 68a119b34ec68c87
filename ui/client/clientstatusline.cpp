// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/clientstatusline.h"

#include "ui/base/formats.h"
#include "ui/base/livelabel.h"
#include "ui/base/tints.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int dotSize = 12;

Tint tintOf(TestClientState state, bool fault)
{
    switch (state) {
    case TestClientState::Open:
        return Tint::Good;
    case TestClientState::Idle:
        return Tint::Muted;
    case TestClientState::Closed:
        return fault ? Tint::Bad : Tint::Muted;
    case TestClientState::Resolving:
    case TestClientState::Connecting:
    case TestClientState::Securing:
    case TestClientState::Upgrading:
    case TestClientState::Closing:
    case TestClientState::WaitingToReconnect:
        return Tint::Warning;
    }
    Q_UNREACHABLE();
}

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // text of a server must not become markup
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ClientStatusLine::ClientStatusLine(QWidget *parent)
    : QWidget(parent),
      m_dot(new QLabel(this)),
      m_title(plainLabel(this)),
      m_advice(new LiveLabel(tr("What is known, and what to do"), this)),
      m_roundTrip(plainLabel(this)),
      m_suggestion(new QPushButton(this)),
      m_toPage(new QPushButton(this)),
      m_toDoctor(new QPushButton(tr("Ask the doctor"), this))
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_advice->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_advice->setWordWrap(true);
    m_advice->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_advice->setFixedHeight(2 * fontMetrics().lineSpacing() + 2);
    m_title->setAccessibleDescription(tr("State of the connection"));
    m_roundTrip->setToolTip(tr("Time from a ping to its pong"));
    m_suggestion->hide();
    m_toPage->hide();
    m_toDoctor->setObjectName(u"doctor"_s);
    m_toDoctor->hide();
    m_toDoctor->setToolTip(tr("Examine this address, one stage behind the other, and find out what is wrong"));

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_advice);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_dot, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(m_suggestion, 0, Qt::AlignVCenter);
    row->addWidget(m_toPage, 0, Qt::AlignVCenter);
    row->addWidget(m_toDoctor, 0, Qt::AlignVCenter);
    row->addWidget(m_roundTrip, 0, Qt::AlignTop);
    m_dot->setFixedHeight(m_title->sizeHint().height());

    m_countDown.setInterval(100);
    connect(&m_countDown, &QTimer::timeout, this, &ClientStatusLine::tick);
    connect(m_suggestion, &QPushButton::clicked, this, [this] { emit suggestionTaken(m_url); });
    connect(m_toPage, &QPushButton::clicked, this, [this] { emit pageWanted(m_page); });
    connect(m_toDoctor, &QPushButton::clicked, this, &ClientStatusLine::doctorWanted);
    setState(TestClientState::Idle);
}

void ClientStatusLine::setState(TestClientState state)
{
    m_state = state;
    m_countDown.stop();
    m_suggestion->hide();
    m_toPage->hide();
    m_toDoctor->hide();
    m_fault = false;
    m_roundTrip->clear();
    switch (state) {
    case TestClientState::Idle:
        say(tr("Not connected"), tr("Write an address of a WebSocket server above and press Connect."));
        break;
    case TestClientState::Resolving:
        say(tr("Looking up the name …"), {});
        break;
    case TestClientState::Connecting:
        say(tr("Connecting …"), {});
        break;
    case TestClientState::Securing:
        say(tr("Securing the connection (TLS) …"), {});
        break;
    case TestClientState::Upgrading:
        say(tr("Asking for the upgrade …"), {});
        break;
    case TestClientState::Open:
        say(tr("Connected"), {});
        announce(m_title, m_title->text());
        break;
    case TestClientState::Closing:
        say(tr("Closing …"), {});
        break;
    case TestClientState::Closed:
        say(tr("Not connected"), {});
        break;
    case TestClientState::WaitingToReconnect:
        break; // setReconnect() says it
    }
    paintDot();
}

void ClientStatusLine::setOpened(const QString &subprotocol, bool unchecked)
{
    const QString agreed =
        subprotocol.isEmpty() ? tr("No subprotocol was agreed on.") : tr("Subprotocol: %1").arg(oneLine(subprotocol));
    m_advice->setText(unchecked ? tr("The certificate was not checked: its errors are ignored.") + u' ' + agreed
                                : agreed);
    m_roundTrip->setText(tr("RTT –"));
}

void ClientStatusLine::setRoundTrip(double ms)
{
    m_roundTrip->setText(tr("RTT %1 ms").arg(ms, 0, 'f', ms < 10 ? 1 : 0));
}

void ClientStatusLine::setEnding(const TestClientEnding &ending)
{
    const TestClientText text = testClientText(ending);
    m_fault = isFault(ending);
    m_ended = oneLine(text.sentence);
    say(m_ended, oneLine(text.advice));
    announce(m_title, m_ended);
    m_url = ending.suggestion;
    m_suggestion->setText(tr("Try %1").arg(m_url.scheme() + u"://"_s));
    m_suggestion->setToolTip(tr("Connect to %1").arg(oneLine(m_url.toDisplayString())));
    m_suggestion->setVisible(m_url.isValid() && !m_url.isEmpty());
    offer(text.page);
    m_toDoctor->setVisible(m_fault);
    paintDot();
}

void ClientStatusLine::setNotReady(const QString &title, const QString &advice)
{
    for (QPushButton *button : {m_suggestion, m_toPage, m_toDoctor}) // of the attempt before
        button->hide();
    say(title, advice);
    announce(m_title, title);
}

void ClientStatusLine::offer(TestClientPage page)
{
    m_page = page;
    m_toPage->setVisible(page != TestClientPage::None);
    const bool isHandshake = page == TestClientPage::Handshake;
    m_toPage->setText(isHandshake ? tr("Read the handshake") : tr("Set up the connection"));
    m_toPage->setToolTip(isHandshake ? tr("Show what was asked, and what was answered")
                                     : tr("Show how to connect the next time"));
}

void ClientStatusLine::setReconnect(int attempt, int ms)
{
    m_attempt = attempt;
    m_nextAtMs = QDateTime::currentMSecsSinceEpoch() + ms;
    m_countDown.start();
    tick();
}

void ClientStatusLine::tick()
{
    const double left = double(qMax<qint64>(0, m_nextAtMs - QDateTime::currentMSecsSinceEpoch())) / 1000;
    say(m_ended, tr("Attempt %1 to come back: in %2 s").arg(m_attempt).arg(left, 0, 'f', 1));
}

void ClientStatusLine::say(const QString &title, const QString &advice)
{
    m_title->setText(title);
    m_title->setToolTip(title);
    m_advice->setText(advice);
}

QString ClientStatusLine::text() const { return m_title->text() + u'\n' + m_advice->text(); }

void ClientStatusLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        paintDot();
    QWidget::changeEvent(event);
}

void ClientStatusLine::paintDot()
{
    QPixmap dot(QSize(dotSize, dotSize) * devicePixelRatioF());
    dot.setDevicePixelRatio(devicePixelRatioF());
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tint(tintOf(m_state, m_fault)));
    painter.drawEllipse(QRectF(1, 1, dotSize - 2, dotSize - 2));
    painter.end();
    m_dot->setPixmap(dot);
}

} // namespace glasshouse
