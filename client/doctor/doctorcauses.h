// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

namespace glasshouse {

struct DoctorFinding;
struct DoctorEvidence;

/// Why a connection fails, or will. A row of one table: name, whether it is an illness or only worth knowing, sentence, fix.
enum class DoctorCause : quint8 {
    None,
};

/// Something that was seen. A row of one table: name and sentence.
enum class DoctorFact : quint8 {
    None,
};

/// Words for people, translated. Plain text.
struct DoctorWords
{
    QString sentence;
    QString fix; ///< what to do; empty: nothing
};
[[nodiscard]] DoctorWords wordsOf(const DoctorFinding &finding);
[[nodiscard]] QString wordsOf(const DoctorEvidence &evidence);

/// For programs and for the documentation.
struct DoctorCauseRow
{
    const char *name; ///< "tokenExpired"
    bool isIllness;
    const char *sentence; ///< English
    const char *fix;      ///< English; may be empty
};
[[nodiscard]] const DoctorCauseRow &rowOf(DoctorCause cause);
[[nodiscard]] std::span<const DoctorCauseRow> doctorCauses();
[[nodiscard]] QByteArrayView nameOf(DoctorFact fact);

} // namespace glasshouse
