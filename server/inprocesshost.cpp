// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/inprocesshost.h"

#include "net/transport/descriptors.h"
#include "server/capture/sessions.h"
#include "server/config/configfaults.h"
#include "server/config/configoptions.h"
#include "server/core/worker.h"
#include "server/datafolders.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QThread>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int shutdownMs = 5'000; // a clean end takes three; behind that the thread hangs

void registerTypes()
{
    qRegisterMetaType<Fault>();
    qRegisterMetaType<News>();
    qRegisterMetaType<Snapshot>();
    qRegisterMetaType<ListenInfo>();
}

/// The first thing that is wrong with the configuration, or what it names.
Result<Credentials, CredentialsError> checkedCredentials(const ServerConfig &config)
{
    auto credentials = loadCredentials(config);
    const QList<ConfigFault> faults = configFaults(config);
    if (!credentials || faults.isEmpty())
        return credentials;
    return Error<CredentialsError>{CredentialsError::BadConfig,
                                   faults.first().key + ": " + faults.first().text.toUtf8()};
}

Fault badConfiguration(const Error<CredentialsError> &error)
{
    return {FaultCode::BadConfiguration, {QString::fromUtf8(error.text)}};
}

CertificateInfo certificateOf(const Credentials &credentials)
{
    return credentials.tls ? credentials.tls->certificate() : CertificateInfo();
}

/// A worker and its thread. What they say behind their end is heard by nobody: the listener is gone.
struct Run
{
    QThread thread;
    std::unique_ptr<Worker> worker;
    QObject listener; ///< on the main thread
};

/// What the worker was told and has not answered yet.
struct Reload
{
    ServerConfig config;
    CertificateInfo certificate;
    QStringList needRestart;
};

/// A capture that is being written to its end: nobody waits for a slow disk.
struct ClosingCapture
{
    std::shared_ptr<CaptureStore> store;
    SessionFolder session; ///< held until then
};

} // namespace

class InProcessHost::Private
{
public:
    explicit Private(GameCatalog catalogue) : games(std::move(catalogue)) { }

    const GameCatalog games;
    ServerState state = ServerState::Stopped;
    ServerConfig config;
    ListenInfo info;
    CertificateInfo certificate; ///< in force; empty without TLS
    std::optional<Fault> fault;
    std::shared_ptr<History> history;
    QString historyFile;
    std::vector<ClosingCapture> closing;
    std::shared_ptr<CaptureStore> capture;
    SessionFolder session;
    DataFolders folders; ///< held while a server runs
    std::unique_ptr<Run> run;
    QList<Reload> reloads; ///< in order
    Watched watched;
    bool wantsNews = false;
    bool wantsSnapshots = false;
    bool portable = false;

    /// Calls the worker on its own thread.
    template <typename Call>
    void onWorker(Call call)
    {
        if (run)
            QMetaObject::invokeMethod(
                run->worker.get(), [target = run->worker.get(), call] { call(*target); }, Qt::QueuedConnection);
    }
    template <typename Action>
    void act(Action action)
    {
        onWorker([action](Worker &worker) { worker.act(action); });
    }
    /// What the configuration in force says about the address.
    void tellPlace()
    {
        info.secure = config.tls.isOn();
        info.fingerprint = certificate.fingerprint;
        info.selfSigned = certificate.selfSigned;
        info.basePath = QString::fromLatin1(config.basePath);
        info.publicUrl = QString::fromUtf8(config.publicUrl);
    }
    void tellWatched()
    {
        onWorker([what = watched](Worker &worker) { worker.watch(what); });
    }
};

InProcessHost::InProcessHost(GameCatalog games, QObject *parent)
    : Host(parent),
      d(std::make_unique<Private>(std::move(games)))
{
    registerTypes();
    raiseDescriptorLimit();
    d->portable = qEnvironmentVariableIsSet("GLASSHOUSE_PORTABLE_TRANSPORT");
}

InProcessHost::~InProcessHost()
{
    if (!d->run)
        return;
    d->onWorker([](Worker &worker) { worker.stop(); });
    d->run->thread.wait(QDeadlineTimer(shutdownMs));
    endRun();
}

ServerState InProcessHost::state() const { return d->state; }
const ServerConfig &InProcessHost::config() const { return d->config; }
const ListenInfo &InProcessHost::listenInfo() const { return d->info; }
const std::optional<Fault> &InProcessHost::fault() const { return d->fault; }
std::shared_ptr<const CaptureStore> InProcessHost::capture() const { return d->capture; }

QStringList InProcessHost::gameKinds() const
{
    QStringList kinds;
    for (const QByteArray &kind : d->games.kinds())
        kinds << QString::fromUtf8(kind);
    return kinds;
}

void InProcessHost::setSnapshotsWanted(bool wanted)
{
    d->wantsSnapshots = wanted;
    d->onWorker([wanted](Worker &worker) { worker.setSnapshotsWanted(wanted); });
}

