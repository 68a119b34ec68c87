// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/framereader.h"
#include "protocol/httphead.h"

#include <QJsonObject>
#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTcpSocket>
#include <functional>
#include <memory>
#include <optional>

namespace glasshouse {

/// A client that sends exactly the bytes it is told to, right or wrong, and notes what comes back. Every wait has a
/// deadline and is for a fact. Answers a close frame with its code, nothing else.
class RawClient final : private FrameSink
{
public:
    struct Message
    {
        MessageKind kind = MessageKind::Text;
        QByteArray payload;
        bool operator==(const Message &) const = default;
    };

    struct Options
    {
        int receiveBuffer = 0; ///< the kernel's, in bytes; small ones make a slow reader sooner; 0: as it is
        std::optional<QSslConfiguration> tls = {}; ///< see trusting(); none: plain
        QString host = QStringLiteral("127.0.0.1");
        bool waits = true; ///< until it is connected, TLS included, or has failed
    };

    /// Connects to 127.0.0.1, plain.
    explicit RawClient(quint16 port, int receiveBuffer = 0) : RawClient(port, Options{.receiveBuffer = receiveBuffer})
    { }
    RawClient(quint16 port, const Options &options);
    ~RawClient() override;
    Q_DISABLE_COPY_MOVE(RawClient)

    /// For TLS: trusts every certificate, as a test does with one that signs itself.
    [[nodiscard]] static QSslConfiguration trusting();

    [[nodiscard]] bool connected() const { return m_ready && m_socket->state() == QAbstractSocket::ConnectedState; }
    /// The server's; null without TLS.
    [[nodiscard]] QSslCertificate certificate() const;
    void send(QByteArrayView bytes);
    /// Masked, as a client must.
    void sendFrame(Opcode opcode, QByteArrayView payload, bool fin = true);
    void sendText(QByteArrayView text) { sendFrame(Opcode::Text, text); }
    void sendClose(quint16 code, QByteArrayView reason = {});
    /// Bytes that are not in the kernel yet.
    [[nodiscard]] qint64 unsent() const;

    /// The head of a right opening handshake; `extra` are whole header lines.
    [[nodiscard]] static QByteArray upgradeHead(QByteArrayView target, QByteArrayView extra = {});
    /// Sends it and waits for the answer. True: 101 with the right Accept.
    [[nodiscard]] bool upgrade(QByteArrayView target = "/echo", QByteArrayView extra = {});
    /// Sends the bytes and waits for a whole HTTP answer, and for the end of the stream where it says that this follows.
    [[nodiscard]] bool request(QByteArrayView bytes);

    [[nodiscard]] bool waitForResponse(int milliseconds = 5000);
    [[nodiscard]] bool waitForBody(int milliseconds = 5000);
    [[nodiscard]] bool waitForMessages(qsizetype count, int milliseconds = 5000);
    [[nodiscard]] bool waitForPongs(qsizetype count, int milliseconds = 5000);
    [[nodiscard]] bool waitForClose(int milliseconds = 5000);
    /// For the end of the stream (or a reset).
    [[nodiscard]] bool waitForEnd(int milliseconds = 5000);
    /// For a text message that is an envelope of this type; gives it and forgets it and all before it.
    [[nodiscard]] QJsonObject waitForType(const QString &type, int milliseconds = 5000);

    [[nodiscard]] const HttpHead &response() const { return m_responseParser.head(); }
    [[nodiscard]] const QByteArray &body() const { return m_body; }
    /// Does the answer say how long it is, and whether the connection ends, and is both true? Call it after request().
    [[nodiscard]] bool answerIsFramed() const;
    /// Forgets the answer: the next one of the same connection comes.
    void forgetAnswer();
    [[nodiscard]] const QList<Message> &messages() const { return m_messages; }
    [[nodiscard]] const QList<QByteArray> &pings() const { return m_pings; }
    [[nodiscard]] const QList<QByteArray> &pongs() const { return m_pongs; }
    [[nodiscard]] bool closed() const { return m_closed; } ///< a close frame came
    [[nodiscard]] quint16 closeCode() const { return m_closeCode; }
    [[nodiscard]] const QByteArray &closeReason() const { return m_closeReason; }
    [[nodiscard]] bool ended() const { return m_ended; }
    [[nodiscard]] bool serverBrokeTheRules() const { return m_broken; }

    void stopReading();
    /// Behind stopReading(): so many bytes at the most.
    void readSome(qint64 bytes);
    void setAnswersClose(bool answers) { m_answersClose = answers; }
    void setAnswersPings(bool answers) { m_answersPings = answers; }
    void endSending(); ///< FIN, and goes on reading
    void endStream()
    {
        m_socket->disconnectFromHost();
    }                   ///< FIN, without a close frame; over TLS close_notify before it
    void resetStream(); ///< RST

private:
    std::unique_ptr<QTcpSocket> m_socket;
    HttpHeadParser m_responseParser{HttpHeadParser::Kind::Response};
    FrameReader m_reader{ReaderRole::Client, FrameLimits{0, 0}};
    QByteArray m_body;
    QByteArray m_behind; ///< the answer
    QList<Message> m_messages;
    QList<QByteArray> m_pings;
    QList<QByteArray> m_pongs;
    QByteArray m_closeReason;
    quint32 m_maskKey = 0x37FA213D;
    quint16 m_closeCode = 0;
    bool m_ready = false; ///< connected, and TLS agreed on
    bool m_headDone = false;
    bool m_asksForHead = false;
    bool m_closeSent = false;
    bool m_closed = false;
    bool m_ended = false;
    bool m_broken = false;
    bool m_answersClose = true;
    bool m_answersPings = false;

    void read();
    void take(QByteArray bytes);
    [[nodiscard]] bool frameReceived(const FrameHeader &header, QByteArrayView payload) override;
    [[nodiscard]] bool messageReceived(MessageKind kind, QByteArrayView payload) override;
    [[nodiscard]] bool controlReceived(Opcode opcode, QByteArrayView payload) override;
    void frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override;
    [[nodiscard]] bool waitFor(const std::function<bool()> &fact, int milliseconds) const;
    void takeClose(QByteArrayView payload);
    [[nodiscard]] qint64 bodySize() const; ///< of the answer, as it says
};

/// The JSON object of a text message; empty where it is none.
[[nodiscard]] QJsonObject toObject(const RawClient::Message &message);

} // namespace glasshouse
