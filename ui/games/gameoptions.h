// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QList>
#include <QString>

namespace glasshouse {

/// One option of a game (docs/protocol.md "Games") as a field of a form: a choice, or a number within bounds. Left alone,
/// it is not sent, and the game does what it does without.
struct GameOption
{
    struct Choice
    {
        QString value;
        QString text;
    };
    QString key;
    QString label;
    QString tip;
    QString unset;         ///< what the field says when it is left alone
    QList<Choice> choices; ///< empty: it is a number
    int least = 0;
    int most = 0;
    QString unit; ///< of a number: "s"
};

[[nodiscard]] QList<GameOption> gameOptions(const QString &kind);

} // namespace glasshouse
