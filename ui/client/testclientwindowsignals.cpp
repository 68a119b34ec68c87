// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the client and the pages say to a test client's window, and what it does then.
#include "client/drafts/addressquery.h"
#include "client/drafts/importedconnection.h"
#include "client/drafts/workspace.h"
#include "protocol/json.h"
#include "server/capture/redaction.h"
#include "ui/base/formats.h"
#include "ui/client/clientsecrets.h"
#include "ui/client/clientstatusline.h"
#include "ui/client/connectionpage.h"
#include "ui/client/handshakepage.h"
#include "ui/client/importdialog.h"
#include "ui/client/messagepage.h"
#include "ui/client/testclientwindow.h"
#include "ui/client/variablesdialog.h"
#include "ui/client/workspacefiles.h"
#include "ui/doctor/doctorpanel.h"
#include "ui/log/messagelogpanel.h"
#include "ui/log/selectionactions.h"
#include "ui/messages/sessionwriter.h"
#include "ui/models/memorysource.h"
#include "ui/panels/prompts.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QSplitter>
#include <QStatusBar>
#include <QTabWidget>
#include <numeric>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int refreshMs = 100;
constexpr int rowsForKeys = 50;
constexpr int messageMs = 10'000;

/// An address as it is written, with another scheme; null: its scheme is a variable's.
QString withScheme(const QString &address, const QString &scheme)
{
    const qsizetype end = address.indexOf("://"_L1);
    if (end < 0 && address.startsWith("{{"_L1))
        return {};
    return scheme + u"://"_s + (end < 0 ? address : address.mid(end + 3));
}

} // namespace

void TestClientWindow::connectClient()
{
    connect(&m_client, &TestClient::stateChanged, this, &TestClientWindow::showState);
    connect(&m_client, &TestClient::requestSent, this, [this](const QByteArray &head) {
        m_handshake->showRequest(shownUrl(m_client.options().url), hidden(redactedHead(head)));
    });
    connect(&m_client, &TestClient::opened, this,
            [this](const HttpHead &, const QByteArray &subprotocol, const QByteArray &head) {
                showOpened(subprotocol, head);
            });
    connect(&m_client, &TestClient::ended, this, &TestClientWindow::showEnding);
    connect(&m_client, &TestClient::roundTrip, m_status, &ClientStatusLine::setRoundTrip);
    connect(&m_client, &TestClient::reconnectScheduled, this, [this](int attempt, int ms) {
        m_status->setReconnect(attempt, ms);
        m_connection->setAttempt(attempt);
    });
    connect(&m_client, &TestClient::queueDropped, this, [this](int messages) {
        setWaiting(0);
        m_message->setNotice(tr("%1 messages that waited were not sent").arg(formatNumber(messages)));
    });
    connectFacts();
    connectFrames();
}

void TestClientWindow::connectFacts()
{
    connect(&m_client, &TestClient::certificateTrusted, this, [this](const QByteArray &fingerprint) {
        const QByteArray text = tr("trusted: this is the server of this program").toUtf8();
        m_records.event(EventKind::Note,
                        "{\"certificate\":" + jsonQuoted(text) + ",\"sha256\":" + jsonQuoted(fingerprint) + '}');
    });
    connect(&m_client, &TestClient::proxyFound, this, [this](const TestClientProxy &proxy) {
        m_facts.proxy = proxy;
        m_connection->showSystemProxy(proxy);
        m_handshake->setFacts(m_facts);
    });
    connect(
        &m_client, &TestClient::secured, this, [this](const TlsSession &session, const QList<CertificateInfo> &chain) {
            m_facts.tls = session;
            m_facts.certificates = chain;
            m_facts.isUnchecked = m_client.options().ignoreTlsErrors && m_client.options().trustedFingerprint.isEmpty();
            m_handshake->setFacts(m_facts);
        });
    connect(&m_client, &TestClient::redirected, this,
            [this](const QUrl &from, const QUrl &to, const TestClientEnding &answer) {
                const QString words = shownUrl(from).toDisplayString() + u" → "_s + shownUrl(to).toDisplayString();
                m_facts.redirects += QString::number(answer.httpStatus) + u": "_s + words;
                m_isRedirected = true;
                m_records.event(EventKind::Note, "{\"redirect\":" + jsonQuoted(words.toUtf8()) + '}');
            });
}

