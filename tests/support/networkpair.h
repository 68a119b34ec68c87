// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace glasshouse {

/// Two network namespaces of their own with a cable between them, one for the server and one for the client; nothing outside
/// sees them. Needs root and iproute2. The threads of a process may be in different namespaces, and a socket stays where it was
/// made: so a test goes inside for the moment in which it starts the server or makes a socket.
class NetworkPair
{
public:
    enum class End : quint8 { Server, Client };

    NetworkPair();
    ~NetworkPair();
    Q_DISABLE_COPY_MOVE(NetworkPair)

    /// Empty: both are there. Otherwise why they are not.
    [[nodiscard]] const QByteArray &fault() const { return m_fault; }
    [[nodiscard]] static QString address(End end);
    /// `ip` with these words, in the namespace of `end`. False: it failed.
    bool ip(End end, const QStringList &words);
    /// A value under /proc/sys/net/, in the namespace of `end`.
    bool set(End end, const QString &name, const QByteArray &value);
    [[nodiscard]] static QString cable(End end);

    /// The calling thread is in the namespace while this lives, and what it starts stays there.
    class Inside
    {
    public:
        Inside(const NetworkPair &pair, End end);
        ~Inside();
        Q_DISABLE_COPY_MOVE(Inside)

    private:
        int m_home = -1;
    };

private:
    QByteArray m_fault;
    bool m_made = false;

    [[nodiscard]] static QString name(End end);
    bool run(const QStringList &words);
};

} // namespace glasshouse
