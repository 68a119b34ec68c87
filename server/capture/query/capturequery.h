// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/capturestore.h"

#include <QObject>
#include <QRegularExpression>
#include <atomic>
#include <vector>

namespace glasshouse {

/// Which rows somebody wants to see. Empty lists: no restriction.
struct CaptureFilter
{
    QString text{};                                 ///< substring of the payload, without regard to case; empty: any
    std::optional<QRegularExpression> expression{}; ///< in place of text
    std::optional<Direction> direction{};
    QList<QByteArray> types{}; ///< envelope types
    QList<ConnectionId> connections{};
    bool errorsOnly = false;   ///< broken frames, `error` envelopes, closes other than 1000/1001, refusals
    bool controlFrames = true; ///< show ping, pong, close
    bool events = false;       ///< show the event rows too, but no samples

    [[nodiscard]] bool isEmpty() const; ///< lets every frame row pass
    [[nodiscard]] bool matches(const RowView &row) const;
    bool operator==(const CaptureFilter &) const = default;
};

/// Finds the rows that match, on a thread of its own, and keeps up with new ones while it lives. Lives on the caller's
/// thread; results come by signal in the order of the rows, at most 30 batches a second.
class CaptureQuery final : public QObject
{
    Q_OBJECT
public:
    CaptureQuery(const CaptureStore &store, CaptureFilter filter, QObject *parent = nullptr);
    ~CaptureQuery() override;

    [[nodiscard]] const CaptureFilter &filter() const;
    void start();

signals:
    /// Row numbers, rising. `scannedTo`: every row before it has been looked at.
    void found(const std::vector<quint64> &rows, quint64 scannedTo);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace glasshouse

Q_DECLARE_METATYPE(std::vector<quint64>)
