// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/settingsdialog.h"

#include "server/config/judge.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

SettingsDialog::SettingsDialog(const ServerConfig &config, bool running, QWidget *parent)
    : QDialog(parent),
      m_config(config),
      m_tabs(new QTabWidget),
      m_otherFaults(faultLabel())
{
    setWindowTitle(tr("Settings"));
    buildServerPage();
    buildLimits();
    buildPlayersPage();
    buildTlsPage();
    buildProxiesPage();
    auto *note = new QLabel(
        tr("The server is running: limits count at once; what can not change now counts from its next start on."));
    note->setWordWrap(true);
    note->setVisible(running);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs);
    layout->addWidget(m_otherFaults);
    layout->addWidget(note);
    layout->addWidget(buildButtons(running));
}

QDialogButtonBox *SettingsDialog::buildButtons(bool running)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Apply | QDialogButtonBox::Cancel
                                         | QDialogButtonBox::RestoreDefaults);
    const auto name = [buttons](QDialogButtonBox::StandardButton which, const QString &text, const QString &tip) {
        buttons->button(which)->setText(text);
        buttons->button(which)->setToolTip(tip);
        return buttons->button(which);
    };
    name(QDialogButtonBox::Ok, running ? tr("Apply and close") : tr("Save"), tr("Keep the settings and close"));
    name(QDialogButtonBox::Cancel, tr("Cancel"), tr("Close, and forget what was not applied"));
    connect(name(QDialogButtonBox::Apply, tr("&Apply"), tr("Keep the settings and stay here")), &QPushButton::clicked,
            this, [this] {
                if (isFine())
                    emit applied(config());
            });
    connect(name(QDialogButtonBox::RestoreDefaults, tr("&Restore defaults"),
                 tr("What the program begins with, in all fields; nothing is kept before it is applied")),
            &QPushButton::clicked, this, &SettingsDialog::restoreDefaults);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void SettingsDialog::restoreDefaults()
{
    for (const auto &show : m_showers)
        show(ServerConfig());
}

void SettingsDialog::buildServerPage()
{
    QFormLayout *form = addPage(tr("&Server"));
    QSpinBox *port = addNumber(form, "port", tr("&Port:"), tr("TCP port; 0 takes one that is free"));
    port->setGroupSeparatorShown(false);
    addText(form, "bind", tr("A&ddress:"), tr("all addresses"),
            tr("IP address to listen on; 127.0.0.1 for this computer only"));
    QCheckBox *capture = addFlag(form, "capture", tr("Capture:"), tr("Record &everything on the wire"),
                                 tr("Without it the message log stays empty"));
    QSpinBox *budget =
        addNumber(form, "capture-budget-bytes", tr("Space on dis&k:"), tr("Beyond it the oldest messages go"));
    budget->setSingleStep(256);
    budget->setEnabled(m_config.capture);
    connect(capture, &QCheckBox::toggled, budget, &QWidget::setEnabled);
    addNumber(form, "drain-seconds", tr("At the end, &games go on for:"), tr("After the server was told to end"));
}

void SettingsDialog::buildLimits()
{
    auto *columns = addColumns(tr("&Limits"));
    QFormLayout *client = addGroup(columns, tr("Of a client"));
    addNumber(client, "max-message-bytes", tr("Largest message:"), tr("A larger one ends the connection with 1009"));
    addNumber(client, "message-rate", tr("Messages a second:"), tr("On average"));
    addNumber(client, "message-burst", tr("Messages at once:"), tr("So many may come in a burst"));
    addNumber(client, "byte-rate", tr("Bytes a second:"), tr("In, on average"));
    addNumber(client, "max-queue-bytes", tr("Waiting to be sent:"), tr("A client that reads too slowly is sent away"));
    addNumber(client, "heartbeat-seconds", tr("Ping every:"), tr("Keeps the way open and measures the RTT"));
    addNumber(client, "pong-seconds", tr("Answer within:"), tr("Without a pong the connection counts as lost"));
    QFormLayout *server = addGroup(columns, tr("Of the server"));
    addNumber(server, "max-connections", tr("Connections:"), tr("Together"));
    addNumber(server, "max-connections-per-address", tr("Connections of an address:"), tr("From one IP address"));
    addNumber(server, "max-connections-per-token", tr("Connections of a token:"),
              tr("Open at once with one player's token"));
    addNumber(server, "wrong-guesses", tr("Wrong guesses a minute:"),
              tr("Room codes and tokens that were wrong, from one IP address"));
    addNumber(server, "max-players", tr("Players in a room:"), tr("Further ones are refused with 4005"));
    addNumber(server, "max-rooms", tr("Rooms:"), tr("Together"));
    addNumber(server, "resume-seconds", tr("A seat waits for:"), tr("The seat of a player who dropped"));
}

