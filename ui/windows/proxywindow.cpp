// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/proxywindow.h"

#include "net/transport/devicetimeouts.h"
#include "protocol/basepath.h"
#include "ui/base/addresses.h"
#include "ui/base/advicelinks.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/windowsize.h"
#include "ui/panels/keysdialog.h"
#include "ui/panels/prompts.h"
#include "ui/windows/proxyfindings.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QSettings>
#include <QSplitter>
#include <QTextBrowser>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qint64 longestToken = 4096;
constexpr int silenceMargin = 20; // seconds, behind the longest time-out that is known

QLabel *wrappedLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel *heading(const QString &text)
{
    auto *label = new QLabel(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

QByteArray operatorToken(const QString &fileName)
{
    QFile file(fileName);
    return !fileName.isEmpty() && file.open(QIODevice::ReadOnly) ? file.read(longestToken).trimmed() : QByteArray();
}

} // namespace

ProxyWindow::ProxyWindow(QSettings &settings, QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_settings(settings),
      m_prober(this),
      m_kind(new QComboBox),
      m_address(new QLineEdit),
      m_about(wrappedLabel()),
      m_text(new QPlainTextEdit),
      m_test(new QPushButton),
      m_silence(new QCheckBox),
      m_anyCertificate(new QCheckBox(tr("Accept any certificate"))),
      m_progress(wrappedLabel()),
      m_findings(new QTextBrowser)
{
    setWindowTitle(tr("Behind a proxy"));
    auto *parts = new QSplitter(Qt::Horizontal);
    parts->addWidget(buildConfiguration());
    parts->addWidget(buildTest());
    parts->setChildrenCollapsible(false);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);
    parts->setSizes({570, 510});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 14);
    layout->setSpacing(10);
    layout->addLayout(buildChoices());
    layout->addWidget(parts, 1);
    resizeOnScreen(*this, {1080, 680});
    restoreGeometry(settings.value("proxy/geometry"_L1).toByteArray());
    addWindowKeys(this);
    connect(m_progress, &QLabel::linkActivated, this, [this](const QString &link) { follow(QUrl(link)); });
    connect(&m_prober, &ProxyProber::progressed, this, &ProxyWindow::showProgress);
    connect(&m_prober, &ProxyProber::finished, this, &ProxyWindow::showTrial);
    connect(&m_prober, &ProxyProber::failed, this, [this](const QString &text) { showProgress(text, -1); });
    refresh();
}

ProxyWindow::~ProxyWindow() { m_settings.setValue("proxy/geometry"_L1, saveGeometry()); }

ProxyWindow *ProxyWindow::showFor(Host &host, QSettings &settings, QWidget *parent)
{
    auto *window = parent->findChild<ProxyWindow *>(QString(), Qt::FindDirectChildrenOnly);
    if (window == nullptr) {
        window = new ProxyWindow(settings, parent);
        connect(&host, &Host::stateChanged, window,
                [window, &host](ServerState state) { window->setServer(state, host.listenInfo(), host.config()); });
    }
    window->setServer(host.state(), host.listenInfo(), host.config());
    window->show();
    window->raise();
    window->activateWindow();
    return window;
}

QLayout *ProxyWindow::buildChoices()
{
    for (const ProxyKind kind : proxyKinds)
        m_kind->addItem(QString::fromLatin1(proxyName(kind)));
    m_kind->setCurrentIndex(std::clamp(m_settings.value("proxy/kind"_L1).toInt(), 0, m_kind->count() - 1));
    m_address->setPlaceholderText(u"https://play.example.org"_s);
    m_address->setText(m_settings.value("proxy/address"_L1).toString());
    m_address->setToolTip(tr("How players reach the proxy, with a path if it leads to the game under one"));
    m_address->setClearButtonEnabled(true);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_settings.setValue("proxy/kind"_L1, index);
        refresh();
        refreshFindings();
    });
    connect(m_address, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_settings.setValue("proxy/address"_L1, text);
        refresh();
    });
    auto *line = new QHBoxLayout;
    auto *kindLabel = new QLabel(tr("&Proxy:"));
    kindLabel->setBuddy(m_kind);
    auto *addressLabel = new QLabel(tr("P&ublic address:"));
    addressLabel->setBuddy(m_address);
    line->addWidget(kindLabel);
    line->addWidget(m_kind);
    line->addSpacing(12);
    line->addWidget(addressLabel);
    line->addWidget(m_address, 1);
    return line;
}

