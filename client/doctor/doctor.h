// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/diagnosis.h"
#include "client/testclientoptions.h"

#include <QByteArrayList>
#include <QHostAddress>
#include <QObject>
#include <functional>
#include <memory>

namespace glasshouse {

class DoctorRun;
class Pump;

/// What a doctor is asked.
struct DoctorOrder
{
    TestClientOptions client; ///< as the client would connect, that fails; its reconnect and heartbeat are not used
    /// Empty: none but what stands in the headers, the query or the subprotocols. One that stands in none of them, and in no
    /// first message, goes as Authorization: Bearer.
    QByteArray token;
    QByteArrayList
        secrets{}; ///< values that nobody may see wherever they stand, beside those that are known by their place
    qint64 idleMs = 150'000; ///< how long a silent connection is watched at most; 0: not at all
};

/// What a doctor needs of the world beside the network. Those left empty are the system's.
struct DoctorTools
{
    /// Calls back once, later; no addresses: why. What is called back after the doctor is gone does nothing.
    using Resolved = std::function<void(const QList<QHostAddress> &addresses, const QByteArray &error)>;
    std::function<void(const QString &host, Resolved resolved)> resolve;
    std::function<QDateTime()> now;
};

/// Finds out why a WebSocket connection fails, or that it does not: goes from the URL to the close, one stage behind the other,
/// and where one fails, varies one factor at a time (the other scheme, no Origin, another path …) until the one that matters has
/// a name. It works against any server and knows nothing of ours. Lives on the caller's thread and never blocks it. A slot may
/// call anything here, but not delete it.
class Doctor final : public QObject
{
    Q_OBJECT
public:
    explicit Doctor(QObject *parent = nullptr);
    explicit Doctor(DoctorTools tools, QObject *parent = nullptr);
    ~Doctor() override;

    /// Ends what there is and begins anew.
    void start(const DoctorOrder &order);
    /// What was seen until now counts: finished() follows inside of this call, if it had not come.
    void stop();
    [[nodiscard]] const Diagnosis &diagnosis() const;

signals:
    /// It began, has something new, or ended.
    void stageChanged(glasshouse::DoctorStage stage);
    /// Once a start().
    void finished();

private:
    DoctorTools m_tools;
    std::unique_ptr<Pump> m_pump; ///< since the first start()
    DoctorRun *m_run = nullptr;   ///< child; the one that counts
    Diagnosis m_none;             ///< before the first start()

    void drop();
};

} // namespace glasshouse
