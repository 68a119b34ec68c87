// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/filterchips.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/plainlabels.h"
#include "ui/filter/filterfield.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int shownCharacters = 28;

class Chip final : public QToolButton
{
protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
            return click();
        QToolButton::keyPressEvent(event);
    }
};

} // namespace

FilterChips::FilterChips(FilterField *field, QWidget *parent) : OverflowRow(parent), m_field(field)
{
    setObjectName(u"chips"_s);
    row()->setContentsMargins({});
    row()->setSpacing(2);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    connect(field, &FilterField::conditionChanged, this, &FilterChips::refill);
    hide();
}

void FilterChips::setNarrowing(const QString &label)
{
    m_narrowing = label;
    refill();
}

void FilterChips::refill()
{
    QStringList parts;
    if (const auto &condition = m_field->condition()) {
        for (const Condition &part : condition->parts())
            parts << part.words();
    }
    if (!m_narrowing.isEmpty())
        parts.prepend(m_narrowing);
    if (parts.size() < 2)
        parts.clear(); // the field's own button, or that of the connection, takes it away
    if (parts == m_shown)
        return;
    m_shown = parts;
    const qsizetype focus = focused();
    clearYielding();
    for (const QString &part : std::as_const(m_shown))
        add(part);
    setVisible(!m_shown.isEmpty());
    fit();
    if (focus >= 0)
        giveFocus(focus);
}

void FilterChips::add(const QString &text)
{
    const auto number = qsizetype(chips().size());
    auto *action = new QAction(icon(Icon::Close), withoutMnemonics(oneLine(text, shownCharacters)));
    action->setToolTip(tr("Take this away: %1").arg(oneLine(text)));
    connect(action, &QAction::triggered, this, [this, number] { take(number); });
    auto *chip = new Chip;
    action->setParent(chip);
    chip->setDefaultAction(action);
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setAccessibleName(action->toolTip());
    chip->setFocusPolicy(Qt::StrongFocus);
    addYielding(chip, int(number), {action});
}

void FilterChips::take(qsizetype chip)
{
    if (!m_narrowing.isEmpty() && chip == 0) {
        emit narrowingLifted();
        return;
    }
    // What the field has may be another by now: it is told after a pause in typing.
    QList<Condition> rest = m_field->condition() ? m_field->condition()->parts() : QList<Condition>();
    const qsizetype part = m_narrowing.isEmpty() ? chip : chip - 1;
    if (part >= rest.size() || rest.at(part).words() != m_shown.value(chip))
        return refill();
    rest.removeAt(part);
    const auto condition = Condition::all(rest);
    m_field->setCondition(condition ? std::optional(condition.value()) : std::nullopt);
}

QList<QWidget *> FilterChips::chips() const { return yielding(); }

/// −1: none of them has the keys.
qsizetype FilterChips::focused() const
{
    const QList<QWidget *> all = chips();
    const auto found = std::ranges::find_if(all, &QWidget::hasFocus);
    return found == all.end() ? -1 : found - all.begin();
}

/// The keys stay near what went.
void FilterChips::giveFocus(qsizetype chip)
{
    const QList<QWidget *> all = chips();
    QWidget *next = all.isEmpty() ? static_cast<QWidget *>(m_field) : all[std::min(chip, all.size() - 1)];
    next->setFocus(Qt::OtherFocusReason);
}

} // namespace glasshouse
