// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/messagepage.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/plainlabels.h"
#include "ui/base/prettyjson.h"
#include "ui/base/tints.h"
#include "ui/client/controlbar.h"
#include "ui/client/messageeditor.h"
#include "ui/client/messagetemplates.h"
#include "ui/client/sendingbar.h"
#include "ui/panels/jsonhighlighter.h"
#include "ui/panels/prompts.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

constexpr int maxHistory = 50;
constexpr qsizetype longestPreview = 64 * 1024; // characters
const QString kindLetters = u"tjb6f"_s;         // in the order of the enum
constexpr std::array kindNames{"text", "json", "hex", "base64", "file"};
static_assert(kindNames.size() == payloadKindCount);

QToolButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    return button;
}

} // namespace

MessagePage::MessagePage(TextVariables &variables, QWidget *parent)
    : QWidget(parent),
      m_variables(variables),
      m_kind(new QComboBox(this)),
      m_verdict(new QLabel(this)),
      m_editor(new MessageEditor(this)),
      m_preview(new QPlainTextEdit(this)),
      m_highlighter(new JsonHighlighter(m_editor->document())),
      m_send(new QAction(icon(Icon::Send), tr("&Send message"), this)),
      m_sendLast(new QAction(tr("Send the last one &again"), this)),
      m_format(new QAction(tr("&Format"), this)),
      m_keep(new QAction(tr("&Keep among the templates…"), this)),
      m_showPreview(new QAction(tr("Pre&view"), this)),
      m_choose(new QToolButton(this)),
      m_templates(new QMenu(tr("&Templates"), this)),
      m_variablesMenu(new QMenu(tr("&Insert a variable"), this)),
      m_historyMenu(new QMenu(tr("&History"), this)),
      m_sending(new SendingBar(m_send, this)),
      m_control(new ControlBar(this))
{
    buildEditor();
    buildActions();
    buildMenus();
    auto *texts = new QSplitter(this);
    texts->addWidget(m_editor);
    texts->addWidget(m_preview);
    texts->setStretchFactor(0, 3);
    texts->setStretchFactor(1, 2);
    texts->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(buildTop());
    layout->addWidget(texts, 1);
    layout->addWidget(m_sending);
    layout->addWidget(m_control);
    showPreview(false);
    applyKind();
}

void MessagePage::buildEditor()
{
    m_kind->addItems({tr("Text"), tr("JSON"), tr("Binary (hex)"), tr("Binary (base64)"), tr("File")});
    m_kind->setCurrentIndex(int(PayloadKind::Json));
    m_kind->setToolTip(tr("How the text goes over the wire. JSON is text that is checked first."));
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_verdict->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_editor->setAccessibleName(tr("Message"));
    m_editor->setKeys([this] { return kind() == PayloadKind::Json && m_keys ? m_keys() : QStringList(); });
    m_preview->setReadOnly(true);
    m_preview->setFont(m_editor->font());
    m_preview->setTabChangesFocus(true);
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->setToolTip(tr("What would go over the wire now; random values are drawn anew when it is sent"));
    connect(m_editor, &QPlainTextEdit::textChanged, this, &MessagePage::check);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &MessagePage::applyKind);
}

void MessagePage::buildActions()
{
    m_send->setStatusTip(tr("Send the message")); // what it does, also while it can not be done
    m_send->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_sendLast->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Return));
    m_sendLast->setToolTip(tr("What was sent last, with fresh values; the text in the editor stays"));
    m_format->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    m_format->setToolTip(tr("Write the JSON with a line for each value (Ctrl+Shift+O)"));
    m_keep->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_K));
    m_keep->setToolTip(tr("Give the text in the editor a name; it stands among the templates, and in the workspace"));
    m_showPreview->setCheckable(true);
    m_showPreview->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P));
    m_showPreview->setToolTip(tr("Show what the text becomes with the values of its variables"));
    m_choose->setText(tr("Choose…"));
    m_choose->setToolTip(tr("Choose the file whose bytes are sent"));
    connect(m_send, &QAction::triggered, this, &MessagePage::send);
    connect(m_sendLast, &QAction::triggered, this, &MessagePage::sendLast);
    connect(m_format, &QAction::triggered, this, &MessagePage::format);
    connect(m_keep, &QAction::triggered, this, &MessagePage::keep);
    connect(m_showPreview, &QAction::toggled, this, [this](bool on) {
        m_preview->setVisible(on);
        check();
    });
    connect(m_choose, &QToolButton::clicked, this, &MessagePage::chooseFile);
    connect(m_sending, &SendingBar::cutsChanged, this, &MessagePage::check);
    connect(m_sending, &SendingBar::due, this, &MessagePage::sendDue);
    connect(m_control, &ControlBar::pingRequested, this, &MessagePage::pingRequested);
    connect(m_control, &ControlBar::closeRequested, this, &MessagePage::closeRequested);
}

