// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/testclientwindow.h"

#include "client/drafts/importedconnection.h"
#include "client/drafts/workspace.h"
#include "client/testclienttarget.h"
#include "protocol/json.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/tips.h"
#include "ui/base/windowsize.h"
#include "ui/client/clientsettings.h"
#include "ui/client/clientstatusline.h"
#include "ui/client/connectionpage.h"
#include "ui/client/handshakepage.h"
#include "ui/client/importdialog.h"
#include "ui/client/messagepage.h"
#include "ui/client/variablesdialog.h"
#include "ui/client/workspacefiles.h"
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
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSettings>
#include <QSplitter>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

const QList<int> standardSizes{230, 400}; // of the pages and the log
const QString notKeptKey = u"testClient/notKept"_s;

/// But for their addresses.
bool isSetUpAlike(ConnectionDraft one, ConnectionDraft other)
{
    one.address.clear();
    other.address.clear();
    return workspaceFile({one, {}, {}}) == workspaceFile({other, {}, {}});
}

/// Its scheme, host and port: variables behind them may have no value. Invalid: nobody knows it.
QUrl serverOf(const QString &address, const TextVariables &texts)
{
    static const QRegularExpression rest(u"^([^/?#]*//)?([^/?#@]*@)?([^/?#]*).*$"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    const auto parts = rest.match(address);
    return urlFromInput(texts.preview(parts.captured(1) + parts.captured(3)).text);
}

bool isSameServer(const QUrl &one, const QUrl &other)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == "wss"_L1 ? 443 : 80); };
    return one.isValid() && one.host() == other.host() && port(one) == port(other);
}

bool isUnderWay(TestClientState state) { return state != TestClientState::Idle && state != TestClientState::Closed; }

} // namespace

TestClientWindow::TestClientWindow(QSettings &settings, QWidget *parent)
    : QMainWindow(parent),
      m_settings(settings),
      m_source(new MemorySource(this)),
      m_status(new ClientStatusLine(this)),
      m_message(new MessagePage(m_texts, this)),
      m_connection(new ConnectionPage(this)),
      m_handshake(new HandshakePage(this)),
      m_doctor(new DoctorPanel(this)),
      m_log(new MessageLogPanel(m_source, this)),
      m_variables(new VariablesDialog(this)),
      m_files(new WorkspaceFiles(
          settings, [this] { return workspace(); }, [this](const Workspace &one) { setWorkspace(one); }, this)),
      m_url(new QComboBox(this)),
      m_tabs(new QTabWidget(this)),
      m_splitter(new QSplitter(Qt::Vertical, this)),
      m_connect(new QAction(icon(Icon::Start), tr("&Connect"), this)),
      m_disconnect(new QAction(icon(Icon::Stop), tr("&Disconnect"), this)),
      m_abort(new QAction(tr("&Break off"), this)),
      m_lastSetup(new QAction(tr("Take the setup of last &time"), this)),
      m_button(new QToolButton(this)),
      m_records(*m_source)
{
    setWindowIcon(icon(Icon::TestClient));
    buildUrlBar();
    buildActions();
    buildLayout();
    buildMenus();
    connectClient();
    connectPages();
    connectWriting();
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
    m_lastSetup->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_U));
    m_lastSetup->setToolTip(tr("Connect as the last window did, which went to another server"));
    m_lastSetup->setEnabled(false);
    connect(m_lastSetup, &QAction::triggered, this, &TestClientWindow::takeLastSetup);
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
        [this] { return MessageContext{.anyUrl = shownUrl(m_client.options().url).toEncoded()}; });
    m_log->selection()->setSecrets([this] { return secrets(); });
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
    statusBar()->setSizeGripEnabled(false); // from the beginning: nothing moves when it says something
}

