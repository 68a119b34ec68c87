// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/pump.h"

#include <QNetworkProxy>

namespace glasshouse {

/// The portable pump: every Transport is a QTcpSocket.
class SocketPump final : public Pump
{
public:
    using Pump::Pump;

    /// What connectTo() goes through; at first nothing, whatever the environment says.
    void setProxy(const QNetworkProxy &proxy) { m_proxy = proxy; }

    [[nodiscard]] std::unique_ptr<Transport> adopt(qintptr descriptor) override;
    [[nodiscard]] Result<std::unique_ptr<Transport>, StreamEnd> connectTo(const QHostAddress &address,
                                                                          quint16 port) override;
    [[nodiscard]] Result<std::unique_ptr<Transport>, StreamEnd> connectToName(const QString &host,
                                                                              quint16 port) override;
    [[nodiscard]] bool takesNames() const override { return m_proxy.type() != QNetworkProxy::NoProxy; }

private:
    QNetworkProxy m_proxy = QNetworkProxy::NoProxy;
};

} // namespace glasshouse
