// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/client/connection/connectionsection.h"

class QLineEdit;

namespace glasshouse {

class NameValueTable;

/// What is asked: the address's query, headers, origin and subprotocols.
class RequestSection final : public ConnectionSection
{
    Q_OBJECT
public:
    explicit RequestSection(QWidget *parent = nullptr);

    void take(const ConnectionDraft &draft) override;
    /// But for the address, which stands elsewhere.
    void put(ConnectionDraft &draft) const override;
    /// The table of its query goes with it.
    void setAddress(const QString &address);

signals:
    /// Somebody changed the query.
    void addressEdited(const QString &address);

private:
    QString m_address;
    NameValueTable *m_query;
    NameValueTable *m_headers;
    QLineEdit *m_origin;
    QLineEdit *m_subprotocols;

    void takeQuery();
};

} // namespace glasshouse
