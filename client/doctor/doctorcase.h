// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctor.h"
#include "client/doctor/doctorjudges.h"
#include "client/doctor/doctorsecrets.h"

namespace glasshouse {

/// What the steps of one examination have found out so far, and where they write it down.
class DoctorCase
{
public:
    /// `changed`: is called for each stage that has something new; it must not call back.
    DoctorCase(const DoctorOrder &order, DoctorTools tools, Pump &pump, std::function<void(DoctorStage)> changed);

    [[nodiscard]] const DoctorOrder &order() const { return m_order; }
    [[nodiscard]] const TestClientOptions &options() const { return m_order.client; }
    [[nodiscard]] const DoctorTools &tools() const { return m_tools; }
    [[nodiscard]] QDateTime now() const { return m_tools.now(); }
    [[nodiscard]] Pump &pump() { return m_pump; }
    [[nodiscard]] const Diagnosis &diagnosis() const { return m_diagnosis; }
    [[nodiscard]] Diagnosis takeDiagnosis() { return std::move(m_diagnosis); }

    // What one step hands to the next.
    quint16 port = 0;
    QList<QHostAddress> addresses;             ///< of the name
    QHostAddress address;                      ///< the one that all the rest is done with; null: none answers
    ProbeResult opening;                       ///< the first attempt
    DoctorTalk *talk = nullptr;                ///< the connection that is open; a child of the run's
    std::optional<DoctorFinding> unauthorized; ///< what is wrong with the token, where anything is
    bool isBlocked = false;                    ///< there is no point in looking further

    /// An attempt as the client would make it.
    [[nodiscard]] ProbeOrder probeOrder() const;
    [[nodiscard]] bool holdsASecret(const QByteArray &text) const { return m_secrets.hidden(text) != text; }
    /// Null with an error: the files of the order can not be used.
    [[nodiscard]] const TlsContext *tls();
    [[nodiscard]] const QByteArray &tlsError() const { return m_tlsError; }

    void begin(DoctorStage stage);
    void see(DoctorStage stage, DoctorEvidence evidence);
    void see(DoctorStage stage, DoctorFact fact, QByteArrayList arguments = {}, QByteArrayView bytes = {},
             qint64 us = -1);
    void find(DoctorStage stage, const QList<DoctorFinding> &findings);
    /// Its verdict is the worst of its findings'.
    void end(DoctorStage stage);
    void skip(DoctorStage stage);
    void nameBehind(const QByteArrayList &names);
    /// What runs ends with what it has, and what waits is left out.
    void finish(bool stopped);

private:
    DoctorOrder m_order;
    DoctorTools m_tools;
    Pump &m_pump;
    std::function<void(DoctorStage)> m_changed;
    DoctorSecrets m_secrets;
    Diagnosis m_diagnosis;
    QElapsedTimer m_clock;
    std::optional<TlsContext> m_tls;
    QByteArray m_tlsError;
};

} // namespace glasshouse
