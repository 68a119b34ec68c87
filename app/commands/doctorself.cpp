// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/doctorself.h"

#include "app/commands/commandoutput.h"
#include "app/commands/doctorsession.h"
#include "app/defaults.h"
#include "app/settings.h"
#include "app/startcheck.h"
#include "net/transport/bindaddress.h"
#include "net/transport/descriptors.h"
#include "net/transport/lanaddresses.h"
#include "net/transport/portowner.h"
#include "server/events/eventtext.h"
#include "server/gate/tokenminter.h"
#include "server/http/routes.h"
#include "server/inprocesshost.h"

#include <QCoreApplication>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int ill = 1;
constexpr int wrongUsage = 2;
constexpr qsizetype mostAddresses = 4; // of a machine with many networks
constexpr qsizetype mostOrigins = 3;
constexpr qint64 tokenSeconds = 300; // and as long as it is to be silent

bool isTaken(const Fault &fault) { return fault.code == FaultCode::PortTaken || fault.code == FaultCode::PortTakenBy; }

/// Nothing of a test stays.
ServerConfig withoutTraces(ServerConfig config)
{
    config.capture = false;
    config.captureDirectory.clear();
    config.historyFile.clear();
    return config;
}

/// Empty: it can not be made, and the server's start says why where that is a fault.
QByteArray mintedToken(const ServerConfig &config, qint64 now, qint64 seconds)
{
    if (config.auth != AuthMode::Token || config.token.algorithm != "HS256")
        return {};
    const auto key = config.token.secretFile.isEmpty()
        ? TokenKey::make(TokenAlgorithm::HS256, KeyPurpose::Sign, config.token.secret)
        : TokenKey::load(TokenAlgorithm::HS256, KeyPurpose::Sign, config.token.secretFile);
    if (!key)
        return {};
    TokenGrant grant;
    grant.subject = "glasshouse-doctor";
    grant.issuer = config.token.issuer;
    grant.audience = config.token.audience;
    grant.issuedAt = now;
    grant.expiresAt = now + seconds;
    const auto token = mintToken(key.value(), grant);
    return token ? token.value() : QByteArray();
}

QString originOf(QUrl url)
{
    url.setScheme(url.scheme() == "wss"_L1 || url.scheme() == "https"_L1 ? u"https"_s : u"http"_s);
    return url.toString(QUrl::RemovePath | QUrl::RemoveQuery);
}

/// Without a token that is wanted, only the way of the page /check leads in.
bool goesAround(const SelfFacts &facts)
{
    return facts.config.auth == AuthMode::Token && facts.token.isEmpty() && !isOurs(facts);
}

QString pathOf(const SelfFacts &facts) { return QString::fromLatin1(goesAround(facts) ? Routes::check : Routes::echo); }

QUrl echoAt(const SelfFacts &facts, const QString &host)
{
    QUrl url;
    url.setScheme(facts.config.tls.isOn() ? u"wss"_s : u"ws"_s);
    url.setHost(host);
    url.setPort(facts.port);
    url.setPath(QString::fromUtf8(facts.config.basePath) + pathOf(facts));
    return url;
}

/// The public address may have a path of its own, which its proxy turns into ours.
QUrl publicEcho(const SelfFacts &facts)
{
    const ServerConfig &config = facts.config;
    QUrl url(QString::fromUtf8(config.publicUrl));
    url.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
    const bool hasPath = url.path().size() > 1;
    url.setPath((hasPath ? url.path() : QString::fromUtf8(config.basePath)) + pathOf(facts));
    return url;
}

QList<QUrl> addressesOf(const SelfFacts &facts)
{
    const QString &bind = facts.config.bindAddress;
    QList<QUrl> urls{echoAt(facts, hostFromHere(bind))};
    if (isEverywhere(bind)) {
        for (const QString &address : facts.lanAddresses.first(std::min(mostAddresses, facts.lanAddresses.size())))
            urls += echoAt(facts, address);
    }
    if (!facts.config.publicUrl.isEmpty())
        urls += publicEcho(facts);
    return urls;
}