void MessagePage::buildMenus()
{
    const QList<BuiltInVariable> variables = TextVariables::builtIn();
    for (const BuiltInVariable &one : variables)
        m_variablesMenu->addAction(one.example, this, [this, one] { m_editor->insertPlainText(one.example); })
            ->setToolTip(one.words);
    m_variablesMenu->setToolTipsVisible(true);
    m_variablesMenu->addSeparator();
    m_variablesMenu->addAction(tr("&Variables of your own…"), this, &MessagePage::variablesWanted)
        ->setToolTip(tr("Names and values for all texts of this window"));
    connect(m_historyMenu, &QMenu::aboutToShow, this, &MessagePage::fillHistoryMenu);
    fillTemplates();
}

void MessagePage::fillTemplates()
{
    m_templates->clear();
    for (const DraftMessage &one : std::as_const(m_kept)) {
        const auto known = std::ranges::find(kindNames, one.kind, [](const char *name) { return QByteArray(name); });
        const auto kind = known == kindNames.end() ? PayloadKind::Text : PayloadKind(known - kindNames.begin());
        m_templates
            ->addAction(withoutMnemonics(oneLine(one.name, 60)), this,
                        [this, kind, text = one.text] { setMessage(kind, text); })
            ->setToolTip(tr("A message of this workspace"));
    }
    if (!m_kept.isEmpty())
        m_templates->addSeparator();
    for (const MessageTemplate &entry : messageTemplates())
        m_templates->addAction(entry.name, this, [this, entry] { setMessage(entry.kind, entry.text); });
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
    row->addWidget(m_choose);
    row->addWidget(menuButton(tr("Templates"), m_templates, tr("Messages to begin with")));
    row->addWidget(menuButton(tr("Variables"), m_variablesMenu, tr("What is filled in when the message is sent")));
    row->addWidget(menuButton(tr("History"), m_historyMenu, tr("Messages that were sent, newest first")));
    row->addWidget(buttonFor(m_format, bar));
    row->addWidget(buttonFor(m_showPreview, bar));
    row->addWidget(m_verdict, 1);
    return bar;
}

QList<QAction *> MessagePage::menuActions() const
{
    return {m_send,
            m_control->pingAction(),
            m_control->closeAction(),
            m_sendLast,
            m_sending->repeatAction(),
            m_format,
            m_showPreview,
            m_keep};
}

PayloadKind MessagePage::kind() const { return PayloadKind(m_kind->currentIndex()); }

QString MessagePage::text() const { return m_editor->toPlainText(); }

void MessagePage::focusEditor() { m_editor->setFocus(); }

void MessagePage::setKeys(std::function<QStringList()> keys) { m_keys = std::move(keys); }

bool MessagePage::isPreviewShown() const { return m_showPreview->isChecked(); }

void MessagePage::showPreview(bool shown)
{
    m_showPreview->setChecked(shown);
    m_preview->setVisible(shown);
}

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
    m_choose->setVisible(kind() == PayloadKind::File);
    m_format->setEnabled(kind() == PayloadKind::Json);
    check();
}

void MessagePage::setConnected(bool connected, bool mayWait)
{
    m_connected = connected;
    m_mayWait = mayWait;
    m_control->setConnected(connected);
    m_sendLast->setEnabled((connected || mayWait) && !m_history.isEmpty());
    check();
}

void MessagePage::setWaiting(int messages) { m_sending->setWaiting(messages); }

void MessagePage::refresh() { check(); }

TextForm MessagePage::form() const { return kind() == PayloadKind::Json ? TextForm::Json : TextForm::Plain; }

/// A fault in a text with variables has no place in it, unless it is that of a variable.
PayloadCheck MessagePage::checked(const FilledText &filled) const
{
    if (!filled.ok())
        return {{}, faultText(filled) + u": "_s + placeIn(text(), filled.position), filled.position};
    PayloadCheck check = checkPayload(kind(), filled.text);
    if (check.position >= 0 && TextVariables::hasVariables(text()))
        check.position = -1;
    if (check.ok() && !m_sending->cuts())
        check.complaint = tr("The places of the cuts are no numbers of bytes in their order");
    return check;
}

/// Empty: it could go, or wait.
QString MessagePage::whyNotNow() const
{
    if (m_connected)
        return {};
    if (!m_mayWait)
        return tr("Not connected");
    const auto cuts = m_sending->cuts();
    return cuts && cuts->kind != MessageCuts::Kind::Whole ? tr("Not connected, and fragments do not wait") : QString();
}

