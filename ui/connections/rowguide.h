// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/serverevent.h"
#include "ui/messages/background.h"
#include "ui/models/messagesource.h"

namespace glasshouse {

class MessageLogPanel;

/// Leads from elsewhere in a window to a row of its log, or says why it can not. GUI thread; both arguments outlive it.
class RowGuide final : public QObject
{
    Q_OBJECT
public:
    RowGuide(const MessageSource *source, MessageLogPanel *log, QObject *parent = nullptr);

    void goTo(quint64 number);
    /// To what the capture has of an event; `sinceMs`: it is not before that.
    void goToEvent(const ServerEvent &event, qint64 sinceMs);
    void tellEarlierRun();
    void tellMissing();

signals:
    /// Why it leads nowhere, for people.
    void nothingThere(const QString &why);

private:
    const MessageSource *m_source;
    MessageLogPanel *m_log;
    Background<std::optional<quint64>> m_search;
    std::optional<quint64> m_awaited; ///< the log is being narrowed, and may show it in a moment

    void forget();
    void tryAgain();
};

} // namespace glasshouse
