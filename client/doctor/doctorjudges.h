// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctortalk.h"
#include "client/doctor/doctortoken.h"
#include "client/doctor/doctorvariations.h"

namespace glasshouse {

// What was seen in, findings out, the weightiest first. Pure: no network, no clock.

/// Empty: the request can be sent.
[[nodiscard]] QList<DoctorFinding> judgeUrl(const TestClientOptions &options);

struct NetworkSeen
{
    struct Address
    {
        QHostAddress address;
        ProbeResult result;
    };

    QUrl url;
    quint16 port = 0;
    QList<Address> addresses; ///< as the name gave them
    QList<QHostAddress>
        answersInstead; ///< of this machine, where the one that was asked for is this machine's and refuses
};
[[nodiscard]] QList<DoctorFinding> judgeNetwork(const NetworkSeen &seen);

/// The first attempt of a secure address, and what was varied where TLS failed.
struct TlsSeen
{
    const TestClientOptions &options;
    const ProbeResult &first;
    QList<VariedProbe> varied;
    QDateTime now;
};
[[nodiscard]] QList<DoctorFinding> judgeTls(const TlsSeen &seen);

struct UpgradeSeen
{
    const TestClientOptions &options;
    const ProbeResult &first;
    QList<VariedProbe> varied;
    QList<SeenToken> tokens;
    bool hasToken = false;  ///< readable or not
    qint64 now = 0;         ///< of this device, in seconds since 1970
    qint64 serverAhead = 0; ///< how much further the server's clock is, in seconds
};
[[nodiscard]] QList<DoctorFinding> judgeUpgrade(const UpgradeSeen &seen);
[[nodiscard]] QList<DoctorFinding> judgeSubprotocol(const TestClientOptions &options, const ProbeResult &first);
/// Of a connection that was taken: what should be known of its tokens.
[[nodiscard]] QList<DoctorFinding> judgeTokens(const UpgradeSeen &seen);
/// How much further the server's clock is, in seconds, by the Date of its answer.
[[nodiscard]] std::optional<qint64> serverAhead(const ProbeAnswer &answer, const QDateTime &now);

/// What a server said by itself. `unauthorized`: what is wrong with the token, if anything is.
[[nodiscard]] QList<DoctorFinding> judgeFirstFrames(const TalkRecord &record, const ProbeAnswer &answer,
                                                    const std::optional<DoctorFinding> &unauthorized);
/// Does a close with this code say that it is because of who the client is?
[[nodiscard]] bool refusesClient(quint16 closeCode);
/// A new connection that was closed so; `mattered`: with that changed it stays. Nullopt: it may have another reason.
[[nodiscard]] std::optional<DoctorFinding> judgeRefusal(const TalkRecord &record, const DoctorOrder &order,
                                                        const std::optional<ProbeVariation> &mattered);
/// A connection that the server ended at the first message, which was none that it knows.
[[nodiscard]] DoctorFinding judgeFirstMessage(const TalkRecord &record, const DoctorOrder &order);
/// How a talk was spoilt; empty: it was not.
[[nodiscard]] QList<DoctorFinding> judgeRules(const TalkRecord &record);
/// A connection on which nothing was said for `silentMs` of its `livedMs`, and that is over. `answer`: which opened it.
[[nodiscard]] QList<DoctorFinding> judgeSilence(const TalkRecord &record, const ProbeAnswer &answer, qint64 silentMs,
                                                qint64 livedMs);

/// Who answers, as far as it shows: "nginx/1.22.1".
[[nodiscard]] QByteArrayList namesBehind(const ProbeAnswer &answer);

/// The same address with the other of ws and wss, at the same port.
[[nodiscard]] QByteArray otherSchemeOf(const QUrl &url, quint16 port);

} // namespace glasshouse
