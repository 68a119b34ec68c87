// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"
#include "ui/client/handshakefacts.h"

#include <QWidget>

class QPlainTextEdit;

namespace glasshouse {

/// What both sides said before the first frame, and how it ended, as text to copy. It shows what it is given: that has to be
/// without secrets.
class HandshakePage final : public QWidget
{
    Q_OBJECT
public:
    explicit HandshakePage(QWidget *parent = nullptr);

    void clear();
    /// A request is on its way: what was shown of the attempt before goes.
    void showRequest(const QUrl &url, const QByteArray &head);
    /// The answer to it: its head.
    void showOpened(const QByteArray &response);
    void showEnding(const TestClientEnding &ending);
    /// They stand behind the rest until they are others.
    void setFacts(const HandshakeFacts &facts);
    [[nodiscard]] QString text() const;

private:
    QPlainTextEdit *m_view;
    QUrl m_url; ///< of the request
    QByteArray m_request;
    QStringList m_parts;
    QStringList m_factParts;

    void showParts(const QStringList &parts);
    void render();
};

} // namespace glasshouse
