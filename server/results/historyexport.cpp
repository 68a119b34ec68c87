// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/results/historyexport.h"

#include "base/csv.h"
#include "server/results/historyfile.h"
#include "server/results/historyjson.h"

#include <QSaveFile>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

// Players choose their names.
QByteArray csvText(const QString &text) { return csvCell(text.toUtf8()); }

QByteArray csvPlayer(const PlayerResult &player)
{
    const QByteArray place = player.place > 0 ? QByteArray::number(player.place) : QByteArray();
    return place + ',' + csvText(player.name) + ',' + csvCell(player.playerId) + ',' + plainNumber(player.score);
}

/// What stands before, between and behind the games.
struct Frame
{
    QByteArray head;
    QByteArray between;
    QByteArray tail;
};

Frame frameOf(HistoryFormat format)
{
    switch (format) {
    case HistoryFormat::Csv:
        return {csvHead(), {}, {}};
    case HistoryFormat::Json:
        return {"[\n", ",\n", "\n]\n"};
    }
    return {};
}

} // namespace

QByteArray csvHead() { return "number,started,ended,room,game,place,name,player id,score\r\n"; }

QByteArray csvLines(const PlayedGame &game)
{
    const GameResult &result = game.result;
    const QByteArray head = QByteArray::number(game.number) + ',' + isoTime(result.startedMs) + ','
        + isoTime(result.endedMs) + ',' + csvText(result.room) + ',' + csvText(result.game) + ',';
    QByteArray lines;
    for (const PlayerResult &player : game.players)
        lines += head + csvPlayer(player) + "\r\n";
    return game.players.isEmpty() ? head + ",,,\r\n" : lines;
}

QString exportHistory(HistoryFile &history, const QString &fileName, HistoryFormat format,
                      const std::function<bool()> &stopped)
{
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    const Frame frame = frameOf(format);
    file.write(frame.head);
    bool first = true;
    const HistoryStep step = history.visitAll([&](const PlayedGame &game) {
        if (!std::exchange(first, false))
            file.write(frame.between);
        file.write(format == HistoryFormat::Csv ? csvLines(game) : gameJson(game));
        return file.error() == QFileDevice::NoError && !stopped();
    });
    if (!step)
        return QString::fromUtf8(step.error().text);
    if (stopped())
        return u"it was stopped before it was complete"_s;
    file.write(frame.tail);
    return file.commit() ? QString() : file.errorString();
}

} // namespace glasshouse
