// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/newroomdialog.h"

#include "ui/base/tints.h"
#include "ui/games/gamefaces.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int fieldWidth = 280;
constexpr int rowsBefore = 3; // the options of the game

QLabel *wrappedLabel(Tint name)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QPalette colours = label->palette();
    colours.setColor(QPalette::WindowText, tint(name));
    label->setPalette(colours);
    return label;
}

} // namespace

NewRoomDialog::NewRoomDialog(const QStringList &kinds, const QList<RoomInfo> &rooms, QWidget *parent)
    : QDialog(parent),
      m_game(new QComboBox),
      m_sentence(wrappedLabel(Tint::Muted)),
      m_id(new QLineEdit),
      m_form(new QFormLayout),
      m_sharing(new QCheckBox(tr("Then &show how others join"))),
      m_fault(wrappedLabel(Tint::Bad)),
      m_create(new QPushButton(tr("Open the room")))
{
    for (const RoomInfo &room : rooms)
        m_taken << room.id << room.code;
    setWindowTitle(tr("New room"));
    buildFields(kinds);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_create, QDialogButtonBox::AcceptRole);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    m_create->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &NewRoomDialog::create);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addLayout(m_form);
    layout->addWidget(m_fault);
    layout->addStretch(1);
    layout->addWidget(buttons);
    showGame();
}

void NewRoomDialog::buildFields(const QStringList &kinds)
{
    for (const QString &kind : kinds)
        m_game->addItem(gameName(kind), kind);
    m_game->setToolTip(tr("What is played in the room"));
    m_id->setPlaceholderText(tr("the server chooses a code"));
    m_id->setToolTip(tr("1 to 64 letters (A–Z, a–z), digits, _ and -; part of the address"));
    m_id->setValidator(new QRegularExpressionValidator(QRegularExpression(u"[A-Za-z0-9_-]{0,64}"_s), m_id));
    m_sharing->setToolTip(tr("Opens the window with the QR code"));
    for (QWidget *field : {static_cast<QWidget *>(m_game), static_cast<QWidget *>(m_id)})
        field->setMinimumWidth(fieldWidth);
    m_form->setHorizontalSpacing(14);
    m_form->setVerticalSpacing(8);
    m_form->addRow(tr("&Game:"), m_game);
    m_form->addRow(QString(), m_sentence);
    m_form->addRow(tr("&Name:"), m_id);
    m_form->addRow(QString(), m_sharing);
    connect(m_game, &QComboBox::currentIndexChanged, this, &NewRoomDialog::showGame);
    connect(m_id, &QLineEdit::textChanged, this, &NewRoomDialog::check);
}

void NewRoomDialog::showGame()
{
    m_sentence->setText(gameFace(game()).sentence());
    m_sentence->setMinimumHeight(m_sentence->heightForWidth(fieldWidth)); // a form does not ask for it
    m_takers.clear();
    for (QWidget *field : std::as_const(m_options))
        m_form->removeRow(field);
    m_options.clear();
    const QList<GameOption> options = gameFace(game()).options();
    for (const GameOption &option : options)
        addOption(option);
    check();
    adjustSize();
}

void NewRoomDialog::addOption(const GameOption &option)
{
    QWidget *field = option.choices.isEmpty() ? numberField(option) : choiceField(option);
    field->setObjectName(option.key);
    field->setToolTip(option.tip);
    field->setMinimumWidth(fieldWidth);
    m_form->insertRow(rowsBefore + int(m_options.size()), option.label, field);
    m_options << field;
}

QWidget *NewRoomDialog::choiceField(const GameOption &option)
{
    auto *field = new QComboBox;
    field->addItem(option.unset, QString());
    for (const GameOption::Choice &choice : option.choices)
        field->addItem(choice.text, choice.value);
    m_takers.push_back([field, key = option.key](QJsonObject &options) {
        if (field->currentIndex() > 0)
            options[key] = field->currentData().toString();
    });
    return field;
}

/// One below the least stands for an option that is left alone.
QWidget *NewRoomDialog::numberField(const GameOption &option)
{
    auto *field = new QSpinBox;
    field->setRange(option.least - 1, option.most);
    field->setValue(option.least - 1);
    field->setSpecialValueText(option.unset);
    field->setSuffix(option.unit.isEmpty() ? QString() : u' ' + option.unit);
    m_takers.push_back([field, key = option.key](QJsonObject &options) {
        if (field->value() > field->minimum())
            options[key] = field->value();
    });
    return field;
}

void NewRoomDialog::chooseGame(const QString &kind)
{
    const int at = m_game->findData(kind);
    if (at >= 0)
        m_game->setCurrentIndex(at);
}

void NewRoomDialog::setSharing(bool sharing) { m_sharing->setChecked(sharing); }
bool NewRoomDialog::sharing() const { return m_sharing->isChecked(); }
QString NewRoomDialog::game() const { return m_game->currentData().toString(); }
QString NewRoomDialog::id() const { return m_id->text(); }

QByteArray NewRoomDialog::options() const
{
    QJsonObject options;
    for (const auto &take : m_takers)
        take(options);
    return options.isEmpty() ? QByteArray() : QJsonDocument(options).toJson(QJsonDocument::Compact);
}

void NewRoomDialog::check()
{
    const bool taken = m_taken.contains(id());
    m_fault->setText(taken ? tr("There is a room of this name already.") : QString());
    m_fault->setVisible(taken);
    m_create->setEnabled(!taken && m_game->currentIndex() >= 0);
}

void NewRoomDialog::create()
{
    m_create->setEnabled(false);
    m_waiting = true;
    emit createWanted(game(), id(), options());
}

bool NewRoomDialog::isWaitingFor(const QString &room) const { return m_waiting && (id().isEmpty() || id() == room); }

void NewRoomDialog::showFailure(const QString &text)
{
    if (!m_waiting)
        return;
    m_waiting = false;
    m_create->setEnabled(true);
    m_fault->setText(text);
    m_fault->show();
}

} // namespace glasshouse
