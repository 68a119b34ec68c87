// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/sharewindow.h"

#include "ui/base/addresses.h"
#include "ui/base/focusring.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/qrpicture.h"
#include "ui/base/tints.h"
#include "ui/games/gamefaces.h"
#include "ui/models/naturalsort.h"
#include "ui/panels/keysdialog.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QEvent>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int pictureSide = 370; // ten pixels a module for the link of a room

constexpr int addressMargin = 8;          // pixels: one address alone would look like a bar
constexpr qsizetype halfFingerprint = 47; // 16 of 32 bytes, with the colons between them
constexpr double codeSize = 2.8;          // times the window's font: to be read across a room
constexpr double addressSize = 1.7;

void setSize(QLabel *label, double size, bool bold)
{
    QFont font = QGuiApplication::font();
    font.setPointSizeF(font.pointSizeF() * size);
    font.setBold(bold);
    label->setFont(font);
}

QLabel *sizedLabel(double size)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setSize(label, size, false);
    return label;
}

void setColour(QLabel *label, Tint name)
{
    QPalette colours = QGuiApplication::palette();
    colours.setColor(QPalette::WindowText, tint(name));
    label->setPalette(colours);
}

} // namespace

ShareWindow::ShareWindow(QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_picture(new QrPicture),
      m_title(sizedLabel(1.35)),
      m_big(sizedLabel(codeSize)),
      m_bigMeaning(sizedLabel(1)),
      m_link(sizedLabel(1)),
      m_rooms(new QComboBox),
      m_addresses(new QListWidget),
      m_hint(sizedLabel(1)),
      m_certificate(new QWidget),
      m_warning(sizedLabel(1)),
      m_fingerprint(sizedLabel(1)),
      m_copy(new QAction(icon(Icon::Copy), tr("&Copy the link"), this)),
      m_open(new QAction(icon(Icon::Link), tr("&Open the link in the browser"), this)),
      m_copyFingerprint(new QAction(icon(Icon::Copy), tr("Copy the &fingerprint"), this)),
      m_checkPhone(new QAction(icon(Icon::Doctor), tr("Can a &phone reach it?"), this))
{
    setWindowTitle(tr("Share"));
    m_picture->setMinimumSize(pictureSide, pictureSide);
    m_hint->setWordWrap(true);
    addActions();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(20);
    layout->addWidget(m_picture, 1);
    layout->addLayout(buildText());
    fillRooms();
    refresh();
}

QLayout *ShareWindow::buildText()
{
    auto *text = new QVBoxLayout;
    text->setSpacing(4);
    text->addWidget(m_title);
    text->addSpacing(6);
    text->addWidget(m_big);
    text->addWidget(m_bigMeaning);
    text->addSpacing(10);
    text->addWidget(buildLink());
    text->addSpacing(10);
    text->addWidget(buildChoices());
    text->addSpacing(6);
    text->addWidget(m_hint);
    auto *check = new QToolButton;
    check->setDefaultAction(m_checkPhone);
    check->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    check->setAutoRaise(true);
    text->addWidget(check);
    buildCertificate();
    text->addSpacing(10);
    text->addWidget(m_certificate);
    text->addStretch(1);
    return text;
}

QWidget *ShareWindow::buildLink()
{
    m_link->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_link->setAccessibleDescription(tr("Link"));
    auto *whole = new QWidget;
    auto *line = new QHBoxLayout(whole);
    line->setContentsMargins({});
    line->setSpacing(2);
    line->addWidget(m_link);
    for (QAction *action : {m_copy, m_open}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        line->addWidget(button);
    }
    line->addStretch(1);
    return whole;
}

QWidget *ShareWindow::buildChoices()
{
    m_rooms->setToolTip(tr("The room that people join, or the first page, where they choose one"));
    m_rooms->setMinimumContentsLength(24);
    m_addresses->setToolTip(tr("This computer in each of its networks; the likely one stands first"));
    m_addresses->setItemDelegate(new FocusDelegate(m_addresses));
    m_addresses->setAccessibleName(tr("Addresses of this computer"));
    m_addresses->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_rooms, &QComboBox::currentIndexChanged, this, &ShareWindow::refresh);
    connect(m_addresses, &QListWidget::currentRowChanged, this, &ShareWindow::refresh);
    auto *choices = new QWidget;
    auto *form = new QFormLayout(choices);
    form->setContentsMargins({});
    form->setVerticalSpacing(8);
    form->addRow(tr("&Room:"), m_rooms);
    form->addRow(tr("&Address:"), m_addresses);
    return choices;
}

