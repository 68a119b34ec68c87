// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/diagnosis.h"

namespace glasshouse {

// Diagnoses made by hand, as a doctor says them.

inline void setStage(Diagnosis &diagnosis, DoctorStage stage, DoctorVerdict verdict, QList<DoctorFinding> findings = {},
                     QList<DoctorEvidence> evidence = {})
{
    const bool began = verdict > DoctorVerdict::Skipped || verdict == DoctorVerdict::Running;
    diagnosis.at(stage) = {verdict, std::move(findings), std::move(evidence), began ? 40 : -1,
                           verdict == DoctorVerdict::Running ? -1 : 12};
}

/// All stages are well.
inline Diagnosis healthyDiagnosis()
{
    Diagnosis diagnosis;
    diagnosis.url = QUrl(QStringLiteral("ws://127.0.0.1:8080/echo"));
    diagnosis.began = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    for (int stage = 0; stage < doctorStageCount; ++stage)
        setStage(diagnosis, DoctorStage(stage), DoctorVerdict::Good);
    setStage(diagnosis, DoctorStage::Tls, DoctorVerdict::Skipped);
    setStage(diagnosis, DoctorStage::Dns, DoctorVerdict::Good, {},
             {{DoctorFact::Resolved, {"games.example", "192.0.2.1"}, {}, 1'234}});
    diagnosis.over = true;
    return diagnosis;
}

/// The upgrade was refused because of the Origin; `text` comes from the server.
inline Diagnosis illDiagnosis(const QByteArray &text = "HTTP/1.1 403 Forbidden\r\nServer: nginx\r\n\r\n")
{
    Diagnosis diagnosis = healthyDiagnosis();
    for (int stage = int(DoctorStage::Upgrade) + 1; stage < doctorStageCount; ++stage)
        setStage(diagnosis, DoctorStage(stage), DoctorVerdict::Skipped);
    setStage(diagnosis, DoctorStage::Upgrade, DoctorVerdict::Ill, {{DoctorCause::OriginRefused, {text}}},
             {{DoctorFact::Answer, {text}, text, 5'000}});
    return diagnosis;
}

} // namespace glasshouse
