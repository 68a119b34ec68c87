// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/gamecatalog.h"

#include "server/games/coderacer.h"
#include "server/games/horserace.h"
#include "server/games/relay.h"

namespace glasshouse {

namespace {

using Made = Result<std::unique_ptr<Game>, GameError>;

Made makeRelay(QByteArrayView options)
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

} // namespace

Made makeGame(QByteArrayView kind, quint64 seed, QByteArrayView options)
{
    if (kind == QByteArrayView("relay"))
        return makeRelay(options);
    if (kind == QByteArrayView("code-racer"))
        return makeCodeRacer(seed, options);
    if (kind == QByteArrayView("horse-race"))
        return makeHorseRace(seed, options);
    return Error<GameError>{GameError::UnknownKind, "there is no such game: " + kind.toByteArray()};
}

QList<QByteArray> gameKinds() { return {"relay", "code-racer", "horse-race"}; }

} // namespace glasshouse
