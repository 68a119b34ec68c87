// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/deployment/proxyconfig.h"

namespace glasshouse {

// For proxyconfig.cpp only: one function a proxy. The facts are clean, each text is the file without the comment on top.
[[nodiscard]] QByteArray nginxText(const ProxyFacts &facts);
[[nodiscard]] QByteArray haproxyText(const ProxyFacts &facts);
[[nodiscard]] QByteArray caddyText(const ProxyFacts &facts);
[[nodiscard]] QByteArray traefikText(const ProxyFacts &facts);

/// "127.0.0.1:8080"
[[nodiscard]] inline QByteArray upstreamOf(const ProxyFacts &facts)
{
    return facts.upstreamHost + ':' + QByteArray::number(facts.upstreamPort);
}
[[nodiscard]] inline QByteArray idleOf(const ProxyFacts &facts)
{
    return QByteArray::number(proxyIdleSeconds(facts.limits)) + 's';
}

/// Replaces every @NAME@. A template that reads like the file is easier to judge than one made from pieces.
[[nodiscard]] QByteArray filled(QByteArray text, const QList<std::pair<QByteArray, QByteArray>> &values);

} // namespace glasshouse
