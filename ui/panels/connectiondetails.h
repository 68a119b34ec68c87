// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/connectionsmodel.h"
#include "ui/models/messagesource.h"

#include <QTabWidget>

class QFormLayout;
class QLabel;
class QPlainTextEdit;

namespace glasshouse {

/// One connection: its handshake, and how it ended with the evidence. The source is read for the last frames.
class ConnectionDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionDetails(const MessageSource *source, QWidget *parent = nullptr);

    /// Null: none is selected.
    void show(const ConnectionEntry *entry);

protected:
    void changeEvent(QEvent *event) override;

private:
    const MessageSource *m_source;
    QTabWidget *m_tabs;
    QPlainTextEdit *m_handshake;
    QLabel *m_sentence;
    QLabel *m_advice;
    QWidget *m_evidence;
    QFormLayout *m_form;
    QPlainTextEdit *m_lastFrames;
    std::optional<ConnectionId> m_shown;
    bool m_shownOver = false;

    QWidget *buildEnding();
    void showOpen();
    void showEnding(const ConnectionEntry &entry);
    void addEvidence(const QString &name, const QString &value);
    [[nodiscard]] QString lastFrames(const ConnectionEntry &entry) const;
};

} // namespace glasshouse
