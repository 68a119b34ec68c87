// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

#include "app/optiontable.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

QString helpLine(const OptionFacts &option, int width)
{
    const QString letter = option.letter == 0 ? QString() : u"-%1, "_s.arg(QLatin1Char(option.letter));
    const QString left = u"  %1--%2 %3"_s.arg(letter, QLatin1StringView(option.name), option.placeholder());
    return left.leftJustified(width) + u' ' + QString::fromUtf8(option.help) + u'\n';
}

QString helpText()
{
    QString text =
        u"Glasshouse hosts WebSocket games and shows everything on the wire.\n\n"
        "glasshouse [options]               with a window\n"
        "glasshouse serve [options]         without\n"
        "glasshouse check-config [options]  prints what is in force and where it came from; --json: an object a line\n"
        "glasshouse connect URL             talks to any WebSocket server by lines; connect --help says more\n"
        "glasshouse doctor URL              finds out why a WebSocket does not connect; doctor --help says more\n"
        "glasshouse token mint|show         makes or shows a player's token; token --help says more\n"
        "glasshouse certificate make|show   makes or shows a certificate for TLS; certificate --help says more\n"
        "glasshouse proxy-config NAME       prints the configuration for nginx, haproxy, caddy or traefik; --help says "
        "more\n\n"
        "Options (0 = no limit; sizes take k, M, G; times s, m, h). Each is an environment variable as well: "
        "--max-rooms is\n"
        "GLASSHOUSE_MAX_ROOMS; and a key of the file that --config names: max-rooms = 50. The command line goes before "
        "the\n"
        "environment, that before the file. The secret of HS256 may stand in JWT_SECRET; no option takes a secret itself.\n"_s;
    for (const ProgramOption &option : optionTable())
        text += helpLine(option, 40);
    return text + u"  --help, --version\n"_s;
}

} // namespace glasshouse
