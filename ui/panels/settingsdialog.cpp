// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/settingsdialog.h"

#include "server/config/configfaults.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int kib = 1024;
constexpr qint64 mib = 1024LL * 1024;

/// What stands between blanks or commas.
QList<QByteArray> listOf(const QString &text)
{
    static const QRegularExpression gap(u"[\\s,]+"_s);
    QList<QByteArray> values;
    for (const QString &value : text.split(gap, Qt::SkipEmptyParts))
        values += value.toUtf8();
    return values;
}

QString textOf(const QList<QByteArray> &values) { return QString::fromUtf8(values.join(' ')); }

} // namespace

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
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    if (running)
        buttons->button(QDialogButtonBox::Ok)->setText(tr("&Apply"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *note = new QLabel(
        tr("The server is running: limits count at once; what can not change now counts from its next start on."));
    note->setWordWrap(true);
    note->setVisible(running);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tabs);
    layout->addWidget(m_otherFaults);
    layout->addWidget(note);
    layout->addWidget(buttons);
}

void SettingsDialog::buildServerPage()
{
    QFormLayout *form = addPage(tr("&Server"));
    QSpinBox *port = addNumber(form, tr("&Port:"), "port", m_config.port, 65535, {},
                               tr("TCP port; 0 takes one that is free"), tr("any free"));
    port->setGroupSeparatorShown(false);
    QLineEdit *bind = addText(form, tr("&Address:"), {"bind"}, m_config.bindAddress, tr("all addresses"),
                              tr("IP address to listen on; 127.0.0.1 for this computer only"));
    auto *capture = new QCheckBox(tr("&Record everything on the wire"));
    capture->setChecked(m_config.capture);
    capture->setToolTip(tr("Without it the message log stays empty"));
    addRow(form, tr("Capture:"), capture, capture, {"capture"});
    QSpinBox *budget = addNumber(form, tr("Space on &disk:"), "capture-budget-bytes", m_config.captureBudgetBytes / mib,
                                 1'000'000, tr("MiB"), tr("Beyond it the oldest messages go"), tr("no bound"));
    budget->setSingleStep(256);
    budget->setEnabled(m_config.capture);
    connect(capture, &QCheckBox::toggled, budget, &QWidget::setEnabled);
    QSpinBox *drain = addNumber(form, tr("At the &end, games go on for:"), "drain-seconds", m_config.drainSeconds,
                                86'400, tr("s"), tr("After the server was told to end"), tr("not at all"));
    onAccept([=, before = budget->value()](ServerConfig &config) {
        config.port = quint16(port->value());
        config.bindAddress = bind->text().trimmed();
        config.capture = capture->isChecked();
        if (budget->value() != before) // what was not touched keeps the bytes that the unit hides
            config.captureBudgetBytes = budget->value() * mib;
        config.drainSeconds = drain->value();
    });
}

void SettingsDialog::buildLimits()
{
    auto *columns = addColumns(tr("&Limits"));
    QFormLayout *client = addGroup(columns, tr("Of a client"));
    addLimit(client, tr("Largest message:"), "max-message-bytes", &Limits::messageBytes, 1024 * 1024, tr("KiB"),
             tr("A larger one ends the connection with 1009"), kib);
    addLimit(client, tr("Messages a second:"), "message-rate", &Limits::messageRate, 100'000, {}, tr("On average"));
    addLimit(client, tr("Messages at once:"), "message-burst", &Limits::messageBurst, 1'000'000, {},
             tr("So many may come in a burst"));
    addLimit(client, tr("Bytes a second:"), "byte-rate", &Limits::byteRate, 1024 * 1024, tr("KiB/s"),
             tr("In, on average"), kib);
    addLimit(client, tr("Waiting to be sent:"), "max-queue-bytes", &Limits::queueBytes, 1024 * 1024, tr("KiB"),
             tr("A client that reads too slowly is sent away"), kib);
    addLimit(client, tr("Ping every:"), "heartbeat-seconds", &Limits::heartbeatSeconds, 3600, tr("s"),
             tr("Keeps the way open and measures the RTT"));
    addLimit(client, tr("Answer within:"), "pong-seconds", &Limits::pongSeconds, 3600, tr("s"),
             tr("Without a pong the connection counts as lost"));
    QFormLayout *server = addGroup(columns, tr("Of the server"));
    addLimit(server, tr("Connections:"), "max-connections", &Limits::connections, 1'000'000, {}, tr("Together"));
    addLimit(server, tr("Connections of an address:"), "max-connections-per-address", &Limits::connectionsPerAddress,
             1'000'000, {}, tr("From one IP address"));
    addLimit(server, tr("Connections of a token:"), "max-connections-per-token", &Limits::connectionsPerToken,
             1'000'000, {}, tr("Open at once with one player's token"));
    addLimit(server, tr("Wrong guesses a minute:"), "wrong-guesses", &Limits::wrongGuesses, 1'000'000, {},
             tr("Room codes and tokens that were wrong, from one IP address"));
    addLimit(server, tr("Players in a room:"), "max-players", &Limits::players, 100'000, {},
             tr("Further ones are refused with 4005"));
    addLimit(server, tr("Rooms:"), "max-rooms", &Limits::rooms, 1'000'000, {}, tr("Together"));
    addLimit(server, tr("A seat waits for:"), "resume-seconds", &Limits::resumeSeconds, 86'400, tr("s"),
             tr("The seat of a player who dropped"));
}

void SettingsDialog::buildPlayersPage()
{
    const TokenConfig &token = m_config.token;
    const QStringList names{u"HS256"_s, u"RS256"_s, u"ES256"_s};
    QFormLayout *form = addPage(tr("Pla&yers"));
    QComboBox *auth = addChoice(form, tr("&Who may play:"), "auth", {tr("everybody"), tr("who brings a token (JWT)")},
                                int(m_config.auth), tr("Tokens come from the site that sends the players here"));
    QComboBox *algorithm = addChoice(form, tr("Tokens are s&igned with:"), "jwt-algorithm",
                                     {tr("HS256, a secret"), tr("RS256, an RSA key"), tr("ES256, a key on P-256")},
                                     int(names.indexOf(QString::fromUtf8(token.algorithm))),
                                     tr("Tokens that are signed in another way are refused"));
    QLineEdit *secret = addFile(form, tr("Se&cret:"), {"jwt-secret-file", "JWT_SECRET"}, token.secretFile,
                                tr("A file with the secret, 32 bytes or more"));
    if (!token.secret.isEmpty())
        secret->setPlaceholderText(tr("the one in JWT_SECRET"));
    QLineEdit *key = addFile(form, tr("Public &key:"), {"jwt-public-key"}, token.publicKeyFile,
                             tr("A file with the public key, in PEM"));
    QLineEdit *issuer = addText(form, tr("Iss&uer:"), {"jwt-issuer"}, QString::fromUtf8(token.issuer), tr("any"),
                                tr("What the tokens must say in iss"));
    QLineEdit *audience = addText(form, tr("Au&dience:"), {"jwt-audience"}, QString::fromUtf8(token.audience),
                                  tr("any"), tr("What the tokens must say in aud"));
    addLimit(form, tr("A token has to come within:"), "auth-seconds", &Limits::authSeconds, 3600, tr("s"),
             tr("Where it comes in the first message"));
    QLineEdit *origins =
        addText(form, tr("Pages that may c&onnect:"), {"allow-origin"}, textOf(m_config.allowedOrigins),
                tr("pages of this server"), tr("Origins such as https://example.org, blanks between; * for all"));
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
    onAccept([=, this](ServerConfig &config) {
        config.auth = AuthMode(auth->currentIndex());
        config.token.issuer = issuer->text().trimmed().toUtf8();
        config.token.audience = audience->text().trimmed().toUtf8();
        config.allowedOrigins = listOf(origins->text());
        const bool isSecret = algorithm->currentIndex() <= 0;
        if (algorithm->currentIndex() >= 0)
            config.token.algorithm = names.at(algorithm->currentIndex()).toLatin1();
        config.token.secretFile = isSecret ? secret->text().trimmed() : QString();
        config.token.secret = isSecret && secret->text().trimmed().isEmpty() ? m_config.token.secret : QByteArray();
        config.token.publicKeyFile = isSecret ? QString() : key->text().trimmed();
    });
}

void SettingsDialog::buildTlsPage()
{
    QFormLayout *form = addPage(tr("&TLS"));
    QLineEdit *cert = addFile(form, tr("&Certificate:"), {"tls-cert"}, m_config.tls.certFile,
                              tr("A file in PEM, the server's own certificate first"));
    cert->setPlaceholderText(tr("no TLS"));
    QLineEdit *key =
        addFile(form, tr("&Key:"), {"tls-key"}, m_config.tls.keyFile, tr("A file in PEM, without a password"));
    QComboBox *plain = addChoice(form, tr("Clients &without TLS:"), "plain",
                                 {tr("are served, too"), tr("are sent to https"), tr("are refused")},
                                 int(m_config.tls.plain), tr("On the same port"));
    onAccept([=](ServerConfig &config) {
        config.tls.certFile = cert->text().trimmed();
        config.tls.keyFile = key->text().trimmed();
        config.tls.plain = PlainMode(plain->currentIndex());
    });
}

void SettingsDialog::buildProxiesPage()
{
    QFormLayout *form = addPage(tr("Pro&xies"));
    QLineEdit *proxies = addText(form, tr("&Trusted proxies:"), {"trusted-proxy"}, textOf(m_config.trustedProxies),
                                 tr("none"), tr("Addresses or ranges such as 10.0.0.0/8, blanks between"));
    auto *header = new QCheckBox(tr("Their connections &begin with a PROXY header"));
    header->setChecked(m_config.proxyProtocol);
    header->setToolTip(tr("As HAProxy sends it with send-proxy"));
    connect(header, &QCheckBox::toggled, this, &SettingsDialog::changed);
    addRow(form, tr("PROXY protocol:"), header, header, {"proxy-protocol"});
    QLineEdit *url = addText(form, tr("&Public address:"), {"public-url"}, QString::fromUtf8(m_config.publicUrl),
                             tr("the address of this computer"),
                             tr("How players reach the server, such as https://play.example.org"));
    QLineEdit *base = addText(form, tr("Pre&fix of all paths:"), {"base-path"}, QString::fromUtf8(m_config.basePath),
                              tr("none"), tr("Such as /play, where the proxy passes it on"));
    onAccept([=](ServerConfig &config) {
        config.trustedProxies = listOf(proxies->text());
        config.proxyProtocol = header->isChecked();
        config.publicUrl = url->text().trimmed().toUtf8();
        config.basePath = base->text().trimmed().toUtf8();
    });
}

ServerConfig SettingsDialog::config() const
{
    ServerConfig config = m_config;
    for (const auto &take : m_takers)
        take(config);
    return config;
}

void SettingsDialog::accept()
{
    const QByteArrayList keys = showFaults();
    if (keys.isEmpty())
        return QDialog::accept();
    m_checking = true;
    for (const QByteArray &key : keys) {
        if (!m_places.contains(key))
            continue;
        const Place place = m_places.value(key);
        m_tabs->setCurrentIndex(place.page);
        return place.editor->setFocus();
    }
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
    for (const ConfigFault &fault : configFaults(wanted) + fileFaults(wanted)) {
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
