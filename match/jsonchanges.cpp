// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/jsonchanges.h"

#include "protocol/json.h"

#include <QHash>
#include <QSet>

namespace glasshouse {

namespace {

using Step = JsonPath::Step;

class Comparison
{
public:
    Comparison(qsizetype most, const std::atomic<bool> &stop) : m_most(most), m_stop(stop) { }

    void compare(QByteArrayView before, QByteArrayView now)
    {
        if (before == now)
            return;
        if (before.startsWith('{') && now.startsWith('{'))
            compareObjects(before, now);
        else if (before.startsWith('[') && now.startsWith('['))
            compareArrays(before, now);
        else
            add(before, now);
    }

    JsonChanges take() { return std::move(m_changes); }

private:
    qsizetype m_most;
    const std::atomic<bool> &m_stop;
    QList<Step> m_steps;
    JsonChanges m_changes;

    [[nodiscard]] bool goesOn() const { return !m_changes.isCut && !m_stop; }

    void add(QByteArrayView before, QByteArrayView now)
    {
        m_changes.isCut = m_changes.list.size() == m_most;
        if (!m_changes.isCut)
            m_changes.list.append({JsonPath(m_steps), before.isNull() ? QByteArray() : before.toByteArray(),
                                   now.isNull() ? QByteArray() : now.toByteArray()});
    }

    void compareAt(Step step, QByteArrayView before, QByteArrayView now)
    {
        m_steps.append(std::move(step));
        if (before.isNull() || now.isNull())
            add(before, now);
        else
            compare(before, now);
        m_steps.removeLast();
    }

    /// In their order; of one name the first.
    static QList<std::pair<QByteArray, QByteArrayView>> membersOf(QByteArrayView object)
    {
        QList<std::pair<QByteArray, QByteArrayView>> members;
        QSet<QByteArray> seen;
        forEachMember(object, [&](QByteArrayView key, QByteArrayView value) {
            const QByteArray name = jsonString({key.data() - 1, key.size() + 2}).value_or(QByteArray());
            if (!seen.contains(name)) {
                seen.insert(name);
                members.append({name, value});
            }
            return true;
        });
        return members;
    }

    void compareObjects(QByteArrayView before, QByteArrayView now)
    {
        const auto old = membersOf(before);
        QHash<QByteArray, QByteArrayView> gone;
        for (const auto &[name, value] : old)
            gone.insert(name, value);
        const auto members = membersOf(now);
        for (const auto &[name, value] : members) {
            if (!goesOn())
                return;
            compareAt({Step::Kind::Member, QString::fromUtf8(name)}, gone.take(name), value);
        }
        for (const auto &[name, value] : old) {
            if (goesOn() && gone.contains(name))
                compareAt({Step::Kind::Member, QString::fromUtf8(name)}, value, {});
        }
    }

    static QList<QByteArrayView> elementsOf(QByteArrayView array)
    {
        QList<QByteArrayView> elements;
        forEachElement(array, [&elements](QByteArrayView value) {
            elements.append(value);
            return true;
        });
        return elements;
    }

    void compareArrays(QByteArrayView before, QByteArrayView now)
    {
        const QList<QByteArrayView> old = elementsOf(before);
        const QList<QByteArrayView> elements = elementsOf(now);
        for (qsizetype i = 0; i < std::max(old.size(), elements.size()) && goesOn(); ++i)
            compareAt({Step::Kind::Element, {}, i}, old.value(i), elements.value(i));
    }
};

} // namespace

JsonChanges jsonChanges(QByteArrayView before, QByteArrayView now, qsizetype most, const std::atomic<bool> &stop)
{
    Comparison comparison(most, stop);
    comparison.compare(before, now);
    return comparison.take();
}

} // namespace glasshouse
