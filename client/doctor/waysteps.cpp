// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/waysteps.h"

#include "client/testclientproxy.h"
#include "net/transport/lanaddresses.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr qsizetype mostAddresses = 8;

QByteArray textOf(const QList<QHostAddress> &addresses)
{
    QByteArrayList texts;
    for (const QHostAddress &address : addresses)
        texts += address.toString().toLatin1();
    return texts.join(", ");
}

} // namespace

bool isOurs(const QHostAddress &address) { return address.isLoopback() || isOnInterface(address.toString()); }

void AddressStep::start()
{
    m_case.begin(DoctorStage::Url);
    const TestClientProxy &proxy = m_case.options().proxy;
    if (proxy.kind != TestClientProxy::Kind::System)
        return judge(proxy);
    after(m_case.options().openingMs, [this] { judge({}); });
    systemProxyFor(m_case.options().url).then(this, [this](const TestClientProxy &found) { judge(found); });
}

void AddressStep::judge(const TestClientProxy &proxy)
{
    if (isOver() || std::exchange(m_isJudged, true))
        return;
    stopWaiting();
    const QUrl &url = m_case.options().url;
    TestClientOptions options = m_case.options();
    options.proxy = proxy;
    m_case.find(DoctorStage::Url, judgeUrl(options));
    m_case.end(DoctorStage::Url);
    if (m_case.diagnosis().at(DoctorStage::Url).verdict == DoctorVerdict::Ill) {
        m_case.isBlocked = true;
        return finish();
    }
    m_case.port = quint16(url.port(url.scheme() == "wss"_L1 ? 443 : 80));
    lookUp(url.host(QUrl::FullyEncoded));
}

