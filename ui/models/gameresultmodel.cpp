// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/gameresultmodel.h"

#include "ui/base/formats.h"
#include "ui/games/gamefaces.h"
#include "ui/models/cellroles.h"
#include "ui/models/rankingsmodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QList<ResultColumn> columnsOf(const GameFace &face, const QJsonArray &results)
{
    QStringList known{u"playerId"_s, u"name"_s, u"place"_s, u"score"_s}; // these have columns of their own
    const QList<ResultColumn> named = face.resultColumns();
    QList<ResultColumn> columns;
    const auto add = [&](const QString &member) {
        const auto at = std::find_if(named.begin(), named.end(),
                                     [&](const ResultColumn &column) { return column.member == member; });
        const ResultColumn column = at == named.end() ? ResultColumn{member, oneLine(member, 24)} : *at;
        if (column.format != ResultColumn::Format::Hidden)
            columns << column;
        known << member;
    };
    for (const auto &result : results) {
        const QStringList members = result.toObject().keys();
        for (const QString &member : members) {
            if (!known.contains(member))
                add(member);
        }
    }
    return columns;
}

QString numberText(double number, ResultColumn::Format format)
{
    switch (format) {
    case ResultColumn::Format::Share:
        return GameResultModel::tr("%1 %").arg(formatScore(number * 100));
    case ResultColumn::Format::Milliseconds:
        return formatDuration(QJsonValue(number).toInteger());
    case ResultColumn::Format::AsItIs:
    case ResultColumn::Format::Hidden:
        break;
    }
    return formatScore(number);
}

QString valueText(const QJsonValue &value, ResultColumn::Format format)
{
    if (value.isDouble())
        return numberText(value.toDouble(), format);
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

QStringList cellsOf(const PlayerResult &player, const QJsonObject &result, const QList<ResultColumn> &columns)
{
    QStringList cells{player.place > 0 ? formatNumber(player.place) : QString(), oneLine(player.name, 64),
                      formatScore(player.score)};
    for (const ResultColumn &column : columns)
        cells << valueText(result[column.member], column.format);
    return cells;
}

} // namespace

int GameResultModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int GameResultModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstMember + int(m_columns.size());
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
    return section == Score ? m_scoreName : m_columns[section - FirstMember].title;
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
    m_columns.clear();
    if (game != nullptr) {
        const GameFace &face = gameFace(game->result.game);
        QJsonArray results = QJsonDocument::fromJson(game->result.results).array();
        m_scoreName = face.scoreName();
        m_columns = columnsOf(face, results);
        for (const PlayerResult &player : game->players)
            m_rows << cellsOf(player, takeResult(results, player), m_columns);
    }
    endResetModel();
}

} // namespace glasshouse
