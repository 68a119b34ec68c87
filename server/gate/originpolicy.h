// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// May a page of this origin open connections? There is no Origin: yes (not a browser). Otherwise its host and port are
/// those of the Host header, or it stands on the list (see webnames.h), or the list holds "*".
[[nodiscard]] bool isOriginAllowed(const HttpHead &request, const QList<QByteArray> &allowed);
/// Does the list name it, as it was sent or in another spelling? "*" is not looked at.
[[nodiscard]] bool isOriginNamed(QByteArrayView origin, const QList<QByteArray> &allowed);

} // namespace glasshouse
