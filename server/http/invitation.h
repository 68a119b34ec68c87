// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/endpoints.h"

#include <QStringList>

namespace glasshouse {

struct InvitationFacts
{
    QByteArray publicUrl;
    QByteArray basePath;
    QString bindAddress;
    quint16 port = 0;
    QStringList lanAddresses; ///< the likely one first
};

/// The start page's address as another device can open it, with a slash at the end: the public URL; else the one that it was asked
/// for by; else, where that leads to this machine alone, one of the LAN's, which is told only to who is in it. Empty: there is none.
[[nodiscard]] QByteArray addressForOthers(const InvitationFacts &facts, const HttpRequest &request);

/// GET /api/v1/invitation?room=…: {"url", "qr": {"size", "path"}}, or {"url": null}.
[[nodiscard]] HttpAnswer invitation(const HttpServices &services, const HttpRequest &request);

} // namespace glasshouse
