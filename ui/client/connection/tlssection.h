// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/client/connection/connectionsection.h"

class QCheckBox;

namespace glasshouse {

class FileField;

/// Whom the client believes, and what it shows of itself. That errors are ignored is kept nowhere.
class TlsSection final : public ConnectionSection
{
    Q_OBJECT
public:
    explicit TlsSection(QWidget *parent = nullptr);

    void take(const ConnectionDraft &draft) override;
    void put(ConnectionDraft &draft) const override;

private:
    QCheckBox *m_system;
    FileField *m_authorities;
    FileField *m_certificate;
    FileField *m_key;
    QCheckBox *m_ignore;
};

} // namespace glasshouse
