// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/prompts.h"

#include "protocol/envelope.h"

#include <QCoreApplication>
#include <QInputDialog>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Prompts)
};

QString faultOf(const QString &text)
{
    const auto envelope = parseEnvelope(text.toUtf8());
    return envelope ? QString() : QString::fromUtf8(envelope.error().text);
}

std::optional<QString> answerTo(QInputDialog &dialog, const QString &title, const QString &question,
                                const QString &text, const QString &verb)
{
    dialog.setWindowTitle(title);
    dialog.setLabelText(question);
    dialog.setTextValue(text);
    dialog.setOkButtonText(verb);
    dialog.setCancelButtonText(Words::tr("Cancel"));
    return dialog.exec() == QDialog::Accepted ? std::optional(dialog.textValue()) : std::nullopt;
}

} // namespace

std::optional<QString> askReason(QWidget *parent, const QString &title, const QString &question, const QString &verb)
{
    return askLine(parent, title, question, {}, verb);
}

std::optional<QString> askLine(QWidget *parent, const QString &title, const QString &question, const QString &text,
                               const QString &verb)
{
    QInputDialog dialog(parent);
    return answerTo(dialog, title, question, text, verb);
}

std::optional<QString> askText(QWidget *parent, const QString &title, const QString &question, const QString &text,
                               const QString &verb)
{
    QInputDialog dialog(parent);
    dialog.setOption(QInputDialog::UsePlainTextEditForTextInput);
    const auto answer = answerTo(dialog, title, question, text, verb);
    return answer && !answer->isEmpty() ? answer : std::nullopt;
}

std::optional<QString> askUntil(QWidget *parent, const QString &title, const QString &question, const QString &verb,
                                const std::function<QString(const QString &)> &faultOf)
{
    QString text;
    for (QString fault;;) {
        QInputDialog dialog(parent);
        const QString shown = fault.isEmpty() ? question : question + u"\n\n"_s + fault;
        const auto answer = answerTo(dialog, title, shown, text, verb);
        if (!answer)
            return {};
        text = *answer;
        fault = faultOf(text);
        if (fault.isEmpty())
            return text;
    }
}

std::optional<QString> askEnvelope(QWidget *parent, const QString &title, const QString &question, const QString &verb)
{
    QString text = u"{\"type\": \"notice\", \"data\": {\"text\": \"\"}}"_s;
    for (QString fault;;) {
        const QString shown =
            fault.isEmpty() ? question : question + u"\n\n"_s + Words::tr("Not an envelope: %1").arg(fault);
        auto answer = askText(parent, title, shown, text, verb);
        if (!answer)
            return {};
        fault = faultOf(*answer);
        if (fault.isEmpty())
            return answer;
        text = *answer;
    }
}

QMessageBox *tell(QWidget *parent, QMessageBox::Icon mood, const QString &title, const QString &text)
{
    auto *box = new QMessageBox(mood, title, text, QMessageBox::Close, parent);
    box->setTextFormat(Qt::PlainText);
    box->button(QMessageBox::Close)->setText(Words::tr("Close"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open(); // not exec(): whoever says it goes on
    return box;
}

bool confirm(QWidget *parent, const QString &title, const QString &question, const QString &verb)
{
    QMessageBox box(QMessageBox::Question, title, question, QMessageBox::Cancel, parent);
    box.setTextFormat(Qt::PlainText);
    QPushButton *go = box.addButton(verb, QMessageBox::AcceptRole);
    box.button(QMessageBox::Cancel)->setText(Words::tr("Cancel")); // without the mnemonic that some platforms give it
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == go;
}

} // namespace glasshouse
