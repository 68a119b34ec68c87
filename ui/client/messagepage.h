// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/client/payloadcheck.h"

#include <QStringList>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace glasshouse {

class JsonHighlighter;

/// Writes messages, pings and closes; what is not sendable says why. Sends nothing itself.
class MessagePage final : public QWidget
{
    Q_OBJECT
public:
    explicit MessagePage(QWidget *parent = nullptr);

    void setConnected(bool connected);
    /// Why something was not sent; goes with the next change.
    void setNotice(const QString &notice);
    void setMessage(PayloadKind kind, const QString &text);
    [[nodiscard]] PayloadKind kind() const;
    [[nodiscard]] QString text() const;
    /// Newest first, at most 50.
    [[nodiscard]] const QStringList &history() const { return m_history; }
    void setHistory(const QStringList &history);
    /// Send, ping, close: for a menu.
    [[nodiscard]] QList<QAction *> menuActions() const { return {m_send, m_ping, m_close}; }
    [[nodiscard]] QMenu *templatesMenu() const { return m_templates; }
    void focusEditor();

signals:
    void sendRequested(glasshouse::PayloadKind kind, const QByteArray &bytes);
    void pingRequested(const QByteArray &payload);
    void closeRequested(quint16 code, const QByteArray &reason);

private:
    QComboBox *m_kind;
    QLabel *m_verdict;
    QPlainTextEdit *m_editor;
    JsonHighlighter *m_highlighter;
    QLineEdit *m_pingPayload;
    QComboBox *m_code;
    QLineEdit *m_reason;
    QAction *m_send;
    QAction *m_ping;
    QAction *m_close;
    QMenu *m_templates;
    QMenu *m_historyMenu;
    QStringList m_history; ///< "json {…}": the kind's letter, then the text
    PayloadCheck m_check;
    bool m_connected = false;

    void buildEditor();
    void buildActions();
    void buildMenus();
    void buildCloseFields();
    [[nodiscard]] QToolButton *menuButton(const QString &text, QMenu *menu, const QString &toolTip);
    [[nodiscard]] QWidget *buildTop();
    [[nodiscard]] QWidget *buildBottom();
    void fillHistoryMenu();
    void applyKind();
    void check();
    void showVerdict(const QString &text, bool fault);
    void markFault();
    void send();
    void remember();
    void restore(const QString &entry);
};

} // namespace glasshouse
