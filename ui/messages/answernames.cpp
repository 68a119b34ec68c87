// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/answernames.h"

#include "protocol/json.h"

namespace glasshouse {

namespace {

constexpr int deepest = 64;

} // namespace

QByteArray answerName(QByteArrayView payload, QByteArrayView member)
{
    const auto checked = checkJson(payload, deepest);
    if (!checked || !checked.value().startsWith('{'))
        return {};
    const QByteArrayView value = jsonMember(checked.value(), member);
    const char begin = value.isEmpty() ? '\0' : value.front();
    const bool isName = begin == '"' || begin == '-' || (begin >= '0' && begin <= '9');
    return isName ? value.toByteArray() : QByteArray();
}

} // namespace glasshouse
