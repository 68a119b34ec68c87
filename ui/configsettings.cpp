// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configsettings.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr QLatin1StringView group("server/");

QStringList words(AuthMode) { return {u"open"_s, u"token"_s}; }
QStringList words(PlainMode) { return {u"serve"_s, u"redirect"_s, u"refuse"_s}; }

/// Calls `field` for each limit that a dialog shows.
template <typename LimitsType, typename Function>
void forEachLimit(LimitsType &limits, Function field)
{
    field("max-connections"_L1, limits.connections);
    field("max-connections-per-address"_L1, limits.connectionsPerAddress);
    field("max-connections-per-token"_L1, limits.connectionsPerToken);
    field("max-players"_L1, limits.players);
    field("max-rooms"_L1, limits.rooms);
    field("max-message-bytes"_L1, limits.messageBytes);
    field("message-rate"_L1, limits.messageRate);
    field("message-burst"_L1, limits.messageBurst);
    field("byte-rate"_L1, limits.byteRate);
    field("max-queue-bytes"_L1, limits.queueBytes);
    field("heartbeat-seconds"_L1, limits.heartbeatSeconds);
    field("pong-seconds"_L1, limits.pongSeconds);
    field("resume-seconds"_L1, limits.resumeSeconds);
    field("auth-seconds"_L1, limits.authSeconds);
    field("wrong-guesses"_L1, limits.wrongGuesses);
}

/// The same for everything.
template <typename Config, typename Function>
void forEachField(Config &config, Function field)
{
    field("port"_L1, config.port);
    field("bind"_L1, config.bindAddress);
    field("capture"_L1, config.capture);
    field("capture-budget-bytes"_L1, config.captureBudgetBytes);
    field("drain-seconds"_L1, config.drainSeconds);
    field("auth"_L1, config.auth);
    field("jwt-algorithm"_L1, config.token.algorithm);
    field("jwt-secret-file"_L1, config.token.secretFile);
    field("jwt-public-key"_L1, config.token.publicKeyFile);
    field("jwt-issuer"_L1, config.token.issuer);
    field("jwt-audience"_L1, config.token.audience);
    field("allow-origin"_L1, config.allowedOrigins);
    field("tls-cert"_L1, config.tls.certFile);
    field("tls-key"_L1, config.tls.keyFile);
    field("plain"_L1, config.tls.plain);
    field("base-path"_L1, config.basePath);
    field("public-url"_L1, config.publicUrl);
    field("trusted-proxy"_L1, config.trustedProxies);
    field("proxy-protocol"_L1, config.proxyProtocol);
    forEachLimit(config.limits, field);
}

template <typename Value>
QVariant toVariant(const Value &value)
{
    if constexpr (std::is_enum_v<Value>)
        return words(value).value(int(value));
    else if constexpr (std::is_same_v<Value, QByteArray>)
        return QString::fromUtf8(value);
    else if constexpr (std::is_same_v<Value, QList<QByteArray>>) {
        QStringList texts;
        for (const QByteArray &one : value)
            texts += QString::fromUtf8(one);
        return texts;
    } else if constexpr (std::is_integral_v<Value> && !std::is_same_v<Value, bool>)
        return qint64(value);
    else
        return value;
}

// Whatever stands in the file is somebody's typing.
template <typename Value>
void fromVariant(const QVariant &stored, Value &value)
{
    if constexpr (std::is_enum_v<Value>) {
        const qsizetype index = words(value).indexOf(stored.toString());
        if (index >= 0)
            value = Value(index);
    } else if constexpr (std::is_same_v<Value, QByteArray>) {
        value = stored.toString().toUtf8();
    } else if constexpr (std::is_same_v<Value, QList<QByteArray>>) {
        value.clear();
        for (const QString &text : stored.toStringList())
            value += text.toUtf8();
    } else if constexpr (std::is_integral_v<Value> && !std::is_same_v<Value, bool>) {
        bool ok = false;
        const qint64 number = stored.toLongLong(&ok);
        if (ok && number >= 0 && number <= std::numeric_limits<Value>::max())
            value = Value(number);
    } else {
        value = stored.value<Value>();
    }
}

QVariantMap valuesOf(const ServerConfig &config)
{
    QVariantMap values;
    forEachField(
        config, [&values](QLatin1StringView key, const auto &value) { values.insert(QString(key), toVariant(value)); });
    return values;
}

} // namespace

ServerConfig loadConfig(const QSettings &settings, ServerConfig config)
{
    forEachField(config, [&settings](QLatin1StringView key, auto &value) {
        const QVariant stored = settings.value(group + key);
        if (stored.isValid())
            fromVariant(stored, value);
    });
    return config;
}

void saveConfig(QSettings &settings, const ServerConfig &config, const ServerConfig &before)
{
    const QVariantMap old = valuesOf(before);
    const QVariantMap values = valuesOf(config);
    for (auto value = values.begin(); value != values.end(); ++value) {
        if (value.value() != old.value(value.key()))
            settings.setValue(group + value.key(), value.value());
    }
}

} // namespace glasshouse
