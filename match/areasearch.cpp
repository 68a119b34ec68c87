// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/areasearch.h"

#include <algorithm>

namespace glasshouse {

namespace {

constexpr qsizetype windowBytes = 64 * 1024; // that are looked at in one go: more than is asked for, but not for long

} // namespace

void AreaSearch::lookFurther()
{
    const TextFinder &finder = m_expression.needle()->finder;
    const qsizetype end = std::min(m_area.size(), m_to + windowBytes + finder.mostBytes());
    m_place = finder.find(m_area.first(end), m_to);
    m_to = m_place ? m_place->begin : std::min(m_area.size(), m_to + windowBytes);
}

AreaSearch::Hint AreaSearch::hintOf(qsizetype offset, qsizetype length, const std::atomic<bool> &stop)
{
    if (offset < m_from)
        return Hint::Unknown; // it goes back: no writer of ours does
    m_from = offset;
    if (m_to < offset) {
        m_to = offset;
        m_place.reset();
    }
    // A place that reaches over the end is none, and those behind it reach further.
    while (!m_place && m_to < offset + length) {
        if (stop)
            return Hint::Unknown;
        lookFurther();
    }
    return m_place && m_place->end <= offset + length ? Hint::There : Hint::Nowhere;
}

Found AreaSearch::findAlone(qsizetype offset, qsizetype length, const std::atomic<bool> &stop)
{
    if (offset == m_lastOffset && length == m_lastLength)
        return m_last;
    const Needle *needle = m_expression.needle();
    Hint hint = Hint::Unknown;
    if (needle != nullptr && (needle->isAll || length <= m_expression.reach()))
        hint = hintOf(offset, length, stop);
    if (hint == Hint::Unknown || (hint == Hint::There && !needle->isAll))
        m_last = m_expression.find(m_area.sliced(offset, length), stop);
    else
        m_last = hint == Hint::There ? Found::Yes : Found::No;
    m_lastOffset = offset;
    m_lastLength = length;
    return m_last;
}

Found AreaSearch::findJoined(qsizetype offset, qsizetype length, QByteArrayView tail, const std::atomic<bool> &stop)
{
    m_joined.resize(0);
    m_joined.append(m_area.sliced(offset, length)).append(tail);
    return m_expression.find(m_joined, stop);
}

Found AreaSearch::find(qsizetype offset, qsizetype length, QByteArrayView tail, const std::atomic<bool> &stop)
{
    if (tail.isEmpty())
        return findAlone(offset, length, stop);
    const Needle *needle = m_expression.needle();
    if (needle == nullptr || length + tail.size() > m_expression.reach())
        return findJoined(offset, length, tail, stop);
    const Hint hint = hintOf(offset, length, stop);
    if (hint == Hint::There && needle->isAll)
        return Found::Yes;
    // One that is not all in the piece ends in the tail, and begins not far from it.
    if (hint == Hint::Nowhere && !needle->finder.mayEndIn(tail))
        return Found::No;
    if (hint == Hint::Nowhere && needle->isAll) {
        const qsizetype near = std::min(length, needle->finder.mostBytes());
        return findJoined(offset + length - near, near, tail, stop);
    }
    return findJoined(offset, length, tail, stop);
}

} // namespace glasshouse
