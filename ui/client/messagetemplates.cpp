// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/messagetemplates.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MessageTemplates)
};

} // namespace

QList<MessageTemplate> messageTemplates()
{
    return {
        {Words::tr("Chat"), PayloadKind::Json, u"{\"type\": \"chat\", \"data\": {\"text\": \"Hello!\"}}"_s},
        {Words::tr("Ping (of the room)"), PayloadKind::Json,
         u"{\"type\": \"ping\", \"id\": {{counter}}, \"data\": {\"timestamp\": {{now}}}}"_s},
        {Words::tr("Ready"), PayloadKind::Json, u"{\"type\": \"ready\", \"data\": {\"status\": \"ready\"}}"_s},
        {Words::tr("Start"), PayloadKind::Json, u"{\"type\": \"start\"}"_s},
        {Words::tr("Relay to everybody"), PayloadKind::Json, u"{\"type\": \"move\", \"data\": {\"x\": 3, \"y\": 4}}"_s},
        {Words::tr("Relay to one player"), PayloadKind::Json,
         u"{\"type\": \"move\", \"to\": \"player\", \"data\": {\"x\": 3, \"y\": 4}}"_s},
        {Words::tr("Batch"), PayloadKind::Json,
         u"{\"type\": \"batch\", \"data\": [\n  {\"type\": \"ready\"},\n  {\"type\": \"chat\", \"data\": {\"text\": \"Hello!\"}}\n]}"_s},
        {Words::tr("Leave"), PayloadKind::Json, u"{\"type\": \"leave\"}"_s},
        {Words::tr("Plain text"), PayloadKind::Text, u"Hello!"_s},
        {Words::tr("Bytes"), PayloadKind::Binary, u"00 01 02 03  DE AD BE EF"_s},
    };
}

} // namespace glasshouse
