// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/listener.h"

namespace glasshouse {

bool Listener::begin(const QHostAddress &address, quint16 port) { return listen(address, port); }
void Listener::setAccepting(bool on) { on ? resumeAccepting() : pauseAccepting(); }
void Listener::end() { close(); }
void Listener::acceptSome() { }

} // namespace glasshouse
