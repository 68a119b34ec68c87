// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctorstep.h"

namespace glasshouse {

/// Url and Dns.
class AddressStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;

private:
    bool m_isJudged = false;

    void judge(const TestClientProxy &proxy);
    void lookUp(const QString &host);
    void resolved(const QString &host, const QList<QHostAddress> &addresses, const QByteArray &error, qint64 us);
    void fail(const QList<DoctorFinding> &findings, DoctorStage stage);
};

/// Tcp: each address, all at the same time.
class NetworkStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;

private:
    NetworkSeen m_seen;
    QList<QHostAddress> m_ours; ///< that are tried where one of them was asked for and refuses
    qsizetype m_open = 0;       ///< attempts

    void dial(const QHostAddress &address, ProbeEnded ended);
    void addressEnded();
    void lookForOthers();
    void judge();
};

/// Host: what can be seen of the server's machine where it is this one.
class HostStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;

private:
    void show(const PortProgram &program);
    void tryFromOutside(const QHostAddress &address);
    void end();
};

/// An address of this machine?
[[nodiscard]] bool isOurs(const QHostAddress &address);

} // namespace glasshouse
