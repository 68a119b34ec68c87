// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/testclientwindow.h"

#include "protocol/json.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/tips.h"
#include "ui/base/windowsize.h"
#include "ui/client/clientsecrets.h"
#include "ui/client/clientsettings.h"
#include "ui/client/clientstatusline.h"
#include "ui/client/connectionpage.h"
#include "ui/client/handshakepage.h"
#include "ui/client/messagepage.h"
#include "ui/doctor/doctorpanel.h"
#include "ui/log/keptcolours.h"
#include "ui/log/messagelogpanel.h"
#include "ui/log/selectionactions.h"
#include "ui/models/memorysource.h"
#include "ui/panels/keysdialog.h"
#include "ui/panels/notifier.h"

#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QCompleter>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

const QList<int> standardSizes{230, 400}; // of the pages and the log

bool isUnderWay(TestClientState state) { return state != TestClientState::Idle && state != TestClientState::Closed; }

} // namespace

TestClientWindow::TestClientWindow(QSettings &settings, QWidget *parent)
    : QMainWindow(parent),
      m_settings(settings),
      m_source(new MemorySource(this)),
      m_status(new ClientStatusLine(this)),
      m_message(new MessagePage(this)),
      m_connection(new ConnectionPage(this)),
      m_handshake(new HandshakePage(this)),
      m_doctor(new DoctorPanel(this)),
      m_log(new MessageLogPanel(m_source, this)),
      m_url(new QComboBox(this)),
      m_tabs(new QTabWidget(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_connect(new QAction(icon(Icon::Start), tr("&Connect"), this)),
      m_disconnect(new QAction(icon(Icon::Stop), tr("&Disconnect"), this)),
      m_abort(new QAction(tr("&Break off"), this)),
      m_button(new QToolButton(this))
{
    setWindowIcon(icon(Icon::TestClient));
    buildUrlBar();
    buildActions();
    buildLayout();
    buildMenus();
    connectClient();
    connectPages();
    connectDoctor();
    restore();
    showState(TestClientState::Idle);
}

TestClientWindow::~TestClientWindow()
{
    m_client.disconnect(this);
    delete m_log; // before its source: children go in the order of their birth
}

void TestClientWindow::buildUrlBar()
{
    m_url->setEditable(true);
    m_url->completer()->setCompletionMode(QCompleter::PopupCompletion); // inline, Return would add what nobody typed
    m_url->setInsertPolicy(QComboBox::NoInsert);
    m_url->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_url->setMinimumContentsLength(20);
    m_url->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_url->lineEdit()->setPlaceholderText(u"ws://localhost:8080/ws/main"_s);
    m_url->setAccessibleName(tr("Address"));
    m_url->setToolTip(tr("Address of the server (F6): ws:// or, encrypted, wss://"));
    connect(m_url->lineEdit(), &QLineEdit::returnPressed, this, &TestClientWindow::startConnection);
}

void TestClientWindow::buildActions()
{
    m_connect->setShortcut(QKeySequence(Qt::Key_F5));
    m_connect->setToolTip(tr("Connect to this address (F5)"));
    m_disconnect->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_D));
    m_disconnect->setToolTip(tr("Close in order, with code 1000 (Ctrl+D)"));
    m_abort->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A));
    m_abort->setToolTip(tr("End the stream at once, without a close frame (Ctrl+Shift+A)"));
    connect(m_connect, &QAction::triggered, this, &TestClientWindow::startConnection);
    connect(m_disconnect, &QAction::triggered, this, &TestClientWindow::endConnection);
    connect(m_abort, &QAction::triggered, this, [this] { m_client.abort(); });
}

void TestClientWindow::buildLayout()
{
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    m_button->setDefaultAction(m_disconnect);
    m_button->setFixedWidth(m_button->sizeHint().width() + 8); // the longer text: the bar does not jump
    m_tabs->setTabToolTip(m_tabs->addTab(m_message, tr("Message")), tr("Write and send messages"));
    m_tabs->setTabToolTip(m_tabs->addTab(m_connection, tr("Connection")), tr("How to connect the next time"));
    m_tabs->setTabToolTip(m_tabs->addTab(m_handshake, tr("Handshake")), tr("What was asked, and what was answered"));
    m_tabs->setTabToolTip(m_tabs->addTab(m_doctor, tr("Doctor")),
                          tr("Find out why this address can not be connected to"));
    m_log->setConnectionsShown(false);
    m_log->setSeenFromClient(true);
    connect(m_log, &MessageLogPanel::attentionWanted, new Notifier(this), &Notifier::tell);
    m_log->selection()->setOrigins(
        [this] { return MessageContext{.anyUrl = withoutSecrets(m_client.options().url).toEncoded()}; });
    m_log->setEmptyText(tr("No messages yet.\nWhat this client sends and receives stands here."));
    m_splitter->addWidget(m_tabs);
    m_splitter->addWidget(m_log);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);

    auto *central = new QWidget(this);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_url, 1);
    bar->addWidget(m_button);
    auto *layout = new QVBoxLayout(central);
    layout->addLayout(bar);
    layout->addWidget(m_status);
    layout->addWidget(m_splitter, 1);
    setCentralWidget(central);
}

