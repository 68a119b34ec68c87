// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/messagepage.h"

#include "protocol/closecode.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/plainlabels.h"
#include "ui/base/tints.h"
#include "ui/client/messagetemplates.h"
#include "ui/panels/jsonhighlighter.h"

#include <QAction>
#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int maxHistory = 50;
constexpr quint16 offeredCodes[] = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 4000};
const QString kindLetters = u"tjb"_s; // in the order of the enum

QToolButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

MessagePage::MessagePage(QWidget *parent)
    : QWidget(parent),
      m_kind(new QComboBox(this)),
      m_verdict(new QLabel(this)),
      m_editor(new QPlainTextEdit(this)),
      m_highlighter(new JsonHighlighter(m_editor->document())),
      m_pingPayload(new QLineEdit(this)),
      m_code(new QComboBox(this)),
      m_reason(new QLineEdit(this)),
      m_send(new QAction(icon(Icon::Send), tr("&Send message"), this)),
      m_ping(new QAction(icon(Icon::Ping), tr("Send &ping"), this)),
      m_close(new QAction(icon(Icon::Close), tr("Send &close"), this)),
      m_templates(new QMenu(tr("&Templates"), this)),
      m_historyMenu(new QMenu(tr("&History"), this))
{
    buildEditor();
    buildActions();
    buildMenus();
    buildCloseFields();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(buildTop());
    layout->addWidget(m_editor, 1);
    layout->addWidget(buildBottom());
    check();
}

void MessagePage::buildEditor()
{
    m_kind->addItems({tr("Text"), tr("JSON"), tr("Binary (hex)")});
    m_kind->setCurrentIndex(int(PayloadKind::Json));
    m_kind->setToolTip(tr("How the text goes over the wire. JSON is text that is checked first."));
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_verdict->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_editor->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_editor->setTabChangesFocus(true);
    m_editor->setMinimumHeight(3 * fontMetrics().lineSpacing());
    m_editor->setAccessibleName(tr("Message"));
    connect(m_editor, &QPlainTextEdit::textChanged, this, &MessagePage::check);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &MessagePage::applyKind);
}

void MessagePage::buildActions()
{
    // What it does, also while it can not be done.
    m_send->setStatusTip(tr("Send the message"));
    m_ping->setStatusTip(tr("Send a ping frame and measure the round trip"));
    m_close->setStatusTip(tr("Begin the closing handshake with this code and reason"));
    m_send->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_ping->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    m_close->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    connect(m_send, &QAction::triggered, this, &MessagePage::send);
    connect(m_ping, &QAction::triggered, this, [this] { emit pingRequested(m_pingPayload->text().toUtf8()); });
    connect(m_close, &QAction::triggered, this, [this] {
        emit closeRequested(m_code->currentText().section(u' ', 0, 0).toUShort(), m_reason->text().toUtf8());
    });
}

void MessagePage::buildMenus()
{
    for (const MessageTemplate &entry : messageTemplates())
        m_templates->addAction(entry.name, this, [this, entry] { setMessage(entry.kind, entry.text); });
    connect(m_historyMenu, &QMenu::aboutToShow, this, &MessagePage::fillHistoryMenu);
}

void MessagePage::buildCloseFields()
{
    m_pingPayload->setPlaceholderText(tr("payload"));
    m_pingPayload->setMaxLength(125);
    m_pingPayload->setAccessibleName(tr("Payload of a ping"));
    m_pingPayload->setToolTip(tr("Comes back in the pong; at most 125 bytes"));
    for (const quint16 code : offeredCodes) {
        const QByteArray name = closeCodeName(code).toByteArray();
        m_code->addItem(name.isEmpty() ? QString::number(code) : u"%1 %2"_s.arg(code).arg(QString::fromLatin1(name)));
    }
    m_code->addItem(u"0 "_s + tr("no code"));
    m_code->setEditable(true);
    m_code->setInsertPolicy(QComboBox::NoInsert);
    m_code->setMinimumContentsLength(12);
    m_code->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_code->setAccessibleName(tr("Close code"));
    m_code->setToolTip(tr("Close code: 1000 to 1014 as registered, 3000 to 4999 for programs"));
    m_reason->setPlaceholderText(tr("reason"));
    m_reason->setMaxLength(123);
    m_reason->setAccessibleName(tr("Reason of the close"));
    m_reason->setToolTip(tr("Goes with the code; at most 123 bytes"));
}

QToolButton *MessagePage::menuButton(const QString &text, QMenu *menu, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    return button;
}

