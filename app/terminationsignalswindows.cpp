// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminationsignals.h"

#include <windows.h>

namespace glasshouse {

namespace {

TerminationSignals *instance = nullptr;

BOOL WINAPI handle(DWORD)
{
    if (instance != nullptr)
        QMetaObject::invokeMethod(instance, &TerminationSignals::requested, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

void ignoreFailedWrites() { }

TerminationSignals::TerminationSignals(QObject *parent) : QObject(parent)
{
    instance = this;
    ::SetConsoleCtrlHandler(handle, TRUE);
}

TerminationSignals::~TerminationSignals()
{
    ::SetConsoleCtrlHandler(handle, FALSE);
    instance = nullptr;
}

} // namespace glasshouse
