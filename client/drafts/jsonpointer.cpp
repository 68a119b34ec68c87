// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/jsonpointer.h"

#include "protocol/json.h"

#include <QList>
#include <QString>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

QByteArray unescaped(QStringView step)
{
    QString name = step.toString();
    return name.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1).toUtf8();
}

QByteArrayView memberNamed(QByteArrayView object, QByteArrayView name)
{
    QByteArrayView found;
    forEachMember(object, [&](QByteArrayView key, QByteArrayView value) {
        if (isKey(key, name))
            found = value;
        return found.isNull();
    });
    return found;
}

/// A leading zero or a sign is no index (RFC 6901, section 4).
std::optional<qsizetype> elementIndex(QStringView step)
{
    const bool isPlain = !step.isEmpty() && (step.size() == 1 || step.front() != u'0')
        && std::ranges::all_of(step, [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const qlonglong index = isPlain ? step.toLongLong(&fits) : 0;
    return fits ? std::optional<qsizetype>(index) : std::nullopt;
}

QByteArrayView elementAt(QByteArrayView array, QStringView step)
{
    QByteArrayView found;
    auto left = elementIndex(step);
    if (!left)
        return found;
    forEachElement(array, [&](QByteArrayView value) {
        if ((*left)-- == 0)
            found = value;
        return found.isNull();
    });
    return found;
}

} // namespace

bool isJsonPointer(QStringView pointer)
{
    if (!pointer.isEmpty() && pointer.front() != u'/')
        return false;
    for (qsizetype i = pointer.indexOf(u'~'); i >= 0; i = pointer.indexOf(u'~', i + 1)) {
        if (i + 1 >= pointer.size() || (pointer[i + 1] != u'0' && pointer[i + 1] != u'1'))
            return false;
    }
    return true;
}

QByteArrayView jsonAt(QByteArrayView json, QStringView pointer)
{
    QByteArrayView here = json.trimmed();
    if (pointer.isEmpty())
        return here;
    const auto steps = pointer.mid(1).split(u'/');
    for (const QStringView step : steps) {
        if (here.startsWith('{'))
            here = memberNamed(here, unescaped(step));
        else if (here.startsWith('['))
            here = elementAt(here, step);
        else
            here = {};
        if (here.isNull())
            break;
    }
    return here;
}

} // namespace glasshouse
