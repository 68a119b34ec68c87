// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/turnclock.h"
#include "server/capture/packedrows.h"
#include "server/capture/redaction.h"

#include <cstring>
#include <functional>

namespace glasshouse {

class CaptureStore;

/// Fills batches on the network thread and hands them to the store: when 512 KiB or 16,384 rows are full, and when the owner
/// calls flush() (every 50 ms while something waits). Not thread-safe; cheap enough for every frame (no allocation per row).
class Recorder
{
public:
    explicit Recorder(CaptureStore *store) : m_store(store) { } ///< nullptr: capture is off, every call returns at once

    /// `flags` may be RecordRedacted, or RecordPayloadOmitted where the caller knows that the store takes no payload now.
    /// `answers`: see FrameRecord.
    void frameIn(ConnectionId connection, const FrameHeader &header, QByteArrayView payload, quint8 flags = 0,
                 FrameViolation violation = FrameViolation::None, quint32 answers = 0);
    void frameOut(ConnectionId connection, const FrameHeader &header, QByteArrayView payload, quint8 flags = 0,
                  quint32 answers = 0);
    /// As frameOut, where hasJustStored() is true of the payload: a row only.
    void repeatedOut(ConnectionId connection, quint8 firstByte, int headerSize);
    /// A frame whose payload ends in a number of its own for each recipient and '}': see RecordSequenced. `head` is header and
    /// shared payload; `wireLength` the payload with the tail. The same QByteArray for the next recipient costs a row only.
    void sequencedOut(ConnectionId connection, const QByteArray &head, int headerSize, quint32 sequence,
                      quint32 wireLength);
    /// The same for a direct answer to the message that is being handled, whose frame was recorded last.
    void answerOut(ConnectionId connection, const QByteArray &head, int headerSize, quint32 sequence,
                   quint32 wireLength);
    /// As frameOut, but `shown` is stored in place of the payload (a token was replaced).
    void redactedOut(ConnectionId connection, quint8 firstByte, int headerSize, quint32 wireLength,
                     QByteArrayView shown, quint32 answers = 0);
    void event(ConnectionId connection, EventKind kind, QByteArrayView json);

    /// The number of the next row, counted from the first of this recorder.
    [[nodiscard]] quint64 nextRow() const { return m_flushed + m_rows.count(); }
    /// How many rows before the next one stands the message that is being handled; 0: that was somebody else's.
    [[nodiscard]] quint32 behindLastIn(ConnectionId connection) const;

    /// Where rows have their time from; the wires of the thread share it.
    [[nodiscard]] TurnClock &clock() { return m_clock; }

    /// What the callers take secrets out with, of all that they record or show.
    [[nodiscard]] const Redactor &redactor() const { return m_redactor; }
    void setRedactor(const Redactor &redactor);

    /// Was this the last payload that was stored? Then it was judged already.
    [[nodiscard]] bool hasJustStored(QByteArrayView payload) const
    {
        const quint32 size = m_lastStored; // operator== goes through two libraries for it
        return payload.size() == size && (size == 0 || std::memcmp(payload.data(), lastStored().data(), size) == 0);
    }
    [[nodiscard]] bool isOn() const { return m_store != nullptr; }
    /// False: the writer can not keep up, and payloads are left out. It is on.
    [[nodiscard]] bool takesPayloads() const;
    /// Rows that the store does not have yet.
    [[nodiscard]] quint64 pendingRows() const { return m_rows.count(); }
    /// One behind the newest row, here or in the store; 0 where nothing is recorded.
    [[nodiscard]] quint64 endRow() const;
    [[nodiscard]] bool pending() const { return m_rows.count() > 0; }
    void flush();
    /// Called when the first row enters an empty batch, so that the owner can arm its timer.
    void setPendingCallback(std::function<void()> callback) { m_onPending = std::move(callback); }

private:
    CaptureStore *m_store;
    Redactor m_redactor;
    RowPacker m_rows;
    ByteWriter m_payloads;
    quint64 m_flushed = 0; ///< rows
    quint64 m_omitted = 0; ///< payloads of these rows that were left out
    std::vector<quint32> m_samples;
    QByteArray m_lastShared;  ///< stored last; holds a reference, so that its address can not be another one's
    quint32 m_lastOffset = 0; ///< of the payload stored last
    quint32 m_lastStored = 0;
    quint16 m_lastType = MessageTypes::unknown; ///< of that payload, where a text frame brought it
    ConnectionId m_lastFrom{};                  ///< whose frame came in last
    qint64 m_lastIn = 0; ///< its row, counted from the first of these; of an earlier batch: negative
    TurnClock m_clock;
    std::function<void()> m_onPending;

    [[nodiscard]] FrameRecord rowFor(ConnectionId connection, quint8 firstByte, quint8 flags, int headerSize = 0,
                                     FrameViolation violation = FrameViolation::None) const;
    void add(const FrameRecord &record, quint64 extras);
    template <bool isAnswer>
    void addSequenced(ConnectionId connection, const QByteArray &head, int headerSize, quint32 sequence,
                      quint32 wireLength);
    // These return the type of the payload.
    quint16 store(FrameRecord &record, QByteArrayView payload);
    quint16 storeShared(FrameRecord &record, const QByteArray &frame, int headerSize);
    [[nodiscard]] QByteArrayView lastStored() const { return m_payloads.view().sliced(m_lastOffset, m_lastStored); }
    quint16 pointToLast(FrameRecord &record) const;
    [[nodiscard]] quint16 typeOf(const FrameRecord &record, QByteArrayView payload);
};

} // namespace glasshouse
