// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <memory>

class QSocketNotifier;

namespace glasshouse {

/// Standard output for a program that must not stand still when nobody reads it: bytes go out at once, and where the system
/// takes no more, the rest waits and fullChanged() says so. Whoever writes then has to stop. Lives on the caller's thread.
/// (On Windows a write waits: there is no way to ask.)
class StandardOutput final : public QObject
{
    Q_OBJECT
public:
    explicit StandardOutput(int descriptor = 1, QObject *parent = nullptr);
    ~StandardOutput() override;

    void write(const QByteArray &bytes);
    /// Something waits.
    [[nodiscard]] bool isFull() const { return m_written < m_waiting.size(); }

signals:
    void fullChanged(bool full);
    /// Nobody will read it any more, or the disk is full; in the system's words. Nothing is written from then on.
    void failed(const QString &why);

private:
    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QByteArray m_waiting;
    qsizetype m_written = 0; ///< of it
    bool m_wasFull = false;
    bool m_failed = false;

    void flush();
    /// Writes a piece, if that takes no waiting. False: it would, or it failed.
    [[nodiscard]] bool writePiece();
    void fail(const QString &why);
};

} // namespace glasshouse