void InProcessHost::setNewsWanted(bool wanted)
{
    d->wantsNews = wanted;
    d->onWorker([wanted](Worker &worker) { worker.setNewsWanted(wanted); });
}

void InProcessHost::start(const ServerConfig &written)
{
    if (d->state != ServerState::Stopped && d->state != ServerState::Failed)
        return;
    const ServerConfig config = normalised(written);
    d->config = config;
    d->fault.reset();
    d->capture.reset();
    d->state = ServerState::Starting;
    emit stateChanged(d->state);
    d->fault = begin();
    if (d->fault)
        QMetaObject::invokeMethod(
            this, [this] { workerEnded(); }, Qt::QueuedConnection);
}

/// Nothing: the worker says how it goes on.
std::optional<Fault> InProcessHost::begin()
{
    const auto credentials = checkedCredentials(d->config);
    if (!credentials)
        return badConfiguration(credentials.error());
    if (std::optional<Fault> fault = d->folders.hold(d->config))
        return fault;
    openHistory(d->config.historyFile);
    const QString noCapture = d->config.capture && !d->config.captureDirectory.isEmpty() ? startCapture() : QString();
    d->certificate = certificateOf(credentials.value());
    startWorker(credentials.value());
    if (!noCapture.isEmpty())
        setHealth(HealthFault::CaptureStopped, noCapture, 0);
    return {};
}

void InProcessHost::openHistory(const QString &file)
{
    if (d->history && d->historyFile == file)
        return;
    d->historyFile = file;
    d->history = std::make_shared<History>(file);
    connect(d->history.get(), &History::changed, this, &Host::historyChanged);
    connect(d->history.get(), &History::exported, this, &Host::historyExported);
    emit historyChanged();
}

std::shared_ptr<const HistoryView> InProcessHost::historyView() const
{
    return d->history ? d->history->view() : nullptr;
}

void InProcessHost::exportHistory(const QString &file, HistoryFormat format)
{
    if (d->history)
        d->history->exportTo(file, format);
}

/// Returns why there is none: the games come first.
QString InProcessHost::startCapture()
{
    pruneSessions(d->config.captureDirectory, d->config.captureBudgetBytes);
    d->session = makeSessionFolder(d->config.captureDirectory);
    auto store = std::make_shared<CaptureStore>();
    const auto created = store->create({d->session.path, d->config.captureBudgetBytes});
    if (created) {
        d->capture = std::move(store);
        return {};
    }
    dropCapture();
    QString why = QString::fromUtf8(created.error().text);
    emit actionFailed({FaultCode::NoCapture, {why}});
    return why;
}

/// Of a session that never was.
void InProcessHost::dropCapture()
{
    if (const auto capture = std::exchange(d->capture, nullptr))
        capture->close();           // nothing waits to be written
    if (!d->session.path.isEmpty()) // or it would be the one that we run in
        QDir(d->session.path).removeRecursively();
    d->session = {};
}

void InProcessHost::startWorker(const Credentials &credentials)
{
    d->reloads.clear(); // of a worker that ended before it answered
    d->run = std::make_unique<Run>();
    d->run->worker = std::make_unique<Worker>(d->config, credentials, d->games, d->capture, d->history);
    d->run->worker->setNewsWanted(d->wantsNews);
    d->run->worker->setSnapshotsWanted(d->wantsSnapshots);
    d->run->thread.setObjectName(u"network"_s);
    d->run->worker->moveToThread(&d->run->thread);
    connectWorker();
    // Qt's dispatcher on glib walks every socket at every turn; the variable is read when the thread's loop is made.
    qputenv("QT_NO_GLIB", "1");
    d->run->thread.start();
    d->onWorker([portable = d->portable](Worker &worker) { worker.start(portable); });
    d->tellWatched();
}

void InProcessHost::connectWorker()
{
    Worker *worker = d->run->worker.get();
    QThread *thread = &d->run->thread;
    QObject *listener = &d->run->listener;
    connect(worker, &Worker::stopped, thread, &QThread::quit, Qt::DirectConnection);
    connect(thread, &QThread::finished, listener, [this] { workerEnded(); });
    connect(worker, &Worker::started, listener, [this](const ListenInfo &info) { workerStarted(info); });
    connect(worker, &Worker::startFailed, listener, [this](const Fault &fault) { d->fault = fault; });
    connect(worker, &Worker::news, listener, [this, worker](const News &taken) {
        emit news(taken);
        if (d->run && d->run->worker.get() == worker)
            worker->newsTaken();
    });
    connect(worker, &Worker::snapshot, listener, [this, worker](const Snapshot &taken) {
        emit snapshot(taken);
        if (d->run && d->run->worker.get() == worker)
            worker->snapshotTaken();
    });
    connect(worker, &Worker::roomCreated, listener, [this](const QString &room) { emit roomCreated(room); });
    connect(worker, &Worker::reconfigured, listener, [this] { workerReconfigured(); });
    connect(worker, &Worker::actionFailed, listener, [this](const Fault &fault) { emit actionFailed(fault); });
}

