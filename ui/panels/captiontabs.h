// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/cornertabs.h"

namespace glasshouse {

class PartsLine;

/// Pages that say in the corner beside their tabs what they are of: as much of it as there is room for, and all in the tool tip.
class CaptionTabs final : public CornerTabs
{
    Q_OBJECT
public:
    /// `about`: for people who can not see it.
    explicit CaptionTabs(const QString &about, QWidget *parent = nullptr);

    void setCaption(const QStringList &parts);
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    CaptionTabs(PartsLine *caption, QWidget *parent);

    PartsLine *m_caption;
};

} // namespace glasshouse
