// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace glasshouse {

/// A parameter of an address, decoded.
struct QueryItem
{
    QString name;
    QString value;
    bool hasValue = true; ///< "name=", and not "name" alone
    [[nodiscard]] bool operator==(const QueryItem &) const = default;
};

// Addresses as people type them: they may be unfinished and hold variables, which stay as they are. What is not touched comes back as
// it was written.

[[nodiscard]] QList<QueryItem> queryItems(const QString &address);
[[nodiscard]] QString withQueryItems(const QString &address, const QList<QueryItem> &items);

} // namespace glasshouse
