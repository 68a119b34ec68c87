// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/host.h"

#include <QThread>

namespace glasshouse {

/// A room of each game with bots that play in it, so that a newcomer sees a program that lives. The bots are ordinary clients
/// on a thread of their own; they come when the server has started, leave one behind the other when it lets games end, and go with it.
class Demo final : public QObject
{
    Q_OBJECT
public:
    /// `seed`: of all that the bots do by chance.
    Demo(Host &host, quint64 seed, QObject *parent = nullptr);
    ~Demo() override;

private:
    quint64 m_seed;
    QThread m_thread;
    QObject *m_cast = nullptr; ///< parent of the bots, on their thread

    void begin(const ListenInfo &info);
    void end();
};

} // namespace glasshouse
