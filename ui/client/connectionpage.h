// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/connectiondraft.h"
#include "client/testclientending.h"

#include <QWidget>

class QListWidget;
class QStackedWidget;

namespace glasshouse {

class ConnectionSection;
class KeepingSection;
class ProxySection;
class RequestSection;

/// How the next connection is made: everything of a ConnectionDraft, part by part. The address itself stands elsewhere; its query
/// is edited here.
class ConnectionPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionPage(QWidget *parent = nullptr);

    /// Texts as they were written. With the address that it was told.
    [[nodiscard]] ConnectionDraft draft() const;
    void setDraft(const ConnectionDraft &draft);
    [[nodiscard]] TestClientOptions options() const { return draft().options; }
    /// Without a token.
    void setOptions(const TestClientOptions &options);
    /// The query's table goes with what somebody types elsewhere.
    void setAddress(const QString &address);
    /// Marks the rung of the ladder that is waited on; 0: none.
    void setAttempt(int attempt);
    void showSystemProxy(const TestClientProxy &found);
    /// That part of the setup which the advice for such an ending is about.
    void showPartFor(const TestClientEnding &ending);

signals:
    /// Somebody changed the query.
    void addressEdited(const QString &address);

private:
    QListWidget *m_names;
    QStackedWidget *m_pages;
    QList<ConnectionSection *> m_sections; ///< each is asked for all that it shows
    RequestSection *m_request;
    ProxySection *m_proxy;
    KeepingSection *m_keeping;
    TestClientOptions m_rest; ///< what no section shows
    QString m_address;

    void add(const QString &name, ConnectionSection *section);
};

} // namespace glasshouse