void AddressStep::lookUp(const QString &host)
{
    const QHostAddress address(host);
    if (!address.isNull()) {
        m_case.addresses = {address};
        m_case.skip(DoctorStage::Dns);
        return finish();
    }
    m_case.begin(DoctorStage::Dns);
    after(m_case.options().openingMs, [this, host] {
        const QByteArray seconds = QByteArray::number(m_case.options().openingMs / 1000.0, 'f', 1);
        fail({{DoctorCause::NameTimeout, {host.toUtf8(), seconds}}}, DoctorStage::Dns);
    });
    QElapsedTimer clock;
    clock.start();
    const QPointer<AddressStep> self(this);
    m_case.tools().resolve(host, [self, host, clock](const QList<QHostAddress> &addresses, const QByteArray &error) {
        if (self)
            self->resolved(host, addresses, error, clock.nsecsElapsed() / 1'000);
    });
}

void AddressStep::resolved(const QString &host, const QList<QHostAddress> &addresses, const QByteArray &error,
                           qint64 us)
{
    constexpr qint64 slowUs = 1'000'000;
    if (isOver())
        return;
    const QByteArray name = host.toUtf8();
    if (addresses.isEmpty()) {
        m_case.see(DoctorStage::Dns, DoctorFact::NotResolved, {name, error}, {}, us);
        return fail({{DoctorCause::NameNotFound, {name}}}, DoctorStage::Dns);
    }
    m_case.addresses = addresses.first(qMin(mostAddresses, addresses.size()));
    m_case.see(DoctorStage::Dns, DoctorFact::Resolved, {name, textOf(m_case.addresses)}, {}, us);
    if (us > slowUs)
        m_case.find(DoctorStage::Dns, {{DoctorCause::NameSlow, {QByteArray::number(us / 1'000)}}});
    m_case.end(DoctorStage::Dns);
    finish();
}

void AddressStep::fail(const QList<DoctorFinding> &findings, DoctorStage stage)
{
    m_case.find(stage, findings);
    m_case.end(stage);
    m_case.isBlocked = true;
    finish();
}

void NetworkStep::start()
{
    m_case.begin(DoctorStage::Tcp);
    m_seen.url = m_case.options().url;
    m_seen.port = m_case.port;
    m_open = m_case.addresses.size();
    for (const QHostAddress &address : std::as_const(m_case.addresses))
        m_seen.addresses.append({address, {}});
    for (qsizetype i = 0; i < m_seen.addresses.size(); ++i) {
        dial(m_seen.addresses[i].address, [this, i](DoctorProbe &attempt) {
            m_seen.addresses[i].result = attempt.result();
            addressEnded();
        });
    }
}

void NetworkStep::dial(const QHostAddress &address, ProbeEnded ended)
{
    ProbeOrder order = m_case.probeOrder();
    order.aim = ProbeOrder::Aim::Connect;
    order.address = address;
    probe(order, std::move(ended));
}

void NetworkStep::addressEnded()
{
    if (--m_open > 0)
        return;
    bool refused = false;
    for (const NetworkSeen::Address &seen : std::as_const(m_seen.addresses)) {
        const QByteArray text = seen.address.toString().toLatin1();
        const bool stands = seen.result.reach >= ProbeResult::Reach::Connected;
        m_case.see(DoctorStage::Tcp,
                   {stands ? DoctorFact::Connected : DoctorFact::NotConnected,
                    stands ? QByteArrayList{text} : QByteArrayList{text, seen.result.outcome()},
                    {},
                    seen.result.connectUs});
        if (stands && m_case.address.isNull())
            m_case.address = seen.address;
        refused = refused || (seen.result.end == StreamEnd::Refused && isOurs(seen.address));
    }
    m_case.address.isNull() && refused ? lookForOthers() : judge();
}

/// Something of this machine was asked for and refuses: perhaps the server listens on another of its addresses.
void NetworkStep::lookForOthers()
{
    QList<QHostAddress> ours{QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    for (const QString &address : lanAddresses())
        ours.append(QHostAddress(address));
    for (const QHostAddress &address : std::as_const(ours)) {
        if (!m_case.addresses.contains(address) && m_ours.size() < mostAddresses)
            m_ours.append(address);
    }
    m_open = m_ours.size();
    if (m_open == 0)
        return judge();
    for (const QHostAddress &address : std::as_const(m_ours)) {
        dial(address, [this, address](DoctorProbe &attempt) {
            if (attempt.result().reach >= ProbeResult::Reach::Connected)
                m_seen.answersInstead.append(address);
            if (--m_open == 0)
                judge();
        });
    }
}

void NetworkStep::judge()
{
    m_case.find(DoctorStage::Tcp, judgeNetwork(m_seen));
    m_case.end(DoctorStage::Tcp);
    m_case.isBlocked = m_case.address.isNull();
    finish();
}

void HostStep::start()
{
    const QHostAddress asked = m_case.address.isNull() ? m_case.addresses.value(0) : m_case.address;
    if (asked.isNull() || !isOurs(asked)) {
        m_case.skip(DoctorStage::Host);
        return finish();
    }
    m_case.begin(DoctorStage::Host);
    m_case.see(DoctorStage::Host, DoctorFact::ThisMachine, {asked.toString().toLatin1()});
    withProgram([this](const PortProgram &program) { show(program); });
}

void HostStep::show(const PortProgram &program)
{
    const QByteArray port = QByteArray::number(m_case.port);
    if (!program.name.isEmpty())
        m_case.see(DoctorStage::Host, DoctorFact::PortOwner, {port, program.name.toUtf8()});
    else if (m_case.address.isNull())
        m_case.see(DoctorStage::Host, DoctorFact::PortFree, {port});
    if (const auto &use = program.descriptors)
        m_case.see(DoctorStage::Host, DoctorFact::Descriptors,
                   {QByteArray::number(use->open), QByteArray::number(use->limit)});
    const QStringList others = lanAddresses();
    if (!others.isEmpty())
        m_case.see(DoctorStage::Host, DoctorFact::MachineAddresses, {others.join(u", "_s).toUtf8()});
    if (others.isEmpty() || m_case.address.isNull() || !m_case.address.isLoopback())
        return end();
    tryFromOutside(QHostAddress(others.first()));
}

void HostStep::tryFromOutside(const QHostAddress &address)
{
    ProbeOrder order = m_case.probeOrder();
    order.aim = ProbeOrder::Aim::Connect;
    order.address = address;
    probe(order, [this, address](DoctorProbe &attempt) {
        const ProbeResult &result = attempt.result();
        m_case.see(DoctorStage::Host, DoctorFact::WithAddress,
                   {address.toString().toLatin1(),
                    result.reach >= ProbeResult::Reach::Connected ? QByteArray("connected") : result.outcome()});
        if (result.end == StreamEnd::Refused)
            m_case.find(DoctorStage::Host, {{DoctorCause::LoopbackOnly, {}}});
        end();
    });
}

void HostStep::end()
{
    m_case.end(DoctorStage::Host);
    finish();
}

} // namespace glasshouse