void SettingsDialog::buildPlayersPage()
{
    QFormLayout *form = addPage(tr("Pla&yers"));
    QComboBox *auth = addChoice(form, "auth", tr("&Who may play:"), {tr("everybody"), tr("who brings a token (JWT)")},
                                tr("Tokens come from the site that sends the players here"));
    QComboBox *algorithm = addChoice(form, "jwt-algorithm", tr("Tokens are s&igned with:"),
                                     {tr("HS256, a secret"), tr("RS256, an RSA key"), tr("ES256, a key on P-256")},
                                     tr("Tokens that are signed in another way are refused"));
    QLineEdit *secret =
        addFile(form, "jwt-secret-file", tr("Se&cret:"), tr("A file with the secret, 32 bytes or more"));
    if (!m_config.token.secret.isEmpty())
        secret->setPlaceholderText(tr("the one in JWT_SECRET"));
    QLineEdit *key = addFile(form, "jwt-public-key", tr("Public &key:"), tr("A file with the public key, in PEM"));
    QLineEdit *issuer = addText(form, "jwt-issuer", tr("Iss&uer:"), tr("any"), tr("What the tokens must say in iss"));
    QLineEdit *audience =
        addText(form, "jwt-audience", tr("Au&dience:"), tr("any"), tr("What the tokens must say in aud"));
    addNumber(form, "auth-seconds", tr("A token has to come within:"), tr("Where it comes in the first message"));
    addText(form, "allow-origin", tr("Pages that may c&onnect:"), tr("pages of this server"),
            tr("Origins such as https://example.org, blanks between; * for all"));
    const auto showKeys = [=] {
        const bool isToken = auth->currentIndex() == int(AuthMode::Token);
        const bool isSecret = algorithm->currentIndex() <= 0;
        form->setRowVisible(secret->parentWidget(), isSecret);
        form->setRowVisible(key->parentWidget(), !isSecret);
        for (QWidget *field :
             std::initializer_list<QWidget *>{algorithm, secret->parentWidget(), key->parentWidget(), issuer, audience})
            field->setEnabled(isToken);
    };
    connect(auth, &QComboBox::currentIndexChanged, form, showKeys);
    connect(algorithm, &QComboBox::currentIndexChanged, form, showKeys);
    showKeys();
    onAccept([algorithm](ServerConfig &config) { // what is hidden does not count; a file takes the place of JWT_SECRET
        const bool isSecret = algorithm->currentIndex() <= 0;
        (isSecret ? config.token.publicKeyFile : config.token.secretFile).clear();
        if (!isSecret || !config.token.secretFile.isEmpty())
            config.token.secret.clear();
    });
}

void SettingsDialog::buildTlsPage()
{
    QFormLayout *form = addPage(tr("&TLS"));
    QLineEdit *cert =
        addFile(form, "tls-cert", tr("&Certificate:"), tr("A file in PEM, the server's own certificate first"));
    cert->setPlaceholderText(tr("no TLS"));
    addFile(form, "tls-key", tr("&Key:"), tr("A file in PEM, without a password"));
    addChoice(form, "plain", tr("Clients &without TLS:"),
              {tr("are served, too"), tr("are sent to https"), tr("are refused")}, tr("On the same port"));
}

void SettingsDialog::buildProxiesPage()
{
    QFormLayout *form = addPage(tr("Pro&xies"));
    addText(form, "trusted-proxy", tr("Tr&usted proxies:"), tr("none"),
            tr("Addresses or ranges such as 10.0.0.0/8, blanks between"));
    addFlag(form, "proxy-protocol", tr("PROXY protocol:"), tr("Their connections &begin with a PROXY header"),
            tr("As HAProxy sends it with send-proxy"));
    addText(form, "public-url", tr("&Public address:"), tr("the address of this computer"),
            tr("How players reach the server, such as https://play.example.org"));
    addText(form, "base-path", tr("Pre&fix of all paths:"), tr("none"),
            tr("Such as /play, where the proxy passes it on"));
}

ServerConfig SettingsDialog::config() const
{
    ServerConfig config = m_config;
    for (const auto &take : m_takers)
        take(config);
    return normalised(config);
}

bool SettingsDialog::hasField(const QByteArray &option)
{
    static const QList<QByteArray> names = SettingsDialog(ServerConfig(), false).m_places.keys();
    return names.contains(option);
}

void SettingsDialog::showField(const QByteArray &option)
{
    const auto place = m_places.constFind(option);
    if (place == m_places.constEnd())
        return;
    m_tabs->setCurrentIndex(place->page);
    place->editor->setFocus();
}

void SettingsDialog::accept()
{
    if (isFine())
        QDialog::accept();
}

bool SettingsDialog::isFine()
{
    const QByteArrayList keys = showFaults();
    m_checking = m_checking || !keys.isEmpty();
    const auto shown =
        std::find_if(keys.begin(), keys.end(), [this](const QByteArray &key) { return m_places.contains(key); });
    if (shown != keys.end())
        showField(*shown);
    return keys.isEmpty();
}

void SettingsDialog::changed()
{
    if (m_checking)
        showFaults();
}

QByteArrayList SettingsDialog::showFaults()
{
    const ServerConfig wanted = config();
    QByteArrayList keys;
    QHash<QLabel *, QStringList> texts;
    for (const ConfigFault &fault : judge(wanted)) {
        keys += fault.key;
        if (m_places.contains(fault.key))
            texts[m_places.value(fault.key).error] += fault.text;
        else
            texts[m_otherFaults] += QString::fromUtf8(fault.key) + u": "_s + fault.text;
    }
    for (const Place &place : std::as_const(m_places)) {
        place.error->setText(texts.value(place.error).join(u'\n'));
        place.form->setRowVisible(place.error, texts.contains(place.error));
    }
    m_otherFaults->setText(texts.value(m_otherFaults).join(u'\n'));
    m_otherFaults->setVisible(texts.contains(m_otherFaults));
    return keys;
}

} // namespace glasshouse
