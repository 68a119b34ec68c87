// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinereader.h"

namespace glasshouse {

namespace {

constexpr int pieceMs = 100; // of reading; then it shows what it has
constexpr int pauseMs = 250; // when there is nothing new

} // namespace

TimelineReader::TimelineReader(const MessageSource *source, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_whole{std::make_shared<ConnectionTimeline>()}
{
    m_again.setSingleShot(true);
    m_again.setInterval(pauseMs);
    connect(&m_again, &QTimer::timeout, this, [this] {
        goOn(m_whole);
        goOn(m_closer);
    });
    connect(source, &MessageSource::changed, this, [this] {
        if (m_isReading && !m_again.isActive())
            m_again.start();
    });
    connect(source, &MessageSource::reset, this, [this] { read({}, 0); }); // another run has rows of others
}

void TimelineReader::read(std::optional<ConnectionId> connection, qint64 sinceMs)
{
    lookFromAfar();
    m_whole.work.stop();
    m_whole.now = std::make_shared<ConnectionTimeline>(connection ? ConnectionTimeline(*connection, sinceMs * 1'000)
                                                                  : ConnectionTimeline());
    emit changed();
    goOn(m_whole);
}

void TimelineReader::setReading(bool on)
{
    m_isReading = on;
    goOn(m_whole);
    goOn(m_closer);
}

void TimelineReader::lookCloser(qint64 fromUs, qint64 toUs)
{
    m_closer.work.stop();
    const ConnectionTimeline &whole = *m_whole.now;
    m_closer.now = std::make_shared<ConnectionTimeline>(
        whole.part(std::max(fromUs, whole.fromUs()), std::min(toUs, whole.toUs())));
    goOn(m_closer);
}

void TimelineReader::lookFromAfar()
{
    m_closer.work.stop();
    m_closer.now.reset();
}

const ConnectionTimeline *TimelineReader::closer() const
{
    return m_closer.now && (m_closer.now->isUpToDate() || m_closer.now->isComplete()) ? m_closer.now.get() : nullptr;
}

void TimelineReader::goOn(Job &job)
{
    const auto rows = m_source->rows();
    if (!m_isReading || !rows || !job.now || !job.now->isAny() || job.now->isComplete() || job.work.isRunning())
        return;
    if (job.now->isUpToDate() && job.now->nextRow() >= rows->endRow())
        return;
    job.work.run(
        this,
        [rows, now = job.now](const std::atomic<bool> &stop) -> Timeline {
            auto more = std::make_shared<ConnectionTimeline>(*now);
            more->add(*rows, stop, pieceMs);
            return more;
        },
        [this, &job](const Timeline &timeline) { take(job, timeline); });
}

void TimelineReader::take(Job &job, const Timeline &timeline)
{
    job.now = timeline;
    emit changed();
    if (!timeline->isUpToDate())
        goOn(job);
    else if (m_isReading)
        m_again.start(); // rows may have come meanwhile
}

} // namespace glasshouse