QWidget *MessagePage::buildTop()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_kind);
    row->addWidget(menuButton(tr("Templates"), m_templates, tr("Messages to begin with")));
    row->addWidget(menuButton(tr("History"), m_historyMenu, tr("Messages that were sent, newest first")));
    row->addWidget(m_verdict, 1);
    return bar;
}

QWidget *MessagePage::buildBottom()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_pingPayload, 2);
    row->addWidget(buttonFor(m_ping, bar));
    row->addSpacing(16);
    row->addWidget(m_code);
    row->addWidget(m_reason, 3);
    row->addWidget(buttonFor(m_close, bar));
    row->addSpacing(16);
    row->addWidget(buttonFor(m_send, bar));
    return bar;
}

PayloadKind MessagePage::kind() const { return PayloadKind(m_kind->currentIndex()); }

QString MessagePage::text() const { return m_editor->toPlainText(); }

void MessagePage::focusEditor() { m_editor->setFocus(); }

void MessagePage::setMessage(PayloadKind kind, const QString &text)
{
    const QSignalBlocker blocker(m_kind);
    m_kind->setCurrentIndex(int(kind));
    QTextCursor all(m_editor->document());
    all.select(QTextCursor::Document);
    all.insertText(text); // in place of setPlainText(): can be undone
    applyKind();
}

/// Apart from check(): the highlighter says that the text changed when it goes.
void MessagePage::applyKind()
{
    QTextDocument *wanted = kind() == PayloadKind::Json ? m_editor->document() : nullptr;
    if (m_highlighter->document() != wanted)
        m_highlighter->setDocument(wanted);
    check();
}

void MessagePage::setConnected(bool connected)
{
    m_connected = connected;
    check();
}

void MessagePage::check()
{
    m_check = checkPayload(kind(), text());
    if (m_check.ok())
        showVerdict(kind() == PayloadKind::Json ? tr("Valid JSON, %1").arg(formatBytes(m_check.bytes.size()))
                                                : formatBytes(m_check.bytes.size()),
                    false);
    else
        showVerdict(m_check.complaint, m_check.position >= 0);
    const QString reason = !m_connected ? tr("Not connected") : m_check.complaint;
    m_send->setEnabled(reason.isEmpty());
    m_send->setToolTip(reason.isEmpty() ? tr("Send the message (Ctrl+Enter)") : tr("Can not be sent: %1").arg(reason));
    m_ping->setEnabled(m_connected);
    m_ping->setToolTip(m_connected ? tr("Send a ping frame and measure the round trip") : tr("No ping: not connected"));
    m_close->setEnabled(m_connected);
    m_close->setToolTip(m_connected ? tr("Begin the closing handshake with this code and reason")
                                    : tr("No close: not connected"));
    markFault();
}

void MessagePage::showVerdict(const QString &text, bool fault)
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, tint(fault ? Tint::Bad : Tint::Muted));
    m_verdict->setPalette(palette);
    m_verdict->setText(text);
    m_verdict->setToolTip(text);
}

void MessagePage::markFault()
{
    QList<QTextEdit::ExtraSelection> marks;
    if (m_check.position >= 0) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_editor->document());
        mark.cursor.setPosition(int(qMin(m_check.position, text().size())));
        if (!mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor))
            mark.cursor.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(tint(Tint::Bad));
        marks.append(mark);
    }
    m_editor->setExtraSelections(marks);
}

void MessagePage::setNotice(const QString &notice) { showVerdict(notice, true); }

void MessagePage::send()
{
    if (!m_check.ok() || !m_connected)
        return;
    remember();
    emit sendRequested(kind(), m_check.bytes);
}

void MessagePage::remember()
{
    const QString entry = kindLetters[int(kind())] + text();
    m_history.removeAll(entry);
    m_history.prepend(entry);
    if (m_history.size() > maxHistory)
        m_history.removeLast();
}

void MessagePage::setHistory(const QStringList &history) { m_history = history.mid(0, maxHistory); }

void MessagePage::fillHistoryMenu()
{
    m_historyMenu->clear();
    for (const QString &entry : m_history) {
        const QString label = withoutMnemonics(oneLine(entry.mid(1).simplified(), 80));
        m_historyMenu->addAction(label, this, [this, entry] { restore(entry); });
    }
    if (m_history.isEmpty())
        m_historyMenu->addAction(tr("Nothing was sent yet"))->setEnabled(false);
}

void MessagePage::restore(const QString &entry)
{
    const qsizetype index = entry.isEmpty() ? -1 : kindLetters.indexOf(entry[0]);
    if (index >= 0)
        setMessage(PayloadKind(index), entry.mid(1));
}

} // namespace glasshouse
