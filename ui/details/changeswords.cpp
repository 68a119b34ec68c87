// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/changeswords.h"

#include "base/elapsed.h"
#include "match/jsonchanges.h"
#include "protocol/frame.h"
#include "protocol/json.h"
#include "ui/base/formats.h"
#include "ui/models/payloadtext.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Changes)
};

constexpr int deepest = 64;
constexpr qsizetype mostBytes = 1024 * 1024;
constexpr qsizetype mostChanges = 1000;
constexpr int pathCharacters = 80;
constexpr int valueCharacters = 80;
constexpr qsizetype bytesACharacter = 4;

QString valueText(const QByteArray &json)
{
    return oneLine(QString::fromUtf8(json.first(std::min(json.size(), valueCharacters * bytesACharacter))),
                   valueCharacters);
}

QString pathText(const JsonChanges::Change &change) { return oneLine(change.path.wordsFromRoot(), pathCharacters); }

/// "~ data.x    300 → 301", "+ data.y    1", "− data.z    "Ada"".
QString lineOf(const JsonChanges::Change &change, qsizetype width)
{
    const QString sign = change.before.isNull() ? u"+ "_s : change.now.isNull() ? u"− "_s : u"~ "_s;
    const QString value = change.before.isNull() ? valueText(change.now)
        : change.now.isNull()                    ? valueText(change.before)
                                                 : valueText(change.before) + u" → "_s + valueText(change.now);
    return sign + pathText(change).leftJustified(width + 2) + value + u'\n';
}

QString listText(const JsonChanges &changes)
{
    if (changes.list.isEmpty())
        return Words::tr("Nothing has changed.") + u'\n';
    qsizetype width = 0;
    for (const JsonChanges::Change &change : changes.list)
        width = std::max(width, pathText(change).size());
    QString text;
    for (const JsonChanges::Change &change : changes.list)
        text += lineOf(change, width);
    return changes.isCut ? text + u'\n' + Words::tr("… the first %1 changes are shown").arg(formatNumber(mostChanges))
                         : text;
}

/// Without secrets, as what shows here is copied.
Result<QByteArrayView, JsonError> jsonIn(const QByteArray &payload)
{
    return payload.size() > mostBytes ? checkJson({}) : checkJson(payload, deepest);
}

} // namespace

QString changesInWords(const CapturedRow &row, const std::optional<CapturedRow> &before, const std::atomic<bool> &stop)
{
    if (row.isEvent() || row.opcode() != quint8(Opcode::Text))
        return Words::tr("Only text messages are compared.");
    if (!before)
        return Words::tr("No message of this type before it, on this connection and way, was found near it.");
    const QString head =
        Words::tr("Compared with the message of its type before it, of %1 (%2):")
            .arg(formatClock(before->record.timeUs), formatDelta(elapsedUs(row.record.timeUs, before->record.timeUs)));
    const QString list = differencesInWords(*before, row, stop);
    return head + u"\n\n"_s + (list.isNull() ? Words::tr("They are not both JSON, or too long to be compared.") : list);
}

QString differencesInWords(const CapturedRow &before, const CapturedRow &now, const std::atomic<bool> &stop)
{
    const auto isText = [](const CapturedRow &row) { return row.isEvent() || row.opcode() == quint8(Opcode::Text); };
    if (!isText(before) || !isText(now))
        return {};
    const QByteArray old = withoutSecrets(before).payload;
    const QByteArray json = withoutSecrets(now).payload;
    const auto checkedOld = jsonIn(old);
    const auto checked = jsonIn(json);
    return checkedOld && checked ? listText(jsonChanges(checkedOld.value(), checked.value(), mostChanges, stop))
                                 : QString();
}

} // namespace glasshouse
