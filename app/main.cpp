// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/certificate.h"
#include "app/commands/proxyconfig.h"
#include "app/commands/serve.h"
#include "app/commands/token.h"
#include "app/defaults.h"
#include "app/options.h"

#ifdef GLASSHOUSE_WITH_UI
#include "app/commands/window.h"

#include <QApplication>
#endif

#include <QCoreApplication>
#include <csignal>
#include <cstdio>
#include <cstring>

using namespace glasshouse;

namespace {

constexpr int wrongUsage = 2;

// The window needs another application object than the rest, before anything can be parsed by Qt.
[[maybe_unused]] bool wantsWindow(int argc, char **argv)
{
    const auto is = [&](int i, const char *text) { return std::strcmp(argv[i], text) == 0; };
    for (int i = 1; i < argc; ++i) {
        if (is(i, "--help") || is(i, "-h") || is(i, "--version"))
            return false;
    }
    return argc < 2 || argv[1][0] == '-';
}

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
#ifdef GLASSHOUSE_WITH_UI
    if (wantsWindow(argc, argv))
        return std::make_unique<QApplication>(argc, argv);
#endif
    return std::make_unique<QCoreApplication>(argc, argv);
}

int run(const Options &options)
{
    switch (options.command) {
    case Options::Command::Help:
        std::fputs(qPrintable(helpText()), stdout);
        return 0;
    case Options::Command::Version:
        std::puts("glasshouse " GLASSHOUSE_VERSION);
        return 0;
    case Options::Command::Serve:
        return serve(options);
    case Options::Command::Token:
        return token(options);
    case Options::Command::ProxyConfig:
        return proxyConfigCommand(options);
    case Options::Command::Certificate:
        return certificate(options);
    case Options::Command::Window:
#ifdef GLASSHOUSE_WITH_UI
        return showWindow(options);
#else
        std::fputs("glasshouse: this build has no window; use: glasshouse serve\n", stderr);
        return wrongUsage;
#endif
    }
    return wrongUsage;
}

} // namespace

int main(int argc, char **argv)
{
#ifdef Q_OS_UNIX
    std::signal(SIGPIPE, SIG_IGN); // whoever reads our log may go; the players stay
#endif
    QCoreApplication::setApplicationName(QStringLiteral("glasshouse"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GLASSHOUSE_VERSION));
    const auto application = makeApplication(argc, argv);
    const auto options =
        parseOptions(QCoreApplication::arguments().mid(1), QProcessEnvironment::systemEnvironment(), defaultConfig());
    if (!options) {
        std::fprintf(stderr, "glasshouse: %s\n", options.error().text.constData());
        return wrongUsage;
    }
    return run(options.value());
}
