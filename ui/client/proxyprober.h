// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/deployment/proxytest.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QTimer>
#include <QUrl>

class QNetworkReply;

namespace glasshouse {

class TestClient;
struct TestClientEnding;

/// Sends the requests of the proxy's self-test and gathers what came of them. On the caller's thread.
class ProxyProber final : public QObject
{
    Q_OBJECT
public:
    struct Task
    {
        QUrl publicUrl;           ///< http(s), with the public path
        QUrl localUrl;            ///< http://127.0.0.1:8080/: the server itself, past the proxy
        QByteArray basePath;      ///< of the server
        QByteArray operatorToken; ///< empty: asked from this machine
        Limits limits;
        int idleSeconds = 0;          ///< how long to watch a silent connection; 0: not at all
        bool ignoreTlsErrors = false; ///< for a certificate of one's own
    };

    explicit ProxyProber(QObject *parent = nullptr);
    ~ProxyProber() override;

    /// Ends what there is and begins anew. finished() or failed() follows, if nobody calls stop().
    void start(const Task &task);
    /// A silent connection that is still being watched counts as far as it came; else nothing is judged.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_step != Step::Idle; }

signals:
    /// For people; `idleSeconds` of the long test, −1 before it.
    void progressed(const QString &text, int idleSeconds);
    void finished(const glasshouse::ProxyTrial &trial);
    /// The test could not begin: the server itself did not answer as it should.
    void failed(const QString &text);

private:
    enum class Step : quint8 { Idle, Nonce, Plain, Forged, Socket, Silence };

    Task m_task;
    ProxyTrial m_trial;
    Step m_step = Step::Idle;
    QNetworkAccessManager m_network;
    TestClient *m_client = nullptr; ///< child, one a step
    QByteArray m_nonce;
    QTimer m_second;   ///< progress and the end of the silence
    QTimer m_deadline; ///< for the echo
    QElapsedTimer m_silence;

    void reply(QNetworkReply *reply);
    void askForNonce();
    void takeNonce(const HttpOutcome &outcome);
    void askPlain();
    void askForged();
    [[nodiscard]] QUrl publicUrl(const QByteArray &target) const;
    void openSocket();
    void takeEcho(const QByteArray &payload);
    void socketEnded(const TestClientEnding &ending);
    void watchSilence();
    void secondPassed();
    void silenceEnded(bool wasCut);
    void connectClient(bool answerPings);
    void dropClient();
    void finish();
};

} // namespace glasshouse