void MessagePage::check()
{
    const FilledText filled = m_variables.preview(text(), form());
    m_check = checked(filled);
    if (m_check.ok())
        showVerdict(kind() == PayloadKind::Json ? tr("Valid JSON, %1").arg(formatBytes(m_check.size))
                                                : formatBytes(m_check.size),
                    false);
    else
        showVerdict(m_check.complaint, m_check.position >= 0 || !filled.ok());
    const QString notNow = whyNotNow();
    const QString reason = notNow.isEmpty() ? m_check.complaint : notNow;
    m_send->setEnabled(reason.isEmpty());
    m_send->setToolTip(!reason.isEmpty() ? tr("Can not be sent: %1").arg(reason)
                           : m_connected ? tr("Send the message (Ctrl+Enter)")
                                         : tr("Let the message wait for the next connection (Ctrl+Enter)"));
    m_sending->setPossible(reason.isEmpty());
    showPreviewOf(filled);
    markFault();
}

void MessagePage::showPreviewOf(const FilledText &filled)
{
    if (isPreviewShown())
        m_preview->setPlainText(filled.ok() ? filled.text.left(longestPreview) : faultText(filled));
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

void MessagePage::setNotSent(const QString &why)
{
    m_wasSent = false;
    m_sending->stop();
    setNotice(why);
}

/// False: it did not go, and it says why.
bool MessagePage::send()
{
    if (!m_check.ok() || !whyNotNow().isEmpty())
        return false;
    const FilledText filled = m_variables.fill(text(), form());
    PayloadCheck payload = filled.ok() ? loadPayload(kind(), filled.text) : checked(filled);
    if (!payload.ok()) {
        setNotice(payload.complaint);
        return false;
    }
    m_wasSent = true;
    emit sendRequested({isBinaryKind(kind()), payload.bytes, *m_sending->cuts()});
    if (m_wasSent)
        remember();
    if (TextVariables::hasVariables(text()))
        showPreviewOf(m_variables.preview(text(), form()));
    return m_wasSent;
}

/// A repeated message that can not go any more says why, once.
void MessagePage::sendDue()
{
    if (!send())
        m_sending->stop();
}

void MessagePage::sendLast()
{
    if (m_history.isEmpty())
        return;
    const QString written = m_history.first();
    const qsizetype index = kindLetters.indexOf(written.left(1));
    if (index < 0 || written.isEmpty())
        return;
    const auto kind = PayloadKind(index);
    const FilledText filled =
        m_variables.fill(written.mid(1), kind == PayloadKind::Json ? TextForm::Json : TextForm::Plain);
    const PayloadCheck payload = filled.ok() ? loadPayload(kind, filled.text) : PayloadCheck{{}, faultText(filled), -1};
    if (!payload.ok())
        return setNotice(tr("Not sent: %1").arg(payload.complaint));
    emit sendRequested({isBinaryKind(kind), payload.bytes, {}});
}

void MessagePage::format()
{
    if (const auto pretty = prettyJson(text().toUtf8()))
        return setMessage(PayloadKind::Json, *pretty);
    setNotice(TextVariables::hasVariables(text())
                  ? tr("Not formatted: with variables outside of quotes it is no JSON yet")
                  : tr("Not formatted: not valid JSON"));
}

void MessagePage::keep()
{
    const auto name = askLine(this, tr("Keep the message"), tr("Its name among the templates:"), {}, tr("Keep"));
    if (!name || name->trimmed().isEmpty())
        return;
    const DraftMessage message{name->trimmed(), kindNames[size_t(kind())], text()};
    m_kept.removeIf([&](const DraftMessage &one) { return one.name == message.name; });
    m_kept.append(message);
    fillTemplates();
}

void MessagePage::setKept(const QList<DraftMessage> &messages)
{
    m_kept = messages;
    fillTemplates();
}

void MessagePage::chooseFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose the file that is sent"));
    if (!file.isEmpty())
        setMessage(PayloadKind::File, TextVariables::escaped(file));
}

void MessagePage::remember()
{
    const QString entry = kindLetters[int(kind())] + text();
    m_history.removeAll(entry);
    m_history.prepend(entry);
    if (m_history.size() > maxHistory)
        m_history.removeLast();
    m_sendLast->setEnabled(m_connected || m_mayWait);
}

void MessagePage::setHistory(const QStringList &history) { m_history = history.mid(0, maxHistory); }

void MessagePage::fillHistoryMenu()
{
    m_historyMenu->clear();
    for (const QString &entry : std::as_const(m_history)) {
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
