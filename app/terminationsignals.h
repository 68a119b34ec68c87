// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <memory>

namespace glasshouse {

/// SIGINT and SIGTERM (Ctrl+C and closing the console on Windows) as a signal of the main loop. One instance a program.
class TerminationSignals final : public QObject
{
    Q_OBJECT
public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

signals:
    void requested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace glasshouse
