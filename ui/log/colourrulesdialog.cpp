// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/colourrulesdialog.h"

#include "ui/filter/conditionwords.h"
#include "ui/filter/filtershelf.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace glasshouse {

namespace {

constexpr int groundRole = Qt::UserRole; ///< a place in ColourRules::grounds

QString groundName(Tint ground)
{
    switch (ground) {
    case Tint::MarkedGreen:
        return ColourRulesDialog::tr("Green");
    case Tint::MarkedBlue:
        return ColourRulesDialog::tr("Blue");
    case Tint::MarkedRed:
        return ColourRulesDialog::tr("Red");
    case Tint::MarkedViolet:
        return ColourRulesDialog::tr("Violet");
    default:
        return ColourRulesDialog::tr("Yellow");
    }
}

Tint groundOf(const QListWidgetItem &item) { return ColourRules::grounds[item.data(groundRole).toUInt()]; }

} // namespace

ColourRulesDialog::ColourRulesDialog(const ColourRules &rules, const QString &proposal, QWidget *parent)
    : QDialog(parent),
      m_proposal(proposal),
      m_list(new QListWidget),
      m_words(new QLineEdit),
      m_ground(new QComboBox),
      m_fault(new QLabel),
      m_add(button(tr("&Add"), tr("A new rule, which begins with the filter of the log"), &ColourRulesDialog::add)),
      m_remove(button(tr("&Remove"), tr("Take the selected rule away"), &ColourRulesDialog::remove)),
      m_up(button(tr("&Up"), tr("The first rule that fits counts"), &ColourRulesDialog::moveUp)),
      m_down(button(tr("D&own"), tr("The first rule that fits counts"), &ColourRulesDialog::moveDown)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel)),
      m_accept(m_buttons->addButton(tr("Use these rules"), QDialogButtonBox::AcceptRole))
{
    setWindowTitle(tr("Colour rules"));
    layOut();
    for (const ColourRule &rule : rules.rules())
        addItem(rule.condition.words(), rule.ground, rule.isOn);
    connect(m_list, &QListWidget::currentItemChanged, this, &ColourRulesDialog::showCurrent);
    connect(m_words, &QLineEdit::textEdited, this, &ColourRulesDialog::takeFields);
    connect(m_ground, &QComboBox::activated, this, &ColourRulesDialog::takeFields);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (m_list->count() == 0)
        add();
    m_list->setCurrentRow(0);
    showCurrent();
}

QToolButton *ColourRulesDialog::button(const QString &text, const QString &tip, void (ColourRulesDialog::*act)())
{
    auto *made = new QToolButton;
    made->setText(text);
    made->setToolTip(tip);
    made->setToolButtonStyle(Qt::ToolButtonTextOnly);
    made->setFocusPolicy(Qt::StrongFocus);
    connect(made, &QToolButton::clicked, this, act);
    return made;
}

void ColourRulesDialog::layOut()
{
    m_list->setAccessibleName(tr("Rules"));
    m_list->setMinimumWidth(60 * fontMetrics().horizontalAdvance(u'0'));
    m_words->setMaxLength(int(Condition::mostCharacters));
    m_words->setToolTip(tr("What the messages contain, or a condition, as in the filter of the log"));
    for (const Tint ground : ColourRules::grounds) {
        QPixmap picture(16, 16);
        picture.fill(tint(ground));
        m_ground->addItem(picture, groundName(ground));
    }
    m_ground->setToolTip(tr("The ground that the messages stand on"));
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setWordWrap(true);
    m_fault->setMinimumHeight(2 * fontMetrics().lineSpacing()); // nothing jumps when there is one
    auto *row = new QHBoxLayout;
    for (QToolButton *one : {m_add, m_remove, m_up, m_down})
        row->addWidget(one);
    row->addStretch();
    auto *form = new QFormLayout;
    form->addRow(tr("&Messages:"), m_words);
    form->addRow(tr("&Colour:"), m_ground);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    layout->addLayout(form);
    layout->addWidget(m_fault);
    layout->addWidget(m_buttons);
}

void ColourRulesDialog::addItem(const QString &words, Tint ground, bool isOn)
{
    auto *item = new QListWidgetItem(words, m_list);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(isOn ? Qt::Checked : Qt::Unchecked);
    item->setData(groundRole, int(std::ranges::find(ColourRules::grounds, ground) - ColourRules::grounds.begin()));
    item->setBackground(tint(ground));
}

/// Matches stand on the first one.
void ColourRulesDialog::add()
{
    addItem(m_proposal, ColourRules::grounds[size_t(m_list->count() + 1) % ColourRules::grounds.size()], true);
    m_list->setCurrentRow(m_list->count() - 1);
    m_words->setFocus();
    m_words->selectAll();
}

void ColourRulesDialog::remove()
{
    delete m_list->takeItem(m_list->currentRow());
    showCurrent();
}

void ColourRulesDialog::move(int by)
{
    const int row = m_list->currentRow();
    m_list->insertItem(row + by, m_list->takeItem(row));
    m_list->setCurrentRow(row + by);
}

void ColourRulesDialog::showCurrent()
{
    const QListWidgetItem *item = m_list->currentItem();
    const int row = m_list->currentRow();
    m_words->setText(item != nullptr ? item->text() : QString());
    m_ground->setCurrentIndex(item != nullptr ? item->data(groundRole).toInt() : 0);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_words), static_cast<QWidget *>(m_ground), static_cast<QWidget *>(m_remove)})
        widget->setEnabled(item != nullptr);
    m_add->setEnabled(m_list->count() < ColourRules::mostRules);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
    check();
}

void ColourRulesDialog::takeFields()
{
    QListWidgetItem *item = m_list->currentItem();
    if (item == nullptr)
        return;
    item->setText(m_words->text());
    item->setData(groundRole, m_ground->currentIndex());
    item->setBackground(tint(groundOf(*item)));
    check();
}

QString ColourRulesDialog::faultOf(const QListWidgetItem &item) const
{
    const auto condition = Condition::read(item.text());
    if (!condition)
        return conditionWords(condition.error());
    return FilterShelf::mayKeep(item.text()) ? QString()
                                             : tr("It holds what may be a secret, and that is kept nowhere");
}

/// Says what is wrong with the one that shows, or where else something is.
void ColourRulesDialog::check()
{
    QString fault;
    for (int row = m_list->count() - 1; row >= 0; --row) {
        const QString one = faultOf(*m_list->item(row));
        if (!one.isEmpty() && (fault.isEmpty() || row == m_list->currentRow()))
            fault = row == m_list->currentRow() ? one : tr("Rule %1: %2").arg(row + 1).arg(one);
    }
    m_fault->setText(fault);
    m_accept->setEnabled(fault.isEmpty());
}

ColourRules ColourRulesDialog::rules() const
{
    QList<ColourRule> rules;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem &item = *m_list->item(row);
        if (const auto condition = Condition::read(item.text()))
            rules.append({condition.value(), groundOf(item), item.checkState() == Qt::Checked});
    }
    return ColourRules(rules);
}

} // namespace glasshouse
