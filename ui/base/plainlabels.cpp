// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/plainlabels.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace glasshouse {

PlainLabels::PlainLabels() { QCoreApplication::instance()->installEventFilter(this); }

/// Every label is polished before it is measured or painted, a tool tip before it gets its text; only then is markup read.
bool PlainLabels::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() != QEvent::Polish)
        return false;
    auto *label = qobject_cast<QLabel *>(object);
    if (label != nullptr && label->textFormat() == Qt::AutoText)
        label->setTextFormat(Qt::PlainText);
    return false;
}

QString withoutMnemonics(QString text) { return text.replace(u'&', "&&"_L1); }

} // namespace glasshouse
