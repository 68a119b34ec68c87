// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/drafts/connectiondraft.h"

#include <QByteArrayList>
#include <QStringList>

namespace glasshouse {

/// A message that is kept by its name.
struct DraftMessage
{
    QString name;
    QByteArray kind; ///< "text", "json", "hex", "base64", "file"
    QString text;
    [[nodiscard]] bool operator==(const DraftMessage &) const = default;
};

struct DraftVariable
{
    QString name;
    QString value;
    bool isSecret = false; ///< its value never leaves the memory
    [[nodiscard]] bool operator==(const DraftVariable &) const = default;
};

/// All that a test client is set up with: a file to be shared. A value.
struct Workspace
{
    ConnectionDraft connection;
    QList<DraftMessage> messages;
    QList<DraftVariable> variables;
    QStringList ignored = {}; ///< members of the file that this version does not know
};

enum class WorkspaceFault : quint8 { TooLarge, TooMany, NotJson, NotAWorkspace, NewerVersion };
constexpr qint64 largestWorkspace = qint64(4) * 1024 * 1024; ///< bytes of its file

/// As a file. Values of secret variables, and secrets that somebody wrote without a variable, must be gone already, but for the
/// former, which are left out here.
[[nodiscard]] QByteArray workspaceFile(const Workspace &workspace);
/// Why nobody could read its file again; nullopt: one can.
[[nodiscard]] std::optional<WorkspaceFault> faultOfFile(const Workspace &workspace, const QByteArray &file);
/// Of strangers as well. Texts are as they were written.
[[nodiscard]] Result<Workspace, WorkspaceFault> readWorkspace(const QByteArray &file);
/// For people, translated.
[[nodiscard]] QString workspaceFaultText(WorkspaceFault fault);

/// Values of secret variables as they may stand in a text: as they are, in an address, and in JSON. The longest first; the
/// shortest are left out, since they would take pieces out of everything.
[[nodiscard]] QByteArrayList secretValues(const QList<DraftVariable> &variables);

/// Values of the variables that have one, and the names of the others.
void setOwnVariables(TextVariables &variables, const QList<DraftVariable> &own);

} // namespace glasshouse
