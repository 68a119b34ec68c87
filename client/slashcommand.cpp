// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/slashcommand.h"

#include <QList>

namespace glasshouse {

namespace {

std::optional<SlashCommand::Kind> kindOf(const QByteArray &name)
{
    if (name == "/ping")
        return SlashCommand::Kind::Ping;
    if (name == "/pong")
        return SlashCommand::Kind::Pong;
    return name == "/close" ? std::optional(SlashCommand::Kind::Close) : std::nullopt;
}

} // namespace

std::optional<SlashCommand> slashCommand(const QByteArray &line)
{
    const QList<QByteArray> words = line.simplified().split(' ');
    const auto kind = kindOf(words.first());
    if (!kind)
        return std::nullopt;
    SlashCommand command{.kind = *kind};
    if (*kind != SlashCommand::Kind::Close) {
        command.payload = words.value(1);
        return command;
    }
    if (words.size() > 1)
        command.code = words[1].toUShort();
    command.reason = words.mid(2).join(' ');
    return command;
}

} // namespace glasshouse
