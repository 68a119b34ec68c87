// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker does for its connections, its rooms, and those who look at it.
#include "server/core/worker.h"

namespace glasshouse {

void Worker::sendSnapshot()
{
    Snapshot ready;
    ready.whole = m_window.isNew();
    static_cast<News &>(ready) = m_window.take(m_clock.wallMs());
    m_survey->fill(ready);
    emit snapshot(ready);
}

void Worker::watch(const Watched &watched)
{
    if (m_survey)
        m_survey->watch(watched);
}

void Worker::act(const std::function<OperatorActions::Outcome(OperatorActions &)> &action)
{
    if (!m_operator)
        return;
    if (const OperatorActions::Outcome fault = action(*m_operator))
        emit actionFailed(*fault);
    armLobby();
}

void Worker::createRoom(const QByteArray &id, const QByteArray &game, const QByteArray &options)
{
    QString made;
    act([&](OperatorActions &actions) { return actions.createRoom(id, game, options, made); });
    if (!made.isEmpty())
        emit roomCreated(made);
}

void Worker::connectionChanged(Connection &connection)
{
    if (m_window.isWanted())
        m_hub.touch(connection);
}

void Worker::connectionFinished(Connection &connection)
{
    Ending ending = connection.ending();
    ending.lastRow = m_recorder.endRow();
    m_chronicle.connectionEnded(connection.info(), connection.counters(), ending);
    if (!connection.tokenFingerprint().isEmpty())
        m_admitter->tokenReleased(connection.tokenFingerprint());
    if (connection.hasLimitedLife())
        m_door->checkEnded(connection.address());
    m_door->connectionClosed(connection.address());
    // What it asked for later() still finds it; then it goes.
    QMetaObject::invokeMethod(
        this,
        [this, id = connection.id()] {
            if (!m_hub.remove(id))
                return;
            armLobby();
            endIfDone();
        },
        Qt::QueuedConnection);
}

void Worker::later(ConnectionId connection, std::function<void(Connection &)> call)
{
    QMetaObject::invokeMethod(
        this,
        [this, connection, call = std::move(call)] {
            if (Connection *found = m_hub.find(connection))
                call(*found);
            armLobby();
        },
        Qt::QueuedConnection);
}

void Worker::limitHit(Connection &connection, EndingCause limit) { m_chronicle.limitHit(connection.id(), limit); }

void Worker::acceptingChanged(bool paused)
{
    setHealth(HealthFault::AcceptingPaused, paused ? QStringLiteral("too few file descriptors") : QString(), 0);
}

void Worker::watchHealth()
{
    m_health = std::make_unique<Health>([this](const ServerEvent &event) { m_chronicle.happened(event); });
    if (m_capture) {
        connect(m_capture.get(), &CaptureStore::writeFailed, this, &Worker::lookAtCapture);
        connect(m_capture.get(), &CaptureStore::writesAgain, this, &Worker::lookAtCapture);
    }
    connect(m_history.get(), &History::changed, this, &Worker::lookAtResults);
    lookAtResults(); // it was opened before
}

void Worker::setHealth(HealthFault fault, const QString &words, qint64 lost)
{
    if (m_health)
        m_health->set(fault, words, lost);
}

void Worker::lookAtCapture()
{
    const CaptureStats stats = m_capture->stats();
    setHealth(HealthFault::CaptureStopped, stats.errorText, qint64(stats.rowsLost));
}

void Worker::lookAtResults()
{
    if (!m_health)
        return;
    const std::shared_ptr<const HistoryView> view = m_history->view();
    setHealth(HealthFault::ResultsFailed, view->failed ? view->errorText : QString(), qint64(view->lost));
    if (view->failed || view->setAside == m_resultsSetAside)
        return;
    m_resultsSetAside = view->setAside;
    ServerEvent event;
    event.code = EventCode::ResultsSetAside;
    event.words = view->setAside;
    if (!event.words.isEmpty())
        m_chronicle.happened(event);
}

void Worker::addressDoubted(const QHostAddress &proxy, AddressDoubt doubt)
{
    ServerEvent event;
    event.code = EventCode::AddressDoubted;
    event.address = proxy.toString();
    event.doubt = doubt;
    m_chronicle.happened(event);
}

void Worker::armLobby()
{
    if (!m_lobby || !m_deadlines)
        return;
    const qint64 next = m_lobby->nextTickMs();
    if (next >= 0)
        m_deadlines->set(*this, next);
}

void Worker::deadlinePassed(qint64 /*nowMs*/)
{
    m_lobby->tick();
    armLobby();
}

} // namespace glasshouse
