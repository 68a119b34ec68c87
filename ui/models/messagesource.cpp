// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/messagesource.h"

#include "server/events/seatedplayers.h"

namespace glasshouse {

std::vector<quint64> MessageSource::samples(quint64 /*first*/, quint64 /*end*/) const { return {}; }

std::unique_ptr<CaptureQuery> MessageSource::search(std::shared_ptr<const SearchableRows> rows,
                                                    const CaptureFilter &filter)
{
    if (!rows || filter == CaptureFilter{})
        return {};
    auto query = std::make_unique<CaptureQuery>(std::move(rows), filter, std::make_unique<SeatedPlayers>());
    connect(query.get(), &CaptureQuery::found, this, &MessageSource::filtered);
    query->follow();
    return query;
}

} // namespace glasshouse
