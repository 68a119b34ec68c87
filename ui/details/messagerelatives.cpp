// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/messagerelatives.h"

#include "ui/details/wholemessage.h"
#include "ui/messages/answernames.h"

#include <algorithm>

namespace glasshouse {

namespace {

using Other = MessageRelatives::Other;

constexpr quint64 rowsAtOnce = 4096;

bool isOut(const FrameRecord &record) { return (record.flags & RecordOut) != 0; }
Opcode opcodeOf(const FrameRecord &record) { return static_cast<Opcode>(record.firstByte & 0xF); }
bool isData(const FrameRecord &record) { return !isControl(record.firstByte & 0xF); }
bool isLast(const FrameRecord &record) { return (record.firstByte & 0x80) != 0; }

/// Both are there, and the same: one that was not kept may have been any.
bool isSamePayload(const FrameRecord &a, QByteArrayView payloadOfA, const FrameRecord &b, QByteArrayView payloadOfB)
{
    const auto isThere = [](const FrameRecord &record, QByteArrayView payload) {
        return (record.flags & RecordPayloadOmitted) == 0 && (!payload.isEmpty() || record.wireLength == 0);
    };
    return isThere(a, payloadOfA) && isThere(b, payloadOfB) && payloadOfA == payloadOfB;
}

/// One of the rows that are gone through.
class Candidate
{
public:
    Candidate(RowStretch &stretch, quint64 rowNumber)
        : number(rowNumber),
          record(stretch.record(rowNumber)),
          m_stretch(stretch)
    { }

    const quint64 number;
    const FrameRecord &record;

    /// Null: it can not be read any more.
    [[nodiscard]] QByteArrayView payload()
    {
        const CaptureBlock *block = m_stretch.whole();
        return block != nullptr ? block->payloadOf(record, m_scratch) : QByteArrayView();
    }
    [[nodiscard]] QByteArray type()
    {
        if (!isText(record) || record.type == MessageTypes::none)
            return {};
        const bool isKnown = record.type != MessageTypes::unknown;
        return (isKnown ? m_stretch.name(record) : quickType(payload())).toByteArray();
    }
    [[nodiscard]] Other other() { return {number, record, type()}; }
    [[nodiscard]] CapturedRow row()
    {
        return {number, record, payload().toByteArray(), m_stretch.name(record).toByteArray()};
    }

private:
    RowStretch &m_stretch;
    QByteArray m_scratch;
};

class Search
{
public:
    Search(const CapturedRow &row, const SearchableRows &rows, const std::atomic<bool> &stop)
        : m_row(row),
          m_rows(rows),
          m_stop(stop),
          m_opcode(opcodeOf(row.record)),
          m_id(isText(row.record) ? answerName(row.payload, "id") : QByteArray()),
          m_re(isText(row.record) && !row.answered() ? answerName(row.payload, "re") : QByteArray())
    { }

    MessageRelatives run()
    {
        if (m_row.isEvent())
            return {};
        if (const auto answered = m_row.answered())
            scan(*answered, *answered + 1, [this](Candidate &row) { m_found.answered = row.other(); });
        lookForFragments();
        lookBack();
        lookAhead(m_row.number + 1);
        return std::move(m_found);
    }

    MessageRelatives goOn(const MessageRelatives &found)
    {
        m_found = found;
        if (found.awaitedFrom)
            lookAhead(*found.awaitedFrom);
        return std::move(m_found);
    }

private:
    const CapturedRow &m_row;
    const SearchableRows &m_rows;
    const std::atomic<bool> &m_stop;
    const Opcode m_opcode;
    const QByteArray m_id;
    const QByteArray m_re;
    MessageRelatives m_found;

    /// Frames of this connection, in their order.
    template <typename Visit>
    void scan(quint64 first, quint64 end, Visit visit) const
    {
        m_rows.scan(first, end, SearchableRows::Read::Rows, [&](RowStretch &stretch) {
            for (quint64 number = stretch.firstRow(); number < stretch.endRow() && !m_stop; ++number) {
                const FrameRecord &record = stretch.record(number);
                if (record.connection != m_row.record.connection || isEvent(record))
                    continue;
                Candidate candidate(stretch, number);
                visit(candidate);
            }
            return !m_stop;
        });
    }

    [[nodiscard]] bool isSameWay(const FrameRecord &record) const { return isOut(record) == isOut(m_row.record); }

    [[nodiscard]] bool hasPayloadOf(Candidate &row) const
    {
        return isSamePayload(row.record, row.payload(), m_row.record, m_row.payload);
    }

    [[nodiscard]] bool isBefore(Candidate &row) const
    {
        return isText(m_row.record) && isText(row.record) && isSameWay(row.record) && row.type() == m_row.type();
    }

    [[nodiscard]] bool isAnswered(Candidate &row) const
    {
        if (isSameWay(row.record))
            return false;
        if (m_opcode == Opcode::Pong)
            return opcodeOf(row.record) == Opcode::Ping && hasPayloadOf(row);
        return !m_re.isEmpty() && isText(row.record) && answerName(row.payload(), "id") == m_re;
    }

