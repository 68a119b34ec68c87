// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctorcauses.h"

#include <QByteArrayList>
#include <QDateTime>
#include <QUrl>
#include <array>

namespace glasshouse {

/// What a doctor looks at, in this order.
enum class DoctorStage : quint8 {
    Url,
    Dns,            ///< all addresses of the name
    Tcp,            ///< each of them
    Tls,            ///< wss only
    Upgrade,        ///< on the raw stream
    Subprotocol,    ///< what was offered and what was chosen
    Origin,         ///< with and without
    Token,          ///< decoded here
    FirstFrames,    ///< what the server says by itself
    RoundTrip,      ///< pings
    BiggestMessage, ///< that is taken
    Close,          ///< the closing handshake
    Idle,           ///< how long a silent connection lives
    Host,           ///< the server's machine, where it is this one
};
constexpr int doctorStageCount = int(DoctorStage::Host) + 1;

/// How it stands with a stage. The greatest of those that ended is that of the whole.
enum class DoctorVerdict : quint8 {
    Waiting,
    Running,
    Skipped, ///< it does not apply here, or an illness before it made it pointless
    Good,
    Noted, ///< works, and people should know something
    Ill,
};

/// One cause, with what is to be filled into its words.
struct DoctorFinding
{
    DoctorCause cause;
    QByteArrayList arguments; ///< %1, %2 … of its row; text of the server may be among them, secrets never are
};

/// Something that was seen: what a finding stands on.
struct DoctorEvidence
{
    DoctorFact fact;
    QByteArrayList arguments; ///< %1, %2 … of its row
    QByteArray bytes;         ///< as they came, where bytes were seen: at most 4 KiB, without secrets
    qint64 us = -1;           ///< how long it took; −1: no matter of time
};

struct DoctorStageResult
{
    DoctorVerdict verdict = DoctorVerdict::Waiting;
    QList<DoctorFinding> findings; ///< the first is what matters most
    QList<DoctorEvidence> evidence;
    qint64 beganMs = -1; ///< since the diagnosis began; −1: it did not
    qint64 tookMs = -1;  ///< −1: it has not ended
};

/// All that a doctor found so far. A value; holds no secrets.
struct Diagnosis
{
    QUrl url;        ///< without secrets
    QDateTime began; ///< UTC
    std::array<DoctorStageResult, doctorStageCount> stages;
    QByteArrayList behind; ///< what stands there, as far as it shows itself: "nginx 1.22.1", "Socket.IO"
    bool over = false;
    bool stopped = false; ///< before everything was looked at

    [[nodiscard]] const DoctorStageResult &at(DoctorStage stage) const { return stages[std::size_t(stage)]; }
    [[nodiscard]] DoctorStageResult &at(DoctorStage stage) { return stages[std::size_t(stage)]; }
    /// Of all stages that ended; Waiting if none did.
    [[nodiscard]] DoctorVerdict verdict() const;
    /// The first illness on the way, which explains those behind it. Null: none was found.
    [[nodiscard]] const DoctorFinding *cause() const;
};

/// For people, translated: "Names".
[[nodiscard]] QString titleOf(DoctorStage stage);
/// For programs: "dns", "firstFrames".
[[nodiscard]] QByteArrayView nameOf(DoctorStage stage);
[[nodiscard]] QByteArrayView nameOf(DoctorVerdict verdict);

} // namespace glasshouse

Q_DECLARE_METATYPE(glasshouse::Diagnosis)
