// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/seathistory.h"
#include "ui/messages/background.h"

#include <QObject>
#include <memory>

namespace glasshouse {

class MessageSource;

/// Names the players behind the messages of a source. What is not known yet is read on a thread of the pool when somebody asks for
/// it, so who does not ask costs nothing. Lives on the GUI thread.
class SeatNames final : public QObject
{
    Q_OBJECT
public:
    /// The source must outlive it.
    explicit SeatNames(MessageSource *source, QObject *parent = nullptr);

    /// As it is shown: on one line, shortened. Empty: nobody, or not known yet; learnt() follows then.
    [[nodiscard]] QString playerOf(ConnectionId connection, quint64 number);
    /// The same for other threads, which learn what they miss themselves. Of this session; never null.
    [[nodiscard]] std::shared_ptr<SeatHistory> history() const { return m_history; }

signals:
    /// More names are known.
    void learnt();

private:
    MessageSource *m_source;
    std::shared_ptr<SeatHistory> m_history;
    Background<quint64> m_work; ///< what is known then

    void beginAgain();
    void learn();
};

} // namespace glasshouse
