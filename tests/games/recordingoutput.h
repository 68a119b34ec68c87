// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/games/game.h"

namespace glasshouse {

/// Writes down what a game does to the world, one line a call. Knows the players "anna" and "ben".
class RecordingOutput final : public GameOutput
{
public:
    QList<QByteArray> calls;
    QByteArray lastMore; ///< of an error, its further members

    void toAll(QByteArrayView type, QByteArrayView data) override { note("all", {}, type, data); }
    void toOthers(const PlayerId &from, QByteArrayView type, QByteArrayView data) override
    {
        note("others of", from, type, data);
    }
    bool toPlayer(const PlayerId &to, QByteArrayView type, QByteArrayView data, const PlayerId &from) override
    {
        const bool known = to == "anna" || to == "ben";
        if (known)
            note(from + " to", to, type, data);
        return known;
    }
    void binaryToOthers(const PlayerId &from, QByteArrayView payload) override
    {
        note("binary to others of", from, payload, {});
    }
    void reject(ErrorCode code, QByteArrayView, QByteArrayView more) override
    {
        lastMore = more.toByteArray();
        calls += "reject " + errorCodeName(code).toByteArray();
    }
    void finished(QByteArrayView results) override { note("finished", {}, results, {}); }
    void roundFinished(QByteArrayView results) override { note("round finished", {}, results, {}); }

private:
    void note(const QByteArray &what, const QByteArray &whom, QByteArrayView type, QByteArrayView data)
    {
        calls += QByteArray(what + ' ' + whom + ' ' + type.toByteArray() + ' ' + data.toByteArray()).simplified();
    }
};

} // namespace glasshouse
