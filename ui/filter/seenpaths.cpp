// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/seenpaths.h"

#include "match/jsonpath.h"
#include "protocol/frame.h"
#include "protocol/json.h"

namespace glasshouse {

namespace {

constexpr qsizetype mostBytes = 16 * 1024;
constexpr qsizetype longestPath = 80; // who types wants no longer one
constexpr qsizetype levels = 3;
constexpr int deepest = 32;

/// Of a checked object; those of its members behind it.
void addMembers(QByteArrayView object, const QList<JsonPath::Step> &steps, QStringList &words)
{
    forEachMember(object, [&](QByteArrayView key, QByteArrayView value) {
        const auto name = jsonString('"' + key.toByteArray() + '"');
        if (!name)
            return true;
        const QList<JsonPath::Step> path = steps + QList<JsonPath::Step>{{.name = QString::fromUtf8(*name)}};
        const QString text = JsonPath(path).wordsFromRoot();
        if (text.size() <= longestPath && words.size() < SeenPaths::most && !words.contains(text))
            words.append(text);
        if (path.size() < levels)
            addMembers(value, path, words);
        return words.size() < SeenPaths::most;
    });
}

} // namespace

void SeenPaths::learn(const CapturedRow &row)
{
    const bool isText = !row.isEvent() && row.opcode() == quint8(Opcode::Text);
    if (!isText || row.payload.size() > mostBytes || m_words.size() >= most)
        return;
    if (const auto checked = checkJson(row.payload, deepest))
        addMembers(checked.value(), {}, m_words);
}

} // namespace glasshouse
