// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientoptions.h"

#include <QStringList>

class QJsonObject;

namespace glasshouse {

/// Entries of a list in a file; what has more is refused as a whole.
constexpr qsizetype mostListed = 1'000;

// The options of a test client as JSON, for files and settings: those that are not as ever. Whether certificate errors are ignored
// holds for one window only and is never among them; nor are the URL and the proxy's password, unless it is a variable.

[[nodiscard]] QJsonObject draftOptionsJson(const TestClientOptions &options);
/// What is out of its bounds is brought into them, and what has another type stays as ever. `unknown`: members that nobody reads.
[[nodiscard]] TestClientOptions draftOptionsFrom(const QJsonObject &json, QStringList *unknown = nullptr);

} // namespace glasshouse
