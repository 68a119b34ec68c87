// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/colourrules.h"

#include <QObject>

class QSettings;

namespace glasshouse {

/// The rules that colour the logs of all windows, in the settings that these share. GUI thread.
class KeptColours final : public QObject
{
    Q_OBJECT
public:
    /// Those of `settings`, which owns them: whoever asks gets the same.
    [[nodiscard]] static KeptColours &in(QSettings &settings);

    [[nodiscard]] const ColourRules &rules() const { return m_rules; }
    /// Kept at once; no group of the settings is open.
    void set(const ColourRules &rules);
    /// Of a version that kept them with each window, in the next turn: those of the first one that had some.
    void takeEarlier(const QString &text);

signals:
    void changed();

private:
    QSettings &m_settings;
    bool m_areKept; ///< also where somebody wants none
    ColourRules m_rules;

    explicit KeptColours(QSettings &settings);
};

} // namespace glasshouse
