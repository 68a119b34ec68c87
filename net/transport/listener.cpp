// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/listener.h"

namespace glasshouse {

namespace {

constexpr int backlog = 4096;

} // namespace

Listener::Listener(std::function<bool(qintptr)> accepted, QObject *parent)
    : QTcpServer(parent),
      m_accepted(std::move(accepted))
{
    setListenBacklogSize(backlog);
}

void Listener::incomingConnection(qintptr descriptor) { (void)m_accepted(descriptor); }

} // namespace glasshouse
