// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/streams/standardinputsource.h"

#include <QMutex>
#include <QSemaphore>
#include <io.h>
#include <thread>

namespace glasshouse {

namespace {

constexpr unsigned int pieceSize = 64 * 1024;

} // namespace

/// Neither consoles nor pipes can be waited for there, so a thread reads: a piece each time it is asked. Nothing ends a read that
/// waits for somebody to type, so the thread outlives whoever asked, and ends with the program.
struct StandardInput::Source::System
{
    struct Shared
    {
        QMutex mutex;
        QObject *owner = nullptr; ///< null: nobody listens any more
        QSemaphore wanted;
        Taker taker;
    };
    std::shared_ptr<Shared> shared = std::make_shared<Shared>();
    QObject context;
    QByteArray piece; ///< came while reading was off
    bool hasPiece = false;
    bool reading = false;
    bool asked = false;

    void ask()
    {
        if (reading && !std::exchange(asked, true))
            shared->wanted.release();
    }
    void arrived(const QByteArray &bytes)
    {
        asked = false;
        piece = bytes;
        hasPiece = true;
        handOver();
    }
    void handOver()
    {
        if (reading && std::exchange(hasPiece, false)) {
            ask(); // turning reading off inside of the call leaves what comes for later
            shared->taker(std::exchange(piece, {}));
        }
    }
    static void run(const std::shared_ptr<Shared> &shared, System *system, int descriptor)
    {
        for (bool goesOn = true; goesOn;) {
            shared->wanted.acquire();
            QByteArray bytes(int(pieceSize), Qt::Uninitialized);
            const int size = ::_read(descriptor, bytes.data(), pieceSize);
            bytes.truncate(qMax(0, size));
            const QMutexLocker lock(&shared->mutex);
            goesOn = shared->owner != nullptr && size > 0;
            if (shared->owner != nullptr)
                QMetaObject::invokeMethod(
                    shared->owner, [system, bytes] { system->arrived(bytes); }, Qt::QueuedConnection);
        }
    }
};

StandardInput::Source::Source(int descriptor, Taker taker) : m_system(std::make_unique<System>())
{
    m_system->shared->owner = &m_system->context;
    m_system->shared->taker = std::move(taker);
    std::thread(&System::run, m_system->shared, m_system.get(), descriptor).detach();
}

StandardInput::Source::~Source()
{
    const QMutexLocker lock(&m_system->shared->mutex);
    m_system->shared->owner = nullptr;
}

void StandardInput::Source::setReading(bool on)
{
    m_system->reading = on;
    if (!on)
        return;
    if (m_system->hasPiece)
        QMetaObject::invokeMethod(
            &m_system->context, [system = m_system.get()] { system->handOver(); }, Qt::QueuedConnection);
    else
        m_system->ask();
}

bool StandardInput::isTerminal(int descriptor) { return ::_isatty(descriptor) != 0; }

} // namespace glasshouse
