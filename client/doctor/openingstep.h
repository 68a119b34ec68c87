// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctorstep.h"

namespace glasshouse {

/// Tls, Upgrade, Subprotocol and Token: one attempt as the client makes it and, where it fails, others that differ in one thing.
class OpeningStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;

private:
    QList<ProbeVariation> m_toTry;
    QList<VariedProbe> m_varied;
    QElapsedTimer m_clock;
    PortProgram m_program; ///< that is silent, where it is one of this machine
    bool m_isSecure = false;
    bool m_tlsEnded = false;

    void secured(const ProbeResult &soFar);
    void opened(DoctorProbe &attempt);
    void showTls(const ProbeResult &result);
    void showAnswer(const ProbeResult &result);
    void tryNext();
    void repeat();
    void passed(DoctorProbe &attempt);
    void judge();
    void conclude();
    void judgeTlsNow();
    [[nodiscard]] UpgradeSeen seen() const;
    [[nodiscard]] QList<DoctorFinding> whyOursIsSilent() const;
    void judgeOpen();
    void showTokens();
};

/// Origin: who else may connect. Makes new connections, and waits a moment: some servers agree to the upgrade, and close then.
class OriginStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;

private:
    QByteArrayList m_toTry;
    bool m_foreignMay = false;
    bool m_ownMay = true;

    void tryNext();
    void tried(const ProbeVariation &variation, const ProbeResult &result);
    void judge();
};

} // namespace glasshouse
