// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/historyjson.h"

#include "protocol/json.h"
#include "server/results/playerresults.h"

#include <QDateTime>
#include <QLocale>
#include <cmath>

namespace glasshouse {

namespace {

QByteArray quoted(const QString &text) { return jsonQuoted(text.toUtf8()); }

QByteArray rankingJson(const Ranking &ranking)
{
    return "{\"game\":" + quoted(ranking.game) + ",\"name\":" + quoted(ranking.name)
        + ",\"games\":" + QByteArray::number(ranking.games) + ",\"wins\":" + QByteArray::number(ranking.wins)
        + ",\"best\":" + plainNumber(ranking.best) + ",\"mean\":" + plainNumber(ranking.mean) + ",\"last\":\""
        + isoTime(ranking.lastMs) + "\"}";
}

QByteArray gamesJson(const HistoryView &view, const QString &kind, int limit)
{
    QByteArrayList games;
    for (auto game = view.games.begin(); game != view.games.end() && games.size() < limit; ++game) {
        if (kind.isEmpty() || game->result.game == kind)
            games.append(gameJson(*game));
    }
    return '[' + games.join(',') + ']';
}

QByteArray rankingsJson(const HistoryView &view, const QString &kind, int limit)
{
    QByteArrayList rankings;
    QString current;
    int taken = 0; // of the current kind
    for (const Ranking &ranking : view.rankings) {
        if (std::exchange(current, ranking.game) != ranking.game)
            taken = 0;
        if ((kind.isEmpty() || ranking.game == kind) && taken++ < limit)
            rankings.append(rankingJson(ranking));
    }
    return '[' + rankings.join(',') + ']';
}

} // namespace

QByteArray isoTime(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1();
}

QByteArray plainNumber(double number)
{
    return std::isfinite(number) ? QByteArray::number(number, 'g', QLocale::FloatingPointShortest) : QByteArray("0");
}

QByteArray gameJson(const PlayedGame &game)
{
    const GameResult &result = game.result;
    return "{\"number\":" + QByteArray::number(game.number) + ",\"started\":\"" + isoTime(result.startedMs)
        + "\",\"ended\":\"" + isoTime(result.endedMs) + "\",\"room\":" + quoted(result.room)
        + ",\"game\":" + quoted(result.game) + ",\"results\":" + checkedResults(result.results).toByteArray() + '}';
}

QByteArray resultsJson(const HistoryView &view, QByteArrayView game, int limit)
{
    const QString kind = QString::fromUtf8(game);
    QByteArray json = "{\"games\":" + gamesJson(view, kind, limit) + ",\"rankings\":" + rankingsJson(view, kind, limit)
        + ",\"total\":" + QByteArray::number(view.totalGames);
    if (!view.errorText.isEmpty())
        json += ",\"error\":" + quoted(view.errorText);
    return json + "}\n";
}

} // namespace glasshouse
