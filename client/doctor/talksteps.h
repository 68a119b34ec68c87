// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctorstep.h"

namespace glasshouse {

/// FirstFrames: what the server says by itself on the connection that the opening made. Where it closes it because of who the client
/// is, others follow that differ in one thing.
class FirstFramesStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;

private:
    TalkRecord m_record; ///< of the first
    QList<ProbeVariation> m_toTry;

    void look();
    void tryNext();
    void tried(const ProbeVariation &variation);
    void repeat(const std::optional<DoctorFinding> &finding);
    void repeated(const std::optional<DoctorFinding> &finding);
    void judge(const std::optional<DoctorFinding> &unauthorized);
};

/// RoundTrip.
class RoundTripStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;

private:
    int m_sent = 0;
    int m_wrong = 0;
    qint64 m_sentUs = 0;
    qint64 m_quickestUs = -1;
    QByteArray m_payload;

    void ping();
    void pong(const QByteArray &payload);
    void lost();
    void judge(const QList<DoctorFinding> &findings);
};

/// Close.
class CloseStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;

private:
    qint64 m_closedUs = 0;

    void close(DoctorTalk *talk);
    void answered();
    void judge(const QList<DoctorFinding> &findings);
};

/// Idle: a connection of its own that says nothing by itself.
class IdleStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;
    void cutShort() override;

private:
    void watch();
    void ended();
    void stillLives();
    void judge(const QList<DoctorFinding> &findings);
};

} // namespace glasshouse