/// The log sees a connection as a server does: In is what the client sent.
void TestClientWindow::connectFrames()
{
    connect(&m_client, &TestClient::frameSent, this,
            [this](const FrameHeader &header, const QByteArray &payload, qint64 timeUs) {
                m_records.frame(header, payload, timeUs, RecordMasked);
            });
    connect(&m_client, &TestClient::frameReceived, this,
            [this](const FrameHeader &header, const QByteArray &payload, qint64 timeUs) {
                m_records.frame(header, payload, timeUs, RecordOut);
            });
    connect(&m_client, &TestClient::frameBroken, this,
            [this](const FrameHeader &header, const QByteArray &payload, FrameViolation violation, qint64 timeUs) {
                m_records.frame(header, payload, timeUs, RecordOut | RecordBroken, violation);
            });
    connect(&m_client, &TestClient::messageReceived, this, [this](MessageKind kind, const QByteArray &payload) {
        if (kind != MessageKind::Text)
            return;
        m_texts.setLast(payload);
        if (!m_refresh.isActive())
            m_refresh.start();
    });
}

/// What was known of the attempt before goes, unless this one goes on where it pointed.
void TestClientWindow::beginAttempt()
{
    m_records.beginAttempt();
    const QStringList redirects = m_isRedirected ? m_facts.redirects : QStringList();
    m_isRedirected = false;
    m_facts = {};
    m_facts.redirects = redirects;
    m_facts.proxy = m_client.options().proxy;
    m_facts.deflateOffered = m_client.options().deflate.offered;
    m_handshake->setFacts(m_facts);
}

void TestClientWindow::connectPages()
{
    connect(m_log->selection(), &SelectionActions::resendWanted, this, &TestClientWindow::write);
    connect(m_message, &MessagePage::sendRequested, this, &TestClientWindow::send);
    connect(m_message, &MessagePage::pingRequested, this,
            [this](const QByteArray &payload) { explain(m_client.ping(payload)); });
    connect(m_message, &MessagePage::closeRequested, this,
            [this](quint16 code, const QByteArray &reason) { explain(m_client.close(code, reason)); });
    connect(m_status, &ClientStatusLine::suggestionTaken, this, &TestClientWindow::takeSuggestion);
    connect(m_status, &ClientStatusLine::pageWanted, this, [this](TestClientPage page) {
        QWidget *wanted = m_connection;
        if (page == TestClientPage::Handshake)
            wanted = m_handshake;
        else
            m_connection->showPartFor(m_lastEnding);
        m_tabs->setCurrentWidget(wanted);
    });
}

/// What was shown lacks secrets. Where only the scheme is another, the address stays as it was written, with its variables; one
/// that a server named may have their values, which become variables again.
void TestClientWindow::takeSuggestion()
{
    QUrl asked = m_client.options().url;
    asked.setScheme(m_suggestion.scheme());
    if (asked == m_suggestion) {
        const QString text = withScheme(m_url->currentText().trimmed(), m_suggestion.scheme());
        if (text.isNull())
            return say(tr("The address begins with a variable: write %1:// there").arg(m_suggestion.scheme()));
        m_url->setEditText(text);
    } else {
        m_url->setEditText(withVariables(m_suggestion));
    }
    startConnection();
}

QString TestClientWindow::withVariables(const QUrl &url) const
{
    QString text = TextVariables::escaped(url.toString(QUrl::FullyEncoded));
    const QList<DraftVariable> variables = m_variables->variables();
    for (const DraftVariable &one : variables) {
        const QByteArrayList values = secretValues({one});
        for (const QByteArray &value : values)
            text.replace(QString::fromUtf8(value), u"{{"_s + one.name + u"}}"_s);
    }
    if (m_connection->draft().tokenWay != TokenWay::Query)
        return text;
    QList<QueryItem> items = queryItems(text); // the token comes by itself
    items.removeIf([&](const QueryItem &item) { return item.name == "token"_L1; });
    return withQueryItems(text, items);
}

