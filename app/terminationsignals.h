// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <memory>

namespace glasshouse {

/// Whoever reads our output may go, and a file may become larger than it may be: the program stays, and its writes fail.
void ignoreFailedWrites();

/// SIGINT, SIGTERM and SIGHUP (Ctrl+C and closing the console on Windows) as signals of the main loop. One instance a program.
/// Once it was told to end, nothing that comes while the program cleans up ends it another way.
class TerminationSignals final : public QObject
{
    Q_OBJECT
public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

signals:
    void requested();
    /// SIGHUP. When it says that the terminal is gone, requested() comes instead; under nohup neither does.
    void reloadRequested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
    bool m_hadTerminal = false;
    bool m_wasRequested = false;

    void tell();
};

} // namespace glasshouse
