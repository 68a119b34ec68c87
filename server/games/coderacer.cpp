// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/coderacer.h"

#include <algorithm>
#include <utility>

namespace glasshouse {

namespace {

int secondsFor(SnippetLength length)
{
    switch (length) {
    case SnippetLength::Short:
        return 60;
    case SnippetLength::Medium:
        return 120;
    case SnippetLength::Long:
        return 240;
    }
    return 0;
}

} // namespace

CodeRacer::CodeRacer(quint64 seed, CodeRacerOptions options) : m_options(std::move(options)), m_chance(seed) { }

QByteArrayView CodeRacer::phaseName(qint64 nowMs) const
{
    switch (m_phase) {
    case GamePhase::Waiting:
        return "waiting";
    case GamePhase::Playing:
        return m_race->hasStarted(nowMs) ? "racing" : "countdown";
    case GamePhase::Finished:
        return "finished";
    }
    return {};
}

QByteArray CodeRacer::watchersJson() const
{
    QByteArray ids;
    for (const Player &player : m_players) {
        if (m_race && !m_race->isRacer(player.id))
            ids += (ids.isEmpty() ? "\"" : ",\"") + player.id + '"';
    }
    return '[' + ids + ']';
}

QByteArray CodeRacer::state(qint64 nowMs) const
{
    QByteArray state = "{\"phase\":\"" + phaseName(nowMs).toByteArray() + '"';
    if (m_race)
        state += ',' + m_race->snippetMembers() + ",\"racers\":" + m_race->racersJson(nowMs);
    else
        state += ",\"racers\":" + waitingRacersJson(m_players);
    state += ",\"watchers\":" + watchersJson();
    return state + (m_results.isEmpty() ? QByteArray() : ",\"results\":" + m_results) + '}';
}

void CodeRacer::joined(const Player &player, qint64 /*nowMs*/, GameOutput & /*out*/) { m_players += player; }

void CodeRacer::left(const PlayerId &player, qint64 nowMs, GameOutput &out)
{
    m_players.removeIf([&](const Player &one) { return one.id == player; });
    if (!m_race)
        return;
    m_race->leave(player, nowMs);
    if (!m_race->isAnyoneTyping())
        finish(nowMs, out);
}

bool CodeRacer::start(qint64 nowMs, QByteArray &data, GameOutput & /*out*/)
{
    if (m_phase == GamePhase::Playing || m_players.isEmpty())
        return false;
    const Snippet &snippet = *drawSnippet(m_options.choice, m_race ? &m_race->snippet() : nullptr, m_chance);
    const int seconds = m_options.secondsLimit > 0 ? m_options.secondsLimit : secondsFor(snippet.length);
    m_race.emplace(snippet, m_players, nowMs + m_options.countdownSeconds * qint64{1000}, seconds);
    m_phase = GamePhase::Playing;
    data = m_race->startedJson();
    return true;
}

void CodeRacer::message(const PlayerId &from, const Envelope &envelope, qint64 nowMs, GameOutput &out)
{
    const bool isProgress = envelope.type == QByteArrayView("progress");
    if (!isProgress && envelope.type != QByteArrayView("submit_code"))
        return out.reject(ErrorCode::UnknownType, "code-racer knows progress and submit_code");
    tick(nowMs, out); // what is too late must not count
    if (m_phase != GamePhase::Playing)
        return out.reject(ErrorCode::NotAllowed, "there is no race at the moment");
    if (isProgress)
        progress(from, envelope.data, nowMs, out);
    else
        submit(from, envelope.data, nowMs, out);
}

void CodeRacer::binary(const PlayerId & /*from*/, QByteArrayView /*payload*/, qint64 /*nowMs*/, GameOutput &out)
{
    out.reject(ErrorCode::Unsupported, "code-racer has no binary messages");
}

void CodeRacer::progress(const PlayerId &from, QByteArrayView data, qint64 nowMs, GameOutput &out)
{
    const auto racer = m_race->progress(from, data, nowMs);
    if (!racer)
        return refuse(from, racer.error(), out);
    share(nowMs, out);
}

// With the position that stands, so that a page can go back to it.
void CodeRacer::refuse(const PlayerId &from, const Error<ErrorCode> &error, GameOutput &out)
{
    const int position = m_race->positionOf(from);
    out.reject(error.code, error.text, position < 0 ? QByteArray() : ",\"position\":" + QByteArray::number(position));
}

void CodeRacer::submit(const PlayerId &from, QByteArrayView data, qint64 nowMs, GameOutput &out)
{
    const auto racer = m_race->submit(from, data, nowMs);
    if (!racer)
        return refuse(from, racer.error(), out);
    out.toAll("code_submitted", m_race->submittedJson(*racer.value(), nowMs));
    if (!m_race->isAnyoneTyping())
        finish(nowMs, out);
}

void CodeRacer::share(qint64 nowMs, GameOutput &out)
{
    const std::vector<const Racer *> moved = m_race->takeShares(nowMs);
    if (moved.size() == 1)
        return out.toAll("progress", m_race->progressJson(*moved.front(), nowMs));
    QByteArray all;
    for (const Racer *racer : moved)
        all += (all.isEmpty() ? "[" : ",") + QByteArray(R"({"type":"progress","data":)")
            + m_race->progressJson(*racer, nowMs) + '}';
    if (!all.isEmpty())
        out.toAll("batch", all + ']');
}

void CodeRacer::finish(qint64 nowMs, GameOutput &out)
{
    if (std::exchange(m_phase, GamePhase::Finished) == GamePhase::Finished)
        return;
    m_race->stop(nowMs);
    m_results = m_race->resultsJson();
    out.finished(QByteArray(m_results)); // a copy, should the call lead back here
}

qint64 CodeRacer::nextTickMs() const
{
    if (m_phase != GamePhase::Playing)
        return -1;
    const qint64 share = m_race->nextShareMs();
    return share < 0 ? m_race->deadlineMs() : std::min(share, m_race->deadlineMs());
}

void CodeRacer::tick(qint64 nowMs, GameOutput &out)
{
    if (m_phase != GamePhase::Playing)
        return;
    share(nowMs, out);
    if (nowMs >= m_race->deadlineMs())
        finish(nowMs, out);
}

void CodeRacer::end(qint64 nowMs, GameOutput &out)
{
    if (m_phase == GamePhase::Playing)
        finish(nowMs, out);
}

void CodeRacer::stoodStill(qint64 ms)
{
    if (m_phase == GamePhase::Playing)
        m_race->stoodStill(ms);
}

} // namespace glasshouse
