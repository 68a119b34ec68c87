// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/joinpanel.h"

#include "net/transport/reach.h"
#include "ui/base/addresses.h"
#include "ui/base/icons.h"
#include "ui/base/qrpicture.h"
#include "ui/base/tints.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int pictureSide = 166;                    // five pixels a module for most addresses
constexpr int leastPictureSide = 111;               // three of them
constexpr int edge = 10;                            // above and below
constexpr int widestFault = 60;                     // in characters; behind that it goes on below
constexpr int leastCharacters = 48, leastLines = 5; // what shows of it in the smallest window

QToolButton *lineButton(Icon name, const QString &tip, const QString &spoken)
{
    auto *button = new QToolButton;
    button->setIcon(icon(name));
    button->setAutoRaise(true);
    button->setToolTip(tip);
    button->setAccessibleName(spoken);
    return button;
}

QLabel *selectable(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

void mute(QLabel *label)
{
    QPalette muted = label->palette();
    muted.setColor(QPalette::WindowText, tint(Tint::Muted));
    label->setPalette(muted);
    label->setForegroundRole(QPalette::WindowText); // on a base ground it would be Text
}

/// Of a label that goes on below; with some air, because lines are not broken as widths are measured.
int widthOf(const QString &fault)
{
    const QFontMetrics metrics(QApplication::font("QLabel"));
    return std::min(metrics.horizontalAdvance(fault + u"  "_s), widestFault * metrics.averageCharWidth());
}

} // namespace

JoinPanel::JoinPanel(QWidget *parent)
    : QScrollArea(parent),
      m_picture(new QrPicture),
      m_title(new QLabel),
      m_text(new QLabel),
      m_lines(new QWidget),
      m_grid(new QGridLayout(m_lines)),
      m_remedies(new QWidget),
      m_start(new QPushButton(icon(Icon::Start), tr("Start the server"))),
      m_testClient(new QPushButton(icon(Icon::TestClient), tr("Open a test client")))
{
    m_picture->setFixedSize(pictureSide, pictureSide);
    m_picture->setToolTip(tr("Scan it with a phone to open the first page"));
    auto *inner = new QHBoxLayout;
    inner->setSpacing(20);
    inner->addWidget(m_picture, 0, Qt::AlignTop); // whole in sight, where the text has to be scrolled
    inner->addLayout(buildText());
    auto *page = new QWidget;
    auto *layout = new QGridLayout(page);
    layout->setContentsMargins(16, edge, 16, edge);
    layout->addLayout(inner, 0, 0, Qt::AlignCenter);
    page->setBackgroundRole(QPalette::Base);
    setBackgroundRole(QPalette::Base);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // its buttons come into sight by themselves
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setWidgetResizable(true);
    setWidget(page);
    connect(m_start, &QPushButton::clicked, this, &JoinPanel::startWanted);
    connect(m_testClient, &QPushButton::clicked, this, &JoinPanel::testClientWanted);
}

QSize JoinPanel::sizeHint() const { return widget()->sizeHint(); }

QSize JoinPanel::minimumSizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return widget()->minimumSizeHint().boundedTo(
        {leastCharacters * metrics.averageCharWidth(), leastLines * metrics.height()});
}

/// A code that is cut can not be scanned.
void JoinPanel::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    const int side = std::clamp(viewport()->height() - 2 * edge, leastPictureSide, pictureSide);
    m_picture->setFixedSize(side, side);
}

/// The area tells nobody that what is in it became larger.
bool JoinPanel::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(object, event);
}

QVBoxLayout *JoinPanel::buildText()
{
    QFont strong = font();
    strong.setPointSizeF(strong.pointSizeF() * 1.35);
    m_title->setFont(strong);
    m_text->setTextFormat(Qt::PlainText);
    auto *remedies = new QHBoxLayout(m_remedies);
    remedies->setContentsMargins({});
    remedies->setSpacing(6);
    m_grid->setContentsMargins(0, 6, 0, 6);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(2);
    m_testClient->setToolTip(tr("A client inside this program, connected at once"));
    auto *text = new QVBoxLayout;
    text->setSpacing(6);
    for (QWidget *widget : {static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_text), m_lines})
        text->addWidget(widget);
    auto *starts = new QHBoxLayout;
    starts->addWidget(m_remedies);
    starts->addWidget(m_start);
    text->addLayout(starts);
    text->setAlignment(starts, Qt::AlignLeft);
    text->addWidget(m_testClient, 0, Qt::AlignLeft);
    return text;
}

