// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/host.h"

#include "net/transport/descriptors.h"
#include "server/capture/sessions.h"
#include "server/config/configfaults.h"
#include "server/config/configoptions.h"
#include "server/core/worker.h"

#include <QDeadlineTimer>
#include <QThread>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int shutdownMs = 5'000; // a clean end takes three; behind that the thread hangs

void registerTypes()
{
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

} // namespace

class Host::Private
{
public:
    explicit Private(GameCatalog catalogue) : games(std::move(catalogue)) { }

    const GameCatalog games;
    ServerState state = ServerState::Stopped;
    ServerConfig config;
    ListenInfo info;
    CertificateInfo certificate; ///< in force; empty without TLS
    QString error;
    std::shared_ptr<CaptureStore> capture;
    std::shared_ptr<History> history;
    QString historyFile;
    SessionFolder session;
    std::unique_ptr<QThread> thread;
    std::unique_ptr<Worker> worker;
    QByteArray watched;
    QList<QStringList> needRestart; ///< of each reload under way, in order
    ConnectionId watchedConnection{};
    bool wanted = false;
    bool portable = false;

    /// Calls the worker on its own thread.
    template <typename Call>
    void onWorker(Call call)
    {
        if (worker)
            QMetaObject::invokeMethod(
                worker.get(), [target = worker.get(), call] { call(*target); }, Qt::QueuedConnection);
    }
    void endThread();
    void takeCertificate(const Credentials &credentials)
    {
        certificate = credentials.tls ? credentials.tls->certificate() : CertificateInfo();
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
};

void Host::Private::endThread()
{
    if (!thread)
        return;
    thread->quit();
    thread->wait();
    worker.reset();
    thread.reset();
    if (capture)
        capture->close();
}

Host::Host(GameCatalog games, QObject *parent) : QObject(parent), d(std::make_unique<Private>(std::move(games)))
{
    registerTypes();
    raiseDescriptorLimit();
    d->portable = qEnvironmentVariableIsSet("GLASSHOUSE_PORTABLE_TRANSPORT");
}

Host::~Host()
{
    if (!d->worker)
        return;
    disconnect(d->worker.get(), nullptr, this, nullptr);
    // The main loop turns no more: the thread ends itself when the worker says it is done.
    connect(d->worker.get(), &Worker::stopped, d->thread.get(), &QThread::quit, Qt::DirectConnection);
    d->onWorker([](Worker &worker) { worker.stop(); });
    d->thread->wait(QDeadlineTimer(shutdownMs));
    d->endThread();
}

ServerState Host::state() const { return d->state; }
const ServerConfig &Host::config() const { return d->config; }
const ListenInfo &Host::listenInfo() const { return d->info; }
const QString &Host::errorText() const { return d->error; }
std::shared_ptr<const CaptureStore> Host::capture() const { return d->capture; }

QStringList Host::gameKinds() const
{
    QStringList kinds;
    for (const QByteArray &kind : d->games.kinds())
        kinds << QString::fromUtf8(kind);
    return kinds;
}

void Host::setSnapshotsWanted(bool wanted)
{
    d->wanted = wanted;
    d->onWorker([wanted](Worker &worker) { worker.setSnapshotsWanted(wanted); });
}

void Host::start(const ServerConfig &config)
{
    if (d->state != ServerState::Stopped && d->state != ServerState::Failed)
        return;
    d->config = config;
    d->error.clear();
    d->capture.reset();
    d->state = ServerState::Starting;
    emit stateChanged(d->state);
    openHistory(config.historyFile);
    const auto credentials = checkedCredentials(config);
    if (!credentials) {
        d->error = QString::fromUtf8(credentials.error().text);
        QMetaObject::invokeMethod(
            this, [this] { workerStopped(); }, Qt::QueuedConnection);
        return;
    }
    if (config.capture && !config.captureDirectory.isEmpty())
        startCapture();
    d->takeCertificate(credentials.value());
    startWorker(credentials.value());
}

void Host::openHistory(const QString &file)
{
    if (d->history && d->historyFile == file)
        return;
    d->historyFile = file;
    d->history = std::make_shared<History>(file);
    connect(d->history.get(), &History::changed, this, &Host::historyChanged);
    connect(d->history.get(), &History::exported, this, &Host::historyExported);
    emit historyChanged();
}

std::shared_ptr<const HistoryView> Host::historyView() const { return d->history ? d->history->view() : nullptr; }

void Host::exportHistory(const QString &file, HistoryFormat format)
{
    if (d->history)
        d->history->exportTo(file, format);
}

void Host::startCapture()
{
    pruneSessions(d->config.captureDirectory, d->config.captureBudgetBytes);
    d->session = makeSessionFolder(d->config.captureDirectory);
    auto store = std::make_shared<CaptureStore>();
    const auto created = store->create({d->session.path, d->config.captureBudgetBytes});
    if (created)
        d->capture = std::move(store);
    else // the games come first: without a capture, and saying so
        emit actionFailed(u"The capture is off: %1"_s.arg(QString::fromUtf8(created.error().text)));
}

void Host::startWorker(const Credentials &credentials)
{
    d->needRestart.clear(); // of a worker that ended before it answered
    d->worker = std::make_unique<Worker>(d->config, credentials, d->games, d->capture, d->history, d->portable);
    Worker *worker = d->worker.get();
    worker->setSnapshotsWanted(d->wanted);
    worker->watchRoom(d->watched);
    worker->watchConnection(d->watchedConnection);
    d->thread = std::make_unique<QThread>();
    d->thread->setObjectName(u"network"_s);
    worker->moveToThread(d->thread.get());
    connect(worker, &Worker::started, this, [this](const ListenInfo &info) {
        if (d->state != ServerState::Starting)
            return; // stop() came first
        d->info = info;
        d->tellPlace();
        d->state = ServerState::Running;
        emit stateChanged(d->state);
        emit started(d->info);
    });
    connect(worker, &Worker::startFailed, this, [this](const QString &text) {
        d->error = text;
        d->onWorker([](Worker &failed) { failed.stop(); });
    });
    connect(worker, &Worker::stopped, this, [this] { workerStopped(); });
    connect(worker, &Worker::snapshot, this, [this](const Snapshot &taken) {
        emit snapshot(taken);
        if (d->worker)
            d->worker->snapshotTaken();
    });
    connect(worker, &Worker::roomCreated, this, &Host::roomCreated);
    connect(worker, &Worker::reconfigured, this, [this] { emit reloaded(d->needRestart.takeFirst()); });
    connect(worker, &Worker::actionFailed, this, &Host::actionFailed);
    // Qt's dispatcher on glib walks every socket at every turn; the variable is read when the thread's loop is made.
    qputenv("QT_NO_GLIB", "1");
    d->thread->start();
    d->onWorker([](Worker &starting) { starting.start(); });
}

void Host::reload(const ServerConfig &config)
{
    if (d->state != ServerState::Running && d->state != ServerState::Draining)
        return;
    const auto credentials = checkedCredentials(config);
    if (!credentials)
        return emit reloadFailed(QString::fromUtf8(credentials.error().text));
    ServerConfig next = config;
    d->needRestart += keepForRestart(configOptions(), d->config, next);
    d->config = next;
    d->takeCertificate(credentials.value());
    d->tellPlace();
    d->onWorker(
        [changed = d->config, taken = credentials.value()](Worker &worker) { worker.reconfigure(changed, taken); });
}

void Host::drain(int seconds)
{
    if (d->state == ServerState::Starting)
        return stop();
    if (d->state != ServerState::Running)
        return;
    d->state = ServerState::Draining;
    emit stateChanged(d->state);
    d->onWorker([limit = seconds < 0 ? d->config.drainSeconds : seconds](Worker &worker) { worker.drain(limit); });
}

void Host::workerStopped()
{
    d->endThread();
    d->state = d->error.isEmpty() ? ServerState::Stopped : ServerState::Failed;
    emit stateChanged(d->state);
    if (d->error.isEmpty())
        emit stopped();
    else
        emit startFailed(d->error);
}

void Host::stop()
{
    if (d->state == ServerState::Stopping)
        return d->onWorker([](Worker &worker) { worker.stopNow(); });
    if (d->state != ServerState::Running && d->state != ServerState::Draining && d->state != ServerState::Starting)
        return;
    d->state = ServerState::Stopping;
    emit stateChanged(d->state);
    d->onWorker([](Worker &worker) { worker.stop(); });
}

void Host::kick(ConnectionId connection, const QString &reason)
{
    d->onWorker([connection, text = reason.toUtf8()](Worker &worker) { worker.kick(connection, text); });
}

void Host::ping(ConnectionId connection)
{
    d->onWorker([connection](Worker &worker) { worker.ping(connection); });
}

void Host::send(ConnectionId connection, const QByteArray &text)
{
    d->onWorker([connection, text](Worker &worker) { worker.send(connection, text); });
}

void Host::broadcast(const QString &room, const QByteArray &text)
{
    d->onWorker([id = room.toUtf8(), text](Worker &worker) { worker.broadcast(id, text); });
}

void Host::startRoom(const QString &room)
{
    d->onWorker([id = room.toUtf8()](Worker &worker) { worker.startRoom(id); });
}

void Host::closeRoom(const QString &room, const QString &reason)
{
    d->onWorker([id = room.toUtf8(), text = reason.toUtf8()](Worker &worker) { worker.closeRoom(id, text); });
}

void Host::pauseRoom(const QString &room, bool paused)
{
    d->onWorker([id = room.toUtf8(), paused](Worker &worker) { worker.pauseRoom(id, paused); });
}

void Host::endGame(const QString &room)
{
    d->onWorker([id = room.toUtf8()](Worker &worker) { worker.endGame(id); });
}

void Host::watchRoom(const QString &room)
{
    d->watched = room.toUtf8();
    d->onWorker([id = d->watched](Worker &worker) { worker.watchRoom(id); });
}

void Host::watchConnection(ConnectionId connection)
{
    d->watchedConnection = connection;
    d->onWorker([connection](Worker &worker) { worker.watchConnection(connection); });
}

void Host::createRoom(const QString &game, const QString &id, const QByteArray &options)
{
    d->onWorker([kind = game.toUtf8(), room = id.toUtf8(), options](Worker &worker) {
        worker.createRoom(room, kind, options);
    });
}

} // namespace glasshouse
