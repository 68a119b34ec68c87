// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/client/connection/connectionsection.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace glasshouse {

/// A token, and the way in which the server gets it.
class TokenSection final : public ConnectionSection
{
    Q_OBJECT
public:
    explicit TokenSection(QWidget *parent = nullptr);

    void take(const ConnectionDraft &draft) override;
    void put(ConnectionDraft &draft) const override;

private:
    QComboBox *m_way;
    QLineEdit *m_token;
    QCheckBox *m_show;
    QLabel *m_words;

    void explain();
    void updateEcho();
};

} // namespace glasshouse