void TestClientWindow::buildMenus()
{
    QMenu *connection = menuBar()->addMenu(tr("&Connection"));
    connection->addActions({m_connect, m_disconnect, m_abort});
    connection->addSeparator();
    connection->addActions(m_doctor->menuActions());
    connection->addSeparator();
    QAction *address = connection->addAction(tr("&Address"), QKeySequence(Qt::Key_F6), this, [this] {
        m_url->setFocus();
        m_url->lineEdit()->selectAll();
    });
    address->setToolTip(tr("Type another address"));
    connection->addSeparator();
    connection->addAction(tr("Close &window"), QKeySequence(QKeySequence::Close), this, &QWidget::close)
        ->setToolTip(tr("End the connection and close this window"));

    QMenu *message = menuBar()->addMenu(tr("&Message"));
    message->addActions(m_message->menuActions());
    message->addSeparator();
    message->addMenu(m_message->templatesMenu());

    QMenu *view = menuBar()->addMenu(tr("&View"));
    const QStringList pages{tr("&Write a message"), tr("Set up the con&nection"), tr("Read the &handshake"),
                            tr("&Examine the address")};
    for (int i = 0; i < m_tabs->count(); ++i)
        view->addAction(pages[i], QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i)), this,
                        [this, i] { m_tabs->setCurrentIndex(i); })
            ->setToolTip(m_tabs->tabToolTip(i));
    view->addSeparator();
    view->addMenu(tr("Place of the &details"))->addActions(m_log->placeActions());
    view->addAction(tr("&Standard layout"), QKeySequence(tr("Ctrl+0")), this, &TestClientWindow::putLayoutBack)
        ->setToolTip(tr("The parts of this window, their sizes and the columns of the log as at the first start"));
    QMenu *log = menuBar()->addMenu(tr("&Log"));
    log->addActions(m_log->menuActions());
    log->addSeparator();
    log->addAction(icon(Icon::Clear), tr("&Empty the log"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L), m_source,
                   &MemorySource::clear)
        ->setToolTip(tr("Forget all messages of this window"));
    menuBar()->addMenu(tr("&Help"))->addAction(keysAction(this));
    explainMenus(*menuBar());
}

