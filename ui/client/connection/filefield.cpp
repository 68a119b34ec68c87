// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connection/filefield.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace glasshouse {

FileField::FileField(const QString &name, const QString &empty, const QString &tip, QWidget *parent)
    : QWidget(parent),
      m_path(new QLineEdit(this))
{
    m_path->setPlaceholderText(empty);
    m_path->setToolTip(tip);
    m_path->setAccessibleName(name);
    auto *choose = new QPushButton(tr("Choose…"), this);
    choose->setToolTip(tip);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    setFocusProxy(m_path);
    connect(choose, &QPushButton::clicked, this, [this, name] {
        const QString file = QFileDialog::getOpenFileName(this, name, m_path->text());
        if (!file.isEmpty())
            m_path->setText(file);
    });
}

QString FileField::path() const { return m_path->text().trimmed(); }

void FileField::setPath(const QString &path) { m_path->setText(path); }

} // namespace glasshouse
