// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// The quality value (RFC 9110, section 12.4.2) that a list such as Accept or Accept-Encoding gives a name, in thousandths:
/// 1000 without a weight, 0 for "not this", and for a weight that is none. Nullopt: the name is not in the list. Names without
/// regard to case; parameters besides the weight are not looked at.
[[nodiscard]] std::optional<int> qualityOf(QByteArrayView name, const QList<QByteArray> &list);

} // namespace glasshouse
