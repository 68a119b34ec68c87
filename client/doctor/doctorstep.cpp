// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorstep.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

namespace glasshouse {

void DoctorStep::abort()
{
    m_isOver = true;
    m_wait.stop();
    for (auto *probe : findChildren<DoctorProbe *>())
        probe->abort();
    disconnect();
}

DoctorProbe *DoctorStep::probe(const ProbeOrder &order, ProbeEnded ended)
{
    const bool needsTls = order.options.url.scheme() == QLatin1String("wss");
    auto *attempt = new DoctorProbe(m_case.pump(), needsTls ? m_case.tls() : nullptr, order, this);
    connect(attempt, &DoctorProbe::ended, this, [this, attempt, ended = std::move(ended)] {
        attempt->deleteLater();
        if (!m_isOver)
            ended(*attempt);
    });
    attempt->start();
    return attempt;
}

DoctorTalk *DoctorStep::talkOver(DoctorProbe &probe)
{
    const ProbeResult &result = probe.result();
    auto *talk = new DoctorTalk(probe.takeTransport(), agreedDeflate(result.answer.head, result.request), parent());
    for (const TestClientMessage &message : m_case.options().first)
        talk->send(message.binary ? Opcode::Binary : Opcode::Text, message.bytes);
    QMetaObject::invokeMethod(
        talk, [talk, early = probe.takeEarly()] { talk->open(early); }, Qt::QueuedConnection);
    m_case.talk = talk;
    return talk;
}

void DoctorStep::dropTalk()
{
    if (m_case.talk == nullptr)
        return;
    m_case.talk->abort();
    m_case.talk->deleteLater();
    m_case.talk = nullptr;
}

void DoctorStep::withTalk(Talks talks)
{
    if (m_case.talk == nullptr || !m_case.talk->isOpen())
        return withNewTalk(std::move(talks));
    talks(m_case.talk, m_case.opening);
}

void DoctorStep::withNewTalk(Talks talks)
{
    dropTalk();
    probe(m_case.probeOrder(), [this, talks = std::move(talks)](DoctorProbe &attempt) {
        talks(attempt.result().isOpen() ? talkOver(attempt) : nullptr, attempt.result());
    });
}

void DoctorStep::withProgram(std::function<void(const PortProgram &program)> call)
{
    auto promise = std::make_shared<QPromise<PortProgram>>();
    promise->start();
    promise->future().then(this, [this, call = std::move(call)](const PortProgram &program) {
        if (!m_isOver)
            call(program);
    });
    QThreadPool::globalInstance()->start([promise, port = m_case.port] {
        promise->addResult(programAt(port));
        promise->finish();
    });
}

void DoctorStep::after(qint64 ms, std::function<void()> call)
{
    m_wait.stop();
    m_wait.disconnect();
    m_wait.setSingleShot(true);
    m_call = std::move(call);
    connect(&m_wait, &QTimer::timeout, this, [this] {
        const auto now = std::exchange(m_call, {});
        if (now)
            now();
    });
    m_wait.start(int(qMin(ms, qint64(std::numeric_limits<int>::max()))));
}

void DoctorStep::finish()
{
    m_wait.stop();
    m_isOver = true;
    if (m_case.talk != nullptr)
        m_case.talk->disconnect(this);
    QMetaObject::invokeMethod(this, &DoctorStep::done, Qt::QueuedConnection);
}

} // namespace glasshouse
