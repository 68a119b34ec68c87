// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filter/filterfield.h"

#include "match/conditionbuilder.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/tints.h"
#include "ui/filter/conditionwords.h"

#include <QEvent>
#include <QGuiApplication>
#include <QShortcut>
#include <QTimer>

namespace glasshouse {

namespace {

constexpr int longestShown = 80;
constexpr int typingMs = 200; // a pause in typing, before a search begins

/// What stands between slashes is an expression.
bool isPattern(const QString &text) { return text.size() >= 3 && text.startsWith(u'/') && text.endsWith(u'/'); }

} // namespace

FilterField::FilterField(QWidget *parent) : QLineEdit(parent), m_typing(new QTimer(this))
{
    setPlaceholderText(tr("Text, /expression/ or type == move && data.x > 300"));
    setClearButtonEnabled(true);
    addAction(icon(Icon::Search), QLineEdit::LeadingPosition);
    setAccessibleName(tr("Filter by text"));
    setToolTip(
        tr("What the payload contains, without regard to case; a regular expression stands between slashes (RE2).\n"
           "Or a condition: type, data.x, size, time, way, player, room, connection, opcode, error, text,\n"
           "with == != < <= > >= in, contains, ~, has, and, or, not, and parentheses"));
    m_typing->setSingleShot(true);
    m_typing->setInterval(typingMs);
    connect(m_typing, &QTimer::timeout, this, &FilterField::conditionChanged);
    connect(this, &QLineEdit::textChanged, this, &FilterField::read);
    connect(this, &QLineEdit::textChanged, m_typing, qOverload<>(&QTimer::start));
    connect(this, &QLineEdit::returnPressed, this, &FilterField::settle);
    connect(this, &QLineEdit::editingFinished, this, &FilterField::tellSettled); // also when its window goes
    // Esc leaves: first what was typed, then the field.
    auto *leave = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this, [this] {
        if (text().isEmpty())
            emit leaveWanted();
        clear();
    });
}

void FilterField::read()
{
    if (text().trimmed().isEmpty()) {
        m_asked.reset();
        m_lastGood.reset();
        return showFault({});
    }
    const auto read = Condition::read(text());
    const bool isBegun =
        text().startsWith(u'/') && !isPattern(text()); // on its way to an expression, and a text until then
    m_asked = read ? std::optional(read.value()) : m_lastGood;
    if (read && !isBegun)
        m_lastGood = m_asked;
    showFault(read ? QString() : conditionWords(read.error()));
}

void FilterField::setCondition(const std::optional<Condition> &condition)
{
    setText(condition ? condition->words() : QString());
    if (!hasFocus())
        setCursorPosition(0); // its beginning says more than its end
    settle();
}

void FilterField::narrow(const Condition &part)
{
    const auto both = narrowed(m_asked, part);
    if (both)
        setCondition(both.value());
    else
        showFault(conditionWords(both.error()));
}

void FilterField::settle()
{
    if (m_typing->isActive()) {
        m_typing->stop();
        emit conditionChanged();
    }
    tellSettled();
}

void FilterField::tellSettled()
{
    if (m_asked && m_fault.isEmpty())
        emit settled(*m_asked);
}

void FilterField::showFault(const QString &fault)
{
    m_fault = fault.isEmpty() ? QString() : withWhatHolds(fault);
    paintFault();
    setAccessibleDescription(m_fault);
    emit faultChanged(m_fault);
}

/// While what stands there is wrong, nothing else says what the log shows.
QString FilterField::withWhatHolds(const QString &fault) const
{
    return m_asked ? tr("%1 · still shown: %2").arg(fault, oneLine(m_asked->words(), longestShown))
                   : tr("%1 · no condition holds meanwhile").arg(fault);
}

void FilterField::paintFault()
{
    QPalette colours;
    if (!m_fault.isEmpty())
        colours.setColor(QPalette::Text, tint(Tint::Bad));
    if (colours.color(QPalette::Text) != palette().color(QPalette::Text))
        setPalette(colours);
}

void FilterField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintFault(); // the colour is one of the palette before
}

} // namespace glasshouse