void ShareWindow::buildCertificate()
{
    m_warning->setWordWrap(true);
    m_warning->setText(
        tr("The phone will warn, because this server signed its certificate itself and nobody else vouches "
           "for it: go on if the phone shows this fingerprint (SHA-256)."));
    m_fingerprint->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_fingerprint->setAccessibleDescription(tr("Fingerprint of the certificate"));
    auto *button = new QToolButton;
    button->setDefaultAction(m_copyFingerprint);
    button->setAutoRaise(true);
    auto *line = new QHBoxLayout;
    line->setSpacing(2);
    line->addWidget(m_fingerprint);
    line->addWidget(button, 0, Qt::AlignTop);
    line->addStretch(1);
    auto *whole = new QVBoxLayout(m_certificate);
    whole->setContentsMargins({});
    whole->setSpacing(4);
    whole->addWidget(m_warning);
    whole->addLayout(line);
}

void ShareWindow::addActions()
{
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setToolTip(tr("Copy the link (%1)").arg(m_copy->shortcut().toString(QKeySequence::NativeText)));
    m_open->setShortcut(tr("Ctrl+O"));
    m_open->setToolTip(tr("Open the link in the browser (%1)").arg(tr("Ctrl+O")));
    m_copyFingerprint->setShortcut(tr("Ctrl+Shift+C"));
    m_copyFingerprint->setToolTip(tr("Copy the fingerprint (%1)").arg(tr("Ctrl+Shift+C")));
    addAction(m_copy);
    addAction(m_open);
    m_checkPhone->setShortcut(tr("Ctrl+P"));
    m_checkPhone->setToolTip(tr("Try the way from a phone to here, with a page of its own (%1)").arg(tr("Ctrl+P")));
    addAction(m_copyFingerprint);
    addAction(m_checkPhone);
    addWindowKeys(this);
    connect(m_checkPhone, &QAction::triggered, this, &ShareWindow::phoneCheckWanted);
    connect(m_copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(link().toString()); });
    connect(m_open, &QAction::triggered, this, [this] { QDesktopServices::openUrl(link()); });
    connect(m_copyFingerprint, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromLatin1(m_info.fingerprint)); });
}

void ShareWindow::setServer(ServerState state, const ListenInfo &info)
{
    m_state = state;
    m_info = info;
    fillAddresses();
    refresh();
}

void ShareWindow::fillAddresses()
{
    const QStringList hosts = m_state == ServerState::Running ? reachableHosts(m_info) : QStringList();
    const QString chosen = host();
    const QSignalBlocker quiet(m_addresses);
    m_addresses->clear();
    for (const QString &address : hosts) {
        const bool likely = hosts.size() > 1 && address == hosts.first();
        auto *item = new QListWidgetItem(likely ? tr("%1 – the likely one").arg(address) : address, m_addresses);
        item->setData(Qt::UserRole, address);
        item->setSizeHint({0, fontMetrics().height() + addressMargin});
    }
    m_addresses->setCurrentRow(int(std::max<qsizetype>(0, hosts.indexOf(chosen))));
    const int lines = std::clamp(int(hosts.size()), 1, 5);
    m_addresses->setFixedHeight(lines * m_addresses->sizeHintForRow(0) + 2 * m_addresses->frameWidth());
}

