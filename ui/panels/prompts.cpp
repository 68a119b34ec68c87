// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/prompts.h"

#include "protocol/envelope.h"
#include "ui/base/formats.h"

#include <QCoreApplication>
#include <QInputDialog>
#include <QMessageBox>
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

} // namespace

std::optional<QString> askReason(QWidget *parent, const QString &title, const QString &question)
{
    bool ok = false;
    const QString reason = QInputDialog::getText(parent, title, asWritten(question), QLineEdit::Normal, {}, &ok);
    return ok ? std::optional(reason) : std::nullopt;
}

std::optional<QString> askText(QWidget *parent, const QString &title, const QString &question, const QString &text)
{
    bool ok = false;
    const QString answer = QInputDialog::getMultiLineText(parent, title, asWritten(question), text, &ok);
    return ok && !answer.isEmpty() ? std::optional(answer) : std::nullopt;
}

std::optional<QString> askEnvelope(QWidget *parent, const QString &title, const QString &question)
{
    QString text = u"{\"type\": \"notice\", \"data\": {\"text\": \"\"}}"_s;
    for (QString fault;;) {
        const QString shown =
            fault.isEmpty() ? question : question + u"\n\n"_s + Words::tr("Not an envelope: %1").arg(fault);
        auto answer = askText(parent, title, shown, text);
        if (!answer)
            return {};
        fault = faultOf(*answer);
        if (fault.isEmpty())
            return answer;
        text = *answer;
    }
}

bool confirm(QWidget *parent, const QString &title, const QString &question, const QString &yes)
{
    QMessageBox box(QMessageBox::Question, title, question, QMessageBox::Cancel, parent);
    box.setTextFormat(Qt::PlainText);
    QPushButton *go = box.addButton(yes, QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == go;
}

} // namespace glasshouse