void JoinPanel::setState(ServerState state, const ListenInfo &info, const QString &error)
{
    const bool up = state == ServerState::Running;
    const bool idle = state == ServerState::Stopped || state == ServerState::Failed;
    m_lines->setVisible(up);
    const QStringList hosts = reachableHosts(info);
    m_picture->setVisible(up && whyOnlyHere(info, hosts.first()).isEmpty());
    m_picture->setText(pageUrl(info, hosts.first()).toString());
    m_testClient->setVisible(up);
    m_start->setVisible(idle);
    if (up)
        return showRunning(info);
    m_text->setWordWrap(state == ServerState::Failed);
    m_text->setMinimumWidth(state == ServerState::Failed ? widthOf(error) : 0);
    m_title->setText(state == ServerState::Failed         ? tr("The server could not start")
                         : state == ServerState::Stopping ? tr("The server is stopping…")
                         : state == ServerState::Starting ? tr("The server is starting…")
                         : state == ServerState::Draining ? tr("The server lets games end")
                                                          : tr("The server is stopped"));
    m_text->setText(state == ServerState::Failed ? error : tr("Start it, and this place says how others can join."));
    m_text->setVisible(idle);
    m_text->setToolTip({});
}

void JoinPanel::setRemedies(const QList<Remedy> &remedies)
{
    const auto before = m_remedies->findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
    for (QWidget *button : before) {
        button->hide();
        button->deleteLater(); // it may be the one that was pressed
    }
    for (const Remedy &remedy : remedies) {
        auto *button = new QPushButton(icon(remedy.change ? Icon::Start : Icon::Settings), remedy.text);
        button->setToolTip(remedy.toolTip);
        connect(button, &QPushButton::clicked, this, [this, remedy] { emit remedyWanted(remedy); });
        m_remedies->layout()->addWidget(button);
    }
    m_remedies->setVisible(!remedies.isEmpty());
    m_start->setText(remedies.isEmpty() ? tr("Start the server") : tr("Try again"));
}

void JoinPanel::showRunning(const ListenInfo &info)
{
    m_title->setText(tr("Nobody is connected"));
    m_text->setWordWrap(false);
    m_text->setMinimumWidth(0);
    const QStringList hosts = reachableHosts(info);
    const QString why = whyOnlyHere(info, hosts.first());
    m_text->setText(why.isEmpty() ? tr("Others join with one of these:")
                        : reachOf(hosts.first()) == Reach::Link
                        ? tr("Phones can not join; computers on the same cable or Wi-Fi can, with one of these:")
                        : tr("Only this computer can join, with one of these:"));
    m_text->setToolTip(why);
    m_text->show();
    qDeleteAll(m_lines->findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
    QStringList addresses;
    for (const QString &host : hosts)
        addresses << roomUrl(info, host, u"main"_s).toString();
    addLine(tr("Address"), addresses.first());
    addOthers(addresses.mid(1));
    addBrowserLine(pageUrl(info, hosts.first()));
    addLine(tr("Terminal"), u"wscat -c "_s + addresses.first());
}

void JoinPanel::addLine(const QString &name, const QString &text)
{
    const int row = m_grid->rowCount();
    auto *title = new QLabel(name);
    mute(title);
    m_grid->addWidget(title, row, 0);
    m_grid->addWidget(selectable(text), row, 1);
    QToolButton *copy = lineButton(Icon::Copy, tr("Copy this line"), tr("Copy %1").arg(text));
    connect(copy, &QToolButton::clicked, copy, [text] { QGuiApplication::clipboard()->setText(text); });
    m_grid->addWidget(copy, row, 2);
}

/// A computer with several networks; which one the others are in, only they know.
void JoinPanel::addOthers(const QStringList &addresses)
{
    if (addresses.isEmpty())
        return;
    QLabel *others = selectable(addresses.join(u'\n'));
    QFont small = others->font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    others->setFont(small);
    others->setToolTip(tr("This computer in its other networks"));
    mute(others);
    m_grid->addWidget(others, m_grid->rowCount(), 1);
}

void JoinPanel::addBrowserLine(const QUrl &url)
{
    addLine(tr("Browser"), url.toString());
    QToolButton *open = lineButton(Icon::Link, tr("Open it in the browser"), tr("Open %1").arg(url.toString()));
    connect(open, &QToolButton::clicked, open, [url] { QDesktopServices::openUrl(url); });
    m_grid->addWidget(open, m_grid->rowCount() - 1, 3);
}

} // namespace glasshouse
