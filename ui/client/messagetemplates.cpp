// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/messagetemplates.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace glasshouse {

QList<MessageTemplate> messageTemplates()
{
    const auto name = [](const char *text) { return QCoreApplication::translate("MessageTemplates", text); };
    const QString now = QString::number(QDateTime::currentMSecsSinceEpoch());
    return {
        {name("Chat"), PayloadKind::Json, u"{\"type\": \"chat\", \"data\": {\"text\": \"Hello!\"}}"_s},
        {name("Ping (of the room)"), PayloadKind::Json,
         u"{\"type\": \"ping\", \"id\": 1, \"data\": {\"timestamp\": %1}}"_s.arg(now)},
        {name("Ready"), PayloadKind::Json, u"{\"type\": \"ready\", \"data\": {\"status\": \"ready\"}}"_s},
        {name("Start"), PayloadKind::Json, u"{\"type\": \"start\"}"_s},
        {name("Relay to everybody"), PayloadKind::Json, u"{\"type\": \"move\", \"data\": {\"x\": 3, \"y\": 4}}"_s},
        {name("Relay to one player"), PayloadKind::Json,
         u"{\"type\": \"move\", \"to\": \"player\", \"data\": {\"x\": 3, \"y\": 4}}"_s},
        {name("Batch"), PayloadKind::Json,
         u"{\"type\": \"batch\", \"data\": [\n  {\"type\": \"ready\"},\n  {\"type\": \"chat\", \"data\": {\"text\": \"Hello!\"}}\n]}"_s},
        {name("Leave"), PayloadKind::Json, u"{\"type\": \"leave\"}"_s},
        {name("Plain text"), PayloadKind::Text, u"Hello!"_s},
        {name("Bytes"), PayloadKind::Binary, u"00 01 02 03  DE AD BE EF"_s},
    };
}

} // namespace glasshouse
