// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/connectionid.h"
#include "base/direction.h"
#include "match/condition.h"
#include "match/expression.h"
#include "server/capture/framerecord.h"

#include <QList>
#include <algorithm>
#include <optional>

namespace glasshouse {

/// Both ends belong to it; one that is missing is no bound.
template <typename Number>
struct Bounds
{
    std::optional<Number> least{};
    std::optional<Number> most{};

    [[nodiscard]] bool isOpen() const { return !least && !most; }
    [[nodiscard]] bool contains(Number number) const
    {
        return (!least || number >= *least) && (!most || number <= *most);
    }
    bool operator==(const Bounds &) const = default;
};

/// Thousands of them are asked of each row, so they are sorted once. A value.
class ConnectionSet
{
public:
    ConnectionSet() = default;
    ConnectionSet(QList<ConnectionId> connections) : m_sorted(std::move(connections)) { std::ranges::sort(m_sorted); }
    ConnectionSet(std::initializer_list<ConnectionId> connections) : ConnectionSet(QList(connections)) { }

    [[nodiscard]] bool isEmpty() const { return m_sorted.isEmpty(); }
    [[nodiscard]] bool contains(ConnectionId connection) const
    {
        return std::ranges::binary_search(m_sorted, connection);
    }
    bool operator==(const ConnectionSet &) const = default;

private:
    QList<ConnectionId> m_sorted;
};

/// Which rows somebody wants to see. Empty lists: no restriction. A value; calls from any thread.
struct CaptureFilter
{
    std::optional<Expression> content{};  ///< of the payload
    std::optional<Condition> condition{}; ///< of all that is known of a message
    std::optional<Direction> direction{};
    QList<QByteArray> types{}; ///< envelope types
    ConnectionSet connections{};
    Bounds<quint64> size{};    ///< bytes of payload on the wire; events have none
    Bounds<qint64> timeUs{};   ///< since 1970, UTC, microseconds
    bool errorsOnly = false;   ///< broken frames, `error` envelopes, closes other than 1000/1001, refusals
    bool controlFrames = true; ///< show ping, pong, close
    bool events = false;       ///< show the event rows too, but no samples

    [[nodiscard]] bool isEmpty() const; ///< lets every frame row pass
    /// Does it take the payload of each row that the columns let pass?
    [[nodiscard]] bool asksForContent() const { return content || (condition && condition->asksForContent()); }
    [[nodiscard]] bool asksForPlayers() const { return condition && condition->asksForPlayers(); }
    [[nodiscard]] bool asksForAnswers() const { return condition && condition->asksForAnswers(); }
    /// Do the columns keep some rows out?
    [[nodiscard]] bool asksForColumns() const;

    /// Is this row one of them? NotToTheEnd: all but its content says so, and that was not searched to its end, or was left
    /// out of the capture.
    [[nodiscard]] Found find(const RowView &row) const;
    [[nodiscard]] Found find(const RowView &row, const std::atomic<bool> &stop) const;
    /// `context` and the row's number are for the condition, see MatchedMessage.
    [[nodiscard]] Found find(const RowView &row, quint64 number, const MatchedContext &context,
                             const std::atomic<bool> &stop) const;
    // The same in steps, for who reads payloads only where they are asked for.
    /// Of a row without its payload; `name`: of its type. Nullopt: the payload has to be asked.
    [[nodiscard]] std::optional<bool> columnsFit(const FrameRecord &record, QByteArrayView name) const;
    /// With it.
    [[nodiscard]] bool columnsFit(const RowView &row) const;
    /// Behind columnsFit(): is there nothing that the payload of this row has to be asked?
    [[nodiscard]] bool isKnownByColumns(const FrameRecord &record) const;
    /// The condition alone, behind columnsFit(). The row may come without its payload where isKnownByColumns().
    [[nodiscard]] Found findCondition(const RowView &row, quint64 number, const MatchedContext &context,
                                      const std::atomic<bool> &stop) const;
    bool operator==(const CaptureFilter &) const = default;
};

} // namespace glasshouse
