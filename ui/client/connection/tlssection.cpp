// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connection/tlssection.h"

#include "ui/client/connection/filefield.h"

#include <QCheckBox>
#include <QFormLayout>

namespace glasshouse {

TlsSection::TlsSection(QWidget *parent)
    : ConnectionSection(parent),
      m_system(new QCheckBox(tr("&Believe the authorities of this computer"), this)),
      m_authorities(new FileField(tr("Authorities of your own"), tr("none"),
                                  tr("A file with certificates of authorities that are believed as well, in PEM"),
                                  this)),
      m_certificate(new FileField(tr("Certificate of this client"), tr("none"),
                                  tr("A certificate in PEM, for servers that ask their clients for one"), this)),
      m_key(new FileField(tr("Key of that certificate"), tr("none"), tr("The private key that belongs to it, in PEM"),
                          this)),
      m_ignore(new QCheckBox(tr("&Ignore certificate errors"), this))
{
    m_system->setToolTip(tr("Switch it off to believe nobody but authorities of your own"));
    m_ignore->setToolTip(
        tr("For tests with certificates of your own; anybody on the way could listen. Holds for this window only"));
    auto *form = new QFormLayout(this);
    form->addRow(m_system);
    form->addRow(tr("A&uthorities:"), m_authorities);
    form->addRow(tr("Client certi&ficate:"), m_certificate);
    form->addRow(tr("Its &key:"), m_key);
    form->addRow(m_ignore);
}

void TlsSection::take(const ConnectionDraft &draft)
{
    const TlsTrust &trust = draft.options.trust;
    m_system->setChecked(trust.system);
    m_authorities->setPath(trust.authorities);
    m_certificate->setPath(trust.certFile);
    m_key->setPath(trust.keyFile);
    m_ignore->setChecked(draft.options.ignoreTlsErrors);
}

void TlsSection::put(ConnectionDraft &draft) const
{
    draft.options.trust = {m_system->isChecked(), m_authorities->path(), m_certificate->path(), m_key->path()};
    draft.options.ignoreTlsErrors = m_ignore->isChecked();
}

} // namespace glasshouse
