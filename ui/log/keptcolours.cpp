// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/keptcolours.h"

#include <QSettings>
#include <utility>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

const auto key = "log/colourRules"_L1;

} // namespace

KeptColours &KeptColours::in(QSettings &settings)
{
    auto *kept = settings.findChild<KeptColours *>({}, Qt::FindDirectChildrenOnly);
    return kept != nullptr ? *kept : *new KeptColours(settings);
}

KeptColours::KeptColours(QSettings &settings)
    : QObject(&settings),
      m_settings(settings),
      m_areKept(settings.contains(key)),
      m_rules(ColourRules::fromText(settings.value(key).toString()))
{ }

void KeptColours::set(const ColourRules &rules)
{
    if (rules == m_rules)
        return;
    m_rules = rules;
    m_settings.setValue(key, rules.toText());
    m_areKept = true;
    emit changed();
}

/// While a window is restored, a group of the settings may be open.
void KeptColours::takeEarlier(const QString &text)
{
    if (text.isEmpty() || std::exchange(m_areKept, true))
        return;
    QMetaObject::invokeMethod(
        this, [this, text] { set(ColourRules::fromText(text)); }, Qt::QueuedConnection);
}

} // namespace glasshouse
