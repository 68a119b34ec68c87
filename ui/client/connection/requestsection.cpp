// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connection/requestsection.h"

#include "client/drafts/addressquery.h"
#include "ui/client/connection/namevaluetable.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

RequestSection::RequestSection(QWidget *parent)
    : ConnectionSection(parent),
      m_query(new NameValueTable({tr("Query of the address"), tr("Parameter"),
                                  tr("What stands behind the question mark of the address, decoded"),
                                  tr("Add parame&ter"), tr("Remove p&arameter"), tr("Adds an empty line to the query"),
                                  tr("Removes the selected parameter")},
                                 this)),
      m_headers(new NameValueTable(
          {tr("Headers of the request"), tr("Header"),
           tr("Sent with the request; they replace ours of the same name. Values of Authorization and "
              "Cookie are not kept when the window closes."),
           tr("Add h&eader"), tr("&Remove header"), tr("Adds an empty line to the headers"),
           tr("Removes the selected header")},
          this)),
      m_origin(new QLineEdit(this)),
      m_subprotocols(new QLineEdit(this))
{
    m_origin->setPlaceholderText(tr("none, like a program"));
    m_origin->setToolTip(tr("Origin header, as a browser sends it: https://game.example"));
    m_subprotocols->setPlaceholderText(tr("none"));
    m_subprotocols->setToolTip(tr("Subprotocols to offer, best first, with commas between them"));
    auto *origin = new QFormLayout;
    origin->addRow(tr("&Origin:"), m_origin);
    auto *subprotocols = new QFormLayout;
    subprotocols->addRow(tr("Sub&protocols:"), m_subprotocols);
    auto *fields = new QHBoxLayout;
    fields->addLayout(origin, 1);
    fields->addLayout(subprotocols, 1);
    auto *tables = new QHBoxLayout;
    tables->addWidget(m_headers, 1);
    tables->addWidget(m_query, 1);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(fields);
    layout->addLayout(tables, 1);
    connect(m_query, &NameValueTable::edited, this, &RequestSection::takeQuery);
}

void RequestSection::take(const ConnectionDraft &draft)
{
    m_origin->setText(QString::fromUtf8(draft.options.origin));
    m_subprotocols->setText(QString::fromUtf8(draft.options.subprotocols.join(", ")));
    QList<NameValue> headers;
    for (const HttpHeader &header : draft.options.headers)
        headers.append({QString::fromUtf8(header.name), QString::fromUtf8(header.value)});
    m_headers->setPairs(headers);
}

void RequestSection::put(ConnectionDraft &draft) const
{
    draft.options.origin = m_origin->text().trimmed().toUtf8();
    draft.options.subprotocols.clear();
    const QStringList names = m_subprotocols->text().split(u',', Qt::SkipEmptyParts);
    for (const QString &name : names)
        draft.options.subprotocols.append(name.trimmed().toUtf8());
    draft.options.headers.clear();
    const QList<NameValue> headers = m_headers->pairs();
    for (const NameValue &header : headers)
        draft.options.headers.append({header.name.trimmed().toUtf8(), header.value.trimmed().toUtf8()});
}

void RequestSection::setAddress(const QString &address)
{
    if (address == m_address)
        return;
    m_address = address;
    QList<NameValue> pairs;
    const QList<QueryItem> items = queryItems(address);
    for (const QueryItem &item : items)
        pairs.append({item.name, item.value});
    m_query->setPairs(pairs);
}

void RequestSection::takeQuery()
{
    const QList<QueryItem> before = queryItems(m_address);
    QList<QueryItem> items;
    const QList<NameValue> pairs = m_query->pairs();
    for (const NameValue &pair : pairs) {
        const QueryItem bare{pair.name, {}, false};
        items.append(pair.value.isEmpty() && before.contains(bare) ? bare : QueryItem{pair.name, pair.value});
    }
    m_address = withQueryItems(m_address, items);
    emit addressEdited(m_address);
}

} // namespace glasshouse
