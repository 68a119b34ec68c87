// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/tints.h"
#include "ui/panels/settingsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>

namespace glasshouse {

namespace {

constexpr int textWidth = 320; // of what is typed, in device-independent pixels
constexpr int numberWidth = 130;
constexpr qint64 kib = 1024;

void arrange(QFormLayout *form)
{
    form->setContentsMargins(14, 12, 14, 12);
    form->setHorizontalSpacing(18);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
}

const ConfigOption &optionOf(const char *name)
{
    const ConfigOption *option = findRow(configOptions(), QString::fromLatin1(name));
    Q_ASSERT(option != nullptr);
    return *option;
}

QString zeroText(Zero zero)
{
    switch (zero) {
    case Zero::NoLimit:
        return SettingsDialog::tr("no limit");
    case Zero::Never:
        return SettingsDialog::tr("never");
    case Zero::NotAtAll:
        return SettingsDialog::tr("not at all");
    case Zero::AnyFree:
        return SettingsDialog::tr("any free");
    }
    return {};
}

QString unitText(const ConfigOption &option)
{
    switch (option.type) {
    case OptionType::Size:
        return option.unit == kib ? SettingsDialog::tr("KiB") : SettingsDialog::tr("MiB");
    case OptionType::ByteRate:
        return SettingsDialog::tr("KiB/s");
    case OptionType::Time:
        return SettingsDialog::tr("s");
    case OptionType::Number:
    case OptionType::Rate:
    case OptionType::Text:
    case OptionType::Path:
    case OptionType::Word:
    case OptionType::Flag:
        break;
    }
    return {};
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

void SettingsDialog::addRow(QFormLayout *form, const ConfigOption &option, const QString &label, QWidget *field,
                            QWidget *editor)
{
    auto *title = new QLabel(label);
    title->setBuddy(editor);
    if (editor != field) // then the title is no neighbour, and Qt does not find it
        editor->setAccessibleName(QString(label).remove(u'&').remove(u':'));
    auto *error = faultLabel();
    form->addRow(title, field);
    form->addRow(nullptr, error);
    form->setRowVisible(error, false);
    m_places.insert(option.name, {form, error, editor, m_tabs->count() - 1});
    if (option.rival != nullptr)
        m_places.insert(option.rival, m_places.value(option.name));
}

QSpinBox *SettingsDialog::addNumber(QFormLayout *form, const char *name, const QString &label, const QString &tip)
{
    const ConfigOption &option = optionOf(name);
    auto *field = new QSpinBox;
    const qint64 most = std::min<qint64>(option.most / option.unit, std::numeric_limits<int>::max());
    field->setRange(0, int(most));
    const auto shown = [&option, most](const ServerConfig &config) {
        return int(std::min(option.field.read(config).toLongLong() / option.unit, most));
    };
    onShow([field, shown](const ServerConfig &config) { field->setValue(shown(config)); });
    field->setSpecialValueText(zeroText(option.zero));
    field->setGroupSeparatorShown(true);
    const QString unit = unitText(option);
    field->setSuffix(unit.isEmpty() ? unit : u' ' + unit);
    field->setToolTip(tip);
    field->setAlignment(Qt::AlignRight);
    field->setFixedWidth(std::max(numberWidth, fontMetrics().averageCharWidth() * 18)); // most are short
    connect(field, &QSpinBox::valueChanged, this, &SettingsDialog::changed);
    addRow(form, option, label, field, field);
    onAccept([field, &option, shown](ServerConfig &config) {
        if (field->value() != shown(config)) // what was not touched keeps what the unit hides
            option.field.write(config, field->value() * option.unit);
    });
    return field;
}

void SettingsDialog::onShow(const std::function<void(const ServerConfig &)> &show)
{
    show(m_config);
    m_showers.push_back(show);
}

void SettingsDialog::connectText(const ConfigOption &option, QLineEdit *field)
{
    onShow([field, &option](const ServerConfig &config) {
        field->setText(option.field.read(config).toStringList().join(u' '));
    });
    connect(field, &QLineEdit::textChanged, this, &SettingsDialog::changed);
    onAccept([field, &option](ServerConfig &config) {
        static const QRegularExpression gap(QStringLiteral("[\\s,]+"));
        const QString text = field->text();
        option.field.write(config, option.isList ? QVariant(text.split(gap, Qt::SkipEmptyParts)) : text.trimmed());
    });
}

QLineEdit *SettingsDialog::addText(QFormLayout *form, const char *name, const QString &label, const QString &empty,
                                   const QString &tip)
{
    const ConfigOption &option = optionOf(name);
    auto *field = new QLineEdit;
    field->setPlaceholderText(empty);
    field->setToolTip(tip);
    field->setMinimumWidth(textWidth);
    addRow(form, option, label, field, field);
    connectText(option, field);
    return field;
}

QLineEdit *SettingsDialog::addFile(QFormLayout *form, const char *name, const QString &label, const QString &tip)
{
    const ConfigOption &option = optionOf(name);
    auto *editor = new QLineEdit;
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
    connect(choose, &QPushButton::clicked, this, [this, editor, tip] {
        const QString file = QFileDialog::getOpenFileName(this, tip, editor->text());
        if (!file.isEmpty())
            editor->setText(file);
    });
    addRow(form, option, label, field, editor);
    connectText(option, editor);
    return editor;
}

QComboBox *SettingsDialog::addChoice(QFormLayout *form, const char *name, const QString &label,
                                     const QStringList &words, const QString &tip)
{
    const ConfigOption &option = optionOf(name);
    Q_ASSERT(words.size() == option.words.size());
    auto *field = new QComboBox;
    field->addItems(words);
    onShow([field, &option](const ServerConfig &config) {
        field->setCurrentIndex(int(option.words.indexOf(option.field.read(config).toString())));
    });
    field->setToolTip(tip);
    connect(field, &QComboBox::currentIndexChanged, this, &SettingsDialog::changed);
    addRow(form, option, label, field, field);
    onAccept([field, &option](ServerConfig &config) {
        if (field->currentIndex() >= 0)
            option.field.write(config, option.words.at(field->currentIndex()));
    });
    return field;
}

QCheckBox *SettingsDialog::addFlag(QFormLayout *form, const char *name, const QString &label, const QString &text,
                                   const QString &tip)
{
    const ConfigOption &option = optionOf(name);
    auto *field = new QCheckBox(text);
    onShow([field, &option](const ServerConfig &config) { field->setChecked(option.field.read(config).toBool()); });
    field->setToolTip(tip);
    connect(field, &QCheckBox::toggled, this, &SettingsDialog::changed);
    addRow(form, option, label, field, field);
    onAccept([field, &option](ServerConfig &config) { option.field.write(config, field->isChecked()); });
    return field;
}

} // namespace glasshouse
