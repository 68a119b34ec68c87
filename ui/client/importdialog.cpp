// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/importdialog.h"

#include "ui/base/formats.h"
#include "ui/client/clientsecrets.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

ImportDialog::ImportDialog(QWidget *parent)
    : QDialog(parent),
      m_line(new QPlainTextEdit(this)),
      m_verdict(new QLabel(this))
{
    setWindowTitle(tr("Import a connection"));
    auto *label = new QLabel(tr("A &line of wscat, cURL or glasshouse connect, as it stands in a terminal:"), this);
    label->setBuddy(m_line);
    m_line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_line->setTabChangesFocus(true);
    m_line->setPlaceholderText(u"wscat -c ws://localhost:8080/ws/main -H 'X-Name: Ada'"_s);
    m_line->setAccessibleName(tr("Command line"));
    m_line->setToolTip(tr("Browsers copy one from their network tools: Copy as cURL"));
    m_verdict->setWordWrap(true);
    m_verdict->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_verdict->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *buttons = new QDialogButtonBox(this);
    m_take = buttons->addButton(tr("Take over"), QDialogButtonBox::AcceptRole);
    m_take->setToolTip(tr("Set up the connection as the line says; nothing is connected yet"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)
        ->setToolTip(tr("Close, and leave everything as it is"));
    connect(buttons, &QDialogButtonBox::accepted, this, &ImportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_line, &QPlainTextEdit::textChanged, this, &ImportDialog::check);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_verdict);
    layout->addWidget(buttons);
    resize(80 * fontMetrics().averageCharWidth(), 16 * fontMetrics().lineSpacing());
    check();
}

void ImportDialog::setLine(const QString &line) { m_line->setPlainText(line); }

QString ImportDialog::verdict() const { return m_verdict->text(); }

void ImportDialog::check()
{
    const auto read = importLine(m_line->toPlainText());
    m_take->setEnabled(read.ok());
    if (!read)
        return m_verdict->setText(
            importFaultText(read.error().code, oneLine(QString::fromUtf8(read.error().text), 60)));
    const QString address = oneLine(withoutSecrets(QUrl(read.value().draft.address)).toDisplayString(), 100);
    const QString rest = notTakenWords(read.value().notTaken);
    m_verdict->setText(tr("Connects to %1").arg(address) + (rest.isEmpty() ? QString() : u'\n' + rest));
}

void ImportDialog::accept()
{
    const auto read = importLine(m_line->toPlainText());
    if (!read)
        return;
    QDialog::accept();
    emit imported(read.value());
}

QString notTakenWords(const QStringList &notTaken)
{
    return notTaken.isEmpty() ? QString()
                              : ImportDialog::tr("Not taken over: %1").arg(oneLine(notTaken.join(u", "_s), 200));
}

} // namespace glasshouse
