// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/jsonplace.h"

#include "protocol/json.h"

#include <vector>

namespace glasshouse {

namespace {

using Step = JsonPath::Step;

/// Where one is in a text that is read from its beginning.
class Place
{
public:
    /// Over one value, key or sign; returns where the next one begins.
    qsizetype step(QByteArrayView text, qsizetype at)
    {
        switch (text[at]) {
        case '{':
        case '[':
            m_levels.push_back({.isArray = text[at] == '['});
            return at + 1;
        case '}':
        case ']':
            if (!m_levels.empty())
                m_levels.pop_back();
            return at + 1;
        case ',':
            if (!m_levels.empty()) {
                ++m_levels.back().index;
                m_levels.back().key.reset();
            }
            return at + 1;
        case '"':
            return overString(text, at);
        default:
            return at + 1;
        }
    }

    [[nodiscard]] std::optional<JsonPath> path() const
    {
        QList<Step> steps;
        for (const Level &level : m_levels) {
            if (steps.size() == JsonPath::mostSteps)
                return {};
            if (level.isArray)
                steps.append({Step::Kind::Element, {}, level.index});
            else if (level.key)
                steps.append({Step::Kind::Member, QString::fromUtf8(*level.key)});
        }
        return steps.isEmpty() ? std::nullopt : std::optional(JsonPath(steps));
    }

private:
    struct Level
    {
        bool isArray = false;
        std::optional<QByteArray> key{};
        qsizetype index = 0;
    };
    std::vector<Level> m_levels;

    qsizetype overString(QByteArrayView text, qsizetype at)
    {
        qsizetype end = at + 1;
        while (end < text.size() && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        end = std::min(end + 1, text.size());
        if (!m_levels.empty() && !m_levels.back().isArray && !m_levels.back().key)
            m_levels.back().key = jsonString(text.sliced(at, end - at)).value_or(QByteArray());
        return end;
    }
};

} // namespace

std::optional<JsonPath> jsonPathAt(QByteArrayView checked, qsizetype position)
{
    Place place;
    for (qsizetype next = 0; next < checked.size() && next <= position;)
        next = place.step(checked, next);
    const auto path = place.path();
    return path && !path->value(checked).isNull()
        ? path
        : std::nullopt; // of members with one name the path leads to the first
}

} // namespace glasshouse