    [[nodiscard]] bool isAnswer(Candidate &row) const
    {
        if (isSameWay(row.record))
            return false;
        if (row.record.answers != 0)
            return row.record.answers == row.number - m_row.number;
        if (m_opcode == Opcode::Ping)
            return opcodeOf(row.record) == Opcode::Pong && hasPayloadOf(row);
        return !m_id.isEmpty() && isText(row.record) && answerName(row.payload(), "re") == m_id;
    }

    void lookBack()
    {
        const bool wantsBefore = isText(m_row.record);
        const bool wantsAnswered = !m_found.answered && (m_opcode == Opcode::Pong || !m_re.isEmpty());
        const quint64 last = m_row.number - std::min(m_row.number, MessageRelatives::mostRows);
        std::optional<quint64> beforeIt;
        for (quint64 end = m_row.number; end > last && !m_stop; end -= std::min(end - last, rowsAtOnce)) {
            const bool before = wantsBefore && !beforeIt;
            const bool answered = wantsAnswered && !m_found.answered;
            if (!before && !answered)
                break;
            scan(end - std::min(end - last, rowsAtOnce), end, [&](Candidate &row) { // the last one stays
                if (before && isBefore(row))
                    beforeIt = row.number;
                if (answered && isAnswered(row))
                    m_found.answered = row.other();
            });
        }
        if (beforeIt)
            scan(*beforeIt, *beforeIt + 1, [this](Candidate &row) { m_found.before = row.row(); });
    }

    /// By its id, or by the capture, which notes it for what comes in.
    [[nodiscard]] bool mayBeAnswered() const
    {
        return m_opcode == Opcode::Ping || (isText(m_row.record) && (!m_id.isEmpty() || !isOut(m_row.record)));
    }

    void lookAhead(quint64 from)
    {
        m_found.awaitedFrom.reset();
        if (!mayBeAnswered())
            return;
        const quint64 bound = m_row.number + MessageRelatives::mostRows;
        const quint64 last = std::min(m_rows.endRow(), bound);
        for (quint64 first = from; first < last && !m_found.answer && !m_stop; first += rowsAtOnce) {
            scan(first, std::min(last, first + rowsAtOnce), [this](Candidate &row) {
                if (!m_found.answer && isAnswer(row))
                    m_found.answer = row.other();
            });
        }
        if (!m_found.answer && last < bound)
            m_found.awaitedFrom = std::max(from, last);
    }

    /// The frame that the message begins with, if this one is in a message of several.
    [[nodiscard]] std::optional<quint64> firstFragment() const
    {
        const FrameRecord &own = m_row.record;
        if (!isData(own) || (own.flags & RecordBroken) != 0 || (isLast(own) && m_opcode != Opcode::Continuation))
            return std::nullopt;
        if (m_opcode != Opcode::Continuation)
            return m_row.number;
        std::optional<quint64> first;
        const quint64 last = m_row.number - std::min(m_row.number, WholeMessage::mostRows);
        for (quint64 end = m_row.number; end > last && !first && !m_stop; end -= std::min(end - last, rowsAtOnce)) {
            scan(end - std::min(end - last, rowsAtOnce), end, [&](Candidate &row) { // the last one stays
                if (isOfSameStream(row.record, own) && opcodeOf(row.record) != Opcode::Continuation)
                    first = row.number;
            });
        }
        return first;
    }

    void lookForFragments()
    {
        const auto first = firstFragment();
        if (!first)
            return;
        MessageRelatives::Fragments found{.first = *first, .index = 0, .count = 0};
        bool goesOn = true;
        const quint64 newest = m_rows.endRow(), bound = *first + WholeMessage::mostRows;
        const quint64 end = std::min(newest, bound);
        for (quint64 from = *first; from < end && goesOn && !m_stop; from += rowsAtOnce) {
            scan(from, std::min(end, from + rowsAtOnce), [&](Candidate &row) {
                if (!goesOn || !isOfSameStream(row.record, m_row.record))
                    return;
                const bool begins = opcodeOf(row.record) != Opcode::Continuation;
                if (begins != (found.count == 0)) {
                    goesOn = false;
                    return;
                }
                ++found.count;
                found.bytes += row.record.wireLength;
                found.isWhole = isLast(row.record);
                if (row.number == m_row.number)
                    found.index = found.count;
                found.isCut = !found.isWhole && found.count == WholeMessage::mostFrames;
                goesOn = !found.isWhole && !found.isCut;
            });
        }
        found.isCut = found.isCut || (goesOn && bound < newest);
        if (found.index > 0) // or this one stands behind the end of another message
            m_found.fragments = found;
    }
};

} // namespace

MessageRelatives relativesOf(const CapturedRow &row, const SearchableRows &rows, const std::atomic<bool> &stop)
{
    return Search(row, rows, stop).run();
}

MessageRelatives answerOf(const CapturedRow &row, const MessageRelatives &found, const SearchableRows &rows,
                          const std::atomic<bool> &stop)
{
    return Search(row, rows, stop).goOn(found);
}

} // namespace glasshouse
