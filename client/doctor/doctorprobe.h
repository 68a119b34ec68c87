// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/probeanswer.h"
#include "client/testclientoptions.h"
#include "net/tls/tlstransport.h"
#include "net/transport/pump.h"
#include "protocol/upgrade.h"

#include <QElapsedTimer>
#include <QTimer>

namespace glasshouse {

/// One attempt at one address.
struct ProbeOrder
{
    enum class Aim : quint8 {
        Connect, ///< TCP alone
        Upgrade,
        Get, ///< of the URL, as plain HTTP
    };

    TestClientOptions options; ///< what is asked, and how; checked before
    QHostAddress address;
    quint16 port = 0;
    Aim aim = Aim::Upgrade;
    bool namesHttp = true; ///< by ALPN
    int stageMs = 10'000;  ///< for TCP, and for TLS
    int answerMs = 10'000; ///< for the head of the answer
};

/// All that was seen of an attempt. A value.
struct ProbeResult
{
    enum class Reach : quint8 { Nowhere, Connected, Secured, Answered, Open };

    Reach reach = Reach::Nowhere;
    bool timedOut = false;        ///< in the stage behind `reach`
    std::optional<StreamEnd> end; ///< by the server or the network; none: we ended it
    QByteArray endText;
    qint64 connectUs = -1; ///< until the stream stood, or did not
    qint64 secureUs = -1;
    qint64 answerUs = -1; ///< from the request to the end of the answer's head, or to the last byte of it that came
    std::optional<TlsSession> session;
    std::optional<TlsJudge> judge; ///< since TLS began
    std::optional<TlsFailure> tlsFailure;
    QByteArray tlsWords;
    UpgradeRequest request;
    QByteArray requestHead; ///< holds secrets; empty: nothing was asked
    ProbeAnswer answer;
    UpgradeError upgrade = UpgradeError::BadResponse;

    [[nodiscard]] bool isOpen() const { return reach == Reach::Open; }
    /// What came of it, in a few English words: "403 Forbidden", "no answer".
    [[nodiscard]] QByteArray outcome() const;
};
/// "reset"
[[nodiscard]] QByteArray wordsFor(StreamEnd end);

/// Makes an attempt: connects, secures, asks, and reads what comes, whatever it is. Each of it has a deadline and a bound. Lives on
/// its pump's thread. Not to be deleted inside of its signals.
class DoctorProbe final : public QObject, private TransportSink, private TlsSink
{
    Q_OBJECT
public:
    /// `tls`: null if the URL is not secure. Both outlive it.
    DoctorProbe(Pump &pump, const TlsContext *tls, ProbeOrder order, QObject *parent);
    ~DoctorProbe() override;

    void start();
    /// No signal comes after it.
    void abort();
    [[nodiscard]] const ProbeResult &result() const { return m_result; }
    /// The stream that was upgraded, paused, for who goes on with it inside of ended().
    [[nodiscard]] std::unique_ptr<Transport> takeTransport();
    /// What came right behind the answer's head.
    [[nodiscard]] QByteArray takeEarly() { return std::move(m_early); }

signals:
    void secured();
    /// The last thing that it says. Never comes inside of start().
    void ended();

private:
    Pump &m_pump;
    const TlsContext *m_tlsContext;
    ProbeOrder m_order;
    ProbeResult m_result;
    ProbeAnswerReader m_reader;
    std::unique_ptr<Transport> m_transport;
    TlsTransport *m_tls = nullptr; ///< m_transport, if it is one
    QByteArray m_early;
    QTimer m_deadline;
    QElapsedTimer m_clock; ///< of the stage
    bool m_over = false;

    // TransportSink
    void connected() override;
    void bytesArrived(char *data, qsizetype size) override;
    void streamEnded(StreamEnd how, const QByteArray &text) override;
    void allSent() override { }
    // TlsSink
    void handshakeDone(const TlsSession &session) override;
    void tlsFailed(TlsFailure kind, const QByteArray &words) override;

    void beginStage(int ms);
    void secure();
    void ask();
    void answerSwitches();
    void keepJudge();
    void finish();
};

} // namespace glasshouse