QWidget *ProxyWindow::buildConfiguration()
{
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("Configuration of the proxy"));
    auto *copyIt = new QPushButton(icon(Icon::Copy), tr("&Copy"));
    copyIt->setToolTip(tr("Copy the whole configuration"));
    auto *saveIt = new QPushButton(tr("&Save…"));
    saveIt->setToolTip(tr("Save the configuration as a file"));
    connect(copyIt, &QPushButton::clicked, this, &ProxyWindow::copy);
    connect(saveIt, &QPushButton::clicked, this, &ProxyWindow::save);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_about, 1);
    buttons->addWidget(copyIt, 0, Qt::AlignTop);
    buttons->addWidget(saveIt, 0, Qt::AlignTop);
    auto *whole = new QWidget;
    auto *layout = new QVBoxLayout(whole);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->addWidget(heading(tr("Its configuration")));
    layout->addWidget(m_text, 1);
    layout->addLayout(buttons);
    return whole;
}

QWidget *ProxyWindow::buildTest()
{
    m_findings->setAccessibleName(tr("What the test found"));
    m_findings->setOpenLinks(false);
    connect(m_findings, &QTextBrowser::anchorClicked, this, &ProxyWindow::follow);
    m_silence->setToolTip(tr("A connection that says nothing and answers no ping: is it cut before the heartbeat?"));
    m_anyCertificate->setToolTip(tr("For a certificate of your own, which no authority signed"));
    connect(m_test, &QPushButton::clicked, this, &ProxyWindow::startTest);
    auto *line = new QHBoxLayout;
    line->addWidget(m_test);
    line->addWidget(m_progress, 1);
    auto *whole = new QWidget;
    auto *layout = new QVBoxLayout(whole);
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addWidget(heading(tr("What it does to requests")));
    layout->addWidget(m_findings, 1);
    layout->addWidget(m_silence);
    layout->addWidget(m_anyCertificate);
    layout->addLayout(line);
    return whole;
}

void ProxyWindow::setServer(ServerState state, const ListenInfo &info, const ServerConfig &config)
{
    m_state = state;
    m_info = info;
    m_config = config;
    if (m_address->text().isEmpty() && !config.publicUrl.isEmpty())
        m_address->setText(QString::fromUtf8(config.publicUrl));
    if (state != ServerState::Running && m_prober.isRunning()) {
        m_prober.stop();
        showProgress(tr("The server stopped."), -1);
    }
    refresh();
}

ProxyKind ProxyWindow::kind() const { return proxyKinds[std::max(0, m_kind->currentIndex())]; }

ProxyFacts ProxyWindow::facts() const
{
    ServerConfig config = m_config;
    const QByteArray address = m_address->text().trimmed().toUtf8();
    config.publicUrl = publicSocketUrl(address, {}).isEmpty() ? QByteArray() : address;
    return proxyFacts(config, m_state == ServerState::Running ? m_info.port : quint16(0));
}

int ProxyWindow::silenceSeconds() const
{
    const Limits &limits = m_config.limits;
    return limits.heartbeatSeconds == 0 ? longestDeviceSilence() + silenceMargin
                                        : limits.heartbeatSeconds + limits.pongSeconds;
}

QString ProxyWindow::configuration() const { return m_text->toPlainText(); }
QString ProxyWindow::findings() const { return m_findings->toPlainText(); }

