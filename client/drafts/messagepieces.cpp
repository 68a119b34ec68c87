// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/messagepieces.h"

#include <QStringList>

namespace glasshouse {

std::optional<QList<qsizetype>> cutPlaces(QStringView text)
{
    QList<qsizetype> places;
    const QStringList words = text.toString().replace(u',', u' ').simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        bool fits = false;
        const qlonglong place = word.toLongLong(&fits);
        if (!fits || place < 0 || places.size() >= mostPieces || (!places.isEmpty() && place < places.last()))
            return std::nullopt;
        places += place;
    }
    return places.isEmpty() ? std::nullopt : std::optional(places);
}

std::optional<QList<QByteArray>> cutMessage(const QByteArray &message, const MessageCuts &cuts)
{
    QList<QByteArray> pieces;
    qsizetype from = 0;
    const auto cutAt = [&](qsizetype place) {
        pieces += message.mid(from, place - from);
        from = place;
    };
    if (cuts.kind == MessageCuts::Kind::Every) {
        const qsizetype size = qMax<qsizetype>(1, cuts.every);
        if ((message.size() + size - 1) / size > mostPieces)
            return std::nullopt;
        for (qsizetype place = size; place < message.size(); place += size)
            cutAt(place);
    } else if (cuts.kind == MessageCuts::Kind::At) {
        for (const qsizetype place : cuts.at) {
            if (place >= from && place <= message.size() && pieces.size() + 1 < mostPieces)
                cutAt(place);
        }
    }
    pieces += message.mid(from);
    return pieces;
}

} // namespace glasshouse