void TestClientWindow::buildWorkspaceMenu()
{
    QMenu *workspace = menuBar()->addMenu(tr("&Workspace"));
    workspace->addActions(m_files->menuActions());
    workspace
        ->addAction(tr("Save the &log as a session…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_E), this,
                    &TestClientWindow::chooseSession)
        ->setToolTip(tr("Write all messages into a folder, in the format of the server's captures, without secrets"));
    workspace->addSeparator();
    workspace->addAction(tr("&Import…"), QKeySequence(Qt::CTRL | Qt::Key_I), this, &TestClientWindow::showImport)
        ->setToolTip(tr("Set up the connection as a line of wscat or cURL says"));
    workspace->addAction(m_lastSetup);
    workspace->addAction(tr("&Variables…"), QKeySequence(Qt::CTRL | Qt::Key_B), m_variables, &QDialog::show)
        ->setToolTip(tr("Names and values for all texts of this window"));
}

void TestClientWindow::buildMenus()
{
    buildWorkspaceMenu();
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
    message->addMenu(m_message->variablesMenu());

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

void TestClientWindow::restore()
{
    Workspace kept = loadWorkspace(m_settings);
    const QString of = std::exchange(kept.connection.address, {}); // of another window
    setWorkspace(kept);
    m_restoredFor = of;
    if (const QString why = m_settings.value(notKeptKey).toString(); !why.isEmpty())
        say(tr("This is an older setup, the last one could not be kept: %1").arg(oneLine(why)));
    m_settings.remove(notKeptKey);
    m_message->showPreview(m_settings.value(u"testClient/preview"_s).toBool());
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
    Workspace kept = workspace();
    if (m_leftOut && isSetUpAlike(kept.connection, {})) // nobody set up anything here
        kept.connection = *m_leftOut;
    const auto notKept = saveWorkspace(m_settings, kept);
    m_settings.setValue(notKeptKey,
                        notKept ? workspaceFaultText(*notKept) : QString()); // for the next window: this one goes
    m_settings.setValue(u"testClient/preview"_s, m_message->isPreviewShown());
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

void TestClientWindow::leaveSetupOfOthers(const QUrl &url)
{
    const QString of = std::exchange(m_restoredFor, {});
    ConnectionDraft draft = m_connection->draft();
    if (of.isEmpty() || isSetUpAlike(draft, {}) || isSameServer(serverOf(of, m_texts), url))
        return;
    draft.address = of;
    m_leftOut = draft;
    m_lastSetup->setEnabled(true);
    m_connection->setOptions({});
    say(tr("The setup of last time is that of another server; the menu Workspace brings it back"));
}

void TestClientWindow::takeLastSetup()
{
    ConnectionDraft draft = *std::exchange(m_leftOut, {});
    draft.address = m_url->currentText();
    m_lastSetup->setEnabled(false);
    m_connection->setDraft(draft);
    m_tabs->setCurrentWidget(m_connection);
}

void TestClientWindow::open(const QUrl &url, bool connectNow)
{
    if (url.isValid())
        leaveSetupOfOthers(url);
    m_url->setEditText(TextVariables::escaped(url.toString()));
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
                          isBinary ? QString::fromLatin1(row.payload.toHex(' '))
                                   : TextVariables::escaped(QString::fromUtf8(row.payload)));
    m_message->focusEditor();
}

void TestClientWindow::openLike(const ImportedConnection &connection, bool connectNow)
{
    m_restoredFor.clear();
    m_connection->setDraft(connection.draft);
    m_url->setEditText(connection.draft.address);
    m_tabs->setCurrentWidget(connectNow ? static_cast<QWidget *>(m_message) : m_connection);
    if (connectNow && connection.lacksAddress)
        m_status->setNotReady(tr("Not connected: a piece of this address is secret, and not known here"),
                              tr("Write it in the place of “[redacted]”, and connect."));
    else if (connectNow)
        startConnection();
    if (!connection.notTaken.isEmpty())
        say(notTakenWords(connection.notTaken));
}

Workspace TestClientWindow::workspace() const
{
    return {m_connection->draft(), m_message->kept(), m_variables->variables()};
}

/// Variables without a value get none of those that were here: it says where they go.
void TestClientWindow::setWorkspace(const Workspace &workspace)
{
    m_restoredFor.clear();
    m_variables->setVariables(workspace.variables);
    m_message->setKept(workspace.messages);
    m_connection->setDraft(workspace.connection);
    m_url->setEditText(workspace.connection.address);
}

FilledDraft TestClientWindow::nextDraft(TextVariables &texts) const
{
    FilledDraft filled = fillDraft(m_connection->draft(), texts);
    if (m_known && !filled.fault)
        filled.options.trustedFingerprint = m_known(filled.options.url);
    return filled;
}

void TestClientWindow::startConnection()
{
    const FilledDraft filled = nextDraft(m_texts);
    rememberUrl();
    if (filled.fault)
        return explainFault(filled);
    m_facts = {};
    m_handshake->clear();
    m_client.connectToServer(filled.options);
}

/// What is connected, or on its way, stays, and its state is still true.
void TestClientWindow::explainFault(const FilledDraft &draft)
{
    const QString place = oneLine(draftTextName(draft.place));
    const QString why = oneLine(faultText(*draft.fault));
    if (isUnderWay(m_client.state()))
        say(tr("Can not connect anew: look at %1. %2").arg(place, why));
    else
        m_status->setNotReady(tr("Not connected: look at %1").arg(place), why);
    if (draft.fault->fault == VariableFault::Missing)
        m_variables->askFor(draft.fault->name);
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
    m_message->setConnected(state == TestClientState::Open, m_client.options().queueOffline);
    m_button->removeAction(underWay ? m_connect : m_disconnect); // with both it would be a menu
    m_button->setDefaultAction(underWay ? m_disconnect : m_connect);
    m_disconnect->setEnabled(underWay);
    m_abort->setEnabled(underWay);
    if (state == TestClientState::Resolving)
        beginAttempt();
    const QString address = oneLine(shownUrl(m_client.options().url).toDisplayString(), 100);
    setWindowTitle(address.isEmpty() ? tr("Test client") : tr("%1 – Test client").arg(address));
}

} // namespace glasshouse
