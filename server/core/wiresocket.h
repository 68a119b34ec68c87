// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/transport.h"
#include "net/wire/wire.h"
#include "protocol/framereader.h"
#include "server/capture/recorder.h"
#include "server/endings/ending.h"

#include <QTcpSocket>

namespace glasshouse {

/// Gets what a WireSocket finds. A call that ends the connection returns false; the socket is never destroyed inside of one.
class WireSocketSink
{
public:
    virtual ~WireSocketSink() = default;
    /// Before the bytes are looked at. False: they are not.
    [[nodiscard]] virtual bool bytesSeen(qsizetype size) = 0;
    /// All messages in them were given to the sink.
    virtual void bytesDone() = 0;
    [[nodiscard]] virtual bool messageSeen(MessageKind kind, QByteArrayView payload) = 0;
    [[nodiscard]] virtual bool controlSeen(Opcode opcode, QByteArrayView payload) = 0;
    /// `opcode` of the frame that broke the rule.
    virtual void violationSeen(FrameViolation violation, quint8 opcode) = 0;
    /// A close frame went into the queue (Qt wrote it, or we in its place).
    virtual void closeSent(quint16 code, const QByteArray &reason) = 0;
    virtual void wireEnded(StreamEnd how, const QByteArray &text) = 0;
};

/// The one place where every byte in and out is checked, recorded and counted. To QWebSocket it is a connected QTcpSocket
/// without an engine. Qt gets the opening handshake, pings and closes; whole data messages go past it, straight to the sink,
/// and frames of ours go straight to the Transport. Lives on its worker's thread.
class WireSocket final : public QTcpSocket, private TransportSink, private FrameSink
{
    Q_OBJECT
public:
    WireSocket(std::unique_ptr<Transport> transport, ConnectionId id, Recorder &recorder, WireSocketSink &sink,
               FrameLimits limits);
    ~WireSocket() override;

    /// What QWebSocketServer reads as the request.
    void offerHead(const QByteArray &head);
    /// What it answered: nothing was sent yet.
    [[nodiscard]] QByteArray takeResponse();
    /// Sends the response and begins with frames; `early` came in right behind the head.
    void open(const QByteArray &response, QByteArray early, QObject *webSocket);
    /// Bytes that came in right behind the head, if open() was not given them.
    void takeEarly(QByteArray early) { bytesArrived(early.data(), early.size()); }
    /// Hides what comes in as a whole: somebody's token is expected.
    void setExpectsSecret(bool expects) { m_expectsSecret = expects; }
    void setLimits(FrameLimits limits) { m_reader.setLimits(limits); }
    /// Qt's part is over: what it still says is not heard.
    void detach() { m_webSocket = nullptr; }

    void sendText(SequencedText &text, quint64 sequence);
    /// A whole data frame that may be shared with other recipients.
    void sendFrame(const QByteArray &frame, int headerSize);
    void sendControl(Opcode opcode, QByteArrayView payload);

    /// Gives a valid ping or close to QWebSocket, which answers it.
    void passToQt(Opcode opcode, QByteArrayView payload);

    /// Lets Qt answer the peer's close; the code that goes out is the peer's (0: an empty frame), whatever Qt makes of it.
    void answerClose(quint16 code);

    /// Forgets what waits to be sent, and does not count it as sent.
    void dropQueue();
    /// What will never leave was not sent.
    void discountUnsent() { m_counters.bytesOut -= qMin(m_counters.bytesOut, quint64(m_transport->queuedBytes())); }

    [[nodiscard]] Transport &transport() { return *m_transport; }
    [[nodiscard]] const WireCounters &counters() const { return m_counters; }
    /// The last frames as of now, the newest last: evidence for an Ending.
    [[nodiscard]] QList<LastFrame> lastFrames() const;
    /// Payload bytes of the largest message that came in whole.
    [[nodiscard]] quint32 biggestMessage() const { return m_biggestMessage; }
    [[nodiscard]] const FrameReader &reader() const { return m_reader; }

    // QIODevice, for QWebSocket
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] qint64 bytesToWrite() const override { return 0; }
    [[nodiscard]] bool canReadLine() const override;
    [[nodiscard]] bool isSequential() const override { return true; }
    void close() override { } // the Connection ends the stream when both close frames are over
    void disconnectFromHost() override { }

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    std::unique_ptr<Transport> m_transport;
    FrameReader m_reader;
    Recorder &m_recorder;
    WireSocketSink &m_sink;
    ConnectionId m_id;
    QObject *m_webSocket = nullptr; ///< null before and after its time
    QByteArray m_toQt;
    QByteArray m_fromQt;
    WireCounters m_counters;
    bool m_open = false;
    bool m_deaf = false;           ///< the reader is finished: what still arrives is thrown away
    QByteArray m_fragmentTail;     ///< of a text message that is not whole yet
    bool m_isTextual = false;      ///< the message that is coming in
    bool m_hidesFragments = false; ///< a secret may go on in the next one
    bool m_expectsSecret = false;
    std::optional<quint16> m_closeAnswer;
    LastFrames m_lastFrames;
    quint32 m_biggestMessage = 0;

    void bytesArrived(char *data, qsizetype size) override;
    void streamEnded(StreamEnd how, const QByteArray &text) override;
    void allSent() override { }
    bool frameReceived(const FrameHeader &header, QByteArrayView payload) override;
    bool messageReceived(MessageKind kind, QByteArrayView payload) override;
    bool controlReceived(Opcode opcode, QByteArrayView payload) override;
    void frameBroken(const FrameHeader &header, QByteArrayView payload, FrameViolation violation) override;

    void note(Direction direction, quint8 opcode, quint64 size, bool broken = false);
    // What the capture gets in place of the payload, if that holds a secret.
    [[nodiscard]] std::optional<QByteArray> hidden(const FrameHeader &header, QByteArrayView payload);
    [[nodiscard]] std::optional<QByteArray> hiddenPart(const FrameHeader &header, QByteArrayView payload);
    [[nodiscard]] std::optional<QByteArray> hiddenControl(Opcode opcode, QByteArrayView payload) const;
    [[nodiscard]] std::optional<QByteArray> hiddenBroken(const FrameHeader &header, QByteArrayView payload) const;
    void recordRedacted(SequencedText &text, quint64 sequence, quint32 length);
    void queue(OutChunk chunk);
    void takeFramesOfQt();
    void dropQtBuffers();
};

} // namespace glasshouse