void ProxyWindow::refresh()
{
    const QString text = QString::fromUtf8(proxyConfig(kind(), facts()));
    if (text != m_text->toPlainText())
        m_text->setPlainText(text);
    const QString file = QString::fromLatin1(proxyFile(kind()));
    m_about->setText(kind() == ProxyKind::Traefik
                         ? tr("Goes to %1. Only its shape was tested, not with a running Traefik.").arg(file)
                         : tr("Goes to %1. The options on top are for the server.").arg(file));
    m_silence->setText(tr("Leave a connection alone, too (%1 s)").arg(formatNumber(silenceSeconds())));
    const bool hasAddress = !publicSocketUrl(m_address->text().trimmed().toUtf8(), {}).isEmpty();
    m_test->setText(m_prober.isRunning() ? tr("S&top the test") : tr("&Test the public address"));
    m_test->setEnabled(m_prober.isRunning() || (hasAddress && m_state == ServerState::Running));
    if (m_prober.isRunning() || m_hasTrial)
        return;
    showAdvice(m_progress,
               m_state != ServerState::Running ? tr("The server does not run.")
                   : hasAddress                ? QString()
                                               : tr("Write the public address above."));
    m_findings->setPlaceholderText(tr(
        "Requests go out to the public address, through the proxy, and back to this server, which says what arrived: "
        "path, host, scheme, the client's address, the headers of an upgrade. Strangers can not ask it."));
}

void ProxyWindow::copy() { QGuiApplication::clipboard()->setText(m_text->toPlainText()); }

void ProxyWindow::save()
{
    const QString name = QFileInfo(QString::fromLatin1(proxyFile(kind()))).fileName();
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the configuration"), name);
    if (!path.isEmpty())
        saveAs(path);
}

void ProxyWindow::saveAs(const QString &path)
{
    QSaveFile file(path);
    const QByteArray text = m_text->toPlainText().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        tell(this, QMessageBox::Warning, tr("Save the configuration"),
             tr("It could not be saved: %1").arg(file.errorString()));
}

ProxyProber::Task ProxyWindow::task() const
{
    ProxyProber::Task task;
    task.publicUrl = QUrl(m_address->text().trimmed());
    if (task.publicUrl.scheme().startsWith("ws"_L1))
        task.publicUrl.setScheme(task.publicUrl.scheme() == "wss"_L1 ? u"https"_s : u"http"_s);
    task.localUrl = localUrl(m_info, u"/"_s);
    task.localUrl.setScheme(m_info.secure ? u"https"_s : u"http"_s);
    task.basePath = m_config.basePath;
    task.operatorToken = operatorToken(m_config.operatorTokenFile);
    task.limits = m_config.limits;
    task.idleSeconds = m_silence->isChecked() ? silenceSeconds() + 5 : 0;
    task.ignoreTlsErrors = m_anyCertificate->isChecked();
    return task;
}

void ProxyWindow::startTest()
{
    if (m_prober.isRunning()) {
        m_prober.stop();
        showProgress({}, -1);
        return;
    }
    m_hasTrial = false;
    m_findings->clear();
    m_prober.start(task());
    refresh();
}

void ProxyWindow::showProgress(const QString &text, int idleSeconds)
{
    showAdvice(m_progress,
               idleSeconds < 0
                   ? text
                   : tr("%1 %2 of %3")
                         .arg(text, formatDuration(idleSeconds * 1000LL), formatDuration(silenceSeconds() * 1000LL)));
    m_test->setText(m_prober.isRunning() ? tr("S&top the test") : tr("&Test the public address"));
}

void ProxyWindow::showTrial(const ProxyTrial &trial)
{
    m_trial = trial;
    m_hasTrial = true;
    refresh();
    refreshFindings();
}

void ProxyWindow::refreshFindings()
{
    if (!m_hasTrial)
        return;
    const QList<ProxyFinding> found = judgeProxy(m_trial);
    const auto wrong = std::count_if(found.begin(), found.end(),
                                     [](const ProxyFinding &one) { return one.level >= FindingLevel::Warning; });
    m_findings->setHtml(findingsHtml(found, kind(), m_trial.host));
    showAdvice(m_progress, wrong == 0 ? tr("All is well.") : tr("To put right: %1").arg(wrong));
}

void ProxyWindow::follow(const QUrl &link)
{
    if (const QByteArray option = optionBehind(link); !option.isEmpty())
        emit optionWanted(option);
    else if (isEventsLink(link))
        emit eventsWanted();
}

void ProxyWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refreshFindings();
}

} // namespace glasshouse
