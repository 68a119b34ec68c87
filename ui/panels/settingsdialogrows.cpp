// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/tints.h"
#include "ui/panels/settingsdialog.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>

namespace glasshouse {

namespace {

constexpr int textWidth = 320; // of what is typed, in device-independent pixels

void arrange(QFormLayout *form)
{
    form->setContentsMargins(14, 12, 14, 12);
    form->setHorizontalSpacing(18);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
}

} // namespace

QLabel *SettingsDialog::faultLabel()
{
    auto *label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // values from files are quoted in it
    label->setFixedWidth(textWidth);
    QPalette palette;
    palette.setColor(QPalette::WindowText, tint(Tint::Bad));
    label->setPalette(palette);
    label->hide();
    return label;
}

QFormLayout *SettingsDialog::addPage(const QString &title)
{
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    arrange(form);
    m_tabs->addTab(page, title);
    return form;
}

QBoxLayout *SettingsDialog::addColumns(const QString &title)
{
    auto *page = new QWidget;
    m_tabs->addTab(page, title);
    return new QHBoxLayout(page);
}

QFormLayout *SettingsDialog::addGroup(QBoxLayout *columns, const QString &title)
{
    auto *group = new QGroupBox(title);
    auto *form = new QFormLayout(group);
    arrange(form);
    columns->addWidget(group);
    return form;
}

void SettingsDialog::addRow(QFormLayout *form, const QString &label, QWidget *field, QWidget *editor,
                            const QByteArrayList &keys)
{
    auto *title = new QLabel(label);
    title->setBuddy(editor);
    auto *error = faultLabel();
    form->addRow(title, field);
    form->addRow(nullptr, error);
    form->setRowVisible(error, false);
    for (const QByteArray &key : keys)
        m_places.insert(key, {form, error, editor, m_tabs->count() - 1});
}

QSpinBox *SettingsDialog::addNumber(QFormLayout *form, const QString &label, const QByteArray &key, qint64 value,
                                    int most, const QString &unit, const QString &tip, const QString &zero)
{
    auto *field = new QSpinBox;
    field->setRange(0, most);
    field->setValue(int(std::min<qint64>(value, most)));
    field->setSpecialValueText(zero);
    field->setGroupSeparatorShown(true);
    field->setSuffix(unit.isEmpty() ? unit : u' ' + unit);
    field->setToolTip(tip);
    field->setAlignment(Qt::AlignRight);
    field->setMinimumWidth(130);
    connect(field, &QSpinBox::valueChanged, this, &SettingsDialog::changed);
    addRow(form, label, field, field, {key});
    return field;
}

QLineEdit *SettingsDialog::addText(QFormLayout *form, const QString &label, const QByteArrayList &keys,
                                   const QString &value, const QString &empty, const QString &tip)
{
    auto *field = new QLineEdit(value);
    field->setPlaceholderText(empty);
    field->setToolTip(tip);
    field->setMinimumWidth(textWidth);
    connect(field, &QLineEdit::textChanged, this, &SettingsDialog::changed);
    addRow(form, label, field, field, keys);
    return field;
}

QLineEdit *SettingsDialog::addFile(QFormLayout *form, const QString &label, const QByteArrayList &keys,
                                   const QString &value, const QString &tip)
{
    auto *editor = new QLineEdit(value);
    editor->setToolTip(tip);
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false); // Enter means the dialogue
    choose->setToolTip(tip);
    auto *field = new QWidget;
    auto *row = new QHBoxLayout(field);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(editor);
    row->addWidget(choose);
    field->setMinimumWidth(textWidth);
    field->setFocusProxy(editor);
    connect(editor, &QLineEdit::textChanged, this, &SettingsDialog::changed);
    connect(choose, &QPushButton::clicked, this, [this, editor, tip] {
        const QString file = QFileDialog::getOpenFileName(this, tip, editor->text());
        if (!file.isEmpty())
            editor->setText(file);
    });
    addRow(form, label, field, editor, keys);
    return editor;
}

QComboBox *SettingsDialog::addChoice(QFormLayout *form, const QString &label, const QByteArray &key,
                                     const QStringList &words, int index, const QString &tip)
{
    auto *field = new QComboBox;
    field->addItems(words);
    field->setCurrentIndex(index);
    field->setToolTip(tip);
    connect(field, &QComboBox::currentIndexChanged, this, &SettingsDialog::changed);
    addRow(form, label, field, field, {key});
    return field;
}

} // namespace glasshouse