void InProcessHost::workerStarted(ListenInfo info)
{
    if (d->state != ServerState::Starting)
        return; // stop() came first
    d->info = std::move(info);
    d->tellPlace();
    d->state = ServerState::Running;
    emit stateChanged(d->state);
    emit started(d->info);
}

void InProcessHost::workerReconfigured()
{
    const Reload done = d->reloads.takeFirst();
    d->config = done.config;
    d->certificate = done.certificate;
    d->tellPlace();
    emit reloaded(done.needRestart);
}

void InProcessHost::endRun()
{
    if (!d->run)
        return;
    d->run->thread.quit();
    d->run->thread.wait();
    d->run.reset();
    if (d->capture && d->fault)
        dropCapture();
    else if (d->capture)
        closeCapture();
    d->folders.release();
}

void InProcessHost::closeCapture()
{
    const CaptureStore *store = d->capture.get();
    connect(store, &CaptureStore::closed, this, [this, store] {
        std::erase_if(d->closing, [store](const ClosingCapture &one) { return one.store.get() == store; });
    });
    d->closing.push_back({d->capture, d->session});
    d->capture->beginClose();
}

void InProcessHost::workerEnded()
{
    endRun();
    d->state = d->fault ? ServerState::Failed : ServerState::Stopped;
    emit stateChanged(d->state);
    if (d->fault)
        emit startFailed(*d->fault);
    else
        emit stopped();
}

void InProcessHost::reload(const ServerConfig &written)
{
    if (d->state != ServerState::Running && d->state != ServerState::Draining)
        return;
    ServerConfig next = normalised(written);
    const auto credentials = checkedCredentials(next);
    if (!credentials)
        return emit reloadFailed(badConfiguration(credentials.error()));
    const QStringList needRestart = keepForRestart(configOptions(), d->config, next);
    d->reloads.append({next, certificateOf(credentials.value()), needRestart});
    d->onWorker([next, taken = credentials.value()](Worker &worker) { worker.reconfigure(next, taken); });
}

void InProcessHost::drain(int seconds)
{
    if (d->state == ServerState::Starting)
        return stop();
    if (d->state != ServerState::Running)
        return;
    d->state = ServerState::Draining;
    emit stateChanged(d->state);
    d->onWorker([limit = seconds < 0 ? d->config.drainSeconds : seconds](Worker &worker) { worker.drain(limit); });
}

void InProcessHost::stop()
{
    if (d->state == ServerState::Stopping)
        return d->onWorker([](Worker &worker) { worker.stopNow(); });
    if (d->state != ServerState::Running && d->state != ServerState::Draining && d->state != ServerState::Starting)
        return;
    d->state = ServerState::Stopping;
    emit stateChanged(d->state);
    d->onWorker([](Worker &worker) { worker.stop(); });
}

void InProcessHost::watchRoom(const QString &room)
{
    d->watched.room = room.toUtf8();
    d->tellWatched();
}

void InProcessHost::watchConnection(ConnectionId connection)
{
    d->watched.connection = connection;
    d->tellWatched();
}

void InProcessHost::setHealth(HealthFault fault, const QString &words, qint64 lost)
{
    d->onWorker([fault, words, lost](Worker &worker) { worker.setHealth(fault, words, lost); });
}

void InProcessHost::kick(ConnectionId connection, const QString &reason)
{
    d->act([connection, text = reason.toUtf8()](OperatorActions &actions) { return actions.kick(connection, text); });
}

void InProcessHost::ping(ConnectionId connection)
{
    d->act([connection](OperatorActions &actions) { return actions.ping(connection); });
}

void InProcessHost::send(ConnectionId connection, const QByteArray &text)
{
    d->act([connection, text](OperatorActions &actions) { return actions.send(connection, text); });
}

void InProcessHost::broadcast(const QString &room, const QByteArray &text)
{
    d->act([id = room.toUtf8(), text](OperatorActions &actions) { return actions.broadcast(id, text); });
}

void InProcessHost::startRoom(const QString &room)
{
    d->act([id = room.toUtf8()](OperatorActions &actions) { return actions.startRoom(id); });
}

void InProcessHost::closeRoom(const QString &room, const QString &reason)
{
    d->act(
        [id = room.toUtf8(), text = reason.toUtf8()](OperatorActions &actions) { return actions.closeRoom(id, text); });
}

void InProcessHost::pauseRoom(const QString &room, bool paused)
{
    d->act([id = room.toUtf8(), paused](OperatorActions &actions) { return actions.pauseRoom(id, paused); });
}

void InProcessHost::endGame(const QString &room)
{
    d->act([id = room.toUtf8()](OperatorActions &actions) { return actions.endGame(id); });
}

void InProcessHost::createRoom(const QString &game, const QString &id, const QByteArray &options)
{
    d->onWorker([kind = game.toUtf8(), room = id.toUtf8(), options](Worker &worker) {
        worker.createRoom(room, kind, options);
    });
}

} // namespace glasshouse
