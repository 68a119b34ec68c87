// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/defaults.h"
#include "app/optiontable.h"
#include "base/result.h"

#include <QHash>
#include <QProcessEnvironment>

namespace glasshouse {

/// Where a value in force came from.
struct Origin
{
    enum class Layer : quint8 { Default, File, Environment, CommandLine };
    Layer layer = Layer::Default;
    QString name = QStringLiteral("default"); ///< or "glasshouse.conf:12", "GLASSHOUSE_PORT", "--port"
};

/// The environment that the program was started with. What is secret in it is taken out of the program's own, so that no
/// child of it can inherit or show it; to be called once, before there are threads.
[[nodiscard]] QProcessEnvironment takeEnvironment();

/// Everything that the program was told, from all layers: command line > environment (GLASSHOUSE_<OPTION>, behind them the
/// names of other tools: PORT, JWT_SECRET, CORS_ALLOWED_ORIGINS, FRONTEND_URL, ENVIRONMENT) > the file of --config > `base`.
/// A list of one layer takes the place of that of another.
class Settings
{
public:
    /// Never fails: what is wrong is left out and stands in errors(). Reads the file.
    [[nodiscard]] static Settings read(const QStringList &arguments, const QProcessEnvironment &environment,
                                       const ServerConfig &base);
    /// The same for this program. `environment`: as it was started with.
    [[nodiscard]] static Settings ofProgram(const QProcessEnvironment &environment,
                                            const ServerConfig &base = defaultConfig());

    [[nodiscard]] const Options &options() const { return m_options; }
    /// Of an option of the table, or JWT_SECRET.
    [[nodiscard]] Origin originOf(const QString &option) const { return m_origins.value(option); }
    /// Those that somebody gave a value.
    [[nodiscard]] QStringList given() const { return m_origins.keys(); }
    /// All that is wrong; each names the place and what is expected.
    [[nodiscard]] const QList<Error<OptionsError>> &errors() const { return m_errors; }
    /// What is odd, and no reason not to start.
    [[nodiscard]] const QStringList &warnings() const { return m_warnings; }
    /// Options that were given a value that is none (or nothing): what is in force was not meant.
    [[nodiscard]] const QStringList &unread() const { return m_unread; }

private:
    /// A value that somebody gave.
    struct Given
    {
        const ProgramOption *option;
        QString value;
        Origin origin;
    };
    using Source = QList<Given>; ///< of one place, in its order

    Options m_options;
    QHash<QString, Origin> m_origins;
    QList<Error<OptionsError>> m_errors;
    QStringList m_warnings;
    QStringList m_unread;

    void fail(OptionsError code, const QString &text);
    void findCommand(QStringList &arguments);
    [[nodiscard]] Source fromArguments(QStringList rest);
    void addArgument(Source &source, QStringList &rest);
    void unknownArgument(const QString &argument, QStringList &rest);
    [[nodiscard]] Source fromForeignVariables(const QProcessEnvironment &environment);
    [[nodiscard]] Source fromVariables(const QProcessEnvironment &environment);
    [[nodiscard]] Source fromFile(const QString &path);
    void apply(const Source &source);
    void set(const Given &given);
};

} // namespace glasshouse
