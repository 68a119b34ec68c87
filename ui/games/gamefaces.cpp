// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/games/gamefaces.h"

#include "ui/base/formats.h"
#include "ui/games/coderacerface.h"
#include "ui/games/horseraceface.h"
#include "ui/games/relayface.h"

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Row
{
    QLatin1StringView kind;
    const GameFace &face;
};

} // namespace

const GameFace &gameFace(const QString &kind)
{
    static const GameFace plain;
    static const RelayFace relay;
    static const CodeRacerFace codeRacer;
    static const HorseRaceFace horseRace;
    static const Row faces[] = {
        {"relay"_L1, relay},
        {"code-racer"_L1, codeRacer},
        {"horse-race"_L1, horseRace},
    };
    const auto at = std::find_if(std::begin(faces), std::end(faces), [&](const Row &row) { return row.kind == kind; });
    return at == std::end(faces) ? plain : at->face;
}

QString gameName(const QString &kind)
{
    const QString name = gameFace(kind).name();
    return name.isEmpty() ? oneLine(kind, 40) : name;
}

} // namespace glasshouse
