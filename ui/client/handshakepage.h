// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"

#include <QWidget>

class QPlainTextEdit;

namespace glasshouse {

/// What both sides said before the first frame, and how it ended, as text to copy. Secrets are veiled.
class HandshakePage final : public QWidget
{
    Q_OBJECT
public:
    explicit HandshakePage(QWidget *parent = nullptr);

    void clear();
    void showOpened(const QUrl &url, const HttpHead &response);
    void showEnding(const TestClientEnding &ending);
    [[nodiscard]] QString text() const;

private:
    QPlainTextEdit *m_view;

    void showParts(const QStringList &parts);
};

} // namespace glasshouse
