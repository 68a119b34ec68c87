// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/proxyprober.h"

#include "client/testclient.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int answerMs = 10'000;
constexpr int echoMs = 5'000;
constexpr qint64 mostBody = 64 * 1024;
constexpr const char *forgedAddress = "203.0.113.77"; // of documentation (RFC 5737): nobody's

HttpOutcome outcomeOf(QNetworkReply &reply)
{
    HttpOutcome outcome;
    outcome.wasAsked = true;
    outcome.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    for (const auto &[name, value] : reply.rawHeaderPairs())
        outcome.headers.append({name, value});
    outcome.body = reply.read(mostBody);
    if (outcome.status == 0)
        outcome.error = reply.errorString().toUtf8();
    return outcome;
}

QByteArray hostOf(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded);
    const QString bracketed = host.contains(u':') ? u'[' + host + u']' : host;
    const int usual = url.scheme() == "https"_L1 ? 443 : 80;
    const int port = url.port(usual);
    return (port == usual ? bracketed : bracketed + u':' + QString::number(port)).toLatin1();
}

QByteArray pathOf(const QUrl &url)
{
    QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    while (path.endsWith('/'))
        path.chop(1);
    return path;
}

} // namespace

ProxyProber::ProxyProber(QObject *parent) : QObject(parent), m_network(this), m_second(this), m_deadline(this)
{
    m_network.setProxy(QNetworkProxy::NoProxy); // this one is to be judged, not one of the desktop's
    m_network.setTransferTimeout(answerMs);
    m_second.setInterval(1000);
    m_deadline.setSingleShot(true);
    connect(&m_second, &QTimer::timeout, this, &ProxyProber::secondPassed);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_trial.socket.error = "no echo within 5 s";
        finish();
    });
}

ProxyProber::~ProxyProber() = default;

void ProxyProber::start(const Task &task)
{
    m_step = Step::Idle;
    dropClient();
    m_task = task;
    m_trial = {};
    m_trial.secure = task.publicUrl.scheme() == "https"_L1;
    m_trial.host = hostOf(task.publicUrl);
    m_trial.publicPath = pathOf(task.publicUrl);
    m_trial.basePath = task.basePath;
    m_trial.forgedAddress = forgedAddress;
    m_trial.limits = task.limits;
    askForNonce();
}

void ProxyProber::stop()
{
    if (m_step == Step::Silence)
        return silenceEnded(false);
    m_step = Step::Idle;
    dropClient();
}

QUrl ProxyProber::publicUrl(const QByteArray &target) const
{
    const qsizetype mark = target.indexOf('?');
    QUrl url = m_task.publicUrl;
    url.setPath(QString::fromLatin1(m_trial.publicPath + (mark < 0 ? target : target.first(mark))), QUrl::StrictMode);
    url.setQuery(mark < 0 ? QString() : QString::fromLatin1(target.sliced(mark + 1)));
    url.setFragment({});
    return url;
}

void ProxyProber::reply(QNetworkReply *reply)
{
    connect(reply, &QNetworkReply::finished, this, [this, reply, step = m_step] {
        reply->deleteLater();
        if (m_step != step)
            return;
        const HttpOutcome outcome = outcomeOf(*reply);
        if (step == Step::Nonce)
            return takeNonce(outcome);
        (step == Step::Plain ? m_trial.plain : m_trial.forged) = outcome;
        if (step == Step::Plain && outcome.status != 0)
            askForged();
        else
            openSocket();
    });
    if (m_task.ignoreTlsErrors)
        reply->ignoreSslErrors();
}

void ProxyProber::askForNonce()
{
    m_step = Step::Nonce;
    emit progressed(tr("Asking the server itself…"), -1);
    QUrl url = m_task.localUrl;
    url.setPath(u"/api/v1/reflect"_s);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    if (!m_task.operatorToken.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_task.operatorToken);
    QNetworkReply *asked = m_network.post(request, QByteArray("{}"));
    asked->ignoreSslErrors(); // it is this program itself, over loopback, and its certificate names the public address
    reply(asked);
}

