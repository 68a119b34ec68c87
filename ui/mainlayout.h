// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

class QAction;
class QMenu;
class QSettings;
class QSplitter;
class QTabWidget;

namespace glasshouse {

class EventsPanel;
class MessageLogPanel;

/// Where the panels of the main window stand: how large each is, which of them show, or only the log. Kept, and put back.
class MainLayout final : public QWidget
{
    Q_OBJECT
public:
    struct Parts
    {
        QList<QWidget *> head; ///< lines above the rest
        QWidget *rooms;
        QTabWidget *pages;
        MessageLogPanel *log;
        EventsPanel *events;
    };

    explicit MainLayout(const Parts &parts, QWidget *parent = nullptr);

    void fillMenu(QMenu *menu);
    void setOnlyLog(bool only);
    /// Has what stands above the log be seen.
    void showPages();
    /// Opens their list.
    void showEvents();
    /// As at the first start.
    void putBack();
    void save(QSettings &settings) const;
    void restore(const QSettings &settings);

private:
    struct Switch
    {
        QAction *action;
        QWidget *panel; ///< null: the details, which are the log's
        bool isOnAtFirst;
    };
    Parts m_parts;
    QSplitter *m_columns = nullptr;
    QSplitter *m_middle = nullptr;
    QSplitter *m_outer = nullptr;
    QWidget *m_line = nullptr;
    QList<Switch> m_switches;
    QAction *m_onlyLog = nullptr;
    QAction *m_leave = nullptr;          ///< the log alone
    std::array<QByteArray, 2> m_heights; ///< of m_middle, by page: a room needs more of it than a table
    int m_page = 0;

    void buildSwitches();
    void addSwitch(const QString &text, const QString &name, const QKeySequence &keys, QWidget *panel,
                   bool isOn = true);
    void buildOnlyLog();
    void layOut();
    void setStandardSizes();
    void setStandardHeights();
    void changePage(int page);
    void showParts();
    void arrangeLater();
    [[nodiscard]] QAction *eventsSwitch() const { return m_switches.constLast().action; }
};

} // namespace glasshouse
