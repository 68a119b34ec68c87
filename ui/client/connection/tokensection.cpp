// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connection/tokensection.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

namespace glasshouse {

TokenSection::TokenSection(QWidget *parent)
    : ConnectionSection(parent),
      m_way(new QComboBox(this)),
      m_token(new QLineEdit(this)),
      m_show(new QCheckBox(tr("&Show the token"), this)),
      m_words(new QLabel(this))
{
    m_way->addItems({tr("No token"), tr("Header: Authorization"), tr("Parameter: ?token="), tr("Subprotocol: bearer."),
                     tr("First message")}); // in the order of the enum
    m_way->setToolTip(tr("How the server gets the token"));
    m_token->setPlaceholderText(tr("none"));
    m_token->setToolTip(tr("Stays in memory only. A variable like {{token}} is filled in"));
    m_words->setWordWrap(true);
    m_show->setToolTip(tr("Whoever sees the screen can read it"));
    connect(m_show, &QCheckBox::toggled, this, &TokenSection::updateEcho);
    connect(m_token, &QLineEdit::textChanged, this, &TokenSection::updateEcho);
    connect(m_way, &QComboBox::currentIndexChanged, this, &TokenSection::explain);
    auto *form = new QFormLayout(this);
    form->addRow(tr("&Goes as:"), m_way);
    form->addRow(tr("&Token:"), m_token);
    form->addRow({}, m_show);
    form->addRow(m_words);
    explain();
    updateEcho();
}

/// The name of a variable is no secret.
void TokenSection::updateEcho()
{
    const bool isShown = m_show->isChecked() || TextVariables::hasVariables(m_token->text());
    m_token->setEchoMode(isShown ? QLineEdit::Normal : QLineEdit::Password);
}

void TokenSection::take(const ConnectionDraft &draft)
{
    m_way->setCurrentIndex(int(draft.tokenWay));
    m_token->setText(draft.token);
}

void TokenSection::put(ConnectionDraft &draft) const
{
    draft.tokenWay = TokenWay(m_way->currentIndex());
    draft.token = m_token->text().trimmed();
}

void TokenSection::explain()
{
    const QStringList words{
        tr("Nothing is added to the request."),
        tr("Authorization: Bearer TOKEN, in place of such a header of yours. A browser can not send it."),
        tr("?token=TOKEN behind the address. Proxies and servers may write addresses into their logs."),
        tr("A subprotocol bearer.TOKEN behind your own. Offer one of your own as well: most clients end a connection "
           "where the "
           "server takes none."),
        tr("{\"type\":\"auth\",\"data\":{\"token\":\"TOKEN\"}} is said first, also after a reconnect.")};
    m_words->setText(words.value(m_way->currentIndex()));
    m_token->setEnabled(m_way->currentIndex() != int(TokenWay::None));
}

} // namespace glasshouse
