// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>
#include <functional>
#include <memory>

namespace glasshouse {

/// Work on a thread of the application's pool that somebody waits for until he wants something else: only the last one is of use,
/// those before are told to stop, and nobody waits for them. Lives on its owner's thread.
class Background final : public QObject
{
    Q_OBJECT
public:
    /// Runs on this object's thread, unless something else was begun.
    using Done = std::function<void()>;
    /// Runs on another thread, and should end soon after `stop` was set.
    using Work = std::function<Done(const std::atomic<bool> &stop)>;

    using QObject::QObject;
    ~Background() override;

    void begin(Work work);
    void cancel();

private:
    struct Shared;
    std::shared_ptr<Shared> m_current;
};

} // namespace glasshouse
