// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/clientoptions.h"
#include "client/lineconversation.h"

namespace glasshouse {

/// What is asked of `connect`. A value.
struct ConnectRequest
{
    ClientRequest client;
    QString listen; ///< a port; empty: it connects
    QList<QByteArray> execute;
    QString wait = QStringLiteral("2"); ///< seconds
    bool showsPings = false;
    bool takesSlashes = false;
    bool reconnects = false;
    bool json = false;
    bool noColour = false;
};

[[nodiscard]] Result<ConnectRequest, OptionsError> readConnect(const QStringList &arguments);
/// Its form is for a pipe, or JSON. What could never be sent is an error.
/// Where it listens: how its lines look.
[[nodiscard]] LineForm formOf(const ConnectRequest &request);
[[nodiscard]] Result<LineConversationOptions, OptionsError> conversationOf(const ConnectRequest &request);
/// Text of connect --help.
[[nodiscard]] QByteArray connectHelp();

} // namespace glasshouse
