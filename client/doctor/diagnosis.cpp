// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/diagnosis.h"

#include <QCoreApplication>
#include <algorithm>

namespace glasshouse {

namespace {

#define GH_TEXT(text) QT_TRANSLATE_NOOP("Doctor", text)

struct StageRow
{
    const char *name;
    const char *title;
};

// In the order of DoctorStage.
constexpr std::array<StageRow, doctorStageCount> stageRows{{
    {"url", GH_TEXT("Address")},
    {"dns", GH_TEXT("Names")},
    {"tcp", GH_TEXT("Network")},
    {"tls", GH_TEXT("TLS")},
    {"upgrade", GH_TEXT("Upgrade")},
    {"subprotocol", GH_TEXT("Subprotocol")},
    {"origin", GH_TEXT("Origin")},
    {"token", GH_TEXT("Token")},
    {"firstFrames", GH_TEXT("First messages")},
    {"roundTrip", GH_TEXT("Round trip")},
    {"biggestMessage", GH_TEXT("Biggest message")},
    {"close", GH_TEXT("Close")},
    {"idle", GH_TEXT("Silence")},
    {"host", GH_TEXT("The server's machine")},
}};

constexpr const char *verdictNames[] = {"waiting", "running", "skipped", "good", "noted", "ill"};

bool hasEnded(const DoctorStageResult &result) { return result.verdict >= DoctorVerdict::Skipped; }

} // namespace

DoctorVerdict Diagnosis::verdict() const
{
    DoctorVerdict greatest = DoctorVerdict::Waiting;
    for (const DoctorStageResult &result : stages) {
        if (hasEnded(result))
            greatest = std::max(greatest, result.verdict);
    }
    return greatest;
}

const DoctorFinding *Diagnosis::cause() const
{
    for (const DoctorStageResult &result : stages) {
        for (const DoctorFinding &finding : result.findings) {
            if (rowOf(finding.cause).isIllness)
                return &finding;
        }
    }
    return nullptr;
}

QString titleOf(DoctorStage stage)
{
    return QCoreApplication::translate("Doctor", stageRows[std::size_t(stage)].title);
}

QByteArrayView nameOf(DoctorStage stage) { return stageRows[std::size_t(stage)].name; }

QByteArrayView nameOf(DoctorVerdict verdict) { return verdictNames[std::size_t(verdict)]; }

} // namespace glasshouse
