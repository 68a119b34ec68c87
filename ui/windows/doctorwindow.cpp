// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/doctorwindow.h"

#include "ui/base/icons.h"
#include "ui/base/windowsize.h"
#include "ui/doctor/doctorpanel.h"
#include "ui/doctor/phonecheckpanel.h"
#include "ui/panels/keysdialog.h"

#include <QAction>
#include <QTabWidget>
#include <QVBoxLayout>

namespace glasshouse {

DoctorWindow::DoctorWindow(QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_doctor(new DoctorPanel),
      m_phones(new PhoneCheckPanel),
      m_tabs(new QTabWidget)
{
    setWindowTitle(tr("Doctor"));
    setWindowIcon(icon(Icon::Doctor));
    m_tabs->setDocumentMode(true);
    m_tabs->setTabToolTip(m_tabs->addTab(m_doctor, tr("Examine an address")),
                          tr("Why a connection fails, from the name to the close"));
    m_tabs->setTabToolTip(m_tabs->addTab(m_phones, tr("Can a phone reach it?")),
                          tr("A page for phones tries the way to this server"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_tabs);
    addActions(m_doctor->menuActions());
    addWindowKeys(this);
    resizeOnScreen(*this, {1000, 640});
}

void DoctorWindow::showDoctor() { bringUp(m_doctor); }
void DoctorWindow::showPhones() { bringUp(m_phones); }

void DoctorWindow::bringUp(QWidget *page)
{
    m_tabs->setCurrentWidget(page);
    show();
    raise();
    activateWindow();
    page->setFocus();
}

} // namespace glasshouse
