// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/transport/pump.h"
#include "server/core/admission.h"
#include "server/core/connection.h"
#include "server/gate/addressbook.h"
#include "server/http/httpresponder.h"
#include "server/http/routes.h"

#include <QTimer>

namespace glasshouse {

class Listener;
class Visitor;

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
    /// May this player come in?
    [[nodiscard]] virtual Admission admit(const HttpHead &head, const RouteMatch &route) = 0;
    /// A trusted proxy said something about its client that can not be believed.
    virtual void addressDoubted(const QHostAddress &proxy, AddressDoubt doubt) = 0;
};

/// Owns the listening socket and everybody whose request head is not answered yet. Counts addresses, checks heads, answers
/// plain HTTP and every refusal, and hands good upgrades on. On its worker's thread.
class FrontDoor final : public QObject
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
    [[nodiscard]] int heads() const { return int(m_visitors.size()); }
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// A connection that went through here gives its descriptor back.
    void connectionClosed(const QHostAddress &address);
    /// Has this address guesses left?
    [[nodiscard]] bool mayGuess(const QHostAddress &address) const;
    /// A room code or token from there was wrong.
    void guessedWrong(const QHostAddress &address);
    /// The limits of the configuration have changed.
    void applyLimits();

private:
    friend class Visitor;

    ConnectionContext m_context;
    FrontDoorOwner &m_owner;
    const Credentials &m_credentials;
    const Routes &m_routes;
    const HttpResponder &m_responder;
    Pump &m_pump;
    AddressBook m_addresses;
    std::unique_ptr<Listener> m_server;
    std::vector<std::unique_ptr<Visitor>> m_visitors;
    std::vector<std::unique_ptr<Visitor>> m_gone; ///< destroyed after this turn
    QTimer m_resume;
    QTimer m_tidy;
    int m_held = 0;
    qint64 m_answering = 0; ///< bytes of answers that are not taken yet
    int m_refused = 0;      ///< visitors that only wait for their refusal to be taken
    bool m_paused = false;
    bool m_closing = false;

    void accepted(qintptr descriptor);
    [[nodiscard]] EndingCause judgeArrival(const QHostAddress &address) const;
    void pause();
    void resumeIfPossible();
    void headDone(Visitor &visitor);
    void judgeUpgrade(Visitor &visitor, const RouteMatch &route);
    void resolveAddress(Visitor &visitor);
    [[nodiscard]] bool isTrusted(const QHostAddress &address) const;
    [[nodiscard]] bool readdress(Visitor &visitor, const QHostAddress &address);
    [[nodiscard]] bool takeRate(const Visitor &visitor);
    void answerHttp(Visitor &visitor);
    void answerPlain(Visitor &visitor, bool wantsUpgrade);
    [[nodiscard]] HttpHeaders headersForPages(const HttpHead &head) const;
    [[nodiscard]] RequestContext contextOf(const Visitor &visitor) const;
    [[nodiscard]] bool isProvenOperator(const RequestContext &context) const;
    [[nodiscard]] Admission judgeApiUse(const Visitor &visitor, const RequestContext &context) const;
    void headEnded(Visitor &visitor);
    void remove(Visitor &visitor, bool keepsDescriptor);
};

} // namespace glasshouse
