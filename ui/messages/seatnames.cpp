// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/seatnames.h"

#include "ui/base/formats.h"
#include "ui/models/messagesource.h"

namespace glasshouse {

namespace {

constexpr int workMs = 250; // then what was learnt is shown
constexpr int longestName = 64;

} // namespace

SeatNames::SeatNames(MessageSource *source, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_history(std::make_shared<SeatHistory>())
{
    connect(source, &MessageSource::reset, this, &SeatNames::beginAgain);
}

void SeatNames::beginAgain()
{
    m_work.stop();
    m_history = std::make_shared<SeatHistory>(); // connections are counted from 1 again
}

QString SeatNames::playerOf(ConnectionId connection, quint64 number)
{
    if (connection == ConnectionId{})
        return {};
    if (number >= m_history->learntTo())
        learn();
    return oneLine(QString::fromUtf8(m_history->playerOf(connection, number)), longestName);
}

void SeatNames::learn()
{
    const auto rows = m_source->rows();
    if (!rows || m_work.isRunning())
        return;
    m_work.run(
        this,
        [rows, history = m_history](const std::atomic<bool> &stop) {
            history->learn(*rows, rows->endRow(), stop, workMs);
            return history->learntTo();
        },
        [this](quint64) { emit learnt(); });
}

} // namespace glasshouse
