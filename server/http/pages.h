// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/endpoints.h"
#include "server/http/representation.h"

#include <QHash>

namespace glasshouse {

/// The pages inside the program. Unpacked once: they are a few hundred kilobytes. Never changes, so every thread may ask.
class OwnPages
{
public:
    OwnPages();
    /// "/" is "/index.html"; null: there is none.
    [[nodiscard]] const Representation *find(QByteArrayView path) const;

private:
    QHash<QByteArray, Representation> m_pages; ///< by path
};

/// Handler of all paths that no other endpoint has: a file of the web root, or else a page inside the program.
[[nodiscard]] HttpAnswer answerPage(const HttpServices &services, const HttpRequest &request);

} // namespace glasshouse
