// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "server/gate/addressbook.h"
#include "server/gate/credentials.h"
#include "server/http/httprequest.h"

namespace glasshouse {

/// Who sends a request, as far as its connection tells.
struct Caller
{
    QHostAddress peer;      ///< of the socket
    QHostAddress arrivedAs; ///< the same, or the client that a PROXY header named
    bool overTls = false;
};

/// What becomes of a request. A value.
struct Verdict
{
    std::optional<Refused> refusal;
    bool upgrades = false;              ///< not refused: the player is to be admitted; else an endpoint answers
    std::optional<Admission> admission; ///< known without asking anybody
    qint64 waitMs = 0;                  ///< not refused: its address has asked so much that it is its turn only then
};

/// Judges requests that are whole: each has to pass the checks for everybody, and then those of the way it goes. Sends nothing;
/// what an address may do is counted in its book. On its worker's thread.
class RequestJudge
{
public:
    RequestJudge(const ServerConfig &config, const Credentials &credentials, const Routes &routes,
                 AddressBook &addresses, const Clock &clock);

    /// Who asks, and for what.
    [[nodiscard]] HttpRequest identify(HttpHead head, const Caller &caller) const;
    [[nodiscard]] Verdict judge(const HttpRequest &request) const;
    /// Of what was looked for and is not there: it may be asked for by who is in the wrong place altogether.
    [[nodiscard]] static std::optional<Refused> judgeNothing(const HttpRequest &request);
    /// After the admission. A refusal that is left in it is to be told by a close code.
    [[nodiscard]] std::optional<Refused> judgeAdmission(const HttpRequest &request, Admission &admission) const;
    /// An endpoint has answered: what was taken for a thing that was not done is given back.
    void answered(const HttpRequest &request, int status) const;
    /// What lets pages of other origins read an answer that is no HttpResponder's: a browser hides it from them without.
    [[nodiscard]] HttpHeaders headersForPages(const HttpRequest &request) const;

private:
    using Check = std::optional<Refused> (RequestJudge::*)(const HttpRequest &request) const;

    const ServerConfig &m_config;
    const Credentials &m_credentials;
    const Routes &m_routes;
    AddressBook &m_addresses;
    const Clock &m_clock;

    static constexpr qint64 longestWaitMs = 2'000; ///< for a turn

    // for everybody
    [[nodiscard]] std::optional<Refused> checkBytes(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkClient(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkHost(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkEncryption(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkChecks(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkWay(const HttpRequest &request) const;
    // to an endpoint
    [[nodiscard]] std::optional<Refused> checkGuesses(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkOperator(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkPlayer(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkCost(const HttpRequest &request) const;
    // to a player route
    [[nodiscard]] std::optional<Refused> checkHandshake(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkSockets(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkConnecting(const HttpRequest &request) const;
    [[nodiscard]] std::optional<Refused> checkPlayersGuesses(const HttpRequest &request) const;

    [[nodiscard]] std::optional<Admission> admissionWithoutAsking(const HttpRequest &request) const;
    [[nodiscard]] std::optional<qint64> takeTurn(const HttpRequest &request) const;
    [[nodiscard]] bool isProvenOperator(const RequestContext &context) const;
    [[nodiscard]] Admission judgeToken(const HttpHead &head) const;
    void guessedWrong(const HttpRequest &request) const;
};

} // namespace glasshouse
