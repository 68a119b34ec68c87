// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTabWidget;

namespace glasshouse {

class DoctorPanel;
class PhoneCheckPanel;

/// The doctor beside the main window: examines any address, and waits for a phone that tries the way to this server.
class DoctorWindow final : public QWidget
{
    Q_OBJECT
public:
    explicit DoctorWindow(QWidget *parent = nullptr);

    [[nodiscard]] DoctorPanel *doctor() const { return m_doctor; }
    [[nodiscard]] PhoneCheckPanel *phones() const { return m_phones; }
    void showDoctor();
    void showPhones();

private:
    DoctorPanel *m_doctor;
    PhoneCheckPanel *m_phones;
    QTabWidget *m_tabs;

    void bringUp(QWidget *page);
};

} // namespace glasshouse
