// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/joinpanel.h"

#include "ui/addresses.h"
#include "ui/icons.h"
#include "ui/tints.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int addressesShown = 3;

} // namespace

JoinPanel::JoinPanel(QWidget *parent)
    : QWidget(parent),
      m_title(new QLabel),
      m_text(new QLabel),
      m_lines(new QWidget),
      m_grid(new QGridLayout(m_lines)),
      m_start(new QPushButton(icon(Icon::Start), tr("Start the server"))),
      m_testClient(new QPushButton(icon(Icon::TestClient), tr("Open a test client")))
{
    QFont strong = font();
    strong.setPointSizeF(strong.pointSizeF() * 1.35);
    m_title->setFont(strong);
    m_text->setTextFormat(Qt::PlainText);
    m_grid->setContentsMargins(0, 6, 0, 6);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(2);
    m_testClient->setToolTip(tr("A client inside this program, connected at once"));
    auto *inner = new QVBoxLayout;
    inner->setSpacing(6);
    for (QWidget *widget : {static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_text), m_lines})
        inner->addWidget(widget);
    inner->addWidget(m_start, 0, Qt::AlignLeft);
    inner->addWidget(m_testClient, 0, Qt::AlignLeft);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(16, 10, 16, 10);
    layout->addLayout(inner, 0, 0, Qt::AlignCenter);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    connect(m_start, &QPushButton::clicked, this, &JoinPanel::startWanted);
    connect(m_testClient, &QPushButton::clicked, this, &JoinPanel::testClientWanted);
}

void JoinPanel::setState(ServerState state, const ListenInfo &info, const QString &error)
{
    const bool up = state == ServerState::Running;
    const bool idle = state == ServerState::Stopped || state == ServerState::Failed;
    m_lines->setVisible(up);
    m_testClient->setVisible(up);
    m_start->setVisible(idle);
    if (up)
        return showRunning(info);
    m_title->setText(state == ServerState::Failed         ? tr("The server could not start")
                         : state == ServerState::Stopping ? tr("The server is stopping…")
                         : state == ServerState::Starting ? tr("The server is starting…")
                                                          : tr("The server is stopped"));
    m_text->setText(state == ServerState::Failed ? error : tr("Start it, and this place says how others can join."));
    m_text->setVisible(idle);
}

void JoinPanel::showRunning(const ListenInfo &info)
{
    m_title->setText(tr("Nobody is connected"));
    m_text->setText(tr("Others join with one of these:"));
    m_text->show();
    qDeleteAll(m_lines->findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
    const QStringList hosts = reachableHosts(info);
    for (const QString &host : hosts.mid(0, addressesShown))
        addLine(m_grid->count() == 0 ? tr("Address") : QString(), roomUrl(host, info.port, u"main"_s).toString());
    addLine(tr("Terminal"), u"wscat -c %1"_s.arg(roomUrl(hosts.first(), info.port, u"main"_s).toString()));
}

void JoinPanel::addLine(const QString &name, const QString &text)
{
    const int row = m_grid->rowCount();
    auto *title = new QLabel(name);
    QPalette muted = palette();
    muted.setColor(QPalette::WindowText, tint(Tint::Muted));
    title->setPalette(muted);
    auto *value = new QLabel(text);
    value->setTextFormat(Qt::PlainText);
    value->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *copy = new QToolButton;
    copy->setIcon(icon(Icon::Copy));
    copy->setAutoRaise(true);
    copy->setToolTip(tr("Copy this line"));
    copy->setAccessibleName(tr("Copy %1").arg(text));
    connect(copy, &QToolButton::clicked, copy, [text] { QGuiApplication::clipboard()->setText(text); });
    m_grid->addWidget(title, row, 0);
    m_grid->addWidget(value, row, 1);
    m_grid->addWidget(copy, row, 2);
}

} // namespace glasshouse
