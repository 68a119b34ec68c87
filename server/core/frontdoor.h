// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/pump.h"
#include "server/core/connection.h"
#include "server/http/visitor.h"

#include <QTimer>

namespace glasshouse {

class Listener;

/// Somebody who never became a connection. A value for logs and lists.
struct Refusal
{
    ConnectionInfo info;
    Ending ending;
};

/// What the front door needs from its worker.
class FrontDoorOwner
{
public:
    virtual ~FrontDoorOwner() = default;
    [[nodiscard]] virtual ConnectionId nextId() = 0;
    /// The answer to a correct upgrade request; an empty one: it can not be answered.
    [[nodiscard]] virtual Handshake shakeHands(const HttpHead &head) = 0;
    /// A correct upgrade request to a player route; a refusal in `admission` is to be told by a close code.
    virtual void upgrade(Upgrading upgrading, const RouteMatch &route, const Admission &admission) = 0;
    /// Ended before the upgrade. HttpServed comes here, too.
    virtual void visitorEnded(const Refusal &refusal) = 0;
    virtual void acceptingChanged(bool paused) = 0;
    /// May this player come in? The answer may come at once or later; the visitor waits ten seconds for it.
    virtual void admit(const HttpRequest &request, AdmissionDone done) = 0;
    /// A trusted proxy said something about its client that can not be believed.
    virtual void addressDoubted(const QHostAddress &proxy, AddressDoubt doubt) = 0;
};

/// Owns the listening socket and everybody who speaks HTTP. Accepts as long as there are descriptors, counts addresses, and
/// hands good upgrades on. On its worker's thread.
class FrontDoor final : public QObject, private VisitorOwner
{
    Q_OBJECT
public:
    FrontDoor(const ConnectionContext &context, FrontDoorOwner &owner, const Credentials &credentials,
              const Routes &routes, const HttpResponder &responder, Pump &pump);
    ~FrontDoor() override;

    [[nodiscard]] bool listen(const QHostAddress &address, quint16 port);
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString errorString() const;
    [[nodiscard]] QAbstractSocket::SocketError error() const;
    void close();

    [[nodiscard]] const AddressBook &addresses() const { return m_addresses; }
    /// Requests that arrive or are being answered.
    [[nodiscard]] int heads() const { return int(m_visitors.size()) - m_addresses.count(Held::Rest); }
    [[nodiscard]] bool isPaused() const { return m_paused; }
    [[nodiscard]] quint64 acceptedConnections() const { return m_accepted; } ///< so far
    /// A connection that went through here gives its descriptor back.
    void connectionClosed(const QHostAddress &address);
    /// One of them looks for a way here; ends before it is closed.
    void checkBegan(const QHostAddress &address);
    void checkEnded(const QHostAddress &address);
    /// Has this address guesses left?
    [[nodiscard]] bool mayGuess(const QHostAddress &address) const;
    /// A room code or token from there was wrong.
    void guessedWrong(const QHostAddress &address);
    /// The limits of the configuration, or who is trusted, have changed.
    void applyLimits();

private:
    ConnectionContext m_context;
    FrontDoorOwner &m_owner;
    const Credentials &m_credentials;
    Pump &m_pump;
    AddressBook m_addresses;
    RequestJudge m_judge;
    DiskPool m_disk;
    AnswerBudget m_budget;
    VisitorContext m_visitorContext;
    std::unique_ptr<Listener> m_server;
    std::vector<std::unique_ptr<Visitor>> m_visitors;
    std::vector<std::unique_ptr<Visitor>> m_gone; ///< destroyed after this turn
    QTimer m_resume;
    QTimer m_tidy;
    quint64 m_accepted = 0;
    size_t m_mostVisitors = 0; ///< at once, since memory was given back
    int m_refused = 0;         ///< visitors that only wait for their refusal to be taken
    bool m_paused = false;

    // VisitorOwner
    ConnectionId nextId() override { return m_owner.nextId(); }
    Handshake shakeHands(const HttpHead &head) override { return m_owner.shakeHands(head); }
    void admit(const HttpRequest &request, AdmissionDone done) override;
    void upgrade(Upgrading upgrading, const RouteMatch &route, const Admission &admission) override;
    void requestEnded(const RequestEnd &end) override;
    void addressDoubted(const QHostAddress &proxy, AddressDoubt doubt) override;
    [[nodiscard]] bool refusedMayStay() override;
    void visitorGone(Visitor &visitor) override;

    void accepted(qintptr descriptor);
    void pause();
    void resumeIfPossible();
    void tidy();
    /// Each that `isWanted`.
    void endVisitors(EndingCause cause, bool (*isWanted)(const Visitor &));
    void endIdleVisitors();
};

} // namespace glasshouse
