// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/host.h"
#include "ui/client/proxyprober.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSettings;
class QTextBrowser;

namespace glasshouse {

/// Running behind a proxy: makes its configuration from the running settings, and tests what it does to requests.
class ProxyWindow final : public QWidget
{
    Q_OBJECT
public:
    explicit ProxyWindow(QSettings &settings, QWidget *parent = nullptr);
    ~ProxyWindow() override;

    /// The one that belongs to `parent`, made when it is asked for; follows the host.
    static ProxyWindow *showFor(Host &host, QSettings &settings, QWidget *parent);

    void setServer(ServerState state, const ListenInfo &info, const ServerConfig &config);
    /// What the test found; as the prober says it.
    void showTrial(const ProxyTrial &trial);
    /// Writes the configuration; says why it could not.
    void saveAs(const QString &path);
    [[nodiscard]] QString configuration() const;
    [[nodiscard]] QString findings() const;

signals:
    /// An advice names this option, or the events of the main window, and somebody follows it.
    void optionWanted(const QByteArray &option);
    void eventsWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    QSettings &m_settings;
    ServerState m_state = ServerState::Stopped;
    ListenInfo m_info;
    ServerConfig m_config;
    ProxyTrial m_trial;
    bool m_hasTrial = false;
    ProxyProber m_prober;
    QComboBox *m_kind;
    QLineEdit *m_address;
    QLabel *m_about;
    QPlainTextEdit *m_text;
    QPushButton *m_test;
    QCheckBox *m_silence;
    QCheckBox *m_anyCertificate;
    QLabel *m_progress;
    QTextBrowser *m_findings;

    QWidget *buildConfiguration();
    QWidget *buildTest();
    QLayout *buildChoices();
    void refresh();
    void refreshFindings();
    void copy();
    void save();
    void startTest();
    [[nodiscard]] int silenceSeconds() const;
    [[nodiscard]] ProxyKind kind() const;
    [[nodiscard]] ProxyFacts facts() const;
    [[nodiscard]] ProxyProber::Task task() const;
    void showProgress(const QString &text, int idleSeconds);
    void follow(const QUrl &link);
};

} // namespace glasshouse
