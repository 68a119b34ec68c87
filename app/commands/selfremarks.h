// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/report/doctorreport.h"
#include "net/tls/certificate.h"
#include "server/config/serverconfig.h"

#include <optional>

namespace glasshouse {

/// What is known of our own server and its machine, beside what any client sees. A value.
struct SelfFacts
{
    ServerConfig config;
    quint16 port = 0;
    bool wasStarted = false; ///< for the test: nothing listened
    QString owner;           ///< of the port, "nginx (PID 3)"; empty: we, or nobody tells
    QStringList lanAddresses;
    std::optional<CertificateInfo> certificate;
    int descriptors = -1; ///< limit of this process; −1: not known
    QByteArray token;     ///< for players; empty: none could be made, none is wanted, or it is not for who listens
    QDateTime now;        ///< UTC
};

/// Who listens is another program.
[[nodiscard]] bool isAnothers(const SelfFacts &facts);
/// Who listens is ours: it was started here, or the system says so. Neither this nor the other where the system tells nothing.
[[nodiscard]] bool isOurs(const SelfFacts &facts);

/// What a phone will meet. A row of one table: name, illness or not, words.
struct SelfRemark
{
    const char *name; ///< for programs: "loopbackOnly"
    bool isIllness;
    DoctorWords words;
};
[[nodiscard]] QList<SelfRemark> remarksOn(const SelfFacts &facts);
/// For programs, to hold the documentation to it.
[[nodiscard]] QByteArrayList selfRemarkNames();

/// Text and Markdown: a block; Json: a line, with all that was examined.
[[nodiscard]] QByteArray remarkReport(const DoctorReport &form, const QList<SelfRemark> &remarks);

} // namespace glasshouse
