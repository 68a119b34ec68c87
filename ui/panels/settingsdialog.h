// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/serverconfig.h"

#include <QDialog>
#include <QHash>
#include <QSpinBox>
#include <functional>

class QBoxLayout;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QTabWidget;

namespace glasshouse {

/// The settings that people change most, a tab a concern. It closes with values only that a start would take; what is wrong
/// stands below its field.
class SettingsDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `running`: the button says Apply, and a line that some changes count from the next start on.
    SettingsDialog(const ServerConfig &config, bool running, QWidget *parent = nullptr);
    [[nodiscard]] ServerConfig config() const;
    void accept() override;

private:
    /// Where the faults of an option show.
    struct Place
    {
        QFormLayout *form;
        QLabel *error;
        QWidget *editor;
        int page;
    };

    ServerConfig m_config;
    QTabWidget *m_tabs;
    QLabel *m_otherFaults; ///< of values that have no field here
    QHash<QByteArray, Place> m_places;
    std::vector<std::function<void(ServerConfig &)>> m_takers; ///< each puts one field's value into the configuration
    bool m_checking = false;                                   ///< it was refused once: every change is looked at

    static QLabel *faultLabel();
    QFormLayout *addPage(const QString &title);
    QBoxLayout *addColumns(const QString &title);
    QFormLayout *addGroup(QBoxLayout *columns, const QString &title);
    void buildServerPage();
    void buildLimits();
    void buildPlayersPage();
    void buildTlsPage();
    void buildProxiesPage();

    /// A row with its label, and below it room for what is wrong. `keys`: the options whose faults show there.
    void addRow(QFormLayout *form, const QString &label, QWidget *field, QWidget *editor, const QByteArrayList &keys);
    QSpinBox *addNumber(QFormLayout *form, const QString &label, const QByteArray &key, qint64 value, int most,
                        const QString &unit, const QString &tip, const QString &zero);
    QLineEdit *addText(QFormLayout *form, const QString &label, const QByteArrayList &keys, const QString &value,
                       const QString &empty, const QString &tip);
    QLineEdit *addFile(QFormLayout *form, const QString &label, const QByteArrayList &keys, const QString &value,
                       const QString &tip);
    QComboBox *addChoice(QFormLayout *form, const QString &label, const QByteArray &key, const QStringList &words,
                         int index, const QString &tip);
    template <typename Value>
    void addLimit(QFormLayout *form, const QString &label, const QByteArray &key, Value Limits::*limit, int most,
                  const QString &unit, const QString &tip, int factor = 1)
    {
        QSpinBox *field =
            addNumber(form, label, key, qint64(m_config.limits.*limit) / factor, most, unit, tip, tr("no limit"));
        onAccept([field, limit, factor, before = field->value()](ServerConfig &config) {
            if (field->value() != before) // what was not touched keeps the bytes that the unit hides
                config.limits.*limit = Value(field->value()) * factor;
        });
    }
    void onAccept(std::function<void(ServerConfig &)> take) { m_takers.push_back(std::move(take)); }

    /// The options that are wrong; none: it may close.
    QByteArrayList showFaults();
    void changed();
};

} // namespace glasshouse
