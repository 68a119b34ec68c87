// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/messagesaver.h"

#include "ui/messages/messagerows.h"

#include <QSaveFile>

namespace glasshouse {

namespace {

constexpr int tellMs = 200;

struct Task
{
    QString fileName;
    std::shared_ptr<const SearchableRows> rows;
    RowSet numbers;
    MessageWriter writer;
};

/// It may take minutes, in which the pool of the application has other things to do.
QThreadPool *savingPool()
{
    static QThreadPool pool;
    pool.setMaxThreadCount(1);
    return &pool;
}

/// Why it failed; empty: it worked.
QString write(const Task &task, const std::atomic<bool> &stop, std::atomic<quint64> &done)
{
    QSaveFile file(task.fileName);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    if (!writeMessages(file, *task.rows, task.numbers, task.writer, stop, done))
        return file.errorString();
    return file.commit() ? QString() : file.errorString();
}

} // namespace

MessageSaver::MessageSaver(QObject *parent) : QObject(parent), m_work(savingPool())
{
    m_timer.setInterval(tellMs);
    connect(&m_timer, &QTimer::timeout, this, &MessageSaver::progressed);
}

void MessageSaver::stop()
{
    m_timer.stop();
    m_work.stop();
}

void MessageSaver::save(const QString &fileName, std::shared_ptr<const SearchableRows> rows, RowSet numbers,
                        quint64 messages, MessageWriter writer)
{
    m_all = messages;
    m_done = std::make_shared<std::atomic<quint64>>(0);
    m_timer.start();
    const Task task{fileName, std::move(rows), std::move(numbers), std::move(writer)};
    m_work.run(
        this, [task, done = m_done](const std::atomic<bool> &stop) { return write(task, stop, *done); },
        [this, fileName](const QString &fault) {
            m_timer.stop();
            emit finished(fileName, done(), fault);
        });
}

} // namespace glasshouse
