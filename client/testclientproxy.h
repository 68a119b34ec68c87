// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientoptions.h"

#include <QFuture>
#include <QNetworkProxy>

namespace glasshouse {

[[nodiscard]] QNetworkProxy qtProxy(const TestClientProxy &proxy);
/// Through which proxy this machine is set up to go to an address of ws or wss; Kind::None: directly. Asked on a thread of the
/// application's pool, because the answer may take files, services and scripts.
[[nodiscard]] QFuture<TestClientProxy> systemProxyFor(const QUrl &url);

} // namespace glasshouse
