// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/searchablerows.h"
#include "server/events/seathistory.h"
#include "ui/models/messagecells.h"

#include <QByteArrayList>
#include <QDeadlineTimer>
#include <QHash>
#include <QSet>
#include <atomic>
#include <memory>

namespace glasshouse {

/// How a connection was opened, without its secrets.
struct MessageOrigin
{
    QByteArray url;         ///< ws:// or wss://
    QByteArray requestHead; ///< as it came; empty: not known
};

/// What is known around the messages that are written.
struct MessageContext
{
    Viewpoint viewpoint = Viewpoint::Server;
    QHash<ConnectionId, MessageOrigin> origins{};
    std::shared_ptr<SeatHistory> players{}; ///< null: nobody is known
    QByteArray anyUrl{};                    ///< of those that are not among them, where all have one: those of a client
    QByteArrayList secrets{};               ///< values that are to be taken out wherever they stand
};

/// For people: "11:57:41.204  #3  → in  text".
[[nodiscard]] QString messageCaption(const CapturedRow &row, Viewpoint viewpoint);

class MessageWriter;

/// A form in which messages leave the program: a row of messageFormats().
struct MessageFormat
{
    QByteArray id; ///< "json-lines"
    QString name;  ///< for a menu, with its mnemonic
    QString tip;
    QString suffix; ///< of a file of it
    QByteArray head, between, tail;
    enum class Asks : quint8 { Nothing, Origins, Players }; ///< of what is known around messages
    Asks asks = Asks::Nothing;
    /// Of a row without its secrets; empty: it has no place in this form.
    QByteArray (*write)(const CapturedRow &row, MessageWriter &writer) = nullptr;
};
[[nodiscard]] const QList<MessageFormat> &messageFormats();

/// Writes one message after the other in a form, without their secrets; whoever uses it puts the pieces together. Calls from one
/// thread, any.
class MessageWriter
{
public:
    MessageWriter(const MessageFormat &format, MessageContext context);

    /// Before rows up to `end` are written: reads all seats before them, until then. False: there are more; whoever sits
    /// behind rows that were not reached has no name. The next one goes on from there.
    bool learnPlayers(const SearchableRows &rows, quint64 end, const std::atomic<bool> &stop,
                      const QDeadlineTimer &deadline);
    [[nodiscard]] QByteArray begin() const { return m_format.head; }
    [[nodiscard]] QByteArray next(const CapturedRow &row);
    [[nodiscard]] QByteArray end() const { return m_format.tail; }
    /// Continuation frames that were written without what they hold: a piece alone does not say whether it is a secret.
    [[nodiscard]] quint64 hiddenPieces() const { return m_hiddenPieces; }

    // For the functions of the table.
    [[nodiscard]] Viewpoint viewpoint() const { return m_context.viewpoint; }
    /// UTF-8; empty: nobody, or not known.
    [[nodiscard]] QByteArray playerOf(const CapturedRow &row) const;
    [[nodiscard]] MessageOrigin originOf(ConnectionId connection) const;
    /// False from the second time on.
    [[nodiscard]] bool isFirstOf(ConnectionId connection);

private:
    MessageFormat m_format;
    MessageContext m_context;
    QSet<ConnectionId> m_seen;
    quint64 m_hiddenPieces = 0;
    bool m_first = true;
};

} // namespace glasshouse
