// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/httphead.h"

namespace glasshouse {

/// May a page of this origin open connections? There is no Origin: yes (not a browser). Otherwise its host and port are
/// those of the Host header, or it stands on the list letter by letter (case aside), or the list holds "*".
[[nodiscard]] bool isOriginAllowed(const HttpHead &request, const QList<QByteArray> &allowed);
/// Is the Host header on the list? An entry without a port fits every port. An empty list lets all pass.
[[nodiscard]] bool isHostAllowed(const HttpHead &request, const QList<QByteArray> &allowed);

} // namespace glasshouse
