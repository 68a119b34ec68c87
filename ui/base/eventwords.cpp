// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/eventwords.h"

#include <QCoreApplication>

namespace glasshouse {

namespace {

QString translated(const char *context, const char *text) { return QCoreApplication::translate(context, text); }

} // namespace

QString eventWords(const ServerEvent &event) { return eventText(event, translated); }
QString faultWords(const Fault &fault) { return faultText(fault, translated); }

} // namespace glasshouse
