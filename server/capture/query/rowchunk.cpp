// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/query/rowchunk.h"

#include <algorithm>
#include <bit>

namespace glasshouse {

namespace {

constexpr quint32 wordBits = 64;
constexpr quint32 stepBits = 512; // of Bits::before

/// Which bit of `word` has so many set ones below it.
quint32 selectBit(quint64 word, quint32 index)
{
    for (; index > 0; --index)
        word &= word - 1;
    return static_cast<quint32>(std::countr_zero(word));
}

} // namespace

void RowChunk::add(Runs &runs, quint32 first, quint32 end, quint32 count)
{
    if (!runs.empty() && runs.back().last + 1U == first)
        runs.back().last = static_cast<quint16>(end - 1);
    else
        runs.push_back({static_cast<quint16>(first), static_cast<quint16>(end - 1), static_cast<quint16>(count)});
}

void RowChunk::add(List &list, quint32 first, quint32 end, quint32 /*count*/)
{
    for (; first < end; ++first)
        list.push_back(static_cast<quint16>(first));
}

void RowChunk::add(Bits &bits, quint32 first, quint32 end, quint32 count)
{
    for (; first < end; ++first, ++count) {
        if (bits.before.size() <= first / stepBits)
            bits.before.resize(first / stepBits + 1, static_cast<quint16>(count));
        bits.words[first / wordBits] |= quint64{1} << first % wordBits;
    }
}

void RowChunk::append(quint32 first, quint32 end)
{
    Q_ASSERT(first >= m_end && first < end && end <= span);
    const quint32 before = m_count;
    std::visit([&](auto &form) { add(form, first, end, before); }, m_form);
    m_runCount += before == 0 || first != m_end ? 1 : 0;
    m_count += end - first;
    m_end = end;
    // Not every time, or two forms of nearly the same size would take turns.
    if (std::bit_width(m_count) != std::bit_width(before) || bytes() > mostBytes)
        chooseForm();
}

void RowChunk::pack()
{
    chooseForm();
    if (auto *runs = std::get_if<Runs>(&m_form))
        runs->shrink_to_fit();
    else if (auto *list = std::get_if<List>(&m_form))
        list->shrink_to_fit();
}

void RowChunk::chooseForm()
{
    const qsizetype asRuns = m_runCount * qsizetype{sizeof(Run)};
    const qsizetype asList = m_count * qsizetype{sizeof(quint16)};
    const qsizetype least = std::min({asRuns, asList, mostBytes});
    if (least == asRuns)
        change<Runs>();
    else if (least == asList)
        change<List>();
    else
        change<Bits>();
}

template <typename Form>
void RowChunk::change()
{
    if (std::holds_alternative<Form>(m_form))
        return;
    Form form;
    if constexpr (std::is_same_v<Form, Bits>) {
        form.words.resize(span / wordBits);
        form.before.reserve(span / stepBits);
    }
    for (quint32 done = 0; done < m_count;) {
        const quint32 first = at(done), end = endOfRun(first);
        add(form, first, end, done);
        done += end - first;
    }
    m_form = std::move(form);
}

quint32 RowChunk::rankIn(const Runs &runs, quint32 number)
{
    const auto behind = std::ranges::lower_bound(runs, number, {}, &Run::first);
    if (behind == runs.begin())
        return 0;
    const Run &run = *std::prev(behind);
    return run.before + std::min(number, run.last + 1U) - run.first;
}

quint32 RowChunk::rankIn(const List &list, quint32 number)
{
    return static_cast<quint32>(std::ranges::lower_bound(list, number) - list.begin());
}

quint32 RowChunk::rankIn(const Bits &bits, quint32 number)
{
    quint32 rank = bits.before[number / stepBits];
    quint32 word = number / stepBits * (stepBits / wordBits);
    for (; word < number / wordBits; ++word)
        rank += static_cast<quint32>(std::popcount(bits.words[word]));
    const quint64 below = (quint64{1} << number % wordBits) - 1;
    return rank + static_cast<quint32>(std::popcount(bits.words[word] & below));
}

quint32 RowChunk::rank(quint32 number) const
{
    if (number >= m_end)
        return m_count;
    return std::visit([number](const auto &form) { return rankIn(form, number); }, m_form);
}

bool RowChunk::contains(quint32 number) const { return number < m_end && rank(number + 1) != rank(number); }

quint32 RowChunk::atIn(const Runs &runs, quint32 index)
{
    const Run &run = *std::prev(std::ranges::upper_bound(runs, index, {}, &Run::before));
    return run.first + (index - run.before);
}

quint32 RowChunk::atIn(const Bits &bits, quint32 index)
{
    const auto step = std::prev(std::ranges::upper_bound(bits.before, index)) - bits.before.begin();
    quint32 word = static_cast<quint32>(step) * (stepBits / wordBits);
    index -= bits.before[static_cast<size_t>(step)];
    for (quint32 here = 0; (here = static_cast<quint32>(std::popcount(bits.words[word]))) <= index; ++word)
        index -= here;
    return word * wordBits + selectBit(bits.words[word], index);
}

quint32 RowChunk::at(quint32 index) const
{
    Q_ASSERT(index < m_count);
    return std::visit([index](const auto &form) { return atIn(form, index); }, m_form);
}

quint32 RowChunk::endOfRun(quint32 number) const
{
    if (const auto *runs = std::get_if<Runs>(&m_form))
        return std::prev(std::ranges::upper_bound(*runs, number, {}, &Run::first))->last + 1U;
    if (const auto *list = std::get_if<List>(&m_form)) {
        for (size_t next = rankIn(*list, number) + 1; next < list->size() && (*list)[next] == number + 1; ++next)
            ++number;
        return number + 1;
    }
    const std::vector<quint64> &words = std::get<Bits>(m_form).words;
    for (++number; number < span; number = (number / wordBits + 1) * wordBits) {
        const quint64 unset = ~words[number / wordBits] >> number % wordBits;
        if (unset != 0)
            return std::min(number + static_cast<quint32>(std::countr_zero(unset)), span);
    }
    return span;
}

qsizetype RowChunk::bytes() const
{
    if (const auto *runs = std::get_if<Runs>(&m_form))
        return static_cast<qsizetype>(runs->size()) * qsizetype{sizeof(Run)};
    const auto *list = std::get_if<List>(&m_form);
    return list != nullptr ? static_cast<qsizetype>(list->size()) * qsizetype{sizeof(quint16)} : mostBytes;
}

} // namespace glasshouse
