// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandoutput.h"

#include "base/visibletext.h"

#include <QList>
#include <cstdio>

namespace glasshouse {

using namespace Qt::StringLiterals;

int print(const CommandOutput &output)
{
    std::fputs(visibleLines(output.out).constData(), stdout);
    for (const QByteArray &line : output.error.isEmpty() ? QByteArrayList() : output.error.split('\n'))
        std::fprintf(stderr, "glasshouse: %s\n", visible(line).constData());
    return output.exitCode;
}

bool wantsColours(const QProcessEnvironment &environment)
{
    return environment.value(u"NO_COLOR"_s).isEmpty() && environment.value(u"TERM"_s) != "dumb"_L1;
}

} // namespace glasshouse
