// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/quality.h"

#include "protocol/httpchars.h"

namespace glasshouse {

namespace {

constexpr int whole = 1000;

int thousandths(QByteArrayView text)
{
    bool ok = false;
    const double weight = text.toDouble(&ok);
    return ok && weight >= 0 && weight <= 1 ? qRound(weight * whole) : 0;
}

int weightAmong(const QList<QByteArray> &parameters)
{
    for (const QByteArray &parameter : parameters) {
        const QByteArrayView text = httpchars::stripped(parameter);
        if (text.size() >= 2 && httpchars::isSame(text.first(2), "q="))
            return thousandths(text.sliced(2));
    }
    return whole;
}

} // namespace

std::optional<int> qualityOf(QByteArrayView name, const QList<QByteArray> &list)
{
    for (const QByteArray &element : list) {
        QList<QByteArray> parts = element.split(';');
        if (httpchars::isSame(httpchars::stripped(parts.takeFirst()), name))
            return weightAmong(parts);
    }
    return std::nullopt;
}

} // namespace glasshouse
