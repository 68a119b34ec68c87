// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctorstep.h"

namespace glasshouse {

/// Which size to try next: twice the last one that was taken and, once one was not, between the two. Pure.
class SizeSearch
{
public:
    static constexpr qint64 smallest = 16; ///< a message that no limit of size refuses
    static constexpr qint64 biggest = 1024 * 1024;

    /// Nullopt: it is over.
    [[nodiscard]] std::optional<qint64> next() const;
    void taken(qint64 size) { m_taken = qMax(m_taken, size); }
    void refused(qint64 size);
    [[nodiscard]] qint64 most() const { return m_taken; } ///< 0: none was taken
    /// The smallest that was refused; −1: none.
    [[nodiscard]] qint64 tooBig() const { return m_refused; }

private:
    qint64 m_taken = 0;
    qint64 m_refused = -1;
    int m_between = 0; ///< attempts
};

/// BiggestMessage: on connections of its own. A message counts as taken when the ping behind it is answered.
class SizeStep final : public DoctorStep
{
    Q_OBJECT
public:
    using DoctorStep::DoctorStep;
    void start() override;

private:
    SizeSearch m_search;
    qint64 m_size = 0; ///< of the attempt that runs
    bool m_isBinary = false;
    bool m_isFresh = false;    ///< it is the first message of its connection
    bool m_wasChecked = false; ///< that a size is refused for its own sake
    QByteArray m_ending;       ///< of what was refused
    QByteArray m_ping;
    int m_pings = 0;

    void tryNext();
    void reopen();
    void send();
    void taken();
    void refused();
    void conclude(const QList<DoctorFinding> &findings);
    void concludeSizes();
};

} // namespace glasshouse
