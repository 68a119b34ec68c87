// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/client/connection/connectionsection.h"

class QPlainTextEdit;

namespace glasshouse {

/// What is said first, after every connect and reconnect: texts, with a line of three dashes between two of them.
class FirstSection final : public ConnectionSection
{
    Q_OBJECT
public:
    explicit FirstSection(QWidget *parent = nullptr);

    void take(const ConnectionDraft &draft) override;
    void put(ConnectionDraft &draft) const override;

private:
    QPlainTextEdit *m_texts;
    QList<TestClientMessage> m_binary; ///< are kept behind the texts: they come from a workspace
};

} // namespace glasshouse