void ProxyProber::takeNonce(const HttpOutcome &outcome)
{
    m_nonce = QJsonDocument::fromJson(outcome.body).object().value("nonce"_L1).toString().toLatin1();
    if (!m_nonce.isEmpty()) {
        m_trial.target = "/api/v1/reflect?nonce=" + m_nonce;
        return askPlain();
    }
    m_step = Step::Idle;
    emit failed(outcome.status == 0 ? tr("The server itself does not answer: %1").arg(QString::fromUtf8(outcome.error))
                    : outcome.status == 403 ? tr("The server does not take this program for its operator: with trusted "
                                                 "proxies or a public address it wants "
                                                 "his token (--operator-token-file).")
                                            : tr("The server itself answered %1.").arg(outcome.status));
}

void ProxyProber::askPlain()
{
    m_step = Step::Plain;
    emit progressed(tr("Asking through the public address…"), -1);
    QNetworkRequest request(publicUrl(m_trial.target));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    reply(m_network.get(request));
}

void ProxyProber::askForged()
{
    m_step = Step::Forged;
    QNetworkRequest request(publicUrl(m_trial.target));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("X-Forwarded-For", forgedAddress);
    request.setRawHeader("X-Real-IP", forgedAddress);
    request.setRawHeader("Forwarded", QByteArray("for=") + forgedAddress);
    reply(m_network.get(request));
}

void ProxyProber::connectClient(bool answerPings)
{
    dropClient();
    m_client = new TestClient(this);
    TestClientOptions options;
    options.url = publicUrl("/echo");
    options.url.setScheme(m_trial.secure ? u"wss"_s : u"ws"_s);
    options.origin = (m_trial.secure ? "https://" : "http://") + m_trial.host;
    options.openingMs = answerMs;
    options.answerPings = answerPings;
    options.ignoreTlsErrors = m_task.ignoreTlsErrors;
    connect(m_client, &TestClient::ended, this, &ProxyProber::socketEnded);
    connect(m_client, &TestClient::messageReceived, this,
            [this](MessageKind, const QByteArray &payload) { takeEcho(payload); });
    connect(m_client, &TestClient::opened, this, [this] {
        if (m_step == Step::Silence)
            m_silence.start();
        else if (m_client->sendText(m_nonce) == TestClientSend::Sent)
            m_deadline.start(echoMs);
        m_trial.socket.opened = true;
    });
    m_client->connectToServer(options);
}

void ProxyProber::dropClient()
{
    m_deadline.stop();
    m_second.stop();
    if (m_client == nullptr)
        return;
    m_client->disconnect(this);
    m_client->abort();
    m_client->deleteLater();
    m_client = nullptr;
}

void ProxyProber::openSocket()
{
    m_step = Step::Socket;
    m_trial.socket.wasAsked = true;
    emit progressed(tr("Opening a WebSocket through the public address…"), -1);
    connectClient(true);
}

void ProxyProber::takeEcho(const QByteArray &payload)
{
    if (m_step != Step::Socket || payload != m_nonce)
        return;
    m_trial.socket.echoed = true;
    if (m_task.idleSeconds > 0)
        watchSilence();
    else
        finish();
}

void ProxyProber::socketEnded(const TestClientEnding &ending)
{
    // A close frame with a code of ours is the server's heartbeat, which got no answer: the proxy held still as long.
    if (m_step == Step::Silence && m_silence.isValid())
        return silenceEnded(ending.codeReceived < 4000);
    if (m_step == Step::Socket) {
        m_trial.socket.status = ending.httpStatus;
        m_trial.socket.body = ending.responseBody;
        m_trial.socket.closeCode = ending.codeReceived;
        m_trial.socket.error = testClientText(ending).sentence.toUtf8();
    }
    finish();
}

// No ping is answered, so nothing but the server's pings goes over the wire. They hide a time-out that is longer than the
// heartbeat, and after the time for the answer the server ends it: what is found is what would hurt players.
void ProxyProber::watchSilence()
{
    m_step = Step::Silence;
    m_silence.invalidate();
    connectClient(false);
    m_second.start();
}

void ProxyProber::secondPassed()
{
    if (!m_silence.isValid())
        return;
    const int seconds = int(m_silence.elapsed() / 1000);
    if (seconds >= m_task.idleSeconds)
        return silenceEnded(false);
    emit progressed(tr("Leaving a connection alone…"), seconds);
}

void ProxyProber::silenceEnded(bool wasCut)
{
    m_trial.idle = {true, wasCut, m_silence.isValid() ? double(m_silence.elapsed()) / 1000 : 0};
    finish();
}

void ProxyProber::finish()
{
    m_step = Step::Idle;
    dropClient();
    emit finished(m_trial);
}

} // namespace glasshouse
