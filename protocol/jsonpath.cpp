// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonpath.h"

#include "protocol/json.h"

namespace glasshouse {

namespace {

constexpr int mostIndex = 1'000'000;

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
            m_levels.push_back({text[at] == '[', {}, 0});
            return at + 1;
        case '}':
        case ']':
            if (!m_levels.empty())
                m_levels.pop_back();
            return at + 1;
        case ',':
            if (!m_levels.empty()) {
                ++m_levels.back().index;
                m_levels.back().key.clear();
            }
            return at + 1;
        case '"':
            return overString(text, at);
        default:
            return at + 1;
        }
    }

    [[nodiscard]] QString path() const
    {
        QString text;
        for (const Level &level : m_levels) {
            if (level.isArray)
                text += u'[' + QString::number(level.index) + u']';
            else if (!level.key.isEmpty())
                text += (text.isEmpty() ? QString() : QString(u'.')) + QString::fromUtf8(level.key);
        }
        return text;
    }

private:
    struct Level
    {
        bool isArray;
        QByteArray key;
        int index;
    };
    std::vector<Level> m_levels;

    qsizetype overString(QByteArrayView text, qsizetype at)
    {
        qsizetype end = at + 1;
        while (end < text.size() && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        end = std::min(end + 1, text.size());
        if (!m_levels.empty() && !m_levels.back().isArray && m_levels.back().key.isEmpty())
            m_levels.back().key = jsonString(text.sliced(at, end - at)).value_or(QByteArray());
        return end;
    }
};

} // namespace

std::optional<JsonPath> JsonPath::at(QByteArrayView checked, qsizetype position)
{
    Place place;
    for (qsizetype next = 0; next < checked.size() && next <= position;)
        next = place.step(checked, next);
    const auto path = parse(place.path());
    return path && !path->find(checked).isNull() ? path : std::nullopt; // a key may hold a dot
}

std::optional<JsonPath::Step> JsonPath::indexStep(QStringView digits)
{
    bool isNumber = false;
    const int index = digits.toInt(&isNumber);
    if (!isNumber || index < 0 || index > mostIndex || !digits.front().isDigit())
        return {};
    return Step{{}, index};
}

std::optional<JsonPath> JsonPath::parse(const QString &text)
{
    JsonPath path;
    path.m_text = text.trimmed();
    QStringView rest = path.m_text;
    if (rest.isEmpty() || rest.size() > mostCharacters)
        return {};
    while (!rest.isEmpty() && path.m_steps.size() < mostSteps) {
        if (rest.front() == u'[') {
            const qsizetype end = rest.indexOf(u']');
            const auto step = end > 1 ? indexStep(rest.sliced(1, end - 1)) : std::nullopt;
            if (!step)
                return {};
            path.m_steps.push_back(*step);
            rest = rest.sliced(end + 1);
        } else {
            qsizetype end = 0;
            while (end < rest.size() && rest[end] != u'.' && rest[end] != u'[' && rest[end] != u']')
                ++end;
            if (end == 0)
                return {};
            path.m_steps.push_back({rest.first(end).toUtf8()});
            rest = rest.sliced(end);
        }
        if (rest.startsWith(u'.')) {
            rest = rest.sliced(1);
            if (rest.isEmpty() || rest.front() == u'[')
                return {};
        } else if (!rest.isEmpty() && rest.front() != u'[') {
            return {};
        }
    }
    return rest.isEmpty() ? std::optional(path) : std::nullopt;
}

QByteArrayView JsonPath::follow(const Step &step, QByteArrayView value)
{
    if (step.index < 0)
        return value.startsWith('{') ? jsonMember(value, step.key) : QByteArrayView();
    QByteArrayView found;
    int at = 0;
    if (value.startsWith('['))
        forEachElement(value, [&](QByteArrayView element) {
            if (at++ == step.index)
                found = element;
            return found.isNull();
        });
    return found;
}

QByteArrayView JsonPath::find(QByteArrayView checked) const
{
    QByteArrayView value = checked;
    for (const Step &step : m_steps) {
        value = follow(step, value);
        if (value.isNull())
            return {};
    }
    return value;
}

} // namespace glasshouse
