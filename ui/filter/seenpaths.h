// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/capture/framerecord.h"

#include <QStringList>

namespace glasshouse {

/// Where values stand in the JSON of messages that somebody saw ("data.x", "json.seq"), to complete conditions with: three levels of
/// objects, and so many paths. A value.
class SeenPaths
{
public:
    static constexpr qsizetype most = 200;

    /// Looks at no long payload: it happens while somebody types.
    void learn(const CapturedRow &row);
    [[nodiscard]] const QStringList &words() const { return m_words; }

private:
    QStringList m_words; ///< in the order of their coming
};

} // namespace glasshouse
