// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/messagetypes.h"

#include "server/capture/quicktype.h"

#include <algorithm>
#include <cstring>

namespace glasshouse {

namespace {

constexpr QByteArrayView usualStart = R"({"type":")";
constexpr qsizetype quickLook = 256; // bytes: a type behind megabytes of data must not cost the network thread anything

constexpr std::array<bool, 256> typeLetters = [] {
    std::array<bool, 256> letters{};
    for (size_t c = 0; c < letters.size(); ++c)
        letters[c] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    return letters;
}();

bool isTypeLetter(char c) { return typeLetters[static_cast<quint8>(c)]; }

/// The name that begins an envelope as nearly everybody writes it; null: it may have one all the same.
QByteArrayView usualType(QByteArrayView payload)
{
    constexpr qsizetype start = usualStart.size();
    if (payload.size() <= start || std::memcmp(payload.data(), usualStart.data(), size_t{start}) != 0)
        return {};
    const char *const begin = payload.data() + start;
    const char *const end =
        std::find_if_not(begin, begin + std::min(payload.size() - start, MessageTypes::longestName), isTypeLetter);
    return end != payload.end() && *end == '"' ? QByteArrayView(begin, end) : QByteArrayView();
}

/// FNV-1a.
quint32 hashOf(QByteArrayView name)
{
    quint32 hash = 0x811c9dc5;
    for (const char c : name)
        hash = (hash ^ static_cast<quint8>(c)) * 0x01000193;
    return hash ^ hash >> 15;
}

} // namespace

MessageTypes::MessageTypes(const QList<QByteArray> &names)
{
    for (const QByteArray &name : names.sliced(std::min<qsizetype>(names.size(), firstName)))
        (void)numberOf(name);
}

bool MessageTypes::isValid(QByteArrayView name)
{
    return !name.isEmpty() && name.size() <= longestName && std::ranges::all_of(name, isTypeLetter);
}

quint16 MessageTypes::lookInto(QByteArrayView payload)
{
    if (const QByteArrayView usual = usualType(payload); !usual.isEmpty())
        return m_last != unknown && is(m_last, usual) ? m_last : numberOfValid(usual);
    const QByteArrayView found = quickType(payload, quickLook);
    if (!found.isEmpty())
        return numberOf(found);
    return found.isNull() && payload.size() <= quickLook ? none : unknown;
}

quint16 MessageTypes::numberOf(QByteArrayView name) { return isValid(name) ? numberOfValid(name) : unknown; }

quint16 MessageTypes::numberOfValid(QByteArrayView name)
{
    for (size_t at = hashOf(name);; ++at) {
        quint8 &slot = m_slots[at % slotCount];
        if (slot == 0)
            return m_last = add(name, slot);
        if (is(slot, name))
            return m_last = slot;
    }
}

quint16 MessageTypes::add(QByteArrayView name, quint8 &slot)
{
    if (m_count == most)
        return unknown;
    m_names.append(name);
    m_begins[++m_count] = static_cast<quint16>(m_names.size());
    slot = static_cast<quint8>(firstName + m_count - 1);
    return slot;
}

void MessageTypes::clear()
{
    if (m_count == 0)
        return;
    m_names.resize(0);
    m_slots.fill(0);
    m_count = 0;
    m_last = unknown;
}

} // namespace glasshouse
