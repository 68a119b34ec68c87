// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/messagemarks.h"

#include "ui/base/formats.h"
#include "ui/base/tints.h"

namespace glasshouse {

QString markColourName(MarkColour colour)
{
    switch (colour) {
    case MarkColour::Green:
        return MessageMarks::tr("&Green");
    case MarkColour::Blue:
        return MessageMarks::tr("&Blue");
    case MarkColour::Red:
        return MessageMarks::tr("&Red");
    case MarkColour::Violet:
        return MessageMarks::tr("&Violet");
    }
    return {};
}

QColor markColour(MarkColour colour)
{
    switch (colour) {
    case MarkColour::Green:
        return tint(Tint::MarkedGreen);
    case MarkColour::Blue:
        return tint(Tint::MarkedBlue);
    case MarkColour::Red:
        return tint(Tint::MarkedRed);
    case MarkColour::Violet:
        return tint(Tint::MarkedViolet);
    }
    return {};
}

bool MessageMarks::set(quint64 number, const Mark &mark)
{
    if (m_marks.size() >= most && !m_marks.contains(number))
        return false;
    m_marks[number] = {mark.colour, oneLine(mark.note, longestNote).trimmed()};
    emit changed();
    return true;
}

void MessageMarks::remove(quint64 number)
{
    if (m_marks.erase(number) > 0)
        emit changed();
}

void MessageMarks::clear()
{
    if (!m_marks.empty()) {
        m_marks.clear();
        emit changed();
    }
}

const Mark *MessageMarks::find(quint64 number) const
{
    const auto at = m_marks.find(number);
    return at == m_marks.end() ? nullptr : &at->second;
}

} // namespace glasshouse