void TestClientWindow::connectClient()
{
    connect(&m_client, &TestClient::stateChanged, this, &TestClientWindow::showState);
    connect(&m_client, &TestClient::certificateTrusted, this, [this](const QByteArray &fingerprint) {
        const QByteArray text = tr("trusted: this is the server of this program").toUtf8();
        note(quint8(EventKind::Note),
             "{\"certificate\":" + jsonQuoted(text) + ",\"sha256\":" + jsonQuoted(fingerprint) + '}');
    });
    connect(&m_client, &TestClient::requestSent, this, [this](const QByteArray &head) {
        m_handshake->showRequest(withoutSecrets(m_client.options().url), redactedHead(head));
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
    // the log sees a connection as a server does: In is what the client sent
    connect(&m_client, &TestClient::frameSent, this,
            [this](const FrameHeader &header, const QByteArray &payload, qint64 timeUs) {
                record(header, payload, timeUs, RecordMasked, FrameViolation::None);
            });
    connect(&m_client, &TestClient::frameReceived, this,
            [this](const FrameHeader &header, const QByteArray &payload, qint64 timeUs) {
                record(header, payload, timeUs, RecordOut, FrameViolation::None);
            });
    connect(&m_client, &TestClient::frameBroken, this,
            [this](const FrameHeader &header, const QByteArray &payload, FrameViolation violation, qint64 timeUs) {
                record(header, payload, timeUs, RecordOut | RecordBroken, violation);
            });
}

void TestClientWindow::connectPages()
{
    connect(m_log->selection(), &SelectionActions::resendWanted, this, &TestClientWindow::write);
    connect(m_message, &MessagePage::sendRequested, this, [this](PayloadKind kind, const QByteArray &bytes) {
        explain(kind == PayloadKind::Binary ? m_client.sendBinary(bytes) : m_client.sendText(bytes));
    });
    connect(m_message, &MessagePage::pingRequested, this,
            [this](const QByteArray &payload) { explain(m_client.ping(payload)); });
    connect(m_message, &MessagePage::closeRequested, this,
            [this](quint16 code, const QByteArray &reason) { explain(m_client.close(code, reason)); });
    connect(m_status, &ClientStatusLine::suggestionTaken, this, [this](const QUrl &url) { open(url, true); });
    connect(m_status, &ClientStatusLine::pageWanted, this, [this](TestClientPage page) {
        QWidget *wanted = m_connection;
        if (page == TestClientPage::Handshake)
            wanted = m_handshake;
        m_tabs->setCurrentWidget(wanted);
    });
}

/// It goes to the address of this window as the next connection would.
void TestClientWindow::connectDoctor()
{
    m_doctor->setOrders([this] {
        DoctorOrder order;
        order.client = nextOptions();
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

void TestClientWindow::restore()
{
    m_connection->setOptions(loadOptions(m_settings));
    m_message->setHistory(loadMessages(m_settings));
    m_url->addItems(loadUrls(m_settings));
    if (!restoreGeometry(m_settings.value(u"testClient/geometry"_s).toByteArray()))
        resizeOnScreen(*this, {1000, 720});
    if (!m_splitter->restoreState(m_settings.value(u"testClient/splitter"_s).toByteArray()))
        m_splitter->setSizes(standardSizes);
    m_log->setKeptColours(KeptColours::in(m_settings));
    m_log->restoreState(m_settings.value(u"testClient/log"_s).toByteArray());
    m_log->setConnectionsShown(false);
}

void TestClientWindow::save()
{
    if (!m_sizesOfOthers.isEmpty()) // as they are without the doctor
        m_splitter->setSizes(m_sizesOfOthers);
    TestClientOptions options = m_connection->options();
    saveOptions(m_settings, options);
    saveMessages(m_settings, m_message->history());
    QStringList urls;
    for (int i = 0; i < m_url->count(); ++i)
        urls << m_url->itemText(i);
    saveUrls(m_settings, urls);
    m_settings.setValue(u"testClient/geometry"_s, saveGeometry());
    m_settings.setValue(u"testClient/splitter"_s, m_splitter->saveState());
    m_settings.setValue(u"testClient/log"_s, m_log->saveState());
}

void TestClientWindow::putLayoutBack()
{
    m_sizesOfOthers.clear();
    m_splitter->setSizes(standardSizes);
    makeRoomForDoctor();
    m_log->resetLayout();
}

void TestClientWindow::closeEvent(QCloseEvent *event)
{
    save();
    event->accept(); // always: another window may wait for it, to quit
    if (m_client.state() == TestClientState::Open && m_client.close() == TestClientSend::Sent) {
        m_leaving = testAttribute(Qt::WA_DeleteOnClose);
        setAttribute(Qt::WA_DeleteOnClose, false); // it goes when the server has been told
        return;
    }
    m_client.abort();
}

void TestClientWindow::open(const QUrl &url, bool connectNow)
{
    m_url->setEditText(url.toString());
    if (connectNow)
        startConnection();
}

void TestClientWindow::write(const CapturedRow &row)
{
    const bool isBinary = row.opcode() == quint8(Opcode::Binary);
    const PayloadKind kind = isBinary ? PayloadKind::Binary
        : checkJson(row.payload)      ? PayloadKind::Json
                                      : PayloadKind::Text;
    m_tabs->setCurrentWidget(m_message);
    m_message->setMessage(kind,
                          isBinary ? QString::fromLatin1(row.payload.toHex(' ')) : QString::fromUtf8(row.payload));
    m_message->focusEditor();
}

TestClientOptions TestClientWindow::nextOptions() const
{
    TestClientOptions options = m_connection->options();
    options.url = urlFromInput(m_url->currentText());
    if (m_known)
        options.trustedFingerprint = m_known(options.url);
    return options;
}

void TestClientWindow::startConnection()
{
    const TestClientOptions options = nextOptions();
    rememberUrl();
    m_handshake->clear();
    m_client.connectToServer(options);
}

void TestClientWindow::endConnection()
{
    if (m_client.state() == TestClientState::Closing)
        m_client.abort(); // asked twice: do not wait for the server
    else
        m_client.close();
}

void TestClientWindow::rememberUrl()
{
    const QString text = m_url->currentText().trimmed();
    const int known = m_url->findText(text);
    if (known >= 0)
        m_url->removeItem(known);
    if (!text.isEmpty())
        m_url->insertItem(0, text);
    m_url->setCurrentIndex(text.isEmpty() ? -1 : 0);
}

void TestClientWindow::showState(TestClientState state)
{
    const bool underWay = isUnderWay(state);
    m_status->setState(state);
    m_message->setConnected(state == TestClientState::Open);
    m_button->removeAction(underWay ? m_connect : m_disconnect); // with both it would be a menu
    m_button->setDefaultAction(underWay ? m_disconnect : m_connect);
    m_disconnect->setEnabled(underWay);
    m_abort->setEnabled(underWay);
    if (state == TestClientState::Resolving)
        ++m_attempts;
    const QString address = oneLine(withoutSecrets(m_client.options().url).toDisplayString(), 100);
    setWindowTitle(address.isEmpty() ? tr("Test client") : tr("%1 – Test client").arg(address));
}

// What stands in labels, on pages and in the log's events is copied as it is: secrets are taken out here, once for all of them.

void TestClientWindow::showOpened(const QByteArray &subprotocol, const QByteArray &head)
{
    const TestClientOptions &options = m_client.options();
    const QByteArray agreed = withoutOffered(subprotocol, options.subprotocols);
    m_connection->setAttempt(0);
    m_status->setOpened(QString::fromUtf8(agreed));
    m_handshake->showOpened(redactedHead(head, options.subprotocols));
    const QByteArray url = withoutSecrets(options.url).toEncoded();
    note(quint8(EventKind::ConnectionOpened),
         "{\"url\":" + jsonQuoted(url) + ",\"subprotocol\":" + jsonQuoted(agreed) + '}');
}

void TestClientWindow::showEnding(const TestClientEnding &whole)
{
    const TestClientEnding ending = withoutSecrets(whole, m_client.options().subprotocols);
    if (m_leaving)
        deleteLater();
    m_status->setEnding(ending);
    m_handshake->showEnding(ending);
    const QByteArray sentence = testClientText(ending).sentence.toUtf8();
    note(quint8(EventKind::ConnectionEnded),
         "{\"code\":" + QByteArray::number(ending.code()) + ",\"because\":" + jsonQuoted(sentence) + '}');
}

void TestClientWindow::explain(TestClientSend result)
{
    switch (result) {
    case TestClientSend::Sent:
        return;
    case TestClientSend::NotOpen:
        return m_message->setNotice(tr("Not sent: there is no connection"));
    case TestClientSend::Queued:
        return m_message->setNotice(tr("It waits for the next connection"));
    case TestClientSend::QueueFull:
        return m_message->setNotice(tr("Not sent: the server reads too slowly, too much is waiting"));
    case TestClientSend::InvalidText:
        return m_message->setNotice(tr("Not sent: this text can not be written as UTF-8"));
    case TestClientSend::TooLong:
        return m_message->setNotice(tr("Not sent: a ping holds 125 bytes, a reason 123"));
    case TestClientSend::InvalidCode:
        return m_message->setNotice(tr("Not sent: this code may not stand in a close frame"));
    }
}

void TestClientWindow::record(const FrameHeader &header, const QByteArray &payload, qint64 timeUs, quint8 flags,
                              FrameViolation violation)
{
    FrameRecord row;
    row.timeUs = timeUs;
    row.connection = m_attempts;
    row.wireLength = quint32(qMin<quint64>(header.payloadLength, std::numeric_limits<quint32>::max()));
    row.key = header.maskKey;
    row.firstByte = header.firstByte;
    row.flags = flags;
    row.headerSize = header.size;
    row.violation = quint8(violation);
    row.answers = m_answers.answers(row, payload, m_source->endRow());
    m_source->append(row, payload);
}

void TestClientWindow::note(quint8 eventKind, const QByteArray &json)
{
    FrameRecord row;
    row.timeUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    row.connection = m_attempts;
    row.wireLength = quint32(json.size());
    row.firstByte = eventKind;
    row.flags = RecordEvent;
    m_source->append(row, json);
}

} // namespace glasshouse
