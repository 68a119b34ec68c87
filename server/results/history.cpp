// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/history.h"

#include "server/results/historyexport.h"
#include "server/results/historyfile.h"

#include <QFileInfo>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype queueLimit = 1000; // games

struct Export
{
    QString fileName;
    HistoryFormat format;
};

} // namespace

class History::Private
{
public:
    Private(History *history, const QString &file)
        : q(history),
          path(file),
          name(file.isEmpty() ? u"The history"_s : QFileInfo(file).fileName())
    { }

    History *const q;
    const QString path;
    const QString name;       // for people; the folder is nobody's business on the network
    mutable std::mutex mutex; // guards everything up to the blank line
    std::condition_variable arrived;
    QList<GameResult> games;
    QList<Export> exports;
    std::shared_ptr<const HistoryView> view = std::make_shared<HistoryView>();
    quint64 lost = 0;
    bool overflowed = false; // since the last view

    std::atomic<bool> stopping = false; // changes with `mutex` held
    std::thread thread;

    void run();
    void work(HistoryFile &file, const QList<GameResult> &waiting, const QList<Export> &wanted);
    [[nodiscard]] QString write(HistoryFile &file, const QList<GameResult> &waiting);
    void publish(HistoryFile &file, QString errorText);
    void finish(HistoryFile &file, const Export &task);
    [[nodiscard]] QString failure(const Error<HistoryError> &error) const;
};

void History::Private::run()
{
    HistoryFile file(path); // here, because a connection belongs to the thread that made it
    publish(file, {});
    std::unique_lock lock(mutex);
    for (;;) {
        arrived.wait(lock, [this] { return stopping || !games.isEmpty() || !exports.isEmpty(); });
        if (games.isEmpty() && exports.isEmpty())
            return;
        const QList<GameResult> waiting = std::exchange(games, {});
        const QList<Export> wanted = std::exchange(exports, {});
        lock.unlock();
        work(file, waiting, wanted);
        lock.lock();
    }
}

void History::Private::work(HistoryFile &file, const QList<GameResult> &waiting, const QList<Export> &wanted)
{
    if (!waiting.isEmpty())
        publish(file, write(file, waiting));
    for (const Export &task : wanted)
        finish(file, task);
}

/// Returns why it failed.
QString History::Private::write(HistoryFile &file, const QList<GameResult> &waiting)
{
    const HistoryStep written = file.write(waiting);
    if (written)
        return {};
    QString text = failure(written.error());
    const std::scoped_lock lock(mutex);
    lost += static_cast<quint64>(waiting.size());
    return text;
}

/// With an error the games stay as they were: reading would only wait for the same lock once more.
void History::Private::publish(HistoryFile &file, QString errorText)
{
    auto next = std::make_shared<HistoryView>(*q->view());
    if (errorText.isEmpty()) {
        if (const HistoryStep read = file.read(*next); !read)
            errorText = failure(read.error());
    }
    {
        const std::scoped_lock lock(mutex);
        next->lost = lost;
        if (std::exchange(overflowed, false) && errorText.isEmpty())
            errorText = u"%1: more games ended than could be written"_s.arg(name);
        next->failed = !errorText.isEmpty();
        next->errorText = next->failed ? errorText : file.notice();
        next->setAside = file.setAside();
        view = std::move(next);
    }
    emit q->changed();
}

void History::Private::finish(HistoryFile &file, const Export &task)
{
    const QFileInfo target(task.fileName);
    const bool ourOwn = target.exists() && target.canonicalFilePath() == QFileInfo(path).canonicalFilePath();
    emit q->exported(task.fileName,
                     ourOwn ? u"this is the history itself"_s
                            : exportHistory(file, task.fileName, task.format, [this] { return stopping.load(); }));
}

QString History::Private::failure(const Error<HistoryError> &error) const
{
    return u"%1 can not be used: %2"_s.arg(name, QString::fromUtf8(error.text));
}

History::History(const QString &file, QObject *parent) : QObject(parent), d(std::make_unique<Private>(this, file))
{
    d->thread = std::thread([this] { d->run(); });
}

History::~History()
{
    {
        const std::scoped_lock lock(d->mutex);
        d->stopping = true;
    }
    d->arrived.notify_one();
    d->thread.join();
}

void History::add(GameResult result)
{
    {
        const std::scoped_lock lock(d->mutex);
        if (d->games.size() >= queueLimit) {
            ++d->lost;
            d->overflowed = true;
            return;
        }
        d->games.append(std::move(result));
    }
    d->arrived.notify_one();
}

std::shared_ptr<const HistoryView> History::view() const
{
    const std::scoped_lock lock(d->mutex);
    return d->view;
}

void History::exportTo(const QString &fileName, HistoryFormat format)
{
    {
        const std::scoped_lock lock(d->mutex);
        d->exports.append({fileName, format});
    }
    d->arrived.notify_one();
}

} // namespace glasshouse