/// It goes to the address of this window as the next connection would.
void TestClientWindow::connectDoctor()
{
    m_doctor->setOrders([this]() -> std::optional<DoctorOrder> {
        TextVariables texts = m_texts; // who only looks does not count on
        const FilledDraft filled = nextDraft(texts);
        if (filled.fault) {
            explainFault(filled);
            return std::nullopt;
        }
        DoctorOrder order;
        order.client = filled.options;
        order.secrets = secrets();
        return order;
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, &TestClientWindow::makeRoomForDoctor);
    connect(m_status, &ClientStatusLine::doctorWanted, this, [this] {
        m_tabs->setCurrentWidget(m_doctor);
        m_doctor->examineAsked();
    });
}

/// Its stages need more than a message does, and the log less meanwhile.
void TestClientWindow::makeRoomForDoctor()
{
    const bool isThere = m_tabs->currentWidget() == m_doctor;
    if (isThere == !m_sizesOfOthers.isEmpty())
        return;
    if (!isThere)
        return m_splitter->setSizes(std::exchange(m_sizesOfOthers, {}));
    m_sizesOfOthers = m_splitter->sizes();
    const int all = std::accumulate(m_sizesOfOthers.begin(), m_sizesOfOthers.end(), 0);
    const int wanted = std::max(m_sizesOfOthers.first(), all * 2 / 3);
    m_splitter->setSizes({wanted, all - wanted});
}

/// What is written: the address with its query, variables, and what helps to write messages.
void TestClientWindow::connectWriting()
{
    connect(m_url, &QComboBox::editTextChanged, m_connection, &ConnectionPage::setAddress);
    connect(m_connection, &ConnectionPage::addressEdited, m_url, &QComboBox::setEditText);
    connect(m_message, &MessagePage::variablesWanted, m_variables, &QDialog::show);
    connect(m_variables, &VariablesDialog::edited, this, [this] {
        setOwnVariables(m_texts, m_variables->variables());
        m_message->refresh();
    });
    connect(m_files, &WorkspaceFiles::told, this, &TestClientWindow::say);
    m_message->setKeys([this] { return seenKeys(); });
    connect(m_source, &MessageSource::reset, this, [this] { m_keysTo = 0; });
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshMs);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (TextVariables::hasVariables(m_message->text()))
            m_message->refresh();
    });
}

/// Looked up when somebody types: messages may come by the thousand.
QStringList TestClientWindow::seenKeys()
{
    const quint64 end = m_source->endRow();
    const quint64 first = std::max({m_source->firstRow(), end > rowsForKeys ? end - rowsForKeys : 0, m_keysTo});
    m_keysTo = end;
    const QList<CapturedRow> rows = m_source->read(first, int(end - first));
    for (const CapturedRow &row : rows) {
        if (!row.isEvent() && row.opcode() == quint8(Opcode::Text))
            m_keys.learn(row.payload);
    }
    return m_keys.words();
}

void TestClientWindow::chooseSession()
{
    const QString folder = QFileDialog::getSaveFileName(this, tr("Save the log as a session: name of a new folder"),
                                                        QDir::home().filePath(u"session"_s));
    if (!folder.isEmpty())
        saveSession(folder);
}

void TestClientWindow::saveSession(const QString &folder)
{
    RowSet numbers;
    numbers.append(m_source->firstRow(), m_source->endRow());
    const QString shown = oneLine(QDir::toNativeSeparators(folder), 200);
    m_saving.run(
        this,
        [folder, numbers, rows = m_source->rows(), secrets = secrets()](const std::atomic<bool> &stop) {
            return writeSession(folder, *rows, numbers, stop, secrets);
        },
        [this, shown](const QString &fault) {
            say(fault.isEmpty() ? tr("Saved %1").arg(shown) : tr("The session was not saved"));
            if (!fault.isEmpty())
                tell(this, QMessageBox::Warning, tr("The session was not saved"), shown + u'\n' + fault);
        });
}

void TestClientWindow::showImport()
{
    auto *dialog = new ImportDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::imported, this,
            [this](const ImportedConnection &connection) { openLike(connection, false); });
    dialog->open();
}

void TestClientWindow::say(const QString &words) { statusBar()->showMessage(words, messageMs); }

// What stands in labels, on pages and in the log's events is copied as it is: secrets are taken out here, once for all of them.

