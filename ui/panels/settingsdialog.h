// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/serverconfig.h"

#include <QDialog>
#include <functional>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;
class QTabWidget;

namespace glasshouse {

/// Port, address, capture and the limits that people change most.
class SettingsDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `running`: says that changes count from the next start on.
    SettingsDialog(const ServerConfig &config, bool running, QWidget *parent = nullptr);
    [[nodiscard]] ServerConfig config() const;

private:
    ServerConfig m_config;
    QTabWidget *m_tabs;
    QSpinBox *m_port = nullptr;
    QLineEdit *m_bind = nullptr;
    QCheckBox *m_capture = nullptr;
    QSpinBox *m_budget = nullptr;
    std::vector<std::function<void(Limits &)>> m_takers; ///< each puts one field's value into the limits

    QFormLayout *addPage(const QString &title);
    void buildServerPage();
    void buildClientLimits();
    void buildServerLimits();
    template <typename Value>
    void addLimit(QFormLayout *form, const QString &name, Value Limits::*limit, int most, const QString &unit,
                  const QString &tip, int factor = 1);
};

} // namespace glasshouse
