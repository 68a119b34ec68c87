// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/gameresultmodel.h"

#include "ui/base/formats.h"
#include "ui/games/gamenames.h"
#include "ui/models/cellroles.h"
#include "ui/models/rankingsmodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

/// Has a column of its own, or says what another one says.
bool isKnown(const QString &kind, const QString &member)
{
    static const QStringList always{u"playerId"_s, u"name"_s, u"place"_s, u"score"_s};
    return always.contains(member) || (kind == "code-racer"_L1 && member == "wpm"_L1);
}

QStringList membersOf(const QString &kind, const QJsonArray &results)
{
    QStringList members;
    for (const auto &result : results) {
        const QStringList keys = result.toObject().keys();
        for (const QString &key : keys) {
            if (!isKnown(kind, key) && !members.contains(key))
                members << key;
        }
    }
    return members;
}

QString memberName(const QString &member)
{
    if (member == "accuracy"_L1)
        return GameResultModel::tr("Accuracy");
    if (member == "elapsedMs"_L1)
        return GameResultModel::tr("Time");
    if (member == "position"_L1)
        return GameResultModel::tr("Characters");
    if (member == "chips"_L1)
        return GameResultModel::tr("Chips");
    if (member == "stake"_L1)
        return GameResultModel::tr("Stake");
    if (member == "payout"_L1)
        return GameResultModel::tr("Payout");
    return member == "loans"_L1 ? GameResultModel::tr("Loans") : oneLine(member, 24);
}

QString valueText(const QString &member, const QJsonValue &value)
{
    if (value.isDouble() && member == "accuracy"_L1)
        return GameResultModel::tr("%1 %").arg(formatScore(value.toDouble() * 100));
    if (value.isDouble() && member == "elapsedMs"_L1)
        return formatDuration(value.toInteger());
    if (value.isDouble())
        return formatScore(value.toDouble());
    if (value.isBool())
        return value.toBool() ? GameResultModel::tr("yes") : GameResultModel::tr("no");
    if (value.isArray())
        return oneLine(QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)), 80);
    if (value.isObject())
        return oneLine(QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)), 80);
    return oneLine(value.toString(), 80);
}

/// The player's object; results of the same player stand in the order of the array.
QJsonObject takeResult(QJsonArray &results, const PlayerResult &player)
{
    for (qsizetype i = 0; i < results.size(); ++i) {
        const QJsonObject result = results[i].toObject();
        if (result["playerId"_L1].toString().toUtf8() == player.playerId && result["name"_L1].toString() == player.name)
            return results.takeAt(i).toObject();
    }
    return {};
}

QStringList cellsOf(const PlayerResult &player, const QJsonObject &result, const QStringList &members)
{
    QStringList cells{player.place > 0 ? formatNumber(player.place) : QString(), oneLine(player.name, 64),
                      formatScore(player.score)};
    for (const QString &member : members)
        cells << valueText(member, result[member]);
    return cells;
}

} // namespace

int GameResultModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int GameResultModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstMember + int(m_members.size());
}

QVariant GameResultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section != Name);
    if (role != Qt::DisplayRole)
        return {};
    if (section == Place)
        return tr("Place");
    if (section == Name)
        return tr("Player");
    return section == Score ? scoreName(m_kind) : memberName(m_members[section - FirstMember]);
}

QVariant GameResultModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return m_rows[index.row()][index.column()];
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(index.column() != Name);
    return {};
}

void GameResultModel::show(const PlayedGame *game)
{
    beginResetModel();
    m_rows.clear();
    m_members.clear();
    if (game != nullptr) {
        m_kind = game->result.game;
        QJsonArray results = QJsonDocument::fromJson(game->result.results).array();
        m_members = membersOf(m_kind, results);
        for (const PlayerResult &player : game->players)
            m_rows << cellsOf(player, takeResult(results, player), m_members);
    }
    endResetModel();
}

} // namespace glasshouse
