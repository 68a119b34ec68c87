// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctorcase.h"
#include "net/transport/portowner.h"

namespace glasshouse {

/// A part of an examination that makes attempts of its own. It tells its case what it sees, and done() when it is through; not
/// inside of start(). A run owns it, and destroys it in a later turn.
class DoctorStep : public QObject
{
    Q_OBJECT
public:
    /// `keeper`: who owns connections that outlive the step.
    DoctorStep(DoctorCase &patient, QObject *keeper) : QObject(keeper), m_case(patient) { }

    virtual void start() = 0;
    /// The examination is stopped: what was seen until now counts. abort() follows.
    virtual void cutShort() { }
    /// Ends all attempts; no done() comes after it.
    void abort();

signals:
    void done();

protected:
    DoctorCase &m_case;

    using ProbeEnded = std::function<void(DoctorProbe &probe)>;
    DoctorProbe *probe(const ProbeOrder &order, ProbeEnded ended);
    /// An open connection, with what a client says first said: the case's if it is open, or a new one. Null: there is none to be
    /// had, and why.
    using Talks = std::function<void(DoctorTalk *talk, const ProbeResult &result)>;
    void withTalk(Talks talks);
    void withNewTalk(Talks talks);
    /// Makes a talk of a probe that is open. What came early is told in a later turn.
    [[nodiscard]] DoctorTalk *talkOver(DoctorProbe &probe);
    /// Which program of this machine listens on the port. Looked for on a thread of the application's pool; one call, later.
    void withProgram(std::function<void(const PortProgram &program)> call);
    void dropTalk();
    /// One call, in so many milliseconds, or never if there is another after() before.
    void after(qint64 ms, std::function<void()> call);
    void stopWaiting() { m_wait.stop(); }
    [[nodiscard]] bool isOver() const { return m_isOver; }
    /// done(), in a later turn.
    void finish();

private:
    QTimer m_wait;
    std::function<void()> m_call;
    bool m_isOver = false;
};

} // namespace glasshouse
