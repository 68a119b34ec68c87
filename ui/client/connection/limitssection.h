// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/client/connection/connectionsection.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace glasshouse {

/// How long and how far the client goes: deadline, redirects, the largest message; and compression.
class LimitsSection final : public ConnectionSection
{
    Q_OBJECT
public:
    explicit LimitsSection(QWidget *parent = nullptr);

    void take(const ConnectionDraft &draft) override;
    void put(ConnectionDraft &draft) const override;

private:
    QDoubleSpinBox *m_opening;
    QSpinBox *m_redirects;
    QSpinBox *m_message; ///< KiB
    QCheckBox *m_deflate;
    QComboBox *m_serverBits;
    QComboBox *m_clientBits;
    QCheckBox *m_serverTakeover;
    QCheckBox *m_clientTakeover;

    void buildLimits();
    void buildDeflate();
};

} // namespace glasshouse
