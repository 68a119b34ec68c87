// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/client/payloadcheck.h"

#include <QList>

namespace glasshouse {

/// A message to begin with (docs/protocol.md, "Envelope").
struct MessageTemplate
{
    QString name;
    PayloadKind kind = PayloadKind::Json;
    QString text;
};
[[nodiscard]] QList<MessageTemplate> messageTemplates();

} // namespace glasshouse