void TestClientWindow::showOpened(const QByteArray &subprotocol, const QByteArray &head)
{
    const TestClientOptions &options = m_client.options();
    const QByteArray agreed = withoutOffered(subprotocol, options.subprotocols);
    setWaiting(0);
    m_connection->setAttempt(0);
    m_facts.isOpen = true;
    m_facts.deflate = m_client.compression();
    m_status->setOpened(QString::fromUtf8(agreed), m_facts.isUnchecked);
    m_handshake->showOpened(hidden(redactedHead(head, options.subprotocols)));
    m_handshake->setFacts(m_facts);
    const QByteArray url = shownUrl(options.url).toEncoded();
    m_records.event(EventKind::ConnectionOpened,
                    "{\"url\":" + jsonQuoted(url) + ",\"subprotocol\":" + jsonQuoted(agreed) + '}');
}

void TestClientWindow::showEnding(const TestClientEnding &whole)
{
    TestClientEnding ending = withoutSecrets(whole, m_client.options().subprotocols);
    for (QByteArray *text : {&ending.reasonSent, &ending.reasonReceived, &ending.detail, &ending.requestHead,
                             &ending.responseHead, &ending.responseBody})
        *text = hidden(*text);
    m_suggestion = whole.suggestion;
    m_lastEnding = ending;
    ending.suggestion = shownUrl(whole.suggestion);
    if (m_leaving)
        deleteLater();
    m_status->setEnding(ending);
    m_facts.isOpen = false;
    if (m_facts.certificates.isEmpty())
        m_facts.certificates = ending.certificates;
    m_handshake->showEnding(ending);
    m_handshake->setFacts(m_facts);
    const QByteArray sentence = testClientText(ending).sentence.toUtf8();
    m_records.event(EventKind::ConnectionEnded,
                    "{\"code\":" + QByteArray::number(ending.code()) + ",\"because\":" + jsonQuoted(sentence) + '}');
}

QByteArray TestClientWindow::hidden(QByteArray text) const
{
    const QByteArrayList values = secrets();
    for (const QByteArray &value : values)
        text.replace(value, redactedMark);
    return text;
}

QByteArrayList TestClientWindow::secrets() const { return secretValues(m_variables->variables()); }

QUrl TestClientWindow::shownUrl(const QUrl &url) const
{
    const QUrl shown = withoutSecrets(url);
    const QByteArray text = shown.toEncoded();
    const QByteArray rest = hidden(text);
    return rest == text ? shown : QUrl(QString::fromUtf8(rest), QUrl::TolerantMode);
}

void TestClientWindow::send(const OutgoingMessage &message)
{
    const auto pieces = cutMessage(message.bytes, message.cuts);
    if (!pieces)
        return m_message->setNotSent(tr("Not sent: it would be more than %1 fragments").arg(formatNumber(mostPieces)));
    const TestClientSend result = pieces->size() > 1 ? m_client.sendFragmented(message.isBinary, *pieces)
        : message.isBinary                           ? m_client.sendBinary(message.bytes)
                                                     : m_client.sendText(message.bytes);
    if (result == TestClientSend::Queued) {
        setWaiting(m_waiting + 1);
        m_message->setNews(tr("It waits for the next connection"));
    } else if (const QString why = whyNotSent(result); !why.isEmpty()) {
        m_message->setNotSent(why);
    }
}

void TestClientWindow::setWaiting(int messages)
{
    m_waiting = messages;
    m_message->setWaiting(messages);
}

/// Of a ping or a close.
void TestClientWindow::explain(TestClientSend result)
{
    if (const QString why = whyNotSent(result); !why.isEmpty())
        m_message->setNotice(why);
}

QString TestClientWindow::whyNotSent(TestClientSend result) const
{
    switch (result) {
    case TestClientSend::Sent:
    case TestClientSend::Queued:
        return {};
    case TestClientSend::NotOpen:
        return tr("Not sent: there is no connection");
    case TestClientSend::QueueFull:
        return state() == TestClientState::Open ? tr("Not sent: the server reads too slowly, too much is waiting")
                                                : tr("Not sent: too much waits already for the next connection");
    case TestClientSend::InvalidText:
        return tr("Not sent: this text can not be written as UTF-8");
    case TestClientSend::TooLong:
        return tr("Not sent: a ping holds 125 bytes, a reason 123");
    case TestClientSend::InvalidCode:
        return tr("Not sent: this code may not stand in a close frame");
    }
    Q_UNREACHABLE();
}

} // namespace glasshouse
