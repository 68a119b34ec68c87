// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/rowsecrets.h"

#include "server/capture/redaction.h"
#include "ui/models/payloadtext.h"

namespace glasshouse {

CapturedRow withoutSecrets(const CapturedRow &row, const QByteArrayList &values)
{
    CapturedRow safe = withoutSecrets(row);
    for (const QByteArray &value : values)
        safe.payload.replace(value, redactedMark);
    return safe;
}

} // namespace glasshouse
