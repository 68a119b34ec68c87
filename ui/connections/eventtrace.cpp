// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/eventtrace.h"

#include "server/events/eventrows.h"
#include "ui/timeline/connectiontimeline.h"

#include <algorithm>
#include <array>

namespace glasshouse {

namespace {

constexpr qint64 slackMs = 2'000; // between an event and its row

/// Which rows tell of which events.
struct Trace
{
    EventCode code;
    EventKind kind;
    const char *action = ""; ///< of an operator
};
constexpr std::array traces{
    Trace{EventCode::ConnectionEnded, EventKind::ConnectionEnded},
    Trace{EventCode::ConnectionEnded, EventKind::RequestRefused},
    Trace{EventCode::RequestRefused, EventKind::RequestRefused},
    Trace{EventCode::RoomCreated, EventKind::RoomCreated},
    Trace{EventCode::RoomEnded, EventKind::RoomEnded},
    Trace{EventCode::RoomMadePlace, EventKind::RoomEnded},
    Trace{EventCode::OperatorKicked, EventKind::Operator, "kick"},
    Trace{EventCode::OperatorSent, EventKind::Operator, "send"},
    Trace{EventCode::OperatorBroadcast, EventKind::Operator, "broadcast"},
    Trace{EventCode::OperatorPaused, EventKind::Operator, "pause"},
    Trace{EventCode::OperatorWentOn, EventKind::Operator, "go_on"},
    Trace{EventCode::OperatorEnded, EventKind::Operator, "end_game"},
    Trace{EventCode::OperatorClosed, EventKind::Operator, "close_room"},
    Trace{EventCode::Reconfigured, EventKind::Operator, "reconfigure"},
    Trace{EventCode::ServerDraining, EventKind::Operator, "drain"},
};

bool isRoomKind(EventKind kind) { return kind == EventKind::RoomCreated || kind == EventKind::RoomEnded; }

class Search
{
public:
    explicit Search(const ServerEvent &event) : m_event(event) { }

    void look(RowStretch &stretch, quint64 number)
    {
        const FrameRecord &record = stretch.record(number);
        if (record.connection != quint32(m_event.connection))
            return;
        if (!isEvent(record)) {
            if ((record.flags & RecordBroken) != 0)
                m_atFault = number;
            return;
        }
        const auto kind = static_cast<EventKind>(record.firstByte);
        for (const Trace &trace : traces) {
            const qint64 away = qAbs(record.timeUs / 1000 - m_event.timeMs);
            if (trace.code == m_event.code && trace.kind == kind && (!m_found || away < m_away)
                && isMeant(trace, stretch, record)) {
                m_found = number;
                m_away = away;
            }
        }
    }
    [[nodiscard]] std::optional<quint64> found() const
    {
        return m_event.code == EventCode::ConnectionEnded && m_atFault ? m_atFault : m_found;
    }

private:
    const ServerEvent &m_event;
    std::optional<quint64> m_found;
    std::optional<quint64> m_atFault;
    qint64 m_away = 0;

    [[nodiscard]] bool isMeant(const Trace &trace, RowStretch &stretch, const FrameRecord &record) const
    {
        if (*trace.action == '\0' && !isRoomKind(trace.kind))
            return true;
        const CaptureBlock *block = stretch.whole();
        if (block == nullptr)
            return false;
        QByteArray scratch;
        const QByteArrayView payload = block->payloadOf(record, scratch);
        return isRoomKind(trace.kind) ? roomFromJson(payload).id == m_event.room
                                      : payload == actionToJson(trace.action);
    }
};

} // namespace

bool leavesRows(EventCode code)
{
    return std::ranges::any_of(traces, [code](const Trace &trace) { return trace.code == code; });
}

std::optional<quint64> rowOfEvent(const ServerEvent &event, qint64 sinceMs, const SearchableRows &rows,
                                  const std::atomic<bool> &stop)
{
    if (!leavesRows(event.code))
        return {};
    Search search(event);
    const qint64 untilUs = (event.timeMs + slackMs) * 1000;
    rows.scan(rowBefore(rows, (sinceMs - slackMs) * 1000), rows.endRow(), SearchableRows::Read::Rows,
              [&](RowStretch &stretch) {
                  for (quint64 number = stretch.firstRow(); number < stretch.endRow(); ++number) {
                      if (stretch.record(number).timeUs > untilUs || stop)
                          return false;
                      search.look(stretch, number);
                  }
                  return true;
              });
    return search.found();
}

} // namespace glasshouse
