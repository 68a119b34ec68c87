// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/deployment/proxytest.h"

#include <QString>

class QUrl;

namespace glasshouse {

/// What the proxy's self-test found, as HTML in the colours of now, with the lines that put it right for this kind of proxy. What
/// an advice names is a link: withLinks(), and one to the events of the main window. `host`: under which players come; it is
/// filled in where the advice has a place holder.
[[nodiscard]] QString findingsHtml(const QList<ProxyFinding> &found, ProxyKind kind, const QByteArray &host);
[[nodiscard]] bool isEventsLink(const QUrl &link);

} // namespace glasshouse
