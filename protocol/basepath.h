// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace glasshouse {

/// The prefix that stands in front of every path where a proxy shares one name among several servers.

/// Empty, or "/" and names of A-Z a-z 0-9 - . _ ~ with "/" between them; no name begins with a dot, no "/" at the end.
[[nodiscard]] bool isValidBasePath(QByteArrayView path);
/// A request's target without the base path in front; as it is where it does not begin with it.
[[nodiscard]] QByteArray withoutBasePath(QByteArrayView target, QByteArrayView basePath);
/// "wss://play.example.org/prefix" for "https://play.example.org/prefix/"; the base path where the address has no path of its
/// own. Empty: this is no http(s) or ws(s) address.
[[nodiscard]] QByteArray publicSocketUrl(const QByteArray &publicUrl, const QByteArray &basePath);

} // namespace glasshouse
