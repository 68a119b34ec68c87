// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connectionpage.h"

#include "client/testclientproxy.h"
#include "client/testclienttarget.h"
#include "ui/base/focusring.h"
#include "ui/client/connection/firstsection.h"
#include "ui/client/connection/keepingsection.h"
#include "ui/client/connection/limitssection.h"
#include "ui/client/connection/proxysection.h"
#include "ui/client/connection/requestsection.h"
#include "ui/client/connection/tlssection.h"
#include "ui/client/connection/tokensection.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollArea>
#include <QStackedWidget>
#include <algorithm>

namespace glasshouse {
namespace {

/// In their order on the page.
enum class Part : quint8 { Request, Token, First, Tls, Proxy, Limits, Keeping };

struct PartRow
{
    TestClientFault fault;
    Part part;
    quint16 code = 0; ///< of the server's close
};
using enum TestClientFault;
constexpr PartRow partRows[] = {
    {InvalidProxy, Part::Proxy},
    {ProxyNotReached, Part::Proxy},
    {ProxyWantsPassword, Part::Proxy},
    {ProxyFailed, Part::Proxy},
    {ProxyCanNotReach, Part::Proxy},
    {InvalidMessage, Part::First},
    {TlsCertificate, Part::Tls},
    {HttpRedirect, Part::Limits},
    {TooManyRedirects, Part::Limits},
    {BadExtension, Part::Limits},
    {Http401, Part::Token},
    {Vanished, Part::Keeping},
    {ClosedByServer, Part::Token, 4001},
    {ClosedByServer, Part::Keeping, 4007},
};

Part partFor(const TestClientEnding &ending)
{
    const auto *row = std::ranges::find_if(partRows, [&](const PartRow &one) {
        return one.fault == ending.fault && (one.fault != ClosedByServer || one.code == ending.codeReceived);
    });
    return row == std::end(partRows) ? Part::Request : row->part;
}

} // namespace

ConnectionPage::ConnectionPage(QWidget *parent)
    : QWidget(parent),
      m_names(new QListWidget(this)),
      m_pages(new QStackedWidget(this)),
      m_request(new RequestSection(this)),
      m_proxy(new ProxySection(this)),
      m_keeping(new KeepingSection(this))
{
    add(tr("Request"), m_request); // in the order of Part
    add(tr("Token"), new TokenSection(this));
    add(tr("First messages"), new FirstSection(this));
    add(tr("TLS"), new TlsSection(this));
    add(tr("Proxy"), m_proxy);
    add(tr("Limits, compression"), new LimitsSection(this));
    add(tr("Heartbeat, reconnect"), m_keeping);
    m_names->setAccessibleName(tr("Parts of the setup"));
    m_names->setToolTip(tr("What is set up beside it"));
    m_names->setItemDelegate(new FocusDelegate(m_names));
    m_names->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_names->setFixedWidth(m_names->sizeHintForColumn(0) + 4 * fontMetrics().averageCharWidth());
    m_names->setMinimumHeight(3 * fontMetrics().height());
    m_names->setCurrentRow(0);
    connect(m_names, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_proxy, &ProxySection::systemChosen, this, [this] {
        systemProxyFor(urlFromInput(m_address)).then(m_proxy, [this](const TestClientProxy &found) {
            m_proxy->showSystem(found);
        });
    });
    connect(m_request, &RequestSection::addressEdited, this, &ConnectionPage::addressEdited);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_names);
    layout->addWidget(m_pages, 1);
    setOptions({});
}

void ConnectionPage::add(const QString &name, ConnectionSection *section)
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(section);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);   // what is in it takes the keys
    section->setAutoFillBackground(false); // it stands on the tab
    scroll->viewport()->setAutoFillBackground(false);
    m_pages->addWidget(scroll);
    auto *item = new QListWidgetItem(name, m_names);
    item->setSizeHint({fontMetrics().horizontalAdvance(name) + 12, fontMetrics().height() + 6});
    m_sections += section;
}

ConnectionDraft ConnectionPage::draft() const
{
    ConnectionDraft draft{m_address, m_rest, TokenWay::None, {}};
    for (const ConnectionSection *section : m_sections)
        section->put(draft);
    return draft;
}

void ConnectionPage::setDraft(const ConnectionDraft &draft)
{
    m_rest = draft.options;
    for (ConnectionSection *section : std::as_const(m_sections))
        section->take(draft);
}

void ConnectionPage::setOptions(const TestClientOptions &options)
{
    setDraft({m_address, options, TokenWay::None, {}});
}

void ConnectionPage::setAddress(const QString &address)
{
    m_address = address;
    m_request->setAddress(address);
}

void ConnectionPage::setAttempt(int attempt) { m_keeping->setAttempt(attempt); }

void ConnectionPage::showPartFor(const TestClientEnding &ending) { m_names->setCurrentRow(int(partFor(ending))); }

void ConnectionPage::showSystemProxy(const TestClientProxy &found) { m_proxy->showSystem(found); }

} // namespace glasshouse
