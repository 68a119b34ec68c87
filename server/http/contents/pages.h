// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/contents/representation.h"
#include "server/http/endpoints.h"

#include <QHash>

namespace glasshouse {

/// The pages inside the program. Unpacked and compressed once: they are a few hundred kilobytes. Never changes, so every thread
/// may ask. Their guard.js runs even where no other file arrives, so it stands in each page itself, and the page's policy
/// (Content-Security-Policy) names it by its hash.
class OwnPages
{
public:
    OwnPages();
    /// In the coding that the request likes best; "/" is "/index.html"; null: there is none.
    [[nodiscard]] const Representation *find(const HttpHead &request) const;

private:
    struct Page
    {
        Representation plain;
        std::optional<Representation> gzipped; ///< if it is smaller
    };
    QHash<QByteArray, Page> m_pages; ///< by path
};

/// Handler of all paths that no other endpoint has: a file of the web root, or else a page inside the program.
[[nodiscard]] HttpAnswer answerPage(const HttpServices &services, const HttpRequest &request);

} // namespace glasshouse