/// Starts it, or finds that its port is taken. Another fault is why it can not run.
std::optional<Fault> tryStart(InProcessHost &host, const ServerConfig &config)
{
    std::optional<Fault> fault;
    QObject context;
    QObject::connect(&host, &Host::started, &context, [] { QCoreApplication::exit(); });
    QObject::connect(&host, &Host::startFailed, &context, [&fault](const Fault &why) {
        fault = why;
        QCoreApplication::exit();
    });
    host.start(withoutTraces(config));
    QCoreApplication::exec();
    return fault;
}

SelfFacts factsOf(const ServerConfig &config, const std::optional<Fault> &fault, quint16 port)
{
    SelfFacts facts;
    facts.config = config;
    facts.port = port;
    facts.wasStarted = !fault;
    if (fault)
        facts.owner = portOwner(port);
    facts.lanAddresses = lanAddresses();
    if (config.tls.isOn()) {
        if (const auto certificate = readCertificateInfo(config.tls.certFile))
            facts.certificate = certificate.value();
    }
    facts.descriptors = descriptorLimit();
    facts.now = QDateTime::currentDateTimeUtc();
    return facts;
}

bool isIll(const QList<SelfRemark> &remarks)
{
    return std::ranges::any_of(remarks, [](const SelfRemark &remark) { return remark.isIllness; });
}

} // namespace

QByteArray tokenFor(const SelfFacts &facts, const DoctorRequest &request, const QByteArray &given)
{
    if (isAnothers(facts))
        return {};
    if (!given.isEmpty() || !isOurs(facts))
        return given;
    const qint64 silentSeconds = addressesOf(facts).size() * idleMsOf(request, 0) / 1'000;
    return mintedToken(facts.config, facts.now.toSecsSinceEpoch(), tokenSeconds + silentSeconds);
}

QList<DoctorOrder> ordersOf(const SelfFacts &facts, const DoctorRequest &request)
{
    if (isAnothers(facts))
        return {};
    DoctorOrder order;
    order.token = facts.token;
    order.idleMs = idleMsOf(request, 0);
    if (goesAround(facts))
        order.idleMs = std::min(order.idleMs, Routes::checkIdleMs);
    if (facts.certificate)
        order.client.trustedFingerprint = facts.certificate->fingerprint;
    if (!facts.token.isEmpty())
        order.client.headers.append({"Authorization", "Bearer " + facts.token});
    const QList<QUrl> addresses = addressesOf(facts);
    QList<DoctorOrder> orders;
    const auto add = [&](const QUrl &url, const QByteArray &origin) {
        order.client.url = url;
        order.client.origin = origin;
        orders += order;
    };
    for (const QUrl &url : addresses)
        add(url, originOf(url).toLatin1());
    order.idleMs = 0; // it does not depend on who comes
    QList<QByteArray> origins = facts.config.allowedOrigins;
    origins.removeAll("*");
    for (const QByteArray &origin : origins.first(std::min(mostOrigins, origins.size())))
        add(addresses.first(), origin);
    return orders;
}

int doctorSelf(const DoctorRequest &request, const DoctorReport &report, const QProcessEnvironment &environment)
{
    const Settings settings =
        Settings::read(QStringList{u"serve"_s} + request.serveOptions, environment, defaultConfig());
    if (const QStringList faults = startFaults(settings); !faults.isEmpty())
        return print({wrongUsage, {}, faults.join(u'\n').toUtf8()});
    const auto token = tokenOf(request.client);
    if (!token)
        return print({wrongUsage, {}, token.error().text});
    const ServerConfig &config = settings.options().server;
    InProcessHost host;
    const std::optional<Fault> fault = tryStart(host, config);
    if (fault && !isTaken(*fault))
        return print({ill, {}, faultText(*fault).toUtf8()});
    SelfFacts facts = factsOf(config, fault, fault ? config.port : host.listenInfo().port);
    facts.token = tokenFor(facts, request, token.value());
    const QList<SelfRemark> remarks = remarksOn(facts);
    DoctorSession session(report);
    QObject::connect(&session, &DoctorSession::ended, &session,
                     [&] { session.leave(session.exitCode() == 0 && isIll(remarks) ? ill : session.exitCode()); });
    session.write(remarkReport(report, remarks));
    session.start(ordersOf(facts, request));
    return QCoreApplication::exec();
}

} // namespace glasshouse
