// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/messagepieces.h"
#include "client/drafts/workspace.h"
#include "ui/client/payloadcheck.h"

#include <QStringList>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QMenu;
class QPlainTextEdit;
class QToolButton;

namespace glasshouse {

class ControlBar;
class JsonHighlighter;
class MessageEditor;
class SendingBar;

/// A message as it is to be sent.
struct OutgoingMessage
{
    bool isBinary = false;
    QByteArray bytes;
    MessageCuts cuts;
};

/// Writes messages, pings and closes; what is not sendable says why. Sends nothing itself.
class MessagePage final : public QWidget
{
    Q_OBJECT
public:
    /// `variables`: of all texts; it outlives the page.
    explicit MessagePage(TextVariables &variables, QWidget *parent = nullptr);

    /// `mayWait`: what is sent without a connection waits for the next one, in one piece.
    void setConnected(bool connected, bool mayWait = false);
    /// Messages that wait.
    void setWaiting(int messages);
    /// Why something is not as it was wanted; goes with the next change.
    void setNotice(const QString &notice);
    /// The same, where that is well.
    void setNews(const QString &news) { showVerdict(news, false); }
    /// Why the message of sendRequested was not sent: it is not remembered, nor repeated.
    void setNotSent(const QString &why);
    /// The values of variables may be others: what is shown is filled in anew.
    void refresh();
    /// The text may hold variables.
    void setMessage(PayloadKind kind, const QString &text);
    [[nodiscard]] PayloadKind kind() const;
    [[nodiscard]] QString text() const;
    /// Newest first, at most 50.
    [[nodiscard]] const QStringList &history() const { return m_history; }
    void setHistory(const QStringList &history);
    /// Those of the workspace, among the templates.
    [[nodiscard]] const QList<DraftMessage> &kept() const { return m_kept; }
    void setKept(const QList<DraftMessage> &messages);
    /// Names of JSON members, asked while one is typed.
    void setKeys(std::function<QStringList()> keys);
    /// Send, ping, close, and what else is done with a message: for a menu.
    [[nodiscard]] QList<QAction *> menuActions() const;
    [[nodiscard]] QMenu *templatesMenu() const { return m_templates; }
    [[nodiscard]] QMenu *variablesMenu() const { return m_variablesMenu; }
    [[nodiscard]] SendingBar *sending() const { return m_sending; }
    [[nodiscard]] bool isPreviewShown() const;
    void showPreview(bool shown);
    void focusEditor();

signals:
    void sendRequested(const glasshouse::OutgoingMessage &message);
    void pingRequested(const QByteArray &payload);
    void closeRequested(quint16 code, const QByteArray &reason);
    /// Somebody wants to see or change the variables.
    void variablesWanted();

private:
    TextVariables &m_variables;
    QComboBox *m_kind;
    QLabel *m_verdict;
    MessageEditor *m_editor;
    QPlainTextEdit *m_preview;
    JsonHighlighter *m_highlighter;
    QAction *m_send;
    QAction *m_sendLast;
    QAction *m_format;
    QAction *m_keep;
    QAction *m_showPreview;
    QToolButton *m_choose;
    QMenu *m_templates;
    QMenu *m_variablesMenu;
    QMenu *m_historyMenu;
    SendingBar *m_sending;
    ControlBar *m_control;
    QStringList m_history; ///< "j{…}": the kind's letter, then the text
    QList<DraftMessage> m_kept;
    PayloadCheck m_check;
    std::function<QStringList()> m_keys;
    bool m_connected = false;
    bool m_mayWait = false;
    bool m_wasSent = false; ///< the last message, as far as anybody said

    void buildEditor();
    void buildActions();
    void buildMenus();
    [[nodiscard]] QToolButton *menuButton(const QString &text, QMenu *menu, const QString &toolTip);
    [[nodiscard]] QWidget *buildTop();
    void fillTemplates();
    void fillHistoryMenu();
    void applyKind();
    void check();
    void showPreviewOf(const FilledText &filled);
    void showVerdict(const QString &text, bool fault);
    void markFault();
    [[nodiscard]] TextForm form() const;
    [[nodiscard]] PayloadCheck checked(const FilledText &filled) const;
    [[nodiscard]] QString whyNotNow() const;
    bool send();
    void sendDue();
    void sendLast();
    void format();
    void keep();
    void chooseFile();
    void remember();
    void restore(const QString &entry);
};

} // namespace glasshouse
