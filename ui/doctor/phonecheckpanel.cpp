// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/phonecheckpanel.h"

#include "ui/base/addresses.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/livelabel.h"
#include "ui/base/qrpicture.h"
#include "ui/base/tints.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int pictureSide = 210;
constexpr int linesOfAdvice = 6;

QUrl checkUrl(const ListenInfo &info, const QString &host)
{
    QUrl url = pageUrl(info, host);
    QString path = url.path();
    if (!path.endsWith(u'/'))
        path += u'/';
    url.setPath(path + u"check"_s);
    return url;
}

} // namespace

PhoneCheckPanel::PhoneCheckPanel(QWidget *parent)
    : QWidget(parent),
      m_body(new QWidget(this)),
      m_picture(new QrPicture),
      m_sentence(new QLabel),
      m_advice(new LiveLabel(tr("What is known, and what to do"))),
      m_hosts(new QComboBox),
      m_link(new QLabel),
      m_copy(new QAction(icon(Icon::Copy), tr("Copy the &link"), this)),
      m_devices(new TableView(tr("Devices"), tr("No device has come yet.")))
{
    buildDevices();
    auto *layout = new QVBoxLayout(m_body);
    layout->setSpacing(12);
    layout->addLayout(buildTop());
    layout->addWidget(m_devices, 1);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_body);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, &PhoneCheckPanel::loseHope);
    refresh();
}

PhoneCheckPanel::~PhoneCheckPanel()
{
    delete m_body; // its view holds on to the model, which is a member and would go first
}

QLayout *PhoneCheckPanel::buildTop()
{
    QFont strong = font();
    strong.setPointSizeF(strong.pointSizeF() * 1.35);
    strong.setBold(true);
    m_sentence->setFont(strong);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_advice->setTextFormat(Qt::PlainText);
    m_advice->setWordWrap(true);
    m_advice->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_advice->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_advice->setFixedHeight(linesOfAdvice * m_advice->fontMetrics().lineSpacing() + 2); // nothing below it moves
    m_picture->setFixedSize(pictureSide, pictureSide);
    m_hosts->setToolTip(tr("This computer in each of its networks; the likely one stands first"));
    m_hosts->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_hosts, &QComboBox::currentIndexChanged, this, &PhoneCheckPanel::refresh);
    m_link->setTextFormat(Qt::PlainText);
    m_link->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_link->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_link->setAccessibleDescription(tr("Link"));
    m_copy->setToolTip(tr("Copy the link of the page that tries the way from a phone to here"));
    connect(m_copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(link().toString()); });
    auto *button = new QToolButton;
    button->setDefaultAction(m_copy);
    button->setAutoRaise(true);
    auto *line = new QHBoxLayout;
    line->addWidget(m_link);
    line->addWidget(button);
    line->addStretch(1);
    setFocusProxy(m_devices);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("&Address:"), m_hosts);
    form->addRow(tr("Link:"), line);
    auto *texts = new QVBoxLayout;
    texts->addWidget(m_sentence);
    texts->addWidget(m_advice);
    texts->addStretch(1);
    texts->addLayout(form);
    auto *top = new QHBoxLayout;
    top->setSpacing(16);
    top->addWidget(m_picture);
    top->addLayout(texts, 1);
    return top;
}

void PhoneCheckPanel::buildDevices()
{
    m_devices->setObjectName(u"checkedDevices"_s);
    m_devices->setModel(&m_model);
    m_devices->setWidths({13, 16, 22, 10, 11, 10, 11, 11});
    m_devices->setElasticColumn(CheckedDevicesModel::Device);
    m_devices->keepWhole(CheckedDevicesModel::When);
    m_devices->offerCopy();
    connect(m_devices->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &PhoneCheckPanel::sayHowItStands);
}

void PhoneCheckPanel::setServer(ServerState state, const ListenInfo &info)
{
    if (state == ServerState::Starting)
        m_model.clear(); // a run of its own
    m_state = state;
    m_info = info;
    fillHosts();
    refresh();
}

void PhoneCheckPanel::fillHosts()
{
    const QStringList hosts = m_state == ServerState::Running ? reachableHosts(m_info) : QStringList();
    const QString chosen = host();
    const QSignalBlocker quiet(m_hosts);
    m_hosts->clear();
    for (const QString &one : hosts)
        m_hosts->addItem(hosts.size() > 1 && one == hosts.first() ? tr("%1 – the likely one").arg(one) : one, one);
    m_hosts->setCurrentIndex(int(std::max<qsizetype>(0, hosts.indexOf(chosen))));
}

QString PhoneCheckPanel::host() const { return m_hosts->currentData().toString(); }

