// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/sendingbar.h"

#include "ui/base/formats.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int shortestMs = 10; // the log of the window keeps up with it
constexpr int longestMs = 24 * 3'600'000;

QToolButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

SendingBar::SendingBar(QAction *send, QWidget *parent)
    : QWidget(parent),
      m_cut(new QComboBox(this)),
      m_cutAt(new QLineEdit(this)),
      m_every(new QSpinBox(this)),
      m_times(new QSpinBox(this)),
      m_waiting(new QLabel(this)),
      m_repeat(new QAction(tr("&Repeat"), this))
{
    buildCuts();
    buildRepeat();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_cut);
    row->addWidget(m_cutAt, 1);
    row->addSpacing(16);
    row->addWidget(m_every);
    row->addWidget(m_times);
    auto *repeat = buttonFor(m_repeat, this);
    repeat->setMinimumWidth(repeat->sizeHint().width());
    row->addWidget(repeat);
    row->addWidget(m_waiting, 1);
    row->addWidget(buttonFor(send, this));
    setWaiting(0);
}

void SendingBar::buildCuts()
{
    m_cut->addItems({tr("One frame"), tr("Cut every … bytes"), tr("Cut behind bytes …")}); // in the order of the enum
    m_cut->setToolTip(tr("A message can go in several frames (fragments), cut wherever you like"));
    m_cut->setAccessibleName(tr("Fragments"));
    m_cutAt->setAccessibleName(tr("Where to cut"));
    m_cutAt->setToolTip(tr("Numbers of bytes: one for every piece, or those in front of each cut, as in 3, 10"));
    m_cutAt->setMinimumWidth(8 * fontMetrics().averageCharWidth());
    const auto changed = [this] {
        m_cutAt->setEnabled(m_cut->currentIndex() > 0);
        m_cutAt->setPlaceholderText(m_cut->currentIndex() == 2 ? u"3, 10"_s : u"16"_s);
        emit cutsChanged();
    };
    connect(m_cut, &QComboBox::currentIndexChanged, this, changed);
    connect(m_cutAt, &QLineEdit::textChanged, this, &SendingBar::cutsChanged);
    changed();
}

void SendingBar::buildRepeat()
{
    m_every->setRange(shortestMs, longestMs);
    m_every->setValue(1'000);
    m_every->setSingleStep(100);
    m_every->setGroupSeparatorShown(true);
    m_every->setPrefix(tr("every "));
    m_every->setSuffix(tr(" ms"));
    m_every->setAccessibleName(tr("Time between two sends"));
    m_every->setToolTip(tr("How long it waits before the message goes again"));
    m_times->setRange(0, 1'000'000);
    m_times->setGroupSeparatorShown(true);
    m_times->setSuffix(tr(" times"));
    m_times->setSpecialValueText(tr("until stopped"));
    m_times->setAccessibleName(tr("How often it is sent"));
    m_times->setToolTip(tr("How often the message goes"));
    m_repeat->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SendingBar::tick);
    connect(m_repeat, &QAction::triggered, this, [this] { isRepeating() ? stop() : begin(); });
    showRepeat();
}

std::optional<MessageCuts> SendingBar::cuts() const
{
    const auto kind = MessageCuts::Kind(m_cut->currentIndex());
    if (kind == MessageCuts::Kind::Whole)
        return MessageCuts{};
    const QString written = m_cutAt->text().trimmed();
    const auto places = cutPlaces(written.isEmpty() ? m_cutAt->placeholderText() : written); // it looks like a value
    if (!places || (kind == MessageCuts::Kind::Every && (places->size() != 1 || places->first() < 1)))
        return std::nullopt;
    return kind == MessageCuts::Kind::Every ? MessageCuts{kind, places->first()} : MessageCuts{kind, 0, *places};
}

void SendingBar::setInterval(int ms, int times)
{
    m_every->setValue(ms);
    m_times->setValue(times);
}

void SendingBar::setPossible(bool possible)
{
    if (!possible)
        stop();
    m_repeat->setEnabled(possible);
}

/// The first one goes at once.
void SendingBar::begin()
{
    m_left = m_times->value();
    m_timer.start(m_every->value());
    showRepeat();
    tick();
}

void SendingBar::tick()
{
    const bool isLast = m_left == 1;
    m_left = qMax(0, m_left - 1);
    emit due();
    if (isLast)
        stop();
    else
        showRepeat();
}

void SendingBar::stop()
{
    m_timer.stop();
    m_left = 0;
    showRepeat();
}

void SendingBar::showRepeat()
{
    m_repeat->setText(!isRepeating()   ? tr("&Repeat")
                          : m_left > 0 ? tr("Stop (%1)").arg(formatNumber(m_left))
                                       : tr("Stop"));
    m_repeat->setToolTip(isRepeating()
                             ? tr("Send no more (Ctrl+Shift+R)")
                             : tr("Send the message again and again, each time with fresh values (Ctrl+Shift+R)"));
    m_repeat->setStatusTip(m_repeat->toolTip());
    m_every->setEnabled(!isRepeating());
    m_times->setEnabled(!isRepeating());
}

void SendingBar::setWaiting(int messages)
{
    m_waiting->setText(messages > 0 ? tr("%1 waiting").arg(formatNumber(messages)) : QString());
    m_waiting->setToolTip(messages > 0 ? tr("They are sent when there is a connection; disconnecting forgets them")
                                       : QString());
}

} // namespace glasshouse
