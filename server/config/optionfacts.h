// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QVariant>
#include <limits>
#include <optional>
#include <vector>

namespace glasshouse {

/// How the value of an option is written. Behind it: what it is to the readers of a row.
enum class OptionType : quint8 {
    Text,
    Path,     ///< text; in a configuration file relative to that file
    Word,     ///< text; one of a few
    Flag,     ///< bool: on, off
    Number,   ///< qint64, as all that follow: "50"
    Size,     ///< bytes: "65536", "64k", "1M"
    Time,     ///< seconds: "90", "90s", "2m"
    Rate,     ///< a second: "60", "60/s"
    ByteRate, ///< bytes a second: "256k/s"
};
[[nodiscard]] bool isNumber(OptionType type);

/// What 0 says where a number is wanted.
enum class Zero : quint8 { NoLimit, Never, NotAtAll, AnyFree };

/// What the options are listed under, in this order.
enum class OptionGroup : quint8 { File, Place, Guests, Proxies, Tls, Public, Games, Limits };

/// A variable of other hosting tools that says the same as an option.
struct ForeignVariable
{
    const char *name = nullptr;
    /// Null: the value is that of the option. An empty text: it says nothing about the option.
    QString (*translate)(const QString &) = nullptr;
    /// Null: there is none. Why nobody knows what this value says; empty: it is a usual one.
    QString (*doubt)(const QString &) = nullptr;
};

/// What is to be known of an option, but for where its value is kept.
struct OptionFacts
{
    const char *name = nullptr; ///< "max-rooms"
    char letter = 0;            ///< 'H' for "-H", of a command that has such; 0: none
    OptionType type = OptionType::Text;
    const char *metavar = nullptr; ///< what stands for the value in --help, if it does not go with the type
    const char *expects = nullptr; ///< "a port (0-65535)", if it does not go with the type
    const char *help = nullptr;    ///< in English; ends with the default in brackets, if there is one
    OptionGroup group = OptionGroup::File;
    QStringList words = {}; ///< of a Word, in the order of its enum
    bool isOpen = false; ///< of a Word: a host may be handed more of them, so that only what is typed is held to these
    Zero zero = Zero::NoLimit;
    qint64 unit = 1; ///< people count it in so many: 1024 for KiB
    qint64 most = std::numeric_limits<qint64>::max();
    bool isList = false;                       ///< may stand several times, or hold commas
    bool takesEmpty = false;                   ///< of a text: the empty one is a value
    bool isSecret = false;                     ///< comes from `variables` only, and is never shown or stored
    bool needsRestart = false;                 ///< a running program keeps what it began with
    const char *rival = nullptr;               ///< the option that this one takes the place of
    bool (*isGood)(const QString &) = nullptr; ///< of a text; null: any but the empty one
    /// Of a text that people write in several ways: as it is kept. Nullopt: it is no value.
    std::optional<QString> (*normal)(const QString &) = nullptr;
    QString (*whyNot)(const QString &) = nullptr; ///< says more exactly than expected() why a text is none
    std::vector<ForeignVariable> variables = {};

    /// The value that this text is, as far as type, words and `most` show it. Of a list: one of its texts.
    [[nodiscard]] std::optional<QVariant> valueOf(const QString &text) const;
    /// Is it a value for this option?
    [[nodiscard]] bool takes(const QString &text) const;
    /// "\"x\" is not a port (0-65535)".
    [[nodiscard]] QString faultOf(const QString &text) const;
    /// What is wanted: the end of "… is not …".
    [[nodiscard]] QString expected() const;
    /// As it would be written; nothing: it is not set. Of a secret: "(set)".
    [[nodiscard]] QStringList written(const QVariant &value) const;
    /// "N", "on|off"; empty: it stands alone on the command line.
    [[nodiscard]] QString placeholder() const;
};

} // namespace glasshouse
