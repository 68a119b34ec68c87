// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/addressquery.h"

#include <QStringList>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

/// An address around its query.
struct Parts
{
    QString before;   ///< up to the question mark
    QString query;    ///< behind it
    QString fragment; ///< from the "#" on
};

Parts partsOf(const QString &address)
{
    const qsizetype hash = address.indexOf(u'#');
    const QString whole = hash < 0 ? address : address.left(hash);
    const qsizetype mark = whole.indexOf(u'?');
    return {mark < 0 ? whole : whole.left(mark), mark < 0 ? QString() : whole.mid(mark + 1),
            hash < 0 ? QString() : address.mid(hash)};
}

QString decoded(const QString &text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(QString(text).replace(u'+', u' ').toUtf8()));
}

/// Only what has to be: a value stays readable, and braces stay braces.
QString encoded(const QString &text, bool isName)
{
    static const QString kept = u"-._~!$'()*,;:@/?{}|[]"_s;
    QString out;
    for (const char32_t point : text.toUcs4()) {
        const bool isPlain = point < 0x80
            && (QChar(char16_t(point)).isLetterOrNumber() || kept.contains(QChar(char16_t(point)))
                || (point == U'=' && !isName));
        const QString one = QString::fromUcs4(&point, 1);
        out += isPlain ? one : QString::fromLatin1(QUrl::toPercentEncoding(one));
    }
    return out;
}

QueryItem itemOf(const QString &written)
{
    const qsizetype equals = written.indexOf(u'=');
    return {decoded(written.left(equals < 0 ? written.size() : equals)),
            equals < 0 ? QString() : decoded(written.mid(equals + 1)), equals >= 0};
}

QString written(const QueryItem &item)
{
    const QString name = encoded(item.name, true);
    return item.hasValue || !item.value.isEmpty() ? name + u'=' + encoded(item.value, false) : name;
}

} // namespace

QList<QueryItem> queryItems(const QString &address)
{
    QList<QueryItem> items;
    const QStringList all = partsOf(address).query.split(u'&', Qt::SkipEmptyParts);
    for (const QString &one : all)
        items += itemOf(one);
    return items;
}

QString withQueryItems(const QString &address, const QList<QueryItem> &items)
{
    const Parts parts = partsOf(address);
    const QStringList before = parts.query.split(u'&', Qt::SkipEmptyParts);
    const QList<QueryItem> known = queryItems(address);
    QStringList after;
    qsizetype next = 0; // they stay in their order, mostly
    for (const QueryItem &item : items) {
        qsizetype same = known.indexOf(item, next);
        if (same < 0)
            same = known.indexOf(item);
        after += same < 0 ? written(item) : before[same];
        next = same < 0 ? next : same + 1;
    }
    return parts.before + (after.isEmpty() ? QString() : u'?' + after.join(u'&')) + parts.fragment;
}

} // namespace glasshouse
