// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace glasshouse {

/// "id" or "re" of an envelope, as it was written; null: it has none. What is neither a text nor a number tells nobody apart.
[[nodiscard]] QByteArray answerName(QByteArrayView payload, QByteArrayView member);

} // namespace glasshouse
