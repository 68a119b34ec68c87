// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/config/configoptions.h"

#include <QDialog>
#include <QHash>
#include <QSpinBox>
#include <functional>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QDialogButtonBox;
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
    /// `running`: a button says that it applies, and a line that some changes count from the next start on.
    SettingsDialog(const ServerConfig &config, bool running, QWidget *parent = nullptr);
    [[nodiscard]] ServerConfig config() const;
    /// Has this option a field here? Not all have: these are the ones that people change most.
    [[nodiscard]] static bool hasField(const QByteArray &option);
    /// Leads to the field of this option.
    void showField(const QByteArray &option);
    void accept() override;

signals:
    /// To be kept, while the dialogue stays.
    void applied(const glasshouse::ServerConfig &config);

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
    std::vector<std::function<void(const ServerConfig &)>>
        m_showers;           ///< each puts a configuration's value into its field
    bool m_checking = false; ///< it was refused once: every change is looked at

    QDialogButtonBox *buildButtons(bool running);
    void restoreDefaults();
    static QLabel *faultLabel();
    QFormLayout *addPage(const QString &title);
    QBoxLayout *addColumns(const QString &title);
    QFormLayout *addGroup(QBoxLayout *columns, const QString &title);
    void buildServerPage();
    void buildLimits();
    void buildPlayersPage();
    void buildTlsPage();
    void buildProxiesPage();

    // A field for the option of this name. What it takes and what 0 means, bounds and units are the table's.
    QSpinBox *addNumber(QFormLayout *form, const char *name, const QString &label, const QString &tip);
    /// `empty` stands there when nothing does. The values of a list have blanks between them.
    QLineEdit *addText(QFormLayout *form, const char *name, const QString &label, const QString &empty,
                       const QString &tip);
    QLineEdit *addFile(QFormLayout *form, const char *name, const QString &label, const QString &tip);
    /// `words` stand for those of the option, in their order.
    QComboBox *addChoice(QFormLayout *form, const char *name, const QString &label, const QStringList &words,
                         const QString &tip);
    QCheckBox *addFlag(QFormLayout *form, const char *name, const QString &label, const QString &text,
                       const QString &tip);
    /// A row with its label, and below it room for what is wrong.
    void addRow(QFormLayout *form, const ConfigOption &option, const QString &label, QWidget *field, QWidget *editor);
    /// Behind those that were there before it.
    void onAccept(std::function<void(ServerConfig &)> take) { m_takers.push_back(std::move(take)); }
    /// Into the field at once, and when it is asked for.
    void onShow(const std::function<void(const ServerConfig &)> &show);
    void connectText(const ConfigOption &option, QLineEdit *field);

    /// If not, it says why.
    [[nodiscard]] bool isFine();
    /// The options that are wrong; none: it may close.
    QByteArrayList showFaults();
    void changed();
};

} // namespace glasshouse
