// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace glasshouse {

/// A request and the answer to it, in the disguise of a connected QTcpSocket without an engine: QWebSocketServer takes nothing
/// else. No byte of it goes over a network.
class QtWire final : public QTcpSocket
{
    Q_OBJECT
public:
    /// `head`: what is read from it.
    explicit QtWire(const QByteArray &head);
    ~QtWire() override;

    /// What was written to it.
    [[nodiscard]] const QByteArray &written() const { return m_written; }

    [[nodiscard]] qint64 bytesAvailable() const override { return m_unread.size() + QIODevice::bytesAvailable(); }
    [[nodiscard]] qint64 bytesToWrite() const override { return 0; }
    [[nodiscard]] bool canReadLine() const override { return m_unread.contains('\n') || QIODevice::canReadLine(); }
    [[nodiscard]] bool isSequential() const override { return true; }
    void close() override { }
    void disconnectFromHost() override { }

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_unread;
    QByteArray m_written;
};

} // namespace glasshouse
