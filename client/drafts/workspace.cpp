// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/workspace.h"

#include "client/drafts/draftoptions.h"
#include "protocol/json.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Workspace)
};

constexpr int version = 1;
constexpr qsizetype shortestSecret = 3; // characters
constexpr std::array wayNames{"none"_L1, "header"_L1, "query"_L1, "subprotocol"_L1,
                              "message"_L1}; // in the order of the enum
static_assert(wayNames.size() == tokenWayCount);

QJsonArray messagesJson(const QList<DraftMessage> &messages)
{
    QJsonArray array;
    for (const DraftMessage &one : messages)
        array += QJsonObject{{u"name"_s, one.name}, {u"kind"_s, QString::fromLatin1(one.kind)}, {u"text"_s, one.text}};
    return array;
}

QJsonArray variablesJson(const QList<DraftVariable> &variables)
{
    QJsonArray array;
    for (const DraftVariable &one : variables)
        array += one.isSecret ? QJsonObject{{u"name"_s, one.name}, {u"secret"_s, true}}
                              : QJsonObject{{u"name"_s, one.name}, {u"value"_s, one.value}};
    return array;
}

QList<DraftMessage> messagesFrom(const QJsonArray &array)
{
    QList<DraftMessage> messages;
    for (const auto &value : array) {
        const QJsonObject one = value.toObject();
        messages.append(
            {one["name"_L1].toString(), one["kind"_L1].toString(u"text"_s).toLatin1(), one["text"_L1].toString()});
    }
    return messages;
}

QList<DraftVariable> variablesFrom(const QJsonArray &array)
{
    QList<DraftVariable> variables;
    for (const auto &value : array) {
        const QJsonObject one = value.toObject();
        const QString name = one["name"_L1].toString();
        const bool isKnown = std::ranges::any_of(variables, [&](const DraftVariable &v) { return v.name == name; });
        if (TextVariables::isOwnName(name) && !isKnown)
            variables.append({name, one["value"_L1].toString(), one["secret"_L1].toBool()});
    }
    return variables;
}

bool hasLongList(const QJsonObject &json)
{
    return std::ranges::any_of(json, [](const QJsonValue &value) { return value.toArray().size() > mostListed; });
}

} // namespace

QByteArray workspaceFile(const Workspace &workspace)
{
    const ConnectionDraft &draft = workspace.connection;
    QJsonObject json{{u"glasshouse"_s, u"workspace"_s}, {u"version"_s, version}, {u"address"_s, draft.address}};
    if (draft.tokenWay != TokenWay::None)
        json[u"token"_s] =
            QJsonObject{{u"way"_s, QString(wayNames[size_t(draft.tokenWay)])}, {u"value"_s, draft.token}};
    json[u"connection"_s] = draftOptionsJson(draft.options);
    json[u"variables"_s] = variablesJson(workspace.variables);
    json[u"messages"_s] = messagesJson(workspace.messages);
    return QJsonDocument(json).toJson();
}

std::optional<WorkspaceFault> faultOfFile(const Workspace &workspace, const QByteArray &file)
{
    const TestClientOptions &options = workspace.connection.options;
    if (file.size() > largestWorkspace)
        return WorkspaceFault::TooLarge;
    const qsizetype longest = std::max({workspace.messages.size(), workspace.variables.size(), options.headers.size(),
                                        options.subprotocols.size(), options.first.size()});
    return longest > mostListed ? std::optional(WorkspaceFault::TooMany) : std::nullopt;
}

Result<Workspace, WorkspaceFault> readWorkspace(const QByteArray &file)
{
    using Fault = Error<WorkspaceFault>;
    if (file.size() > largestWorkspace)
        return Fault{WorkspaceFault::TooLarge, {}};
    const QByteArray text = withoutByteOrderMark(file).toByteArray();
    if (!checkJson(text))
        return Fault{WorkspaceFault::NotJson, {}};
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    if (json["glasshouse"_L1] != "workspace"_L1)
        return Fault{WorkspaceFault::NotAWorkspace, {}};
    if (json["version"_L1].toInt() != version)
        return Fault{WorkspaceFault::NewerVersion, {}};
    const QJsonObject connection = json["connection"_L1].toObject();
    if (hasLongList(json) || hasLongList(connection))
        return Fault{WorkspaceFault::TooMany, {}};
    Workspace workspace;
    const QJsonObject token = json["token"_L1].toObject();
    const auto *way = std::ranges::find(wayNames, token["way"_L1].toString());
    workspace.connection.address = json["address"_L1].toString();
    workspace.connection.options = draftOptionsFrom(connection, &workspace.ignored);
    workspace.connection.tokenWay = way == wayNames.end() ? TokenWay::None : TokenWay(way - wayNames.begin());
    workspace.connection.token = token["value"_L1].toString();
    workspace.messages = messagesFrom(json["messages"_L1].toArray());
    workspace.variables = variablesFrom(json["variables"_L1].toArray());
    return workspace;
}

QString workspaceFaultText(WorkspaceFault fault)
{
    switch (fault) {
    case WorkspaceFault::TooLarge:
        return Words::tr("A workspace has at most %1 MiB").arg(largestWorkspace / (1024 * 1024));
    case WorkspaceFault::TooMany:
        return Words::tr("A list in a workspace has at most %1 entries").arg(mostListed);
    case WorkspaceFault::NotJson:
        return Words::tr("The file is no JSON");
    case WorkspaceFault::NotAWorkspace:
        return Words::tr("The file is JSON, and no workspace of Glasshouse");
    case WorkspaceFault::NewerVersion:
        return Words::tr("The workspace was made by another version of Glasshouse");
    }
    Q_UNREACHABLE();
}

QByteArrayList secretValues(const QList<DraftVariable> &variables)
{
    QByteArrayList values;
    for (const DraftVariable &one : variables) {
        if (!one.isSecret || one.value.size() < shortestSecret)
            continue;
        const QByteArray plain = one.value.toUtf8();
        for (const QByteArray &form :
             {plain, QUrl::toPercentEncoding(one.value), jsonQuoted(plain).mid(1).chopped(1)}) {
            if (!values.contains(form))
                values += form;
        }
    }
    std::ranges::stable_sort(values, std::greater(), &QByteArray::size);
    return values;
}

void setOwnVariables(TextVariables &variables, const QList<DraftVariable> &own)
{
    QHash<QString, QString> values;
    QStringList missing;
    for (const DraftVariable &one : own) {
        if (one.isSecret && one.value.isEmpty())
            missing += one.name;
        else
            values.insert(one.name, one.value);
    }
    variables.setOwn(values);
    variables.setMissing(missing);
}

} // namespace glasshouse
