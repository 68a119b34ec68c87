// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/certificate.h"
#include "app/commands/checkconfig.h"
#include "app/commands/connect.h"
#include "app/commands/doctor.h"
#include "app/commands/proxyconfig.h"
#include "app/commands/serve.h"
#include "app/commands/token.h"
#include "app/startcheck.h"
#include "app/streams/standarddescriptors.h"
#include "app/terminationsignals.h"

#ifdef GLASSHOUSE_WITH_UI
#include "app/commands/window.h"

#include <QApplication>
#endif

#include <QCoreApplication>
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

/// Qt would end the program with words about plug-ins.
[[maybe_unused]] bool lacksDisplay(int argc, char **argv)
{
#ifdef Q_OS_LINUX
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "-platform") == 0)
            return false;
    }
    const auto isSet = [](const char *name) { return qEnvironmentVariableIsSet(name); };
    return !isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY") && !isSet("QT_QPA_PLATFORM");
#else
    Q_UNUSED(argc)
    Q_UNUSED(argv)
    return false;
#endif
}

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
#ifdef GLASSHOUSE_WITH_UI
    if (wantsWindow(argc, argv))
        return std::make_unique<QApplication>(argc, argv);
#endif
    return std::make_unique<QCoreApplication>(argc, argv);
}

int run(const Settings &settings, const QProcessEnvironment &environment)
{
    switch (settings.options().command) {
    case Options::Command::Help:
        return print({0, helpText().toUtf8(), {}});
    case Options::Command::Version:
        return print({0, "glasshouse " GLASSHOUSE_VERSION "\n", {}});
    case Options::Command::CheckConfig:
        return print(checkConfig(settings));
    case Options::Command::Serve:
        return serve(settings, environment);
    case Options::Command::Token:
        return token(settings.options(), environment);
    case Options::Command::Certificate:
        return certificate(settings.options());
    case Options::Command::ProxyConfig:
        return proxyConfigCommand(settings.options(), environment);
    case Options::Command::Connect:
        return connectCommand(settings.options(), environment);
    case Options::Command::Doctor:
        return doctorCommand(settings.options(), environment);
    case Options::Command::Window:
#ifdef GLASSHOUSE_WITH_UI
        return showWindow(environment);
#else
        return print({wrongUsage, {}, "this build has no window; use: glasshouse serve"});
#endif
    }
    return wrongUsage;
}

} // namespace

int main(int argc, char **argv)
{
    fillStandardDescriptors();
    ignoreFailedWrites();
    QCoreApplication::setApplicationName(QStringLiteral("glasshouse"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GLASSHOUSE_VERSION));
    const QProcessEnvironment environment = takeEnvironment();
#ifdef GLASSHOUSE_WITH_UI
    if (wantsWindow(argc, argv) && lacksDisplay(argc, argv))
        return print({1, {}, "there is no display; glasshouse serve runs without a window"});
#endif
    const auto application = makeApplication(argc, argv);
    const Settings settings = Settings::ofProgram(environment);
    const bool isJudged = settings.options().command == Options::Command::CheckConfig; // it prints the errors itself
    if (!settings.errors().isEmpty() && !isJudged)
        return print({wrongUsage, {}, startFaults(settings).join(u'\n').toUtf8()});
    return run(settings, environment);
}