void ShareWindow::setRooms(const QList<RoomInfo> &rooms)
{
    QList<Target> targets;
    for (const RoomInfo &room : rooms)
        targets.append({room.id, room.code, room.game});
    std::sort(targets.begin(), targets.end(), [](const Target &a, const Target &b) { return isBefore(a.id, b.id); });
    if (targets == m_targets)
        return;
    m_targets = targets;
    fillRooms();
}

void ShareWindow::fillRooms()
{
    const QString chosen = m_rooms->currentData().toString();
    const QSignalBlocker quiet(m_rooms);
    m_rooms->clear();
    m_rooms->addItem(tr("None: the first page"), QString());
    for (const Target &target : std::as_const(m_targets))
        m_rooms->addItem(tr("%1 – %2").arg(oneLine(target.id, 32), gameName(target.game)), target.id);
    m_rooms->setCurrentIndex(std::max(0, m_rooms->findData(chosen)));
    refresh();
}

void ShareWindow::chooseRoom(const QString &id) { m_rooms->setCurrentIndex(std::max(0, m_rooms->findData(id))); }

QString ShareWindow::host() const
{
    const QListWidgetItem *item = m_addresses->currentItem();
    return item != nullptr ? item->data(Qt::UserRole).toString() : QString();
}

QUrl ShareWindow::link() const
{
    if (m_state != ServerState::Running || host().isEmpty())
        return {};
    const int room = m_rooms->currentIndex() - 1;
    return joinUrl(m_info, host(), room < 0 ? QString() : m_targets[room].code);
}

QString ShareWindow::hintText() const
{
    if (m_state != ServerState::Running)
        return tr("The server is not running. Start it, and the code stands here.");
    if (QString why = whyOnlyHere(m_info, host()); !why.isEmpty())
        return why;
    return tr(
        "The phone has to be in the same network. If nothing comes up, a firewall on this computer may be in the way.");
}

void ShareWindow::refresh()
{
    const QUrl url = link();
    const int room = m_rooms->currentIndex() - 1;
    const bool isForOthers = !url.isEmpty() && whyOnlyHere(m_info, host()).isEmpty();
    m_picture->setText(isForOthers ? url.toString() : QString());
    m_picture->setVisible(isForOthers);
    m_title->setText(isForOthers         ? tr("Scan the code, and play")
                         : url.isEmpty() ? tr("Nobody can join now")
                                         : tr("Nobody else can join now"));
    setSize(m_big, room < 0 ? addressSize : codeSize, true);
    m_big->setText(room < 0 ? url.authority() : m_targets[room].code);
    const QString here = tr("For a browser on this computer:");
    m_bigMeaning->setText(!isForOthers   ? here
                              : room < 0 ? tr("Or type this address into a browser.")
                                         : tr("Code of the room; or open this link:"));
    m_link->setText(url.toString());
    for (QWidget *widget : {static_cast<QWidget *>(m_big), static_cast<QWidget *>(m_bigMeaning), m_link->parentWidget(),
                            m_rooms->parentWidget()})
        widget->setVisible(!url.isEmpty());
    m_copy->setEnabled(!url.isEmpty());
    m_open->setEnabled(!url.isEmpty());
    m_hint->setText(hintText());
    // A proxy in front has a certificate of its own.
    const bool warns = m_info.selfSigned && isOwnAddress(m_info, url);
    const QString fingerprint = QString::fromLatin1(m_info.fingerprint);
    m_fingerprint->setText(fingerprint.first(std::min<qsizetype>(fingerprint.size(), halfFingerprint)) + u'\n'
                           + fingerprint.mid(halfFingerprint + 1));
    m_certificate->setVisible(warns);
    m_copyFingerprint->setEnabled(warns);
    setColour(m_warning, Tint::Muted);
    setColour(m_bigMeaning, Tint::Muted);
    setColour(m_hint, isForOthers || url.isEmpty() ? Tint::Muted : Tint::Warning);
}

void ShareWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace glasshouse
