// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/filterchoices.h"

#include "ui/base/formats.h"
#include "ui/base/plainlabels.h"
#include "ui/filter/filterfield.h"
#include "ui/panels/prompts.h"

#include <QAction>

namespace glasshouse {

namespace {

constexpr int shownCharacters = 60;

QString shown(const QString &text) { return withoutMnemonics(oneLine(text, shownCharacters)); }

} // namespace

FilterChoices::FilterChoices(FilterField *field)
    : QMenu(field),
      m_field(field),
      m_renaming(new QMenu(tr("&Rename"), this)),
      m_deleting(new QMenu(tr("&Delete"), this))
{
    setObjectName(QStringLiteral("filterChoices"));
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &FilterChoices::fill);
    connect(field, &FilterField::settled, this,
            [this](const Condition &condition) { m_shelf.remember(condition.words()); });
}

void FilterChoices::open() { popup(m_field->mapToGlobal(QPoint(0, m_field->height()))); }

void FilterChoices::fill()
{
    clear();
    addNamed();
    QAction *save = addAction(tr("&Save this filter…"), this, &FilterChoices::save);
    const auto &now = m_field->condition();
    save->setEnabled(now && FilterShelf::mayKeep(now->words()));
    save->setToolTip(now && !save->isEnabled() ? tr("It holds what may be a secret, and that is kept nowhere")
                                               : tr("Give what the field has now a name"));
    if (!m_shelf.earlier().isEmpty())
        addEarlier();
    if (m_help != nullptr) {
        addSeparator();
        addAction(m_help);
    }
}

void FilterChoices::addNamed()
{
    if (m_shelf.named().isEmpty())
        return;
    m_renaming->clear();
    m_deleting->clear();
    for (const FilterShelf::Named &one : m_shelf.named()) {
        addFilter(one.name, one.words);
        m_renaming->addAction(shown(one.name), this, [this, name = one.name] { rename(name); });
        m_deleting->addAction(shown(one.name), this, [this, name = one.name] { remove(name); });
    }
    addSeparator();
    addMenu(m_renaming);
    addMenu(m_deleting);
}

void FilterChoices::addEarlier()
{
    addSeparator();
    for (const QString &words : m_shelf.earlier())
        addFilter(words, words);
    addAction(tr("&Forget these"), this, [this] {
        m_shelf.forgetEarlier();
    })->setToolTip(tr("Those without a name are kept no longer"));
}

void FilterChoices::addFilter(const QString &text, const QString &words)
{
    const auto choose = [this, words] {
        if (const auto condition = Condition::read(words))
            m_field->setCondition(condition.value());
    };
    addAction(shown(text), this, choose)->setToolTip(oneLine(words));
}

std::optional<QString> FilterChoices::askName(const QString &title, const QString &verb)
{
    const auto name = askUntil(m_field, title, tr("Name of the filter:"), verb, [](const QString &typed) {
        return typed.trimmed().isEmpty() || typed.trimmed().size() > FilterShelf::longestName
            ? tr("A name has 1 to %1 characters.").arg(FilterShelf::longestName)
            : QString();
    });
    return name ? std::optional(name->trimmed()) : std::nullopt;
}

void FilterChoices::save()
{
    const auto condition = m_field->condition(); // what is named is what was there when somebody asked for it
    const auto name = condition ? askName(tr("Save this filter"), tr("Save")) : std::nullopt;
    if (name && !m_shelf.save(*name, condition->words()))
        tell(m_field, QMessageBox::Information, tr("Save this filter"),
             tr("There are %1 filters with names; delete one of them first.").arg(FilterShelf::mostNamed));
}

void FilterChoices::rename(const QString &name)
{
    if (const auto newName = askName(tr("Rename the filter"), tr("Rename")))
        m_shelf.rename(name, *newName);
}

void FilterChoices::remove(const QString &name)
{
    if (confirm(m_field, tr("Delete the filter"), tr("Delete the filter \"%1\"?").arg(oneLine(name)), tr("Delete")))
        m_shelf.remove(name);
}

} // namespace glasshouse