QUrl PhoneCheckPanel::link() const
{
    if (m_state != ServerState::Running || host().isEmpty() || !whyOnlyHere(m_info, host()).isEmpty())
        return {};
    return checkUrl(m_info, host());
}

void PhoneCheckPanel::refresh()
{
    const QUrl url = link();
    m_picture->setText(url.toString());
    m_picture->setVisible(!url.isEmpty());
    m_link->setText(url.isEmpty() ? u"–"_s : url.toString());
    m_copy->setEnabled(!url.isEmpty());
    m_hosts->setEnabled(m_hosts->count() > 1);
    await();
}

/// From now on, as long as it is in sight.
void PhoneCheckPanel::await()
{
    m_patience.stop();
    const bool isThere = m_model.rowCount() > 0;
    m_wait = link().isEmpty() ? Wait::None : isThere ? Wait::Came : Wait::Waiting;
    if (m_wait == Wait::Waiting && isVisible())
        m_patience.start();
    sayHowItStands();
}

void PhoneCheckPanel::loseHope()
{
    if (m_wait != Wait::Waiting)
        return;
    m_wait = Wait::InVain;
    sayHowItStands();
    announce(m_sentence, m_sentence->text());
}

void PhoneCheckPanel::take(const QList<ServerEvent> &events)
{
    bool isNews = false;
    for (const ServerEvent &event : events) {
        if (event.code != EventCode::DeviceChecked || !event.check)
            continue;
        m_model.add(*event.check, event.timeMs);
        isNews = true;
    }
    if (!isNews)
        return;
    m_wait = Wait::Came;
    m_patience.stop();
    sayHowItStands();
}

/// The selected one, or that which told last.
const CheckedDevice *PhoneCheckPanel::shown() const
{
    const QList<int> rows = m_devices->selectedRowNumbers();
    const int row = rows.isEmpty() ? 0 : rows.first();
    return row < m_model.rowCount() ? &m_model.at(row) : nullptr;
}

void PhoneCheckPanel::say(Tint name, const QString &sentence, const QString &advice)
{
    QPalette colours = QGuiApplication::palette();
    colours.setColor(QPalette::WindowText, tint(name));
    m_sentence->setPalette(colours);
    m_sentence->setText(sentence);
    m_advice->setText(advice);
    m_advice->setToolTip(advice);
}

void PhoneCheckPanel::sayHowItStands()
{
    if (m_state != ServerState::Running)
        return say(Tint::Muted, tr("The server is not running"), tr("Start it, and the code for a phone stands here."));
    if (m_wait == Wait::None)
        return say(Tint::Warning, tr("No phone can reach it now"), whyOnlyHere(m_info, host()));
    const CheckedDevice *device = shown();
    if (m_wait == Wait::Came && device != nullptr) {
        const CheckReport &report = device->report;
        const QString who = report.device.isEmpty() ? report.address : tr("%1 (%2)").arg(report.device, report.address);
        const bool isOwn = isEndedByServer(report);
        const bool isBad = report.hasFailed() && !isOwn;
        const bool isDone = report.hasPassed();
        return say(isBad        ? Tint::Bad
                       : isDone ? Tint::Good
                                : Tint::Warning,
                   (isOwn        ? tr("%1: ended by this server")
                        : isBad  ? tr("%1: something is in the way")
                        : isDone ? tr("%1: all is well")
                                 : tr("%1 gets here"))
                       .arg(oneLine(who, 80)),
                   checkAdvice(report));
    }
    if (m_wait == Wait::InVain)
        return say(
            Tint::Warning, tr("Nobody has come within a minute"),
            tr("The phone shows that the page can not be reached? Then nothing of it arrives here, and one of these is "
               "the "
               "cause: the phone is in another network (mobile data, a guest Wi-Fi); the Wi-Fi keeps its devices apart "
               "(“client isolation”, usual in hotels, schools and guest networks): use another network, a hotspot of "
               "the phone or of this computer, or switch it off in the router; a firewall on this computer: allow the "
               "port %1 (on Windows, set the network to “private”); or the wrong one of the addresses.")
                .arg(m_info.port));
    return say(
        Tint::Muted, tr("Scan the code with a phone"),
        tr("The page tries HTTP, a WebSocket, messages, a reconnect and a quiet connection, which takes a minute, and "
           "says so here and there. It asks for no token and joins no room. The phone has to be in the same network."));
}

QString PhoneCheckPanel::state() const { return m_sentence->text() + u'\n' + m_advice->text(); }

void PhoneCheckPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        sayHowItStands();
}

void PhoneCheckPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_wait == Wait::Waiting)
        await();
}

void PhoneCheckPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_patience.stop();
}

} // namespace glasshouse
