// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/gamecatalog.h"

#include "server/games/coderacer.h"
#include "server/games/horserace.h"
#include "server/games/relay.h"

#include <exception>

namespace glasshouse {

namespace {

using Made = Result<std::unique_ptr<Game>, GameError>;

Made makeRelay(quint64 /*seed*/, QByteArrayView options)
{
    const auto refuse = [](QByteArrayView /*key*/, QByteArrayView /*value*/) { return false; };
    if (options.isEmpty() || forEachMember(options, refuse))
        return std::unique_ptr<Game>(std::make_unique<Relay>());
    return Error<GameError>{GameError::BadOptions, "relay has no options"};
}

Made makeCodeRacer(quint64 seed, QByteArrayView json)
{
    auto options = codeRacerOptions(json);
    if (!options)
        return options.error();
    return std::unique_ptr<Game>(std::make_unique<CodeRacer>(seed, std::move(options.value())));
}

Made makeHorseRace(quint64 seed, QByteArrayView json)
{
    const auto options = horseRaceOptions(json);
    if (!options)
        return options.error();
    return std::unique_ptr<Game>(std::make_unique<HorseRace>(seed, options.value()));
}

Error<GameError> failed(QByteArrayView kind, const char *what)
{
    return {GameError::BadOptions, kind.toByteArray() + " failed: " + what};
}

} // namespace

GameCatalog builtInGames()
{
    return {{"relay", makeRelay}, {"code-racer", makeCodeRacer}, {"horse-race", makeHorseRace}};
}

// Others write games: one that can not be made must not take the server with it.
Made GameCatalog::make(QByteArrayView kind, quint64 seed, QByteArrayView options) const
{
    const GameKind *const game = find(kind);
    if (game == nullptr)
        return Error<GameError>{GameError::UnknownKind, "there is no such game: " + kind.toByteArray()};
    try {
        return game->make(seed, options);
    } catch (const std::exception &error) {
        return failed(kind, error.what());
    } catch (...) {
        return failed(kind, "something was thrown");
    }
}

QList<QByteArray> GameCatalog::kinds() const
{
    QList<QByteArray> kinds;
    for (const GameKind &game : m_games)
        kinds += game.name;
    return kinds;
}

const GameKind *GameCatalog::find(QByteArrayView kind) const
{
    const auto at =
        std::find_if(m_games.begin(), m_games.end(), [=](const GameKind &game) { return game.name == kind; });
    return at == m_games.end() ? nullptr : &*at;
}

} // namespace glasshouse
