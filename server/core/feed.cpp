// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/feed.h"

namespace glasshouse {

namespace {

constexpr int paceMs = 100;

} // namespace

void Feed::begin(std::function<void()> handOut)
{
    m_handOut = std::move(handOut);
    m_timer = std::make_unique<QTimer>();
    m_timer->setInterval(paceMs);
    m_timer->callOnTimeout([this] { handOutIfRead(); });
    setWanted(m_wanted);
}

void Feed::end()
{
    m_timer.reset();
    if (m_wanted && m_handOut)
        std::exchange(m_handOut, {})();
}

void Feed::setWanted(bool wanted)
{
    if (m_wanted != wanted) {
        static_cast<void>(take(0)); // what happened before is not for it
        m_isNew = true;
    }
    m_wanted = wanted;
    if (m_timer && wanted && m_pace == Pace::Steady)
        m_timer->start();
    else if (m_timer && !wanted)
        m_timer->stop();
}

void Feed::arrived()
{
    if (m_timer && !m_timer->isActive())
        m_timer->start();
}

void Feed::handOutIfRead()
{
    if (m_isBeingRead.exchange(true))
        return; // the timer goes on until it can be handed out
    if (m_pace == Pace::OnNews)
        m_timer->stop();
    m_handOut();
}

void Feed::opened(const ConnectionInfo &info)
{
    if (!m_wanted)
        return;
    m_opened.emplace(info.id, info);
    arrived();
}

// While a connection is there it holds its heads itself.
void Feed::boundHeads(ConnectionInfo *info, ConnectionEnded &ended)
{
    const qsizetype bytes =
        info == nullptr ? ended.requestHead.size() : info->requestHead.size() + info->responseHead.size();
    if (m_headBytes + bytes <= mostHeadBytes) {
        m_headBytes += bytes;
        return;
    }
    ended.requestHead = {};
    if (info != nullptr)
        info->requestHead = info->responseHead = {};
}

void Feed::ended(const ConnectionEnded &ended, const ServerEvent &event)
{
    if (!m_wanted)
        return;
    arrived();
    const auto untold = m_opened.find(ended.counters.id);
    if (untold != m_opened.end() && m_passing >= mostPassing) {
        m_opened.erase(untold);
        ++m_next.leftOut.players;
        return;
    }
    m_passing += untold == m_opened.end() ? 0 : 1;
    m_next.ended.append(ended);
    boundHeads(untold == m_opened.end() ? nullptr : &untold->second, m_next.ended.last());
    m_next.events.append(event);
}

void Feed::refused(const ConnectionInfo &info, const ConnectionEnded &ended, const std::optional<ServerEvent> &event)
{
    if (!m_wanted)
        return;
    arrived();
    if (m_requests >= mostRequests) {
        ++m_next.leftOut.requests;
        return;
    }
    ++m_requests;
    m_next.ended.append(ended);
    if (!event)
        return boundHeads(nullptr, m_next.ended.last());
    boundHeads(&m_opened.emplace(info.id, info).first->second, m_next.ended.last());
    m_next.events.append(*event);
}

void Feed::event(const ServerEvent &event)
{
    if (!m_wanted)
        return;
    arrived();
    if (m_events >= mostEvents) {
        ++m_next.leftOut.events;
        return;
    }
    ++m_events;
    m_next.events.append(event);
}

News Feed::take(qint64 timeMs)
{
    News news = std::exchange(m_next, {});
    news.timeMs = timeMs;
    news.opened.reserve(qsizetype(m_opened.size()));
    for (auto &[id, info] : std::exchange(m_opened, {}))
        news.opened.append(std::move(info));
    m_passing = m_requests = m_events = m_headBytes = 0;
    m_isNew = false;
    sayWhatIsLeftOut(news);
    return news;
}

void Feed::sayWhatIsLeftOut(News &news) const
{
    const auto say = [&news](EventCode code, quint64 number) {
        if (number == 0)
            return;
        ServerEvent event;
        event.code = code;
        event.timeMs = news.timeMs;
        event.number = qint64(number);
        news.events.append(event);
    };
    say(EventCode::PlayersLeftOut, news.leftOut.players);
    say(EventCode::RequestsLeftOut, news.leftOut.requests);
    say(EventCode::EventsLeftOut, news.leftOut.events);
}

} // namespace glasshouse
