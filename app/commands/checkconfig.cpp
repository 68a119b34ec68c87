// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/checkconfig.h"

#include "app/optiontable.h"
#include "app/startcheck.h"
#include "base/visibletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int wrongUsage = 2;
constexpr qsizetype widestColumn = 40; // a longer value pushes its own line only

struct Row
{
    QString option;
    QStringList values;
    bool isList;
    Origin origin;

    [[nodiscard]] QString text() const { return values.isEmpty() ? u"-"_s : visible(values.join(u", "_s)); }
};

Row rowOf(const ProgramOption &option, const Settings &settings)
{
    const QString name = QString::fromLatin1(option.name);
    return {name, option.get(settings.options()), option.isList, settings.originOf(name)};
}

QList<Row> rowsOf(const Settings &settings)
{
    QList<Row> rows;
    for (const ProgramOption &option : optionTable())
        rows += rowOf(option, settings);
    for (const ProgramOption &secret : secretOptions()) {
        if (!secret.get(settings.options()).isEmpty())
            rows += rowOf(secret, settings);
    }
    return rows;
}

QString layerName(Origin::Layer layer)
{
    switch (layer) {
    case Origin::Layer::Default:
        return u"default"_s;
    case Origin::Layer::File:
        return u"file"_s;
    case Origin::Layer::Environment:
        return u"environment"_s;
    case Origin::Layer::CommandLine:
        return u"command line"_s;
    }
    return {};
}

QByteArray line(const QJsonObject &object)
{
    return visibleJson(QJsonDocument(object).toJson(QJsonDocument::Compact)) + '\n';
}

QByteArray asJson(const Row &row)
{
    const QJsonValue value = row.isList ? QJsonValue(QJsonArray::fromStringList(row.values))
        : row.values.isEmpty()          ? QJsonValue()
                                        : QJsonValue(row.values.first());
    return line({{u"option"_s, row.option},
                 {u"value"_s, value},
                 {u"layer"_s, layerName(row.origin.layer)},
                 {u"from"_s, row.origin.name}});
}

QByteArray asColumns(const QList<Row> &rows)
{
    qsizetype first = 0;
    qsizetype second = 0;
    for (const Row &row : rows) {
        first = std::max(first, row.option.size());
        second = std::max(second, std::min(row.text().size(), widestColumn));
    }
    QString text;
    for (const Row &row : rows)
        text += row.option.leftJustified(first + 2) + row.text().leftJustified(second) + u"  "_s
            + visible(row.origin.name) + u'\n';
    return text.toUtf8();
}

} // namespace

CommandOutput checkConfig(const Settings &settings)
{
    const QList<Row> rows = rowsOf(settings);
    const QStringList faults = startFaults(settings);
    const QStringList warnings = startWarnings(settings);
    CommandOutput output;
    output.exitCode = faults.isEmpty() ? 0 : wrongUsage;
    if (!settings.options().json) {
        output.out = asColumns(rows);
        QStringList texts;
        for (const QString &warning : warnings)
            texts += u"warning: "_s + warning;
        output.error = (texts + faults).join(u'\n').toUtf8();
        return output;
    }
    for (const Row &row : rows)
        output.out += asJson(row);
    for (const QString &warning : warnings)
        output.out += line({{u"warning"_s, warning}});
    for (const QString &fault : faults)
        output.out += line({{u"error"_s, fault}});
    return output;
}

} // namespace glasshouse
